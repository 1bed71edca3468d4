//! The report of the keeper as text: errors, findings, counts, balances. Grouped by heading and file.

use super::notice::{Notice, Notices, Severity};
use std::fmt::Write;

/// Lines of a group before the rest is only counted.
const LINES: usize = 10;
/// Width of a line that lists rows.
const WIDTH: usize = 116;

/// The whole report.
pub fn text(notices: &Notices, counts: &[String], balance: &[String], all: bool) -> String {
    let mut out = String::new();
    for (severity, title) in [(Severity::Error, "Errors"), (Severity::Finding, "Findings")] {
        let own: Vec<&Notice> = notices.all().iter().filter(|n| n.severity == severity).collect();
        say(&mut out, &format!("{title}: {}", own.len()));
        for group in groups(&own) {
            one_group(&mut out, &group, all);
        }
        say(&mut out, "");
    }
    say(&mut out, "What the tables leave unsaid, in rows");
    for line in counts {
        say(&mut out, &format!("  {line}"));
    }
    say(&mut out, "");
    for line in balance {
        say(&mut out, line);
    }
    out
}

/// Notices of one heading and file, in the order first met.
fn groups<'a>(notices: &[&'a Notice]) -> Vec<Vec<&'a Notice>> {
    let mut groups: Vec<Vec<&Notice>> = Vec::new();
    for notice in notices {
        let same = |g: &&mut Vec<&Notice>| g[0].topic == notice.topic && g[0].file == notice.file;
        match groups.iter_mut().find(same) {
            Some(group) => group.push(notice),
            None => groups.push(vec![notice]),
        }
    }
    groups
}

fn one_group(out: &mut String, group: &[&Notice], all: bool) {
    let first = group[0];
    let one_remedy = group.iter().all(|n| n.remedy == first.remedy);
    let remedy = if one_remedy { format!(" {}", first.remedy) } else { String::new() };
    say(out, &format!("  {} — {}: {}.{remedy}", first.topic, first.file, group.len()));
    let alike = group.len() > 1 && group.iter().all(|n| n.reason == first.reason && n.column == first.column);
    let lines = if alike { rows(group) } else { group.iter().map(|n| line(n, !one_remedy)).collect() };
    let shown = if all { lines.len() } else { lines.len().min(LINES) };
    for line in &lines[..shown] {
        say(out, &format!("    {line}"));
    }
    let told = if alike { listed(&lines[..shown]) } else { shown };
    if told < group.len() {
        say(out, &format!("    … and {} more (--all shows all)", group.len() - told));
    }
}

fn line(notice: &Notice, with_remedy: bool) -> String {
    let place = notice.place();
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let remedy = if with_remedy { format!(". {}", notice.remedy) } else { String::new() };
    format!("{place}{}{remedy}", notice.reason)
}

/// Rows that lack the same thing, many a line.
fn rows(group: &[&Notice]) -> Vec<String> {
    let mut lines = vec![format!("column {}:", group[0].column)];
    for notice in group {
        let last = lines.last_mut().expect("there is always a line");
        if last.chars().count() + notice.row.chars().count() > WIDTH {
            lines.push(format!("{};", notice.row));
        } else {
            write!(last, " {};", notice.row).expect("writing to memory");
        }
    }
    lines
}

fn listed(lines: &[String]) -> usize {
    lines.iter().map(|l| l.matches(';').count()).sum()
}

fn say(out: &mut String, line: &str) {
    writeln!(out, "{line}").expect("writing to memory");
}
