//! The tree that the parser builds, measured as it grows.
//!
//! `dom_query`'s document is the tree; this stands before it and keeps the depth of each node, so that [`guard`] can stop
//! a page before what it would cost is spent.
//!
//! [`guard`]: super::guard

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use dom_query::{Document, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};

/// A document that knows how large and how deep it is.
#[derive(Default)]
pub(super) struct Measured {
    document: Document,
    /// By [`Handle::index`].
    depths: RefCell<Vec<u32>>,
    deepest: Cell<u32>,
    sum_of_depths: Cell<u64>,
}

/// A node of the document. The document keeps its numbers to itself, so ours stands beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handle {
    id: NodeId,
    index: usize,
}

impl Measured {
    /// The document, to be built no further.
    pub(super) fn into_document(self) -> Document {
        self.document
    }

    /// Elements and texts so far.
    pub(super) fn n_nodes(&self) -> usize {
        self.document.tree.len()
    }

    /// Depth of the deepest element so far.
    pub(super) fn deepest(&self) -> u32 {
        self.deepest.get()
    }

    /// Sum of the depths of all elements, as they were when they came into the tree. A text has one beside it at least,
    /// but for one.
    pub(super) fn sum_of_depths(&self) -> u64 {
        self.sum_of_depths.get()
    }

    fn new_handle(&self, id: NodeId) -> Handle {
        let mut depths = self.depths.borrow_mut();
        depths.push(0);
        Handle { id, index: depths.len() - 1 }
    }

    fn depth(&self, node: &Handle) -> u32 {
        self.depths.borrow().get(node.index).copied().unwrap_or(0)
    }

    /// Notes the depth of a child, and takes its own number off it.
    fn placed(&self, child: NodeOrText<Handle>, depth: u32) -> NodeOrText<NodeId> {
        match child {
            NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
            NodeOrText::AppendNode(node) => {
                if let Some(known) = self.depths.borrow_mut().get_mut(node.index) {
                    *known = depth;
                }
                self.deepest.set(self.deepest.get().max(depth));
                self.sum_of_depths.set(self.sum_of_depths.get() + u64::from(depth));
                NodeOrText::AppendNode(node.id)
            }
        }
    }
}

impl TreeSink for Measured {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    // A page of errors would fill memory with them, and nobody asks.
    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.new_handle(self.document.get_document())
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.document.elem_name(&target.id)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.new_handle(self.document.create_element(name, attributes, flags))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.new_handle(self.document.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.new_handle(self.document.create_pi(target, data))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.placed(child, self.depth(parent) + 1);
        self.document.append(&parent.id, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let child = self.placed(child, self.depth(element).max(self.depth(previous) + 1));
        self.document.append_based_on_parent_node(&element.id, &previous.id, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    // What is in a template is as deep as if it stood there: it has no parent, but the parser walks up through it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle { id: self.document.get_template_contents(&target.id), index: target.index }
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        self.document.same_node(&a.id, &b.id)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.placed(child, self.depth(sibling));
        self.document.append_before_sibling(&sibling.id, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        self.document.add_attrs_if_missing(&target.id, attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.document.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.document.reparent_children(&node.id, &new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &Handle) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(&node.id)
    }
}
