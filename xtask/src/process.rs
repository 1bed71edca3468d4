//! Running other programs.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, Result};
use crate::project::Project;

/// A program to run as one step of a command.
pub struct Run {
    step: String,
    remedy: String,
    command: Command,
}

impl Run {
    /// A program to be run in the project's root, for a step with this name.
    pub fn new(project: &Project, step: &str, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(project.root());
        Self {
            step: step.to_owned(),
            remedy: "Read the messages above, mend what they name and run it again.".to_owned(),
            command,
        }
    }

    /// Cargo, of the toolchain that runs xtask.
    pub fn cargo(project: &Project, step: &str) -> Self {
        Self::new(project, step, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Adds one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Puts folders in front of PATH, the first of them foremost.
    pub fn path_first(self, folders: &[PathBuf]) -> Self {
        let old = env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().cloned().chain(env::split_paths(&old));
        // A folder whose name holds the separator cannot stand on PATH at all: the old PATH is then the best there is.
        let joined = env::join_paths(all).unwrap_or(old);
        self.env("PATH", joined)
    }

    /// What to do when this step fails.
    pub fn remedy(mut self, remedy: &str) -> Self {
        remedy.clone_into(&mut self.remedy);
        self
    }

    /// Runs it with this terminal's input and output.
    pub fn run(mut self) -> Result<()> {
        let status = self.command.status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(self.failed(&status.to_string())),
            Err(source) => {
                Err(Error::NotStarted { command: self.line(), step: self.step, source, remedy: self.remedy })
            }
        }
    }

    fn failed(self, status: &str) -> Error {
        Error::Failed { command: self.line(), step: self.step, status: status.to_owned(), remedy: self.remedy }
    }

    /// The command as one would type it, with the program's bare name.
    fn line(&self) -> String {
        let program = Path::new(self.command.get_program());
        let name = program.file_stem().unwrap_or(program.as_os_str());
        let words = std::iter::once(name).chain(self.command.get_args());
        words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }
}

/// What a program prints on standard output; nothing if it is absent or fails.
pub fn output_of(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Finds a program on PATH. Windows names its scripts `.cmd`, which the system does not try by itself.
pub fn find_on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find_map(|folder| find_in(&folder, name))
}

/// Finds a program in one folder.
pub fn find_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    endings.iter().map(|ending| folder.join(format!("{name}{ending}"))).find(|file| file.is_file())
}

/// Whether this process may install system packages. Only asked on Linux, where `id` is always there.
pub fn is_root() -> bool {
    cfg!(unix) && output_of("id", &["-u"]).as_deref() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_not_its_folder() {
        let project = Project::locate().expect("the tests run inside the project");
        let run = Run::new(&project, "try", Path::new("somewhere").join("tool")).args(["a", "b"]);
        assert_eq!(run.line(), "tool a b");
    }

    #[test]
    fn an_absent_program_is_not_found() {
        assert_eq!(find_on_path("no-such-program-of-loop-atlas"), None);
        assert_eq!(output_of("no-such-program-of-loop-atlas", &[]), None);
    }
}
