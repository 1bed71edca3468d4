//! What the user sees: one line when a step begins, one when it was long, and what to do when it failed.
//!
//! Everything goes to standard error, so that a command's own output can be piped on.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// Steps shorter than this end without a line of their own.
const WORTH_TELLING: Duration = Duration::from_secs(2);

/// Says that a step begins.
pub fn step(what: &str) {
    eprintln!("{} {what}", paint("1;36", "==>"));
}

/// Says something beside the steps.
pub fn note(what: &str) {
    eprintln!("    {what}");
}

/// Runs a step under its title and tells how long it took.
pub fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    step(what);
    let start = Instant::now();
    let value = work()?;
    let took = start.elapsed();
    if took >= WORTH_TELLING {
        note(&format!("done in {}", duration(took)));
    }
    Ok(value)
}

/// Says what failed and what to do.
pub fn failure(error: &Error) {
    eprintln!("\n{} {error}", paint("1;31", "Failed:"));
    eprintln!("{} {}", paint("1;33", "What to do:"), error.remedy());
}

fn duration(took: Duration) -> String {
    let secs = took.as_secs();
    if secs < 60 { format!("{:.1} s", took.as_secs_f64()) } else { format!("{} min {:02} s", secs / 60, secs % 60) }
}

fn paint(code: &str, text: &str) -> String {
    let plain = !stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    if plain { text.to_owned() } else { format!("\x1b[{code}m{text}\x1b[0m") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_durations_read_in_minutes() {
        assert_eq!(duration(Duration::from_millis(2_340)), "2.3 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
