//! The house's plan, held: which module may use which. Data flows one way, and this table is that way.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Each module of the library and the modules that it may use, in reading order.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &["read"]),
    ("outfile", &["error"]),
    ("codec", &[]),
    ("params", &["error"]),
    ("progress", &[]),
    ("spill", &["error"]),
    ("article", &[]),
    ("swar", &[]),
    ("agency", &[]),
    ("date", &["article"]),
    ("read", &["article", "codec", "date", "error"]),
    ("clean", &["agency", "article", "date", "swar"]),
    ("shingle", &["swar"]),
    ("minhash", &["shingle"]),
    ("furniture", &["clean", "error", "minhash", "shingle"]),
    ("candidates", &["article", "error", "minhash", "params", "spill"]),
    ("index", &["agency", "article", "candidates", "clean", "error", "furniture", "params", "shingle", "spill"]),
    ("forest", &[]),
    ("verify", &["article", "candidates", "error", "index", "params", "shingle"]),
    ("align", &["shingle", "verify"]),
    ("changes", &["align", "params", "shingle", "verify"]),
    ("carriers", &["article", "forest", "params", "verify"]),
    ("cluster", &["article", "candidates", "forest", "params", "verify"]),
    ("components", &["article", "candidates", "carriers", "cluster", "error", "forest", "index", "params", "verify"]),
    ("story", &["agency", "article", "clean", "params", "verify"]),
    ("relate", &["align", "article", "cluster", "error", "index", "params", "story", "verify"]),
    ("attribute", &["agency", "clean", "story"]),
    ("headline", &["index", "shingle"]),
    (
        "assemble",
        &[
            "article",
            "attribute",
            "carriers",
            "clean",
            "cluster",
            "error",
            "headline",
            "index",
            "params",
            "relate",
            "story",
        ],
    ),
    (
        "pipeline",
        &[
            "article",
            "assemble",
            "candidates",
            "changes",
            "clean",
            "components",
            "error",
            "furniture",
            "index",
            "minhash",
            "params",
            "progress",
            "read",
            "shingle",
            "spill",
            "story",
        ],
    ),
    ("compare", &["align", "article", "candidates", "clean", "minhash", "params", "shingle", "verify"]),
    ("outlets", &["agency", "article", "params", "story"]),
    ("report", &["agency", "article", "changes", "clean", "error", "outlets", "params", "story", "verify"]),
    (
        "dedup",
        &[
            "agency",
            "article",
            "assemble",
            "attribute",
            "cluster",
            "codec",
            "components",
            "error",
            "furniture",
            "index",
            "outfile",
            "params",
            "pipeline",
            "progress",
            "read",
            "relate",
            "report",
            "shingle",
            "spill",
            "story",
            "verify",
        ],
    ),
    ("eval", &["agency", "error"]),
];

/// Modules of the library that a source text uses; its tests may use what they like.
fn used(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code =
        source.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n");
    code.match_indices("crate::")
        .flat_map(|(at, path)| {
            let rest = &code[at + path.len()..];
            let names = match rest.strip_prefix('{') {
                // use crate::{a::b, c}: nesting deeper than this is not our style.
                Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![rest],
            };
            names.into_iter().map(first_name).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Every source file of the library, by the module at the top of it.
fn sources() -> BTreeMap<String, Vec<(String, String)>> {
    fn walk(folder: &Path, module: Option<&str>, found: &mut BTreeMap<String, Vec<(String, String)>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let module = module.unwrap_or(&name);
            if path.is_dir() {
                if module != "bin" {
                    walk(&path, Some(module), found);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && !["lib", "tests"].contains(&name.as_str()) {
                let text = fs::read_to_string(&path).unwrap();
                found.entry(module.to_owned()).or_default().push((path.display().to_string(), text));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), None, &mut found);
    found
}

/// What the sources do that the table does not allow.
fn violations(sources: &BTreeMap<String, Vec<(String, String)>>) -> Vec<String> {
    let mut violations = Vec::new();
    for (module, files) in sources {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| name == module) else {
            violations.push(format!("module {module} is not in the table of tests/layers.rs"));
            continue;
        };
        for (path, text) in files {
            for name in used(text) {
                if name != *module && !allowed.contains(&name.as_str()) {
                    violations.push(format!("{path}: {module} may not use {name}"));
                }
            }
        }
    }
    violations
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let sources = sources();
    assert!(sources.len() >= 15, "only {} modules found: is the walk broken?", sources.len());
    let violations = violations(&sources);
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn the_table_names_no_module_that_is_gone() {
    let sources = sources();
    let gone: Vec<_> = LAYERS.iter().map(|(name, _)| *name).filter(|name| !sources.contains_key(*name)).collect();
    assert!(gone.is_empty(), "in the table, but not in src: {gone:?}");
}

#[test]
fn the_table_has_no_circle_but_the_one_of_errors() {
    // `error` names the reject that stops a strict run; everything else points one way.
    let position = |name: &str| LAYERS.iter().position(|(n, _)| *n == name);
    for (module, allowed) in LAYERS.iter().filter(|(module, _)| *module != "error") {
        for used in *allowed {
            assert!(position(used) < position(module), "{module} uses {used}, which comes later");
        }
    }
}

#[test]
fn a_planted_violation_is_found() {
    let planted = "use crate::article::Article;\n// use crate::cluster::Cluster;\nuse crate::{params::Params, report::text};\n\
                   #[cfg(test)]\nmod tests {\n    use crate::verify::Link;\n}\n";
    let sources = BTreeMap::from([("shingle".to_owned(), vec![("planted.rs".to_owned(), planted.to_owned())])]);
    let found = violations(&sources);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|v| v.contains("may not use report")), "{found:?}");
}
