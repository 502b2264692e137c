//! Which articles were left out, for which kept record, and with which figures.

use std::collections::HashMap;
use std::io::{self, Write};

use rayon::prelude::*;

use super::choose::Chosen;
use super::layout::Layout;
use crate::article::Published;
use crate::error::Result;
use crate::params::Params;
use crate::report::assignments::escaped;
use crate::story::Relation;
use crate::verify::{Link, Prepared};

/// An article that was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    /// It.
    pub removed: Who,
    /// The record that stays for it.
    pub kept: Who,
    /// The story of both.
    pub story: String,
    /// The version that it carries.
    pub version: String,
    /// How it relates to the dispatch.
    pub relation: Relation,
    /// What the two share; `covered_a` is of the removed one.
    pub link: Link,
}

/// An article of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The file's place among the inputs.
    pub file: usize,
    /// The line on which it begins.
    pub line: u64,
    /// The record's id.
    pub id: String,
    /// The outlet.
    pub outlet: String,
    /// When it was published.
    pub published: Option<Published>,
    /// Words of its body.
    pub words: u32,
}

/// What was left out, in the order of the input.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where words cannot be read back.
pub(super) fn removed(chosen: &Chosen, layout: &Layout, params: &Params) -> Result<Vec<Removed>> {
    let mut of_kept: HashMap<u32, Vec<u32>> = HashMap::new();
    for position in 0..chosen.n_articles() {
        if let Some(kept) = chosen.kept_for(position) {
            of_kept.entry(kept).or_default().push(position);
        }
    }
    let mut removed: Vec<(u32, Removed)> = of_kept
        .into_par_iter()
        .map(|(kept, gone)| {
            let prepared = Prepared::new(chosen.tokens(kept)?, params.shingle_words);
            gone.into_iter().map(|position| one(position, kept, &prepared, chosen, layout, params)).collect()
        })
        .collect::<Result<Vec<Vec<_>>>>()?
        .into_iter()
        .flatten()
        .collect();
    removed.sort_unstable_by_key(|(position, _)| *position);
    Ok(removed.into_iter().map(|(_, removed)| removed).collect())
}

fn one(
    position: u32,
    kept: u32,
    prepared: &Prepared,
    chosen: &Chosen,
    layout: &Layout,
    params: &Params,
) -> Result<(u32, Removed)> {
    let own = Prepared::new(chosen.tokens(position)?, params.shingle_words);
    let found = chosen.found(position);
    let removed = Removed {
        removed: who(position, chosen, layout),
        kept: who(kept, chosen, layout),
        story: found.story.as_str().to_owned(),
        version: found.version(),
        relation: found.relation,
        link: own.link(prepared),
    };
    Ok((position, removed))
}

fn who(position: u32, chosen: &Chosen, layout: &Layout) -> Who {
    let (file, line) = layout.place(position);
    Who {
        file,
        line,
        id: chosen.id(position).to_owned(),
        outlet: chosen.outlet(position).to_owned(),
        published: chosen.published(position),
        words: chosen.n_words(position),
    }
}

/// Writes a table with a header, one line for each that was left out: tab-separated, as the table of
/// [assignments](crate::report::assignments). `files` are the names of the inputs.
///
/// # Errors
/// What `out` returns.
pub fn write_removed(out: &mut dyn Write, removed: &[Removed], files: &[String]) -> io::Result<()> {
    out.write_all(
        b"file\tline\tid\toutlet\tpublished\twords\tkept_file\tkept_line\tkept_id\tkept_outlet\tkept_published\t\
        kept_words\tstory\tversion\trelation\tcontainment\tresemblance\tshared_shingles\tlongest_run\tshare_in_kept\t\
        share_of_kept\n",
    )?;
    for one in removed {
        write_who(out, &one.removed, files)?;
        out.write_all(b"\t")?;
        write_who(out, &one.kept, files)?;
        let link = &one.link;
        writeln!(
            out,
            "\t{}\t{}\t{}\t{:.4}\t{:.4}\t{}\t{}\t{:.4}\t{:.4}",
            one.story,
            one.version,
            one.relation.name(),
            link.containment,
            link.resemblance,
            link.shared_shingles,
            link.longest_run,
            link.covered_a,
            link.covered_b
        )?;
    }
    Ok(())
}

fn write_who(out: &mut dyn Write, who: &Who, files: &[String]) -> io::Result<()> {
    let file = files.get(who.file).map_or("", String::as_str);
    let published = who.published.map(Published::to_rfc3339).unwrap_or_default();
    let (file, id, outlet) = (escaped(file), escaped(&who.id), escaped(&who.outlet));
    write!(out, "{file}\t{}\t{id}\t{outlet}\t{published}\t{}", who.line, who.words)
}
