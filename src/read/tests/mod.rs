//! Tests that go through several files of the module.

mod formats;
mod framing;
mod inputs;
mod parse;
mod schemas;

use std::path::Path;
use std::sync::Arc;

use super::{Extent, Form, Record, RecordKind};

/// A record that nothing surrounds.
fn record<'a>(path: &'a Arc<Path>, line: u64, bytes: &'a [u8], form: Form<'a>) -> Record<'a> {
    let extent = Extent::default();
    Record { path, file: 0, line, bytes, extent, is_cut: false, kind: RecordKind::Json, nth_on_line: 1, form }
}
