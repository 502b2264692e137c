//! A graph as GraphML, after the primer of <http://graphml.graphdrawing.org/primer/graphml-primer.html>.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::{EDGE_FIELDS, Edge, Graph, Kind, NODE_FIELDS, Node};
use crate::outlets::Outlets;
use crate::report::all_settings;

type Xml<'a> = Writer<&'a mut dyn Write>;

pub(super) fn write(out: &mut dyn Write, graph: &Graph, found: &Outlets) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            xml.create_element("desc").write_text_content(BytesText::new(&all_settings(&found.params)))?;
            keys(xml, "node", &[&[("label", Kind::Text)], &NODE_FIELDS[..]].concat())?;
            keys(xml, "edge", &[&[("weight", Kind::Share)], &EDGE_FIELDS[..]].concat())?;
            xml.create_element("graph")
                .with_attributes([("id", "outlets"), ("edgedefault", "directed")])
                .write_inner_content(|xml| {
                    graph.nodes.iter().try_for_each(|one| node(xml, one))?;
                    graph.edges.iter().zip(1..).try_for_each(|(one, number)| edge(xml, one, number))
                })?;
            Ok(())
        })?;
    xml.into_inner().write_all(b"\n")
}

/// The first field of nodes and of edges is one that GEXF has no need to declare.
fn keys(xml: &mut Xml<'_>, of: &str, fields: &[(&str, Kind)]) -> io::Result<()> {
    fields.iter().zip(0..).try_for_each(|((name, kind), number)| {
        let id = key(of, number);
        let attributes = [("id", id.as_str()), ("for", of), ("attr.name", name), ("attr.type", kind.name())];
        xml.create_element("key").with_attributes(attributes).write_empty().map(drop)
    })
}

fn key(of: &str, number: usize) -> String {
    format!("{of}-{number}")
}

fn node(xml: &mut Xml<'_>, node: &Node) -> io::Result<()> {
    let element = xml.create_element("node").with_attribute(("id", node.id.as_str()));
    element.write_inner_content(|xml| data(xml, "node", &node.label, &node.values)).map(drop)
}

fn edge(xml: &mut Xml<'_>, edge: &Edge, number: usize) -> io::Result<()> {
    let id = number.to_string();
    let attributes = [("id", id.as_str()), ("source", &edge.source), ("target", &edge.target)];
    let element = xml.create_element("edge").with_attributes(attributes);
    element.write_inner_content(|xml| data(xml, "edge", &edge.weight.to_string(), &edge.values)).map(drop)
}

fn data(xml: &mut Xml<'_>, of: &str, first: &str, values: &[Option<String>]) -> io::Result<()> {
    let values = std::iter::once(Some(first)).chain(values.iter().map(Option::as_deref));
    values.zip(0..).filter_map(|(value, number)| Some((value?, number))).try_for_each(|(value, number)| {
        let key = key(of, number);
        let element = xml.create_element("data").with_attribute(("key", key.as_str()));
        element.write_text_content(BytesText::new(value)).map(drop)
    })
}
