//! Pages are hostile: nothing of them acts on the terminal that shows a result, or runs in the spreadsheet that opens it.
//!
//! Every verb reads the same hostile corpus, in every form that it writes. What `dedup` keeps is byte for byte as it was
//! read, and is left out here. In tables of tab-separated values nothing is put before a formula: ids must stay the ones
//! that other tables have, and it is CSV that spreadsheets open.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

mod desk;

use desk::Desk;

/// What a terminal obeys: a clear of the screen in both codings, a title, a bell, marks that turn writing around, a carriage
/// return, tags that nobody sees.
const HOSTILE: &str =
    "\u{1b}[2J\u{9b}31m\u{1b}]0;owned\u{7}\u{202e}\u{2066}\r\u{8}\u{7f}\u{85}\u{2028}\u{200b}\u{e0041}";
/// What a spreadsheet runs.
const FORMULAS: [&str; 8] = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+cmd", "-1+cmd", "\t=1", "\r=1", " =1", "＝1"];

const STORY: &str = "The harbor board of Port Ellery voted on Tuesday to close the eastern locks for the whole winter, the \
    first such closure since the great storm of 1987. Engineers found cracks in two of the five gates last month.\n\
    Repairs will cost 14 million crowns and should end in April, said Ode Brandt, who chairs the board. The ferry to the \
    outer islands will sail as usual from the western pier, and barges have to go around the cape until then.";
const OTHER: &str = "Beekeepers in the northern valleys report the mildest spring in memory. Hives that used to wake in late \
    March were busy before the end of February, and the first honey went on sale in Lund on Sunday.";

/// The corpus: for each formula a copy of one story whose every field starts with it and is hostile, a page by itself, and
/// two records that cannot be read. The file's name is hostile too, where a name may be.
fn corpus(desk: &Desk) -> String {
    let record = |(n, formula): (usize, &&str)| {
        // Cleaning takes for a dateline what is one, so that figures of agencies have such pages in them too.
        let dateline = ["\u{202e}PORT ELLERY, Maine (AP) -", "PORT\u{9b} ELLERY, Maine (AP\u{1b}) -"][n % 2];
        let words = if n == 0 { "Nobody was told of it before Friday." } else { "" };
        serde_json::json!({
            "id": format!("{formula}{n}{HOSTILE}"),
            "outlet": format!("{formula}{HOSTILE}{}", n / 2),
            "url": format!("{formula}https://page.example/{HOSTILE}{n}"),
            "title": format!("{formula}Locks to stay shut {n}{HOSTILE}"),
            "byline": if n % 2 == 0 { "Associated Press".to_owned() } else { format!("{formula}AP{HOSTILE}") },
            "date": format!("2026-03-04T0{n}:00:00Z"),
            "text": format!("{formula}\n{dateline} {STORY} {HOSTILE}{words}\n(AP{HOSTILE}/BSS)"),
        })
        .to_string()
    };
    let mut lines: Vec<String> = FORMULAS.iter().enumerate().map(record).collect();
    lines.push(serde_json::json!({"id": format!("bees{HOSTILE}"), "date": HOSTILE, "text": OTHER}).to_string());
    lines.push(format!("{{bad {HOSTILE}").replace('\r', ""));
    lines.push(serde_json::json!({format!("={HOSTILE}"): "no text"}).to_string());
    let name = if cfg!(unix) { "=pa\u{1b}[31mges\u{202e}.jsonl" } else { "pages.jsonl" };
    desk.write(name, (lines.join("\n") + "\n").as_bytes());
    name.to_owned()
}

/// That nothing in a text acts on a terminal; tabs divide the columns of some.
fn assert_tame(what: &str, text: &str, may: &[char]) {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{200b}')
            || matches!(c, '\u{e0000}'..='\u{e007f}')
    };
    let found: Vec<char> = text.chars().filter(|c| acts(*c) && *c != '\n' && !may.contains(c)).collect();
    assert!(found.is_empty(), "{what}: {found:?} in {text:?}");
}

/// That no cell of a table runs. A number is none that does, whatever its sign.
fn assert_no_formulas(what: &str, text: &str) {
    let mut n_disarmed = 0;
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
        for cell in row.unwrap().iter() {
            let runs = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            assert!(!runs || cell.parse::<f64>().is_ok(), "{what}: {cell:?}");
            assert!(!cell.starts_with(['\t', '\r']), "{what}: {cell:?}");
            n_disarmed += usize::from(cell.starts_with('\''));
        }
    }
    assert!(n_disarmed > 0, "{what}: no formula has come so far: {text}");
}

/// Runs a verb, and looks at all that it prints and at the files that it leaves.
fn check(desk: &Desk, args: &[&str], files: &[&str]) -> String {
    let ran = desk.run(args, b"");
    let what = format!("{args:?}");
    assert!(matches!(ran.code, Some(0 | 1 | 3)), "{what}: {} {}", ran.code.unwrap_or(-1), ran.stderr);
    assert_tame(&what, &ran.stdout, &[]);
    assert_tame(&what, &ran.stderr, &[]);
    for file in files {
        let text = String::from_utf8(desk.read(file)).unwrap();
        let may: &[char] = if file.ends_with(".tsv") { &['\t'] } else { &[] };
        assert_tame(&format!("{what}: {file}"), &text, may);
    }
    if args.contains(&"csv") {
        assert_no_formulas(&what, &ran.stdout);
    }
    ran.stdout
}

#[test]
fn stories_of_hostile_pages() {
    let desk = Desk::new();
    let pages = corpus(&desk);
    for format in ["text", "json", "csv"] {
        let files = ["--assignments", "a.tsv", "--rejects", "r.json"];
        let found =
            check(&desk, &[&["stories", &pages, "--format", format, "-v"], &files[..]].concat(), &["a.tsv", "r.json"]);
        assert!(found.contains("owned") || format == "text", "{format}: nothing hostile came so far: {found}");
        let opened = ["stories", &pages, "--format", format, "-v", "--story", "=cmd|' /C calc'!A00"];
        let by_id = desk.run(&opened, b"");
        assert_tame("an id that is not there", &by_id.stderr, &[]);
    }
    let table = String::from_utf8(desk.read("a.tsv")).unwrap();
    let id = table.lines().nth(1).unwrap().split('\t').nth(1).unwrap().to_owned();
    let large = table.lines().map(|line| line.split('\t').nth(1).unwrap()).max_by_key(|id| table.matches(id).count());
    assert!(table.matches(large.unwrap()).count() > 4, "no story with many copies: {id} {table}");
    for format in ["text", "json", "csv"] {
        check(&desk, &["stories", &pages, "--format", format, "-v", "--story", large.unwrap()], &[]);
    }
    // Ids are escaped, not disarmed: read back they are what they were.
    assert!(table.lines().any(|line| line.starts_with("=cmd|' /C calc'!A00\\u{1b}[2J\\u{9b}31m")), "{table}");
}

#[test]
fn outlets_of_hostile_pages() {
    let desk = Desk::new();
    let pages = corpus(&desk);
    for format in ["text", "json"] {
        check(&desk, &["outlets", &pages, "--format", format, "-v", "--rejects", "r.json"], &["r.json"]);
    }
    for table in ["outlets", "agencies", "pairs"] {
        let found = check(&desk, &["outlets", &pages, "--format", "csv", "--table", table], &[]);
        assert!(found.lines().count() > 1, "{table}: {found}");
    }
    for graph in ["g.gexf", "g.graphml"] {
        check(&desk, &["outlets", &pages, "--graph", graph, "-o", "report.txt"], &[graph, "report.txt"]);
    }
}

#[test]
fn colors_are_ours_alone() {
    let desk = Desk::new();
    let pages = corpus(&desk);
    for verb in [&["stories"][..], &["outlets"], &["inspect"], &["stories", "--story", "bees"]] {
        let ran = desk.run(&[verb, &["--color", "always", &pages]].concat(), b"");
        for text in [&ran.stdout, &ran.stderr] {
            let bare = anstream::adapter::strip_str(text).to_string();
            assert_tame(&format!("{verb:?}"), &bare, &[]);
            let is_style = |rest: &str| {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != '[');
                rest.starts_with('[') && end.is_some_and(|end| rest[end..].starts_with('m'))
            };
            // Of a page nothing but the letters is left of `ESC [ 2 J`, and no style of ours does more than color.
            assert!(text.split('\u{1b}').skip(1).all(is_style), "{verb:?}: {text:?}");
        }
    }
}

#[test]
fn dedup_of_hostile_pages() {
    let desk = Desk::new();
    let pages = corpus(&desk);
    for (format, out) in [("text", "one"), ("json", "two")] {
        let args = ["dedup", &pages, "-o", out, "--removed", "gone.tsv", "--rejects", "r.json", "--format", format];
        check(&desk, &args, &["gone.tsv", "r.json"]);
    }
    assert!(String::from_utf8(desk.read("gone.tsv")).unwrap().lines().count() > 4);
}

#[test]
fn single_pages_that_are_hostile() {
    let desk = Desk::new();
    let pages = corpus(&desk);
    for format in ["text", "json"] {
        check(&desk, &["inspect", &pages, "--format", format], &[]);
        check(&desk, &["inspect", "--schema", &pages, "--format", format], &[]);
    }
    // Errors that name a record of the file, what is no file, and what no verb takes, as a shell may put it for `*`.
    let hostile_flag = format!("--{HOSTILE}");
    let wrong = [
        &["compare", &pages, &pages][..],
        &["compare", "\u{1b}[2J.txt", &pages],
        &["inspect", "a\u{9b}2J"],
        &["stories", &pages, &hostile_flag],
        &["stories", &pages, "--format", HOSTILE],
        &[HOSTILE],
    ];
    for args in wrong {
        let ran = desk.run(args, b"");
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert_tame(&format!("{args:?}"), &ran.stderr, &[]);
    }
    let page = |name: &str, end: &str| {
        desk.write(name, format!("{HOSTILE}{STORY}{HOSTILE}\n{end}{HOSTILE} the mayor told reporters.").as_bytes());
    };
    page("a\u{1b}[31m.txt", "It will snow,");
    page("b.txt", "It will rain,");
    for format in ["text", "json"] {
        check(&desk, &["compare", "a\u{1b}[31m.txt", "b.txt", "--format", format], &[]);
    }
}

#[test]
fn scores_of_hostile_tables() {
    let desk = Desk::new();
    let table = |story: &str| {
        let row = |n: usize| format!("=i{n}\u{9b}1m\t{story}{}\tcopy\tk\u{1b}[2J\u{202e}\n", n / 2);
        format!("id\tstory\tkind\tedit\n{}", (0..4).map(row).collect::<String>())
    };
    desk.write("truth.tsv", table("=s\u{1b}[2J\u{202e}").as_bytes());
    desk.write("found.tsv", table("x").replace("x1", "x0").as_bytes());
    for format in ["text", "json"] {
        check(&desk, &["eval", "truth.tsv", "found.tsv", "--false", "5", "--format", format], &[]);
    }
    check(&desk, &["curve", "--bands", "14", "--rows", "8"], &[]);
}
