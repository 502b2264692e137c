//! Tests that go through several files of the module.

mod formats;
mod framing;
mod inputs;
mod parse;
mod schemas;
