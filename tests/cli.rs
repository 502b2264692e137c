//! The command line, written down: every verb and flag with the output that it has.
//!
//! The cases are in `tests/cmd`, and are meant to be read: prose, and commands as typed in the folder `tests/cmd/desk`.
//! Each `NAME.trycmd` runs in its `NAME.in`, a link to that folder. Where a `NAME.out` is there too, the commands run in
//! a copy, and the files that they leave must be those of `NAME.out`. A `.toml` is one command that reads standard input.
//!
//! `[..]` and a line of `...` stand for anything. The harness takes backslashes for parts of paths and turns them, so
//! output that has any is left out in this way, as are figures whose last digits are the platform's.
//!
//! After a change of the output: `TRYCMD=overwrite cargo test --test cli`, then read the difference.

use std::path::Path;

/// What the commands run with: help and reports are as wide as this says, where there is no terminal.
fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases
        // By its path: a program that the harness has to look for and does not find is passed over in silence.
        .register_bin("wirecopy", Path::new(env!("CARGO_BIN_EXE_wirecopy")))
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0");
    cases
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    cases().case("README.md").run();
}

#[test]
fn the_task_page_does_what_it_says() {
    cases().case("docs/*.md").run();
}

#[test]
fn cases_print_what_they_say() -> Result<(), trycmd::Error> {
    cases()
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        // Every report names it: a release is no reason to write all cases anew.
        .insert_var("[VERSION]", env!("CARGO_PKG_VERSION"))?
        .run();
    Ok(())
}
