//! Solvers beside ours in a bench: each is a script that is asked for one line of JSON, and has its times told alike.

use crate::project;
use std::{
    env,
    ffi::OsStr,
    io::Read,
    process::{Command, Stdio},
    sync::LazyLock,
    thread::sleep,
    time::{Duration, Instant},
};

/// Who has said nothing by then is asked no more.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Why a solver says nothing.
#[derive(Debug)]
pub enum Silence {
    /// It is not there.
    Absent,
    /// Patience ended.
    Slow,
    /// It failed, and so.
    Failed(String),
}

/// Runs a script with the program that a variable names, for as long as patience lasts.
///
/// # Errors
/// Where nothing was said.
pub fn ask(program: &str, script: &[impl AsRef<OsStr>]) -> Result<String, Silence> {
    let program = env::var_os(program).filter(|p| !p.is_empty()).ok_or(Silence::Absent)?;
    let failed = |e: std::io::Error| Silence::Failed(e.to_string());
    let mut child = Command::new(program)
        .current_dir(project(""))
        .args(script)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let begun = Instant::now();
    // One line fits into the pipe: nobody needs to read it before the end.
    let status = loop {
        match child.try_wait().map_err(failed)? {
            Some(status) => break status,
            None if begun.elapsed() > PATIENCE => {
                child.kill().and_then(|()| child.wait()).map_err(failed)?;
                return Err(Silence::Slow);
            }
            None => sleep(Duration::from_millis(20)),
        }
    };
    let mut said = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut said).map_err(failed)?;
    if status.success() { Ok(said) } else { Err(Silence::Failed(status.to_string())) }
}

/// Milliseconds since the first look.
#[must_use]
pub fn now() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64() * 1e3
}

/// The middle one.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Milliseconds in words.
#[must_use]
pub fn ms(time: f64) -> String {
    if time < 10.0 { format!("{time:.2} ms") } else { format!("{time:.0} ms") }
}

/// A ratio in words.
#[must_use]
pub fn times(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.2} x") } else { format!("{ratio:.0} x") }
}
