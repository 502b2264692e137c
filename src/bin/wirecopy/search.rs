//! The search for stories, as the verbs that report on them run it: with its progress shown, and what was skipped kept.

use std::path::{Path, PathBuf};

use wirecopy::outfile::OutFile;
use wirecopy::pipeline::{self, Options, Run};

use crate::args::RunArgs;
use crate::print::{Exit, Ui};
use crate::progress::ProgressLine;
use crate::rejects::{Rejects, write_reject};
use crate::remarks::{Read, remarks};

/// What a search found, and skipped.
pub(crate) struct Search {
    pub(crate) run: Run,
    rejects: Rejects,
}

impl Search {
    /// Runs it. What is skipped goes to a file, where there is one.
    pub(crate) fn run(
        inputs: &[PathBuf],
        options: &Options,
        args: &RunArgs,
        kept: &mut Option<OutFile>,
    ) -> anyhow::Result<Self> {
        args.prepare()?;
        let mut rejects = Rejects::default();
        let _line = ProgressLine::show(&options.progress, !args.quiet);
        let run = pipeline::run(inputs, options, &mut |reject, bytes| {
            rejects.note(reject);
            kept.as_mut().map_or(Ok(()), |file| write_reject(file, reject, bytes))
        })?;
        Ok(Search { run, rejects })
    }

    /// Once all is written: says how the records were read, and gives the exit that tells whether any was skipped. `kept_in`
    /// is the file of those.
    pub(crate) fn end(&mut self, args: &RunArgs, kept_in: Option<&Path>, ui: &Ui) -> anyhow::Result<Exit> {
        self.run.forget()?;
        let counts = &self.run.stories.counts;
        if !args.quiet {
            let read = Read {
                counts,
                fields_used: &self.run.fields_used,
                passed_over: &self.run.passed_over,
                rejects: &self.rejects,
                kept_in,
            };
            remarks(&read).iter().for_each(|remark| ui.say(remark));
        }
        Ok(if counts.rejected > 0 { Exit::Skipped } else { Exit::Done })
    }
}
