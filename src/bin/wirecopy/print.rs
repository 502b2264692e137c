//! Where output goes and how a run ends: results to standard output, all else to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice as Choice, StripStream};
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use wirecopy::report::plain;

/// How a run that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0.
    Done,
    /// 1: `compare` found no match.
    NothingFound,
    /// 3: done, but records were skipped.
    Skipped,
}

/// The terminal, as the user wants it.
#[derive(Debug)]
pub(crate) struct Ui {
    color: Choice,
}

/// Columns where there is no terminal to ask: the same for everybody, so that reports can be compared.
const DEFAULT_COLUMNS: usize = 100;

impl Ui {
    pub(crate) fn new(color: ColorChoice) -> Self {
        let color = match color {
            ColorChoice::Auto => Choice::Auto,
            ColorChoice::Always => Choice::Always,
            ColorChoice::Never => Choice::Never,
        };
        Ui { color }
    }

    /// Writes a result to standard output (styles are stripped where they are not wanted). A broken pipe is silence:
    /// who closed it has seen enough.
    pub(crate) fn result(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let stdout = io::stdout().lock();
        let color = if self.color == Choice::Auto { AutoStream::choice(&stdout) } else { self.color };
        // Standard output is buffered by the line: a stripping stream above that would write every piece by itself.
        let done = if color == Choice::Never {
            let mut buffer = BufWriter::new(stdout);
            let mut out = StripStream::new(&mut buffer as &mut dyn Write);
            write(&mut out).and_then(|()| out.flush())
        } else {
            let mut out = BufWriter::new(AutoStream::new(stdout, color));
            write(&mut out).and_then(|()| out.flush())
        };
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(anyhow::Error::new(error).context("cannot write to standard output")),
            Ok(()) => Ok(()),
        }
    }

    /// Says something on standard error. Page text in it must have gone through [`plain`].
    pub(crate) fn say(&self, words: impl std::fmt::Display) {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(AutoStream::new(io::stderr().lock(), self.color), "{words}");
    }

    /// Columns that a report has on standard output.
    pub(crate) fn columns(&self) -> usize {
        let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        terminal.map_or(DEFAULT_COLUMNS, |(columns, _)| usize::from(columns.0).max(MIN_COLUMNS))
    }
}

/// A terminal that claims to be narrower is treated as this wide.
const MIN_COLUMNS: usize = 40;

/// From now on, a panic that becomes the reason why a file cannot be read is not told a second time.
pub(crate) fn say_no_panic_that_is_caught() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !wirecopy::read::is_catching() {
            tell(panic);
        }
    }));
}

/// Ends a run whose arguments are wrong, or that was asked for help.
///
/// The parser shows an argument as it was typed, and where a shell puts names of files for `*` a stranger has typed it:
/// what could act on a terminal is left out, and the styles with it.
pub(crate) fn end_without_args(error: &clap::Error) -> ! {
    let is_tame = |arg: std::ffi::OsString| plain(&arg.to_string_lossy()) == arg.to_string_lossy();
    if !error.use_stderr() || std::env::args_os().all(is_tame) {
        error.exit();
    }
    for line in error.render().to_string().lines() {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "{}", plain(line));
    }
    std::process::exit(error.exit_code())
}

/// Prints an error with its causes and gives the exit code: 2 for an error.
pub(crate) fn exit(done: anyhow::Result<Exit>, ui: &Ui) -> ExitCode {
    match done {
        Ok(Exit::Done) => ExitCode::from(0),
        Ok(Exit::NothingFound) => ExitCode::from(1),
        Ok(Exit::Skipped) => ExitCode::from(3),
        Err(error) => {
            ui.say(failure(&error));
            ExitCode::from(2)
        }
    }
}

const RED: Style = AnsiColor::Red.on_default().bold();

/// An error and its causes, one a line; paths and page text in them are made safe to show.
fn failure(error: &anyhow::Error) -> String {
    let mut lines = format!("wirecopy: {RED}error:{RED:#} {}", plain(&error.to_string()));
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        // Errors of the library name their source in their own message: it is not said twice.
        if !said.contains(&cause) {
            lines.push_str(&format!("\n  because: {}", plain(&cause)));
            said = cause;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_each_cause_once_and_moves_no_cursor() {
        let io = io::Error::other("disk \u{1b}[2Jfull");
        let path = std::path::PathBuf::from("out\n.json");
        let error = anyhow::Error::new(wirecopy::error::Error::Write { path, source: io }).context("cannot report");
        let shown = failure(&error);
        assert_eq!(shown.matches("full").count(), 1, "{shown}");
        assert_eq!(shown.lines().count(), 2, "{shown}");
        assert!(shown.contains("out .json") && !shown.contains("\u{1b}[2J"), "{shown}");
    }
}
