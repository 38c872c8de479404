//! What the commands that read files share: where from, how far, and what went wrong.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossread::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use miette::IntoDiagnostic as _;

/// Set by the first Ctrl-C; the second ends the program at once.
static STOP: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C stop the work between two files.
pub(crate) fn stop_on_ctrl_c() -> miette::Result<&'static AtomicBool> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("\nstopping after the files in hand; Ctrl-C again ends at once");
    })
    .into_diagnostic()?;
    Ok(&STOP)
}

/// A bar on standard error, drawn only where that is a terminal and the work takes a while.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new(0);
        let style =
            ProgressStyle::with_template("{bar:30} {pos}/{len} files  {eta} left  {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(bar)
    }

    pub(crate) fn show(&self, done: usize, all: usize, file: &Path) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
        self.0.set_message(crossread_export::plain(&file.to_string_lossy()));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Names each thing that was not read on standard error.
pub(crate) fn tell(problems: &[Problem]) {
    for problem in problems {
        eprintln!("not read: {}", crossread_export::plain(&problem.to_string()));
    }
}
