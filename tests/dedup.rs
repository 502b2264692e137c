//! `dedup`: what stays is what was read, byte for byte, in every format and compression; what goes are copies.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

mod desk;

use std::fs;
use std::path::Path;

use desk::{Desk, PACKINGS, article, csv_row, json_line, pack, unpack, warc_response};

#[test]
fn nothing_to_drop_gives_every_file_back_byte_for_byte() {
    let articles: Vec<_> = (0..6).map(|n| article(n, "varn.example")).collect();
    let lines: String = articles.iter().map(|a| json_line(a) + "\r\n\n").collect();
    let array = format!("\u{feff}[\n  {}\n]\n", articles.iter().map(json_line).collect::<Vec<_>>().join(" ,\n  "));
    let table: String = articles.iter().fold("id,text,date\n".to_owned(), |t, a| t + &csv_row(a, ',') + "\r\n");
    let tabs: String = articles.iter().fold("id\ttext\tdate".to_owned(), |t, a| t + "\n" + &csv_row(a, '\t'));
    let warc: Vec<String> = articles.iter().flat_map(warc_response).collect();
    let files = [
        ("a.jsonl", vec![lines.clone()]),
        ("b.jsonl", vec![lines[..lines.len() / 2].to_owned(), lines[lines.len() / 2..].to_owned()]),
        ("c.json", vec![array]),
        ("d.csv", vec![table]),
        ("e.tsv", vec![tabs]),
        ("f.warc", warc),
        ("g.html", vec![desk::page(&articles[0])]),
        ("h.txt", vec![articles[1].text.clone()]),
    ];
    for packing in PACKINGS {
        for (name, members) in &files {
            let desk = Desk::new();
            let name = format!("{name}{}", packing.ending);
            let bytes: Vec<u8> = members.iter().flat_map(|member| pack(member.as_bytes(), packing)).collect();
            desk.write(&format!("in/sub/{name}"), &bytes);
            let ran = desk.dedup(&["in", "-o", "out"]);
            assert_eq!(ran.code, Some(0), "{name}: {}", ran.stderr);
            assert!(ran.stdout.contains("0 left out"), "{name}: {}", ran.stdout);
            assert_eq!(desk.read(&format!("out/sub/{name}")), bytes, "{name}");
        }
    }
}

/// A name, how an article is written, and what stands before, between and after.
type Form = (&'static str, fn(&desk::Article) -> String, &'static str, &'static str, &'static str);

#[test]
fn copies_go_from_every_format_and_the_rest_stays_as_it_was() {
    let (a, b) = (article(1, "varn.example"), article(2, "varn.example"));
    let copy = desk::Article { id: "copy".to_owned(), outlet: "mereth.example".to_owned(), day: 9, ..a.clone() };
    let three = [&a, &copy, &b];
    let order: [[usize; 3]; 3] = [[0, 1, 2], [1, 0, 2], [2, 0, 1]];
    for packing in PACKINGS {
        for order in order {
            let all = order.map(|at| three[at]);
            let kept: Vec<_> = all.iter().filter(|a| a.id != "copy").collect();
            let join =
                |of: &[String], lead: &str, between: &str, tail: &str| format!("{lead}{}{tail}", of.join(between));
            let forms: [Form; 4] = [
                ("a.jsonl", json_line, "", "\n", "\n"),
                ("a.json", json_line, "[ ", ", ", " ]"),
                ("a.csv", |a| csv_row(a, ','), "id,text,date\n", "\n", "\n"),
                ("a.tsv", |a| csv_row(a, '\t'), "id\ttext\tdate\r\n", "\r\n", ""),
            ];
            for (name, form, lead, between, tail) in forms {
                let whole = join(&all.map(form), lead, between, tail);
                let expected = join(&kept.iter().map(|a| form(a)).collect::<Vec<_>>(), lead, between, tail);
                let desk = Desk::new();
                let name = format!("{name}{}", packing.ending);
                desk.write(&name, &pack(whole.as_bytes(), packing));
                let ran = desk.dedup(&[&name, "-o", "out"]);
                assert_eq!(ran.code, Some(0), "{}", ran.stderr);
                let found = String::from_utf8(unpack(&desk.read(&format!("out/{name}")), packing)).unwrap();
                assert_eq!(found, expected, "{name} {order:?}");
                let again = desk.dedup(&[&format!("out/{name}"), "-o", "again"]);
                assert!(again.stdout.contains("0 left out"), "{}", again.stdout);
                assert_eq!(desk.read(&format!("again/{name}")), desk.read(&format!("out/{name}")));
            }
        }
    }
}

#[test]
fn a_web_archive_loses_a_page_with_its_request_and_keeps_its_members() {
    let (a, b) = (article(1, "varn.example"), article(2, "varn.example"));
    let copy = desk::Article { id: "copy".to_owned(), outlet: "mereth.example".to_owned(), day: 9, ..a.clone() };
    for packing in PACKINGS {
        let records: Vec<Vec<String>> = [&a, &copy, &b].map(warc_response).to_vec();
        let members = |of: &[&Vec<String>]| -> Vec<u8> {
            of.iter().flat_map(|records| records.iter()).flat_map(|record| pack(record.as_bytes(), packing)).collect()
        };
        let desk = Desk::new();
        let name = format!("crawl.warc{}", packing.ending);
        desk.write(&name, &members(&[&records[0], &records[1], &records[2]]));
        let ran = desk.dedup(&[&name, "-o", "out"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(desk.read(&format!("out/{name}")) == members(&[&records[0], &records[2]]), "{name}");
    }
}

#[test]
fn a_page_that_is_a_copy_is_not_written() {
    let desk = Desk::new();
    let a = article(1, "varn.example");
    for name in ["in/a.html", "in/b.html"] {
        desk.write(name, desk::page(&a).as_bytes());
    }
    desk.write("in/c.txt", article(2, "").text.as_bytes());
    let ran = desk.dedup(&["in", "-o", "out"]);
    assert!(ran.stdout.contains("1 left out, 2 articles kept"), "{}", ran.stdout);
    assert!(desk.path("out/a.html").exists() && desk.path("out/c.txt").exists() && !desk.path("out/b.html").exists());
}

/// Three copies at three outlets, and the id of the one that stays.
fn stays(args: &[&str]) -> String {
    let a = article(1, "varn.example");
    let with = |id: &str, outlet: &str, day: u32, cut: usize| desk::Article {
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        day,
        text: a.text[..a.text.len() - cut].trim_end().to_owned(),
    };
    let copies = [
        with("first", "mereth.example", 5, 300),
        with("early", "olm.example", 2, 300),
        with("long", "varn.example", 7, 0),
        desk::Article { text: format!("PORT VARN (Reuters) - {}", a.text), ..with("agency", "reuters.com", 6, 0) },
    ];
    let desk = Desk::new();
    desk.write("a.jsonl", copies.iter().map(|a| json_line(a) + "\n").collect::<String>().as_bytes());
    let mut all = vec!["a.jsonl", "-o", "out"];
    all.extend(args);
    let ran = desk.dedup(&all);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let lines = String::from_utf8(desk.read("out/a.jsonl")).unwrap();
    let ids: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    ids.join(" ")
}

#[test]
fn which_copy_stays_is_what_was_asked_for() {
    assert_eq!(stays(&[]), "early");
    assert_eq!(stays(&["--keep", "first"]), "first");
    assert_eq!(stays(&["--keep", "agency"]), "agency");
    assert_eq!(stays(&["--keep", "longest", "--prefer", "olm.example,varn.example"]), "early");
    assert_eq!(stays(&["--prefer", "nowhere.example,VARN.example"]), "long");
    assert_eq!(stays(&["--within", "1d"]), "first early long");
    assert_eq!(stays(&["--within", "3d", "--keep", "longest"]), "early agency");
    assert_eq!(stays(&["--level", "identical"]), "early agency");
}

#[test]
fn a_roundup_stays_for_no_story_that_has_a_page_of_its_own() {
    let (a, b) = (article(1, "varn.example"), article(2, "varn.example"));
    let with = |of: &desk::Article, id: &str, outlet: &str, day: u32| desk::Article {
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        day,
        ..of.clone()
    };
    let both = desk::Article { text: format!("{}\n{}", a.text, b.text), ..with(&a, "both", "digest.example", 1) };
    let pages = [
        both,
        with(&a, "a", "mereth.example", 2),
        with(&a, "a again", "olm.example", 3),
        with(&b, "b", "mereth.example", 4),
        with(&b, "b again", "olm.example", 5),
    ];
    let lines: String = pages.iter().map(|page| json_line(page) + "\n").collect();
    for keep in ["earliest", "longest", "first", "agency"] {
        let desk = Desk::new();
        desk.write("a.jsonl", lines.as_bytes());
        let ran = desk.dedup(&["a.jsonl", "-o", "out", "--keep", keep, "--prefer", "digest.example"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let kept = String::from_utf8(desk.read("out/a.jsonl")).unwrap();
        let stays = |id: &str| kept.contains(&format!("\"id\":\"{id}\""));
        assert!(stays("a") && stays("b") && !stays("a again") && !stays("b again"), "{keep}: {kept}");
    }
}

#[test]
fn a_page_that_thousands_begin_like_takes_them_all_in_a_few_rounds() {
    const PAGES: u64 = 4000;
    let word = |at: u64| -> String {
        (0..4).map(|letter| char::from(b'a' + (desk::noise(at) >> (5 * letter) & 31).min(25) as u8)).collect()
    };
    let words = |from: u64, n: u64| (from..from + n).map(word).collect::<Vec<_>>().join(" ");
    let page = |id: u64, text: String| desk::Article {
        id: id.to_string(),
        outlet: format!("outlet{id}.example"),
        day: 2,
        text: text + ".",
    };
    // Two of the long pages share too little with each other to be copies.
    let pages = (1..PAGES).map(|id| page(id, format!("{} {}", words(0, 40), words(1000 * id, 90))));
    let lines: String =
        std::iter::once(page(0, words(0, 70))).chain(pages).map(|page| json_line(&page) + "\n").collect();
    let desk = Desk::new();
    desk.write("a.jsonl", lines.as_bytes());
    let started = std::time::Instant::now();
    let ran = desk.dedup(&["a.jsonl", "-o", "out", "--keep", "first"]);
    assert!(ran.stdout.contains(&format!("{} left out, 1 articles kept", PAGES - 1)), "{}", ran.stdout);
    // Six or so a round would be hundreds of rounds, of which each takes some hundredths of a second.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn annotated_records_are_all_there_with_what_was_found() {
    let desk = Desk::new();
    let a = article(1, "varn.example");
    let copy = desk::Article { id: "copy".to_owned(), outlet: "mereth.example".to_owned(), day: 9, ..a.clone() };
    desk.write("in/a.jsonl", format!("{}\n{{\"no\":\"text\"}}\n{} \n", json_line(&a), json_line(&copy)).as_bytes());
    desk.write("in/b.csv", format!("id,text,date\n{}\nshort\n{}", csv_row(&a, ','), csv_row(&copy, ',')).as_bytes());
    desk.write("in/c.warc", warc_response(&copy).concat().as_bytes());
    desk.write("in/d.html", desk::page(&a).as_bytes());
    let ran = desk.dedup(&["in", "-o", "out", "--annotate", "--annotate-prefix", "wc_"]);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    let lines = String::from_utf8(desk.read("out/a.jsonl")).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].starts_with(json_line(&a).trim_end_matches('}')), "{}", lines[0]);
    let first: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
    let third: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
    assert_eq!((&first["wc_version"], &first["wc_relation"]), (&"v1".into(), &third["wc_relation"]));
    // The row of the table is the earliest: its date has no time.
    assert_eq!((&first["wc_keep"], &third["wc_keep"]), (&false.into(), &false.into()));
    assert_eq!(first["wc_story"], third["wc_story"]);
    assert_eq!(lines[1], "{\"no\":\"text\"}");
    let table = String::from_utf8(desk.read("out/b.csv")).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows.contains(&"short,,,,"), "{table}");
    assert_eq!(rows[0], "id,text,date,wc_story,wc_version,wc_relation,wc_keep");
    assert!(rows.iter().any(|row| row.ends_with(",true")) && rows.last().unwrap().ends_with(",false"), "{table}");
    let archive = String::from_utf8(desk.read("out/c.warc")).unwrap();
    assert!(archive.contains("WARC/1.0\r\nWirecopy-wc_story: s"), "{archive}");
    let beside: serde_json::Value = serde_json::from_slice(&desk.read("out/d.html.wirecopy")).unwrap();
    assert_eq!(beside["wc_story"], first["wc_story"]);

    let twice = desk.dedup(&["out/a.jsonl", "-o", "twice", "--annotate", "--annotate-prefix", "wc_"]);
    assert_eq!(twice.code, Some(2));
    assert!(twice.stderr.contains("a.jsonl:1: the record has a field wc_story already"), "{}", twice.stderr);
    assert!(!desk.path("twice/a.jsonl").exists());
}

#[test]
fn what_went_is_listed_with_the_record_it_went_for() {
    let desk = Desk::new();
    let a = article(1, "varn.example");
    let copy = desk::Article { id: "a\tb".to_owned(), outlet: "mereth.example".to_owned(), day: 9, ..a.clone() };
    desk.write("in/1.jsonl", (json_line(&copy) + "\n").as_bytes());
    desk.write("in/2.jsonl", format!("\n{}\n", json_line(&a)).as_bytes());
    desk.dedup(&["in", "-o", "out", "--removed", "gone.tsv"]);
    let table = String::from_utf8(desk.read("gone.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 2, "{table}");
    let cell = |name: &str| rows[1][rows[0].iter().position(|column| *column == name).unwrap()];
    assert_eq!((cell("file"), cell("line"), cell("id")), ("in/1.jsonl", "1", "a\\tb"));
    assert_eq!((cell("kept_file"), cell("kept_line"), cell("kept_id")), ("in/2.jsonl", "2", a.id.as_str()));
    assert_eq!((cell("containment"), cell("resemblance"), cell("relation")), ("1.0000", "1.0000", "identical"));
    assert_eq!(desk.read("out/1.jsonl"), b"");
    assert_eq!(desk.read("out/2.jsonl"), desk.read("in/2.jsonl"));
}

#[test]
fn standard_input_is_read_twice_and_named_by_its_format() {
    let desk = Desk::new();
    let a = article(1, "varn.example");
    let input = format!("{}\n{}\n", json_line(&a), json_line(&desk::Article { id: "b".to_owned(), ..a.clone() }));
    let packed = pack(input.as_bytes(), PACKINGS[1]);
    let ran = desk.dedup_from(&["-", "-o", "out"], &packed);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = String::from_utf8(unpack(&desk.read("out/stdin.jsonl.gz"), PACKINGS[1])).unwrap();
    assert_eq!(found.lines().count(), 1, "{found}");
}

#[test]
fn outputs_that_would_replace_inputs_or_each_other_are_refused() {
    let desk = Desk::new();
    for name in ["in/a.jsonl", "other/a.jsonl"] {
        desk.write(name, (json_line(&article(1, "varn.example")) + "\n").as_bytes());
    }
    for (args, why) in [
        (&["in", "-o", "in"][..], "would replace the input"),
        (&["in", "-o", "in/out"], "lies within the input"),
        (&["in/a.jsonl", "-o", "in"], "would replace the input"),
        (&["in/a.jsonl", "other/a.jsonl", "-o", "out"], "would both be written there"),
    ] {
        let ran = desk.dedup(args);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.stderr.contains(why), "{args:?}: {}", ran.stderr);
    }
    let ran = desk.dedup(&["in", "other", "-o", "out"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(desk.path("out/in/a.jsonl").exists() && desk.path("out/other/a.jsonl").exists());
}

#[test]
fn a_shard_that_breaks_off_is_written_whole_up_to_the_break() {
    let lines: String = (0..400).map(|n| json_line(&article(n, "varn.example")) + "\n").collect();
    for packing in &PACKINGS[1..] {
        let desk = Desk::new();
        let name = format!("a.jsonl{}", packing.ending);
        let packed = pack(lines.as_bytes(), *packing);
        desk.write(&name, &packed[..packed.len() * 4 / 5]);
        let ran = desk.dedup(&[&name, "-o", "out"]);
        assert_eq!(ran.code, Some(3), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("it was cut off; what came before was read"), "{}", ran.stderr);
        let found = String::from_utf8(unpack(&desk.read(&format!("out/{name}")), *packing)).unwrap();
        // bzip2 has one block of so little text.
        let same = lines.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        assert_eq!(same, found.len(), "{name}: {:?}", &found[same..].chars().take(200).collect::<String>());
        assert!(found.ends_with('\n') || found.is_empty(), "{name}: {:?}", &found[found.len().saturating_sub(200)..]);
        let n = found.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
        assert_eq!(n, found.lines().count());
        assert!(n > 50 || packing.ending == ".bz2", "{name}: {n}");
    }
}

#[test]
fn no_half_written_shard_has_its_final_name() {
    let desk = Desk::new();
    let long = |n: usize| {
        let line = json_line(&article(n, "varn.example"));
        let filler: String =
            (0..20_000u64).map(|at| format!("{:x}", desk::noise(n as u64 * 20_000 + at) >> 60)).collect();
        format!("{},\"filler\":\"{filler}\"}}\n", line.trim_end_matches('}'))
    };
    let lines: String = (0..40).map(long).collect();
    desk.write("in/a.jsonl", (json_line(&article(90, "varn.example")) + "\n").as_bytes());
    desk.write("in/b.jsonl", (lines.clone() + &lines).as_bytes());
    let limited =
        format!("trap '' XFSZ; ulimit -f 400; exec {} dedup in -o out -j 1 --quiet", env!("CARGO_BIN_EXE_wirecopy"));
    let output = std::process::Command::new("sh").arg("-c").arg(limited).current_dir(desk.path("")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("out/b.jsonl: cannot write: "), "{said}");
    let names: Vec<_> = fs::read_dir(desk.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| Path::new(name) == Path::new("a.jsonl")), "{names:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_within_a_second_and_leaves_whole_shards() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let desk = Desk::new();
    let copies: Vec<String> =
        (0..2).map(|n| json_line(&desk::Article { id: n.to_string(), ..article(1, "v.example") })).collect();
    desk.write("in/a.jsonl", (copies[0].clone() + "\n").as_bytes());
    // A shard that takes seconds to compress: its first record goes.
    let filler: String = (0..9_000_000u64).map(|n| char::from(b'a' + (desk::noise(n / 3) % 26) as u8)).collect();
    let long = format!("{}\n{{\"no\":\"{filler}\"}}\n{{\"no\":\"{filler}\"}}\n", copies[1]);
    desk.write("in/b.jsonl.bz2", &pack(long.as_bytes(), PACKINGS[3]));
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["dedup", "in", "-o", "out", "-j", "1", "--quiet"])
        .current_dir(desk.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let names = || -> Vec<String> {
        let entries = fs::read_dir(desk.path("out")).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let is_writing = || names().len() == 2 && names().iter().any(|name| name.starts_with(".wirecopy-"));
    let started = Instant::now();
    while !is_writing() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(is_writing(), "{:?}", names());
    let asked = Instant::now();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    assert_eq!(names(), ["a.jsonl"]);
    assert_eq!(desk.read("out/a.jsonl"), desk.read("in/a.jsonl"));
}

#[test]
fn a_file_that_changes_between_the_readings_is_told_and_not_written() {
    let copy = |id: &str| json_line(&desk::Article { id: id.to_owned(), ..article(1, "v.example") }) + "\n";
    // One file is copied as it lies, the other is written anew.
    for lines in [copy("a"), copy("a") + &copy("b")] {
        let desk = Desk::new();
        desk.write("in/1.jsonl", lines.as_bytes());
        desk.write("in/2.jsonl", b"bad\n");
        let first = desk.path("in/1.jsonl");
        let mut change = |_: &wirecopy::read::Reject, _: &[u8]| {
            // The first file was read to its end by now.
            fs::write(&first, lines.replace("Monday", "Sunday") + "\n").unwrap();
            Ok(())
        };
        let options = wirecopy::dedup::Options::default();
        let done = wirecopy::dedup::dedup(&[desk.path("in")], &desk.path("out"), &options, &mut change);
        let error = done.unwrap_err().to_string();
        assert!(error.contains("1.jsonl: the file changed between the two readings"), "{error}");
        assert!(!desk.path("out/1.jsonl").exists());
    }
}

#[test]
fn what_is_passed_over_is_not_counted() {
    let desk = Desk::new();
    desk.write("in/a.jsonl", (json_line(&article(1, "v.example")) + "\n").as_bytes());
    desk.write("in/labels.tsv", "id\tstory\n".repeat(1000).as_bytes());
    let ran = desk.dedup(&["in", "-o", "out", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ran.code, &summary["bytes_before"]), (Some(0), &summary["bytes_after"]));
    assert!(ran.stderr.contains("passed over in/labels.tsv"), "{}", ran.stderr);
    assert!(!desk.path("out/labels.tsv").exists());
}
