//! The command line of wirecopy: a thin caller of the library.

mod args;
mod cmd;
mod files;
mod print;
mod progress;
mod rejects;
mod remarks;
mod search;

use std::process::ExitCode;

use clap::Parser;

/// Threads that pass pages on to each other take and give back memory all the time: with the system's allocator that was a
/// twelfth of the samples of a run (`perf record` of 100,000 articles).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => print::end_without_args(&error),
    };
    let ui = print::Ui::new(args.color);
    files::end_cleanly_on_interrupt();
    print::say_no_panic_that_is_caught();
    let done = match args.verb {
        args::Verb::Stories(own) => cmd::stories::run(*own, &ui),
        args::Verb::Outlets(own) => cmd::outlets::run(*own, &ui),
        args::Verb::Dedup(own) => cmd::dedup::run(*own, &ui),
        args::Verb::Compare(own) => cmd::compare::run(*own, &ui),
        args::Verb::Inspect(own) => cmd::inspect::run(own, &ui),
        args::Verb::Curve(own) => cmd::curve::run(own, &ui),
        args::Verb::Eval(own) => cmd::eval::run(own, &ui),
    };
    print::exit(done, &ui)
}
