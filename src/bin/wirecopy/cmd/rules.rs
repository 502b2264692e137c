//! The rules that take pieces off a page, in words.

use wirecopy::clean::Rule;

/// A rule's name, as JSON has it, and why it takes what it takes.
pub(crate) fn explained(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Headline => ("headline", "The line repeats the headline, which outlets change and copies do not share."),
        Rule::Outlet => ("outlet", "The line names the outlet and says nothing else."),
        Rule::PublishedLine => ("published-line", "The line says when the page was published or updated."),
        Rule::Byline => ("byline", "The line says who wrote the article."),
        Rule::Dateline => ("dateline", "The first line opens with the place and date of the report, or an agency."),
        Rule::Credit => ("credit", "The words credit an agency with the text."),
        Rule::Copyright => ("copyright", "The line claims rights in the page."),
        Rule::SectionHeading => ("section-heading", "The line opens a list of other things on the site."),
        Rule::LinkList => ("link-list", "The line stands in a list below such a heading."),
        Rule::Prompt => ("prompt", "The line asks the reader for something: to subscribe, share, sign in, accept."),
        Rule::Caption => ("caption", "The line is said of a picture or a video."),
        Rule::Repeated => ("repeated", "The same line stands on the page already."),
        Rule::HeadLine => ("head-line", "The line stands before the first sentence and is none itself."),
        Rule::TailLine => ("tail-line", "The line stands after the last sentence and is none itself."),
        Rule::Blank => ("blank", "The line has no letters."),
        Rule::OutletFurniture => {
            ("outlet-furniture", "The line recurs on other pages of the outlet, and hardly elsewhere.")
        }
        Rule::OutletPhrase => {
            ("outlet-phrase", "The words recur at the start or end of other pages of the outlet, and hardly elsewhere.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_go_by_their_names_in_json() {
        let rules = [
            Rule::Headline,
            Rule::Outlet,
            Rule::PublishedLine,
            Rule::Byline,
            Rule::Dateline,
            Rule::Credit,
            Rule::Copyright,
            Rule::SectionHeading,
            Rule::LinkList,
            Rule::Prompt,
            Rule::Caption,
            Rule::Repeated,
            Rule::HeadLine,
            Rule::TailLine,
            Rule::Blank,
            Rule::OutletFurniture,
            Rule::OutletPhrase,
        ];
        for rule in rules {
            assert_eq!(serde_json::to_value(rule).unwrap(), explained(rule).0);
        }
    }
}
