//! A graph as GEXF 1.3, after the schema of <https://gexf.net/schema.html>.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::{EDGE_FIELDS, Edge, Graph, Kind, NODE_FIELDS, Node};
use crate::outlets::Outlets;
use crate::report::{PROGRAM, all_settings};

type Xml<'a> = Writer<&'a mut dyn Write>;

pub(super) fn write(out: &mut dyn Write, graph: &Graph, found: &Outlets) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("gexf")
        .with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])
        .write_inner_content(|xml| {
            xml.create_element("meta").write_inner_content(|xml| {
                xml.create_element("creator").write_text_content(BytesText::new(PROGRAM))?;
                xml.create_element("description").write_text_content(BytesText::new(&all_settings(&found.params)))?;
                Ok(())
            })?;
            xml.create_element("graph")
                .with_attributes([("defaultedgetype", "directed"), ("mode", "static")])
                .write_inner_content(|xml| body(xml, graph))?;
            Ok(())
        })?;
    xml.into_inner().write_all(b"\n")
}

fn body(xml: &mut Xml<'_>, graph: &Graph) -> io::Result<()> {
    fields(xml, "node", &NODE_FIELDS)?;
    fields(xml, "edge", &EDGE_FIELDS)?;
    xml.create_element("nodes").write_inner_content(|xml| graph.nodes.iter().try_for_each(|one| node(xml, one)))?;
    xml.create_element("edges")
        .write_inner_content(|xml| graph.edges.iter().zip(1..).try_for_each(|(one, number)| edge(xml, one, number)))?;
    Ok(())
}

fn fields(xml: &mut Xml<'_>, of: &str, fields: &[(&str, Kind)]) -> io::Result<()> {
    xml.create_element("attributes").with_attribute(("class", of)).write_inner_content(|xml| {
        fields.iter().zip(0..).try_for_each(|((title, kind), id)| {
            let id = format!("{id}");
            let attributes = [("id", id.as_str()), ("title", title), ("type", kind.name())];
            xml.create_element("attribute").with_attributes(attributes).write_empty().map(drop)
        })
    })?;
    Ok(())
}

fn node(xml: &mut Xml<'_>, node: &Node) -> io::Result<()> {
    let attributes = [("id", node.id.as_str()), ("label", node.label.as_str())];
    let element = xml.create_element("node").with_attributes(attributes);
    element.write_inner_content(|xml| values(xml, &node.values)).map(drop)
}

fn edge(xml: &mut Xml<'_>, edge: &Edge, number: usize) -> io::Result<()> {
    let (id, weight) = (number.to_string(), edge.weight.to_string());
    let attributes = [("id", id.as_str()), ("source", &edge.source), ("target", &edge.target), ("weight", &weight)];
    let element = xml.create_element("edge").with_attributes(attributes);
    element.write_inner_content(|xml| values(xml, &edge.values)).map(drop)
}

fn values(xml: &mut Xml<'_>, values: &[Option<String>]) -> io::Result<()> {
    let element = xml.create_element("attvalues");
    let written = element.write_inner_content(|xml| {
        values.iter().zip(0..).filter_map(|(value, id)| Some((value.as_deref()?, id))).try_for_each(|(value, id)| {
            let id = format!("{id}");
            xml.create_element("attvalue").with_attributes([("for", id.as_str()), ("value", value)]).write_empty()?;
            Ok(())
        })
    });
    written.map(drop)
}
