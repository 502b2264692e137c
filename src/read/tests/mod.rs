//! Tests that go through several files of the module.

mod framing;
mod inputs;
mod parse;
