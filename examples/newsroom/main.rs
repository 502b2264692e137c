//! Builds the invented newsroom in `corpus/` again: `cargo run --example newsroom [CORPUS]`.
//!
//! It reads `source/*.md` and `outlets.md` of the folder and writes `articles-*.jsonl` and `truth.tsv` beside them. The same
//! sources give the same bytes on every machine; `tests/corpus.rs` holds the committed files to that.

mod build;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    match run(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Nothing is left to tell where even stderr is closed.
            let _ = writeln!(std::io::stderr(), "newsroom: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run(dir: &std::path::Path) -> Result<(), String> {
    let corpus = build::build_from(dir)?;
    for old in build::built_files(dir)? {
        std::fs::remove_file(&old).map_err(|e| format!("{}: {e}", old.display()))?;
    }
    for (name, contents) in &corpus.files {
        let path = dir.join(name);
        std::fs::write(&path, contents).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    write!(std::io::stdout(), "{}", corpus.counts).map_err(|e| format!("standard output: {e}"))
}
