//! The names of a record's fields: those that are known, those that the user gave, and a count of those that were found.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The names of a record's fields, where the user gave them. A field that is named here goes by that name only; one in
/// `metadata`, `meta` or `fields` may be named with the object (`metadata.url`) or, if the record has no such field of its
/// own, without.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The field with the page's text.
    pub text: Option<String>,
    /// The field with the record's id.
    pub id: Option<String>,
    /// The field with the outlet.
    pub outlet: Option<String>,
    /// The field with the url.
    pub url: Option<String>,
    /// The field with the moment of publication.
    pub published: Option<String>,
    /// The field with the headline.
    pub headline: Option<String>,
    /// The field with the author.
    pub byline: Option<String>,
}

impl Fields {
    /// The name that the user gave to a field.
    pub fn named(&self, role: FieldRole) -> Option<&str> {
        let name = match role {
            FieldRole::Text => &self.text,
            FieldRole::Id => &self.id,
            FieldRole::Outlet => &self.outlet,
            FieldRole::Url => &self.url,
            FieldRole::Published => &self.published,
            FieldRole::Headline => &self.headline,
            FieldRole::Byline => &self.byline,
        };
        name.as_deref()
    }
}

/// What a field of a record is to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FieldRole {
    /// The page's text.
    Text,
    /// The record's id.
    Id,
    /// The outlet.
    Outlet,
    /// The url.
    Url,
    /// The moment of publication.
    Published,
    /// The headline.
    Headline,
    /// The author.
    Byline,
}

impl FieldRole {
    /// All roles, in order.
    pub const ALL: [FieldRole; 7] = [
        FieldRole::Text,
        FieldRole::Id,
        FieldRole::Outlet,
        FieldRole::Url,
        FieldRole::Published,
        FieldRole::Headline,
        FieldRole::Byline,
    ];

    /// The names under which the field is looked for, the preferred one first. No name belongs to two roles.
    ///
    /// Why they stand in this order: of texts, plain ones come before markup and whole ones before raw ones. ninjs calls
    /// its `title` metadata and its `headline` the one to publish. Event Registry has the day as `date` and the moment as
    /// `dateTimePub`. A version of a dispatch was published when that version was made, not when the first one was.
    ///
    /// Two things are not decided by the name alone. A `source` that is an address is the url of a record that has none,
    /// as trafilatura writes it; and beside a url in `metadata` it names a collection of pages, not an outlet. The
    /// members of `metadata`, `meta` and `fields` count after the record's own.
    pub const fn known_names(self) -> &'static [&'static str] {
        match self {
            FieldRole::Text => &[
                "text",
                "body_text",
                "bodyText",
                "plain_text",
                "body",
                "content",
                "maintext",
                "main_text",
                "article",
                "article_text",
                "articleBody",
                "full_text",
                "body_main",
                "bodies",
                "raw_text",
                "raw_content",
                "body_html",
                "body_xhtml",
                "body_richtext",
                "body_nitf",
                "content_html",
                "content:encoded",
            ],
            FieldRole::Id => &["id", "uri", "doc_id", "docid", "guid", "article_id", "_id"],
            FieldRole::Outlet => &[
                "outlet",
                "source",
                "site",
                "domain",
                "source_domain",
                "series",
                "publisher",
                "publication",
                "newspaper",
                "hostname",
                "sitename",
                "site_name",
                "source-hostname",
                "source_name",
                "infosource",
                "infosources",
                "infoSources",
                "copyrightholder",
                "copyrightHolder",
                "source_url",
            ],
            FieldRole::Url => &[
                "url",
                "link",
                "web_url",
                "webUrl",
                "article_url",
                "page_url",
                "requested_url",
                "canonical_url",
                "canonical_link",
                "original_url",
                "WARC-Target-URI",
            ],
            FieldRole::Published => &[
                "published",
                "published_at",
                "publishedAt",
                "dateTimePub",
                "dateTime",
                "datetime",
                "date_published",
                "datePublished",
                "webPublicationDate",
                "date",
                "date_publish",
                "publish_date",
                "published_date",
                "publication_date",
                "pub_date",
                "pubDate",
                "versioncreated",
                "versionCreated",
                "firstcreated",
                "firstCreated",
                "contentcreated",
                "contentCreated",
                "timestamp",
                "seendate",
                "created",
                "created_at",
            ],
            FieldRole::Headline => {
                &["headline", "headlines", "headline_main", "title", "webTitle", "article_title", "title_page"]
            }
            FieldRole::Byline => &["byline", "author", "authors", "by", "creator", "dc:creator"],
        }
    }
}

impl fmt::Display for FieldRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            FieldRole::Text => "text",
            FieldRole::Id => "id",
            FieldRole::Outlet => "outlet",
            FieldRole::Url => "url",
            FieldRole::Published => "published",
            FieldRole::Headline => "headline",
            FieldRole::Byline => "byline",
        })
    }
}

/// How often a field was found under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldUse {
    /// What the field is to the article.
    pub role: FieldRole,
    /// Its name in the record, `metadata.url` of one in an object. An id or an outlet that was made from the url goes by the url's name.
    pub name: Cow<'static, str>,
    /// Records that had it.
    pub n_records: u64,
}

/// Under which names the fields of records were found, and in how many records each.
///
/// There is one of these for every record, so it is a short sorted list and known names are not copied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldsUsed {
    /// By role, then name.
    uses: Vec<FieldUse>,
}

impl FieldsUsed {
    /// Adds the counts of another.
    pub fn merge(&mut self, other: &FieldsUsed) {
        for FieldUse { role, name, n_records } in &other.uses {
            match self.place(*role, name) {
                Ok(i) => self.uses[i].n_records += n_records,
                Err(i) => self.uses.insert(i, FieldUse { role: *role, name: name.clone(), n_records: *n_records }),
            }
        }
    }

    /// The counts by role, and of each role the most used name first.
    pub fn by_role(&self) -> Vec<&FieldUse> {
        let mut uses: Vec<&FieldUse> = self.uses.iter().collect();
        uses.sort_by_key(|u| (u.role, std::cmp::Reverse(u.n_records)));
        uses
    }

    /// The first name that a field goes by.
    pub(super) fn name(&self, role: FieldRole) -> Option<Cow<'static, str>> {
        self.uses.iter().find(|u| u.role == role).map(|u| u.name.clone())
    }

    /// Counts one record more.
    pub(super) fn count(&mut self, role: FieldRole, name: Cow<'static, str>) {
        match self.place(role, &name) {
            Ok(i) => self.uses[i].n_records += 1,
            Err(i) => {
                self.uses.reserve(FieldRole::ALL.len());
                self.uses.insert(i, FieldUse { role, name, n_records: 1 });
            }
        }
    }

    /// Says that a field of one record goes by this name, whatever it went by before.
    pub(super) fn replace(&mut self, role: FieldRole, name: &'static str) {
        self.uses.retain(|u| u.role != role);
        self.count(role, name.into());
    }

    fn place(&self, role: FieldRole, name: &str) -> Result<usize, usize> {
        self.uses.binary_search_by(|u| u.role.cmp(&role).then_with(|| u.name.as_ref().cmp(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_known_for_two_roles() {
        let mut names: Vec<&str> = FieldRole::ALL.iter().flat_map(|role| role.known_names()).copied().collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }

    #[test]
    fn counts_merge_and_come_by_role_with_the_most_used_first() {
        let mut sum = FieldsUsed::default();
        for names in [["body", "url"], ["text", "id"], ["text", "id"], ["text", "uri"]] {
            let mut one = FieldsUsed::default();
            one.count(FieldRole::Id, names[1].into());
            one.count(FieldRole::Text, names[0].into());
            sum.merge(&one);
        }
        let found: Vec<String> =
            sum.by_role().iter().map(|u| format!("{} from {}: {}", u.role, u.name, u.n_records)).collect();
        assert_eq!(
            found,
            ["text from text: 3", "text from body: 1", "id from id: 2", "id from uri: 1", "id from url: 1"]
        );
    }
}
