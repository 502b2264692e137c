//! The text reports: how they look, how wide they are, and that nothing of a page acts on the terminal.

use anstyle::AnsiColor;

use super::super::tests::{changes, stories, story, written};
use super::super::{PROGRAM, is_unsafe};
use super::*;
use crate::changes::{Changes, Paragraph};

/// The same report without styles.
fn unstyled(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn the_table_is_as_wide_as_the_terminal_at_most() {
    let stories = stories();
    for columns in [40, 60, 80, 100, 200] {
        let text = unstyled(&written(|out| overview(out, &stories, &View { columns, ..View::default() })));
        assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
        for line in text.lines().take_while(|line| !line.is_empty()) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn the_table_says_what_was_found() {
    let text = unstyled(&written(|out| overview(out, &stories(), &View::default())));
    let expected = "\
Story      Agency   First seen    Copies  Outlets  Kept         Headline
────────────────────────────────────────────────────────────────────────────────────────────────────
s3fa91c04  Reuters  19 Sep 21:39       3        2  ━━────  38%  Talks on the Veld river end in a tr…
s3fa91c0f  –        19 Sep 21:39       2        2  ━━━━──  67%  東京で大きな会議東京で大きな会議東…

6 articles · 2 stories · 5 copies · 1 agency · 4 outlets · 1 uncredited · 3 skipped
--story s3fa91c04 opens one story. Times are UTC; kept is the median of the reprints.
";
    assert_eq!(text, format!("{expected}{PROGRAM}, default parameters\n"));
}

#[test]
fn what_the_table_leaves_out_is_said() {
    let stories = stories();
    let top = unstyled(&written(|out| overview(out, &stories, &View { top: Some(1), ..View::default() })));
    assert!(top.contains("1 more story: --all shows"), "{top}");
    assert!(!top.contains("s3fa91c0f"), "{top}");
    let no_table = unstyled(&written(|out| overview(out, &stories, &View { top: Some(0), ..View::default() })));
    assert!(no_table.starts_with("6 articles") && no_table.contains("2 more stories: --all shows every one.\n"));
    let none = unstyled(&written(|out| overview(out, &stories, &View { min_copies: 9, ..View::default() })));
    assert!(none.starts_with("No story with 9 copies or more was found.\n"), "{none}");
    let alone = unstyled(&written(|out| overview(out, &stories, &View { min_copies: 1, ..View::default() })));
    assert!(alone.contains("s000000"), "{alone}");
}

#[test]
fn a_story_opens() {
    let text = unstyled(&written(|out| opened(out, &story(), &[], &Params::default(), &View::default())));
    let expected = "\
Talks on the Veld river end in a treaty

Story     s3fa91c04be21
Agency    Reuters, confidence 86%
          dateline in 2 copies at 1 outlet: “(Reuters) -”, line 3 of a-1
          PA 5%
No credit in 1 of 3 copies
Dateline  OSLO, 19 Sep 2025
Spread    3 copies at 2 outlets, 19 Sep 2025 21:39 to 19 Sep 2025 23:44
Link      weakest: a-1 and c-3 share 210 shingles (62% of the smaller text, 41% of both together),
          longest run 38 words

Version  First seen    Copies  Words
────────────────────────────────────
v1       19 Sep 21:39       2  1,512
v2       –                  1     80

Published             Lag  Outlet              Ver.  Relation  Kept         Added  Credit
─────────────────────────────────────────────────────────────────────────────────────────────
19 Sep 21:39        first  morgenpost.example  v1    origin    ━━━━━━ 100%     0%  Reuters
19 Sep 23:44  +2 h 05 min  @evil]0;title       v1    trimmed   ━━━━──  67%     0%  uncredited
  ↳ =HYPERLINK(\"x\")[2J31mdesrever line two end
–                       –  (unknown outlet)    v2    partial   ━─────  10%     0%  Reuters

Carried among other stories by 1 page:

Outlet         Kept         Page
────────────────────────────────
brief.example  ━━────  33%  d-4
";
    assert!(text.starts_with(expected), "{text}");
    let verbose = View { verbose: true, ..View::default() };
    let text = unstyled(&written(|out| opened(out, &story(), &[], &Params::default(), &verbose)));
    assert!(text.contains("a-1 https://morgenpost.example/4") && text.contains("min_run_words=12"), "{text}");
}

#[test]
fn an_opened_story_says_what_changed_between_its_versions() {
    let styled = written(|out| opened(out, &story(), &changes(), &Params::default(), &View::default()));
    let expected = "\
v2       –                  1     80

v2 against v1: 1,024 words added, 4 cut, 67% kept
text of c-3 against that of a-1

  1 paragraph as before
- Gone.
+ New. More
~ The treaty was [-to be signed-] {+signed on Fri[2Jday+} [-soon-] in the twenty-[-first-]
  {+second+} hour of the talks.
> Elsewhere.
  12 paragraphs as before

+ added, - cut, ~ changed: [-cut-] {+added+}, > moved. Compared are the versions' fullest copies.

Published  ";
    let text = unstyled(&styled);
    assert!(text.contains(expected), "{text}");
    // Each piece in its color, and none beyond the end of its line.
    let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
    assert!(styled.contains(&format!("{red}[-to be signed-] {red:#}{green}{{+signed")), "{styled:?}");
    assert!(styled.contains(&format!("{green}+{green:#} {green}New. More{green:#}\n")), "{styled:?}");
}

#[test]
fn of_many_changes_as_many_are_shown_as_can_be_read() {
    let paragraphs: Vec<Paragraph> = (0..300).map(|n| Paragraph::Added(format!("Number {n}"))).collect();
    let changes = [Changes { paragraphs, ..changes().remove(0) }];
    let text = unstyled(&written(|out| opened(out, &story(), &changes, &Params::default(), &View::default())));
    assert!(text.contains("+ Number 199\n100 more lines: --format json has all.\n"), "{text}");
    assert!(!text.contains("Number 200"));
}

#[test]
fn lines_break_at_spaces_and_within_words_that_are_wider() {
    let cases = [
        ("a bc  def", 5, vec!["a bc", "def"]),
        ("abcdefgh ij", 3, vec!["abc", "def", "gh", "ij"]),
        ("a abcde fg", 4, vec!["a", "abcd", "e fg"]),
        ("東京都", 4, vec!["東京", "都"]),
        ("東", 1, vec!["東"]),
        ("", 4, vec![]),
    ];
    for (text, columns, expected) in cases {
        assert_eq!(cells::wrap(text, columns), expected, "{text:?} {columns}");
    }
}

#[test]
fn only_our_own_styles_are_in_a_text_report() {
    let text = written(|out| opened(out, &story(), &changes(), &Params::default(), &View::default()));
    let ours = |rest: &str| {
        rest.strip_prefix('[')
            .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
    };
    assert!(text.contains('\u{1b}'));
    assert!(text.split('\u{1b}').skip(1).all(ours), "{text:?}");
    assert!(!unstyled(&text).contains(|c| is_unsafe(c) && c != '\n'));
}

#[test]
fn an_opened_story_is_as_wide_as_the_terminal_at_most() {
    for columns in [60, 80, 100, 200] {
        let view = View { columns, ..View::default() };
        let mut changes = changes();
        changes[0].paragraphs.push(Paragraph::Cut("東京で大きな会議".repeat(40)));
        let text = unstyled(&written(|out| opened(out, &story(), &changes, &Params::default(), &view)));
        for line in text.lines() {
            assert!(cells::width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn figures_read_well() {
    let shares = [(0.0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.996, "99%"), (1.0, "100%")];
    for (share, expected) in shares {
        assert_eq!(cells::percent(share), expected);
    }
    let lags = [(0, "first"), (59, "+59 s"), (60, "+1 min"), (7_500, "+2 h 05 min"), (90_000, "+1 d 01 h")];
    for (seconds, expected) in lags {
        assert_eq!(cells::lag(seconds), expected);
    }
    for (n, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
        assert_eq!(number(n), expected);
    }
    assert_eq!(
        (counted(1, "story", "stories").as_str(), counted(2, "story", "stories").as_str()),
        ("1 story", "2 stories")
    );
}

#[test]
fn texts_are_cut_by_what_a_terminal_shows() {
    let cases = [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("東京都", 6, "東京都"),
        ("東京都庁", 6, "東京…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ("\u{1b}[1mx", 9, "[1mx"),
        ("", 3, ""),
        ("x", 0, ""),
    ];
    for (text, columns, expected) in cases {
        assert_eq!(cells::fit(text, columns), expected);
        assert!(cells::width(&cells::fit(text, columns)) <= columns);
    }
    let marks = format!("a{}", "\u{301}".repeat(1_000_000));
    assert!(cells::fit(&marks, 10).len() < 100);
}

#[test]
fn dates_show_the_year_where_years_differ() {
    use crate::article::{Published, Zone};
    let at = |unix_seconds| Published { unix_seconds, zone: Zone::AssumedUtc };
    let (september, next_year) = (at(1_758_317_940), at(1_790_000_000));
    let cases =
        [(vec![september], "19 Sep 21:39"), (vec![september, next_year], "19 Sep 2025"), (vec![], "19 Sep 21:39")];
    for (together, expected) in cases {
        assert_eq!(Dates::of(together.into_iter()).show(Some(september)), expected);
    }
    assert_eq!(Dates::Short.show(Some(at(i64::MAX))), UNKNOWN);
}

#[test]
fn datelines_read_well() {
    use crate::clean::credit::Dateline;
    let cases = [
        (Some("2025-09-19"), "OSLO, 19 Sep 2025"),
        (Some("--02-29"), "OSLO, 29 Feb"),
        (Some("so\u{1b}on"), "OSLO, soon"),
        (None, "OSLO"),
    ];
    for (date, expected) in cases {
        let dateline = Dateline { place: "OSLO".to_owned(), date: date.map(str::to_owned) };
        assert_eq!(cells::dateline(&dateline), expected);
    }
}
