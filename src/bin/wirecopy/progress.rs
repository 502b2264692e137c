//! A line on the terminal that says how far a run is. Short runs show nothing, and nothing of it stays.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use wirecopy::progress::{Progress, Stage};

/// How long a run may take before it has to say something.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const REFRESH: Duration = Duration::from_millis(200);
/// Brings the cursor back to the start of the line and clears it.
const CLEAR: &str = "\r\u{1b}[2K";

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
            let mut wait = PATIENCE;
            let mut shown = false;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = REFRESH;
                shown = true;
                draw(&format!("{CLEAR}{}", line(&progress, started.elapsed())));
            }
            if shown {
                draw(CLEAR);
            }
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

fn draw(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

fn line(progress: &Progress, elapsed: Duration) -> String {
    let n_articles = progress.n_articles();
    let seconds = elapsed.as_secs();
    let stage = match progress.stage() {
        Stage::Reading => format!("{:.0} a second", n_articles as f64 / elapsed.as_secs_f64().max(0.001)),
        Stage::Comparing => "comparing".to_owned(),
        Stage::Assembling => "putting stories together".to_owned(),
    };
    format!("{n_articles} articles read, {stage}, {}:{:02}", seconds / 60, seconds % 60)
}
