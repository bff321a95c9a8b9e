//! What is being done, for a person who waits. Nothing is written where nobody looks on.

use std::io::{IsTerminal as _, Write as _};

const WIDTH: u64 = 30;

/// One line on a terminal that is written over.
pub(super) struct Progress {
    seen: bool,
    shown: Option<u64>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            seen: std::io::stderr().is_terminal(),
            shown: None,
        }
    }
}

impl Progress {
    /// A step of unknown length.
    pub(super) fn say(&mut self, step: &str) {
        self.shown = None;
        self.write(&format!("{step} …"));
    }

    /// A step of which `done` of `all` is done.
    pub(super) fn part(&mut self, step: &str, done: u64, all: u64) {
        let percent = (100 * done.min(all)).checked_div(all).unwrap_or(100);
        if self.shown.replace(percent) != Some(percent) {
            let filled = percent * WIDTH / 100;
            let bar: String = (0..WIDTH)
                .map(|at| if at < filled { '#' } else { '.' })
                .collect();
            self.write(&format!("{step} [{bar}] {percent} %"));
        }
    }

    /// Leaves a clean line.
    pub(super) fn end(&mut self) {
        self.write("");
    }

    fn write(&self, text: &str) {
        if self.seen {
            // Nothing depends on its being seen.
            _ = write!(std::io::stderr(), "\r\x1b[K{text}");
            _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
