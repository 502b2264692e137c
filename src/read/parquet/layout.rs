//! Which columns of a file are looked for, and what of them is read.
//!
//! Columns are groups of leaves, and only leaves are stored. Of a group only the leaves that can name it are read; of a
//! list, its elements or their names. What cannot become a value of an article is known to be there, and not read.

use parquet::basic::{ConvertedType, LogicalType, Repetition};
use parquet::schema::types::{Type, TypePtr};

use crate::read::fields::{FieldRole, Fields};
use crate::read::found::{Slot, slot};
use crate::read::parquet::kind::Kind;
use crate::read::value::NAMING;

/// Groups whose members count where the record itself has no such field.
const SUPPLEMENTS: [&str; 2] = ["metadata", "meta"];

/// What is read of a file.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The columns that are looked for, and those of groups that supplement them.
    pub(super) columns: Vec<Column>,
    pub(super) supplements: Vec<Column>,
    /// The leaves that these are read from.
    pub(super) leaves: Vec<Leaf>,
    /// The names of all columns, for a message.
    pub(super) names: Vec<String>,
}

/// A column that is looked for.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) slot: Slot,
    pub(super) role: FieldRole,
    pub(super) shape: Shape,
}

/// How the value of a column is made of leaves, given by their places in [`Layout::leaves`].
#[derive(Debug)]
pub(super) enum Shape {
    Plain(usize),
    /// An object, by what can name it, the preferred one first.
    Object(Vec<usize>),
    /// A list of plain values, or of objects by what can name them.
    List(Vec<usize>),
}

/// A leaf that is read.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Its place among all leaves of the file.
    pub(super) index: usize,
    pub(super) kind: Kind,
    /// From this definition level on there is an element of a list, even if it is null; 0 for leaves outside of lists.
    pub(super) element_level: i16,
}

impl Layout {
    /// The columns of a schema that are looked for. O(columns).
    pub(super) fn of(schema: &Type, fields: &Fields) -> Layout {
        let mut layout = Layout::default();
        let mut first = 0;
        for column in schema.get_fields() {
            layout.names.push(column.name().to_owned());
            if let Some(column) = layout.column(column, first, 0, fields) {
                layout.columns.push(column);
            } else if SUPPLEMENTS.contains(&column.name()) && is_object(column) {
                layout.supplement(column, first, fields);
            }
            first += n_leaves(column);
        }
        layout
    }

    fn supplement(&mut self, group: &Type, mut first: usize, fields: &Fields) {
        for member in group.get_fields() {
            if let Some(column) = self.column(member, first, level(group), fields) {
                self.supplements.push(column);
            }
            first += n_leaves(member);
        }
    }

    /// A column whose leaves begin at `first`, inside groups that take `outer` levels.
    fn column(&mut self, column: &TypePtr, first: usize, outer: i16, fields: &Fields) -> Option<Column> {
        let name = column.name();
        let (slot, role) = (slot(name, fields)?, role(name, fields)?);
        let shape = self.shape(column, first, outer);
        Some(Column { name: name.to_owned(), slot, role, shape })
    }

    fn shape(&mut self, column: &Type, first: usize, outer: i16) -> Shape {
        let outer = outer + level(column);
        if is_repeated(column) {
            return Shape::List(self.elements(column, first, outer));
        }
        if column.is_primitive() {
            return Shape::Plain(self.leaf(column, first, 0));
        }
        if !is_list(column) {
            return Shape::Object(self.names(column, first, 0));
        }
        match column.get_fields() {
            [repeated] if is_repeated(repeated) => {
                let level = outer + 1;
                // A group of one member stands for that member, but for names by which old writers meant the group.
                let is_element = repeated.is_primitive()
                    || repeated.get_fields().len() != 1
                    || repeated.name() == "array"
                    || repeated.name() == format!("{}_tuple", column.name());
                let element = if is_element { repeated } else { &repeated.get_fields()[0] };
                Shape::List(if !is_element && is_repeated(element) {
                    Vec::new()
                } else {
                    self.elements(element, first, level)
                })
            }
            _ => Shape::List(Vec::new()),
        }
    }

    /// The leaves of the elements of a list, which are there from a level on.
    fn elements(&mut self, element: &Type, first: usize, level: i16) -> Vec<usize> {
        match element.is_primitive() {
            true => vec![self.leaf(element, first, level)],
            false if is_list(element) => Vec::new(),
            false => self.names(element, first, level),
        }
    }

    /// The leaves of a group that can name it.
    fn names(&mut self, group: &Type, first: usize, element_level: i16) -> Vec<usize> {
        let place = |name: &&'static str| {
            let at = group.get_fields().iter().position(|member| member.name() == *name)?;
            let first = first + group.get_fields()[..at].iter().map(|member| n_leaves(member)).sum::<usize>();
            let member = &group.get_fields()[at];
            (member.is_primitive() && !is_repeated(member)).then_some((member, first))
        };
        let found: Vec<_> = NAMING.iter().filter_map(place).collect();
        found.into_iter().map(|(member, first)| self.leaf(member, first, element_level)).collect()
    }

    fn leaf(&mut self, leaf: &Type, index: usize, element_level: i16) -> usize {
        self.leaves.push(Leaf { index, kind: Kind::of(leaf), element_level });
        self.leaves.len() - 1
    }
}

/// What a field of this name is to the article.
fn role(name: &str, fields: &Fields) -> Option<FieldRole> {
    let is = |role: &FieldRole| role.known_names().contains(&name);
    let is_given = |role: &FieldRole| fields.named(*role) == Some(name);
    FieldRole::ALL.into_iter().find(is).or_else(|| FieldRole::ALL.into_iter().find(is_given))
}

/// The levels that a type adds: one where it may be missing, or may repeat.
fn level(of: &Type) -> i16 {
    let info = of.get_basic_info();
    i16::from(info.has_repetition() && info.repetition() != Repetition::REQUIRED)
}

fn is_repeated(of: &Type) -> bool {
    let info = of.get_basic_info();
    info.has_repetition() && info.repetition() == Repetition::REPEATED
}

pub(super) fn is_list(of: &Type) -> bool {
    let info = of.get_basic_info();
    !of.is_primitive()
        && (info.converted_type() == ConvertedType::LIST || info.logical_type_ref() == Some(&LogicalType::List))
}

fn is_object(of: &Type) -> bool {
    !of.is_primitive() && !is_list(of) && !is_repeated(of)
}

fn n_leaves(of: &Type) -> usize {
    if of.is_primitive() { 1 } else { of.get_fields().iter().map(|member| n_leaves(member)).sum() }
}
