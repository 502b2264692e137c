//! A branch of a tree to plain text: what a reader sees, one block a line.

use dom_query::{Element, NodeData, NodeRef};

/// The text below a node: one line for each block and each `<br>`, spaces as one. O(nodes + bytes), and no recursion.
///
/// Lines are never empty, but in `<pre>`, where an empty line is all that says where a paragraph ends.
pub(super) fn lines(root: &NodeRef<'_>) -> String {
    walk(root, usize::MAX)
}

/// The text below a node in one line; `None` where there is none, or more than so many bytes. O(nodes + `max_bytes`):
/// elements that are looked at may stand in each other, and their texts must not add up.
pub(super) fn short_line(root: &NodeRef<'_>, max_bytes: usize) -> Option<String> {
    let text = walk(root, max_bytes);
    (!text.is_empty() && text.len() <= max_bytes).then(|| text.replace('\n', " "))
}

/// The lines, or at least so many bytes of them.
fn walk(root: &NodeRef<'_>, enough_bytes: usize) -> String {
    let mut lines = Lines::default();
    let mut open = Vec::new();
    let mut next = Some(*root);
    while let Some(node) = next
        && lines.done.len() <= enough_bytes
    {
        next = if lines.open(&node) { node.first_child() } else { None };
        if next.is_some() {
            open.push(node);
            continue;
        }
        lines.close(&node);
        let mut left = node;
        while next.is_none() && !open.is_empty() {
            next = left.next_sibling();
            if next.is_none()
                && let Some(parent) = open.pop()
            {
                lines.close(&parent);
                left = parent;
            }
        }
    }
    lines.done
}

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Inline,
    /// Begins and ends a line.
    Block,
    /// A block that keeps the ends of lines of its text.
    Lined,
    /// Stands apart from its neighbors in the line.
    Cell,
    /// Is not read.
    Hidden,
}

impl Layout {
    fn of(element: &Element) -> Self {
        match element.name.local.as_ref() {
            "script" | "style" | "template" | "head" | "title" | "svg" | "select" | "textarea" | "iframe"
            | "object" | "embed" | "noscript" | "button" | "datalist" | "audio" | "video" | "canvas" => Layout::Hidden,
            "listing" | "plaintext" | "pre" | "xmp" => Layout::Lined,
            "td" | "th" => Layout::Cell,
            "address" | "article" | "aside" | "blockquote" | "body" | "br" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
            | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "legend"
            | "li" | "main" | "menu" | "nav" | "ol" | "option" | "p" | "search" | "section" | "summary" | "table"
            | "tbody" | "tfoot" | "thead" | "tr" | "ul" => Layout::Block,
            _ => Layout::Inline,
        }
    }
}

/// What comes before the next word, if one comes: the most of what stands between.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    EmptyLine,
}

#[derive(Default)]
struct Lines {
    done: String,
    gap: Gap,
    /// Open elements that keep the ends of lines.
    n_lined: usize,
}

impl Lines {
    /// Whether what is in the node is to be read.
    fn open(&mut self, node: &NodeRef<'_>) -> bool {
        node.query_or(false, |node| match &node.data {
            NodeData::Text { contents } => {
                self.text(contents);
                false
            }
            NodeData::Element(element) => {
                let layout = Layout::of(element);
                self.n_lined += usize::from(layout == Layout::Lined);
                self.apply(layout);
                layout != Layout::Hidden
            }
            NodeData::Document | NodeData::Fragment => true,
            _ => false,
        })
    }

    fn close(&mut self, node: &NodeRef<'_>) {
        let layout = node.element_ref().map_or(Layout::Inline, |element| Layout::of(&element));
        self.n_lined -= usize::from(layout == Layout::Lined);
        self.apply(layout);
    }

    fn apply(&mut self, layout: Layout) {
        match layout {
            Layout::Block | Layout::Lined => self.leave(Gap::Line),
            Layout::Cell => self.leave(Gap::Space),
            Layout::Inline | Layout::Hidden => {}
        }
    }

    fn leave(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, text: &str) {
        if self.n_lined == 0 {
            self.words(text);
            return;
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.leave(if self.gap == Gap::Line { Gap::EmptyLine } else { Gap::Line });
            }
            self.words(line);
        }
    }

    fn words(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.leave(Gap::Space);
        }
        for word in text.split_whitespace() {
            if !self.done.is_empty() {
                self.done.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::EmptyLine => "\n\n",
                });
            }
            self.done.push_str(word);
            self.gap = Gap::Space;
        }
        // A word may go on in the next element.
        if self.gap == Gap::Space && text.ends_with(|c: char| !c.is_whitespace()) {
            self.gap = Gap::None;
        }
    }
}
