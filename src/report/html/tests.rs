use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::Value;

use super::*;
use crate::outlets::outlets;
use crate::report::is_unsafe;
use crate::report::tests::stories as hostile_stories;

const ATTACK: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&lt;\u{202e}evil\u{1b}[2J";

fn body(article: ArticleId) -> Result<Vec<String>> {
    let own = format!("Paragraph {} of its own, and nobody else's, about the river.", article.0);
    let shared = "The ministers of both countries signed the treaty on the river Veld late on Friday evening.";
    Ok(vec![shared.to_owned(), own, ATTACK.to_owned()])
}

fn page(stories: &Stories, limits: &HtmlLimits) -> (Page, String) {
    let page = Page::new(stories, &outlets(stories), 2, &body, limits).unwrap();
    let mut html = Vec::new();
    page.write(&mut html).unwrap();
    (page, String::from_utf8(html).unwrap())
}

/// The stories of the tests of all reports, with attacks in every text of a page.
fn attacked() -> Stories {
    let mut stories = hostile_stories();
    for story in &mut stories.stories {
        story.headline = Some(ATTACK.to_owned());
        for copy in &mut story.copies {
            copy.id.push_str(ATTACK);
            copy.outlet.push_str(ATTACK);
            copy.headline = Some(ATTACK.to_owned());
            copy.url = Some("javascript:alert(3)".to_owned());
        }
    }
    stories
}

fn chunk(html: &str, number: usize) -> Value {
    let encoded = html.split("class=\"chunk\">").nth(1 + number).unwrap().split('<').next().unwrap();
    let mut json = String::new();
    GzDecoder::new(&BASE64_STANDARD.decode(encoded).unwrap()[..]).read_to_string(&mut json).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn what_a_page_says_is_text_and_nothing_else() {
    let (_, html) = page(&attacked(), &HtmlLimits::default());
    // The page's own two scripts are the only ones that run.
    assert_eq!(html.matches("<script>").count(), 2);
    assert!(!html.contains("<img") && !html.contains("javascript:"), "markup of a page");
    assert!(!html.contains(|c| is_unsafe(c) && c != '\n'), "control characters of a page");
    assert!(html.contains("&#60;script&#62;alert(1)"), "the headline is shown as it is");
    let data = chunk(&html, 0).to_string();
    assert!(data.contains("alert(2)") && !data.contains("javascript:"), "{data}");
    assert!(!data.contains(is_unsafe) && !data.contains("\\u001b"), "{data}");
}

#[test]
fn the_policy_names_the_script_and_the_style_that_are_there() {
    let (_, html) = page(&hostile_stories(), &HtmlLimits::default());
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())));
    let within = |start: &str, end: &str| html.split(start).nth(1).unwrap().split(end).next().unwrap();
    let policy = within("Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    let scripts = html.split("<script>").skip(1).map(|rest| hash(rest.split("</script>").next().unwrap()));
    let scripts = scripts.collect::<Vec<_>>().join(" ");
    assert!(policy.contains(&format!("script-src {scripts};")), "{policy}");
    assert!(policy.contains(&format!("style-src {};", hash(within("<style>", "</style>")))), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    assert!(!html.contains("style=\"") && !html.contains("src=") && !html.contains("http-equiv=\"refresh"));
}

#[test]
fn a_copy_stands_beside_the_text_that_it_is_compared_with() {
    let mut stories = hostile_stories();
    let origin = stories.stories[0].copies[0].article;
    stories.stories[0].copies[1].against = Some(origin);
    let (page, html) = page(&stories, &HtmlLimits::default());
    assert_eq!(page.left_out, LeftOut::default());
    let story = &chunk(&html, 0)[0];
    let copy = &story["copies"][1];
    assert_eq!(copy["against"], 0);
    let rows = copy["beside"].as_array().unwrap();
    assert_eq!(rows[0][0], rows[0][1], "a paragraph that both have");
    let changed = rows[1].to_string();
    assert!(changed.contains(r#"["c","4 "]"#) && changed.contains(r#"["c","1 "]"#), "{changed}");
}

#[test]
fn figures_are_of_all_copies_and_the_texts_that_others_are_held_against_are_listed() {
    let mut stories = hostile_stories();
    let story = &mut stories.stories[0];
    // The fullest text of its second version is the third copy.
    story.versions[1].fullest = story.copies[2].article;
    story.copies[1].uncredited = true;
    story.copies[1].against = Some(story.copies[2].article);
    let (n, uncredited) = (story.copies.len(), story.n_uncredited());
    let (_, html) = page(&stories, &HtmlLimits { copies: 1, ..HtmlLimits::default() });
    let story = &chunk(&html, 0)[0];
    assert_eq!((story["copies"].as_array().unwrap().len(), &story["more_copies"]), (2, &Value::from(n - 2)));
    assert_eq!(story["copies"][1]["id"], "c-3");
    assert!(uncredited > 0 && story["uncredited"] == uncredited);
    assert_eq!(story["longest_lag"], 7_500);
    let (_, html) = page(&stories, &HtmlLimits::default());
    assert_eq!(chunk(&html, 0)[0]["copies"][1]["against"], 2);
}

#[test]
fn what_does_not_fit_is_left_out_and_said() {
    let stories = hostile_stories();
    let n_found = with_copies(&stories, 2).count();
    let (whole, html) = page(&stories, &HtmlLimits::default());
    assert_eq!(whole.left_out, LeftOut::default());
    assert!(!html.contains("for a browser. They are counted"));

    let (fewer, html) = page(&stories, &HtmlLimits { stories: 1, ..HtmlLimits::default() });
    assert_eq!(fewer.left_out.stories, n_found - 1);
    assert!(html.contains("1 story with less reach is not in this file: it would"), "{html}");

    let (_, bare) = page(&stories, &HtmlLimits { beside: 0, ..HtmlLimits::default() });
    let room = bare.len() + SENTENCES_BYTES + super::chunks::CHUNK * 70;
    let (without, html) = page(&stories, &HtmlLimits { file_bytes: room, ..HtmlLimits::default() });
    assert_eq!((without.left_out.stories, without.left_out.texts), (0, n_found));
    assert!(html.contains("listed without the texts of the copies"));
    assert!(html.len() <= room && html.len() + 2_000 > room, "{} of {room}", html.len());
    assert!(chunk(&html, 0)[0]["copies"][1]["beside"].is_null());

    let (nothing, html) = page(&stories, &HtmlLimits { file_bytes: 0, ..HtmlLimits::default() });
    assert_eq!(nothing.left_out.stories, n_found);
    assert!(html.contains("stories with less reach are not in this file: it would"));
}

#[test]
fn a_run_without_stories_has_a_page_too() {
    let mut stories = hostile_stories();
    stories.stories.clear();
    let (_, html) = page(&stories, &HtmlLimits::default());
    assert!(html.contains("no story was found"), "{html}");
}
