//! A line on the terminal that says how far a run is. Short runs show nothing, and nothing of it stays.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wirecopy::progress::{Progress, Stage};

/// How long a run may take before it has to say something.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const REFRESH: Duration = Duration::from_millis(200);

/// The line, until it is dropped.
pub(crate) struct ProgressLine {
    /// Dropped first: that tells the thread to end.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ProgressLine {
    /// Shows a run's progress, where `wanted` and standard error is a terminal.
    pub(crate) fn show(progress: &Progress, wanted: bool) -> Self {
        if !wanted || !io::stderr().is_terminal() {
            return ProgressLine { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel();
        let progress = progress.clone();
        let thread = std::thread::spawn(move || {
            let started = Instant::now();
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let mut wait = PATIENCE;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = REFRESH;
                draw(&bar, &progress, started.elapsed());
            }
            bar.finish_and_clear();
        });
        ProgressLine { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A line that could not be drawn is no reason to fail.
            let _ = thread.join();
        }
    }
}

/// What is known of the end says how long it takes; of a pipe, nothing is.
const OF_KNOWN_LENGTH: &str = "{msg} {bar:16} {bytes} of {total_bytes}, {eta} left";
const OF_UNKNOWN_LENGTH: &str = "{msg} {bytes}, {elapsed}";
const WITHOUT_BYTES: &str = "{msg}, {elapsed}";

fn draw(bar: &ProgressBar, progress: &Progress, elapsed: Duration) {
    let stage = progress.stage();
    let moves_bytes = matches!(stage, Stage::Reading | Stage::Writing);
    let template = match progress.n_expected() {
        _ if !moves_bytes => WITHOUT_BYTES,
        Some(_) => OF_KNOWN_LENGTH,
        None => OF_UNKNOWN_LENGTH,
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    match progress.n_expected().filter(|_| moves_bytes) {
        Some(n_bytes) => bar.set_length(n_bytes),
        None => bar.unset_length(),
    }
    bar.set_position(progress.n_bytes());
    bar.set_message(message(progress.n_articles(), stage, elapsed));
    bar.tick();
}

fn message(n_articles: u64, stage: Stage, elapsed: Duration) -> String {
    match stage {
        Stage::Reading => {
            let a_second = n_articles as f64 / elapsed.as_secs_f64().max(0.001);
            format!("{n_articles} articles, {a_second:.0}/s")
        }
        Stage::Comparing => format!("comparing {n_articles} articles"),
        Stage::Assembling => format!("putting the stories of {n_articles} articles together"),
        Stage::ComparingLeft => format!("comparing what is left of {n_articles} articles"),
        Stage::Writing => "writing".to_owned(),
    }
}
