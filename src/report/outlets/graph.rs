//! Outlets and agencies as a graph, for Gephi and other programs that draw them.
//!
//! Nodes are the outlets and the agencies. An edge of kind `reprints` leads from an agency to an outlet and weighs as
//! much as the outlet has copies of its stories; one of kind `ahead` leads from one outlet to another and weighs as many
//! stories without an agency as the one had before the other. Where nothing says who was first there is no such edge.
//!
//! Of the [pairs](Outlets::pairs) those that are there are drawn; nodes may be without edges.

mod gexf;
mod graphml;

use std::io::{self, Write};
use std::path::Path;

use super::Select;
use crate::agency::AgencyId;
use crate::outlets::{Ahead, Credits, Outlet, Outlets};
use crate::report::{plain, rounded};

/// The format of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// GEXF 1.3 (<https://gexf.net>).
    Gexf,
    /// GraphML (<http://graphml.graphdrawing.org>).
    GraphMl,
}

impl Form {
    /// The format that a file's name ends in: `.gexf`, `.graphml`.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "gexf" => Some(Form::Gexf),
            "graphml" => Some(Form::GraphMl),
            _ => None,
        }
    }
}

/// Writes the graph of the outlets, agencies and pairs that are selected. O(outlets + pairs) memory.
///
/// # Errors
/// What `out` returns.
pub fn write(out: &mut dyn Write, found: &Outlets, select: Select, form: Form) -> io::Result<()> {
    let graph = Graph::new(found, select);
    match form {
        Form::Gexf => gexf::write(out, &graph, found),
        Form::GraphMl => graphml::write(out, &graph, found),
    }
}

/// The type of a field, by the name that both formats have for it.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Count,
    Share,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Count => "long",
            Kind::Share => "double",
        }
    }
}

/// What nodes have, and edges; the values of each are in this order.
const NODE_FIELDS: [(&str, Kind); 12] = [
    ("kind", Kind::Text),
    ("articles", Kind::Count),
    ("stories", Kind::Count),
    ("shared_stories", Kind::Count),
    ("agency_copies", Kind::Count),
    ("uncredited", Kind::Count),
    ("share_agency", Kind::Share),
    ("share_credited", Kind::Share),
    ("first", Kind::Count),
    ("median_lag_seconds", Kind::Count),
    ("mean_added", Kind::Share),
    ("originality", Kind::Share),
];
const EDGE_FIELDS: [(&str, Kind); 5] = [
    ("kind", Kind::Text),
    ("credited", Kind::Count),
    ("credited_other", Kind::Count),
    ("uncredited", Kind::Count),
    ("median_lag_seconds", Kind::Count),
];

struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

struct Node {
    id: String,
    label: String,
    values: [Option<String>; NODE_FIELDS.len()],
}

struct Edge {
    source: String,
    target: String,
    weight: u64,
    values: [Option<String>; EDGE_FIELDS.len()],
}

impl Graph {
    fn new(found: &Outlets, select: Select) -> Self {
        let mut graph = Graph { nodes: Vec::new(), edges: Vec::new() };
        for used in select.agencies(found) {
            let values = agency_values(used.stories, used.copies);
            graph.nodes.push(Node { id: agency_id(used.agency), label: used.agency.agency().code.to_owned(), values });
        }
        let has_node: Vec<AgencyId> = select.agencies(found).map(|used| used.agency).collect();
        let mut is_node = vec![false; found.outlets.len()];
        for (at, outlet) in select.outlets(found) {
            is_node[at] = true;
            graph.nodes.push(Node { id: outlet_id(at), label: xml_text(&outlet.name), values: outlet_values(outlet) });
            let of_agencies = outlet.agencies.iter().filter(|of| has_node.contains(&of.agency));
            graph.edges.extend(of_agencies.map(|of| reprints(of.agency, at, of.copies)));
        }
        for pair in select.pairs(found).filter(|pair| pair.outlets.into_iter().all(|at| is_node[at])) {
            let [a, b] = pair.outlets;
            let [ahead_a, ahead_b] = pair.of_others.ahead;
            let edges = [ahead(a, b, ahead_a), ahead(b, a, ahead_b)];
            graph.edges.extend(edges.into_iter().filter(|edge| edge.weight > 0));
        }
        graph
    }
}

fn agency_id(agency: AgencyId) -> String {
    format!("agency-{}", agency.agency().id)
}

/// By its place: names may be anything, and two may differ in nothing that XML can hold.
fn outlet_id(at: usize) -> String {
    format!("outlet-{}", at + 1)
}

fn agency_values(stories: u64, copies: Credits) -> [Option<String>; NODE_FIELDS.len()] {
    let mut values = [const { None }; NODE_FIELDS.len()];
    values[0] = Some("agency".to_owned());
    values[2] = Some(stories.to_string());
    values[4] = Some(copies.copies.to_string());
    values[5] = Some(copies.uncredited().to_string());
    values[7] = share(copies.share_credited());
    values
}

fn outlet_values(outlet: &Outlet) -> [Option<String>; NODE_FIELDS.len()] {
    [
        Some(if outlet.agency.is_some() { "agency site" } else { "outlet" }.to_owned()),
        Some(outlet.articles.to_string()),
        Some(outlet.stories.to_string()),
        Some(outlet.shared_stories.to_string()),
        Some(outlet.copies.copies.to_string()),
        Some(outlet.copies.uncredited().to_string()),
        share(Some(outlet.share_agency())),
        share(outlet.copies.share_credited()),
        Some(outlet.first.to_string()),
        outlet.median_lag_seconds.map(|lag| lag.to_string()),
        share(outlet.mean_added),
        share(outlet.originality),
    ]
}

fn reprints(agency: AgencyId, at: usize, copies: Credits) -> Edge {
    Edge {
        source: agency_id(agency),
        target: outlet_id(at),
        weight: copies.copies,
        values: [
            Some("reprints".to_owned()),
            Some(copies.credited.to_string()),
            Some(copies.credited_other.to_string()),
            Some(copies.uncredited().to_string()),
            None,
        ],
    }
}

fn ahead(earlier: usize, later: usize, ahead: Ahead) -> Edge {
    let lag = ahead.median_lag_seconds.map(|lag| lag.to_string());
    Edge {
        source: outlet_id(earlier),
        target: outlet_id(later),
        weight: ahead.stories,
        values: [Some("ahead".to_owned()), None, None, None, lag],
    }
}

fn share(share: Option<f64>) -> Option<String> {
    share.map(|share| rounded(share).to_string())
}

/// A text without what XML 1.0 cannot hold (section 2.2), escaped or not: control characters, and two that are none.
fn xml_text(text: &str) -> String {
    plain(text).chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
