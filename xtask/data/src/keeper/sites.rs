//! Sites that rows name as their source and that `sources.csv` does not list: nobody can tell publisher or right to link.

use super::{
    notice::Notices,
    shelf::{Shelf, cell},
};
use std::collections::BTreeSet;

const ENDS: [&str; 6] = [".com", ".cn", ".org", ".net", ".jp", ".gov"];

/// Finds rows of every table but the list itself.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    let Some(list) = shelf.get("sources") else { return };
    let known: BTreeSet<String> = list.rows.iter().flat_map(|r| r.cells.values().flat_map(|c| sites(c))).collect();
    let listed = |site: &String| known.iter().any(|k| k == site || k.ends_with(&format!(".{site}")));
    for (_, table) in shelf.iter().filter(|(name, _)| **name != "sources") {
        for row in &table.rows {
            let missing: BTreeSet<String> =
                sites(cell(row, "source")).into_iter().filter(|site| !listed(site)).collect();
            if !missing.is_empty() {
                let missing: Vec<String> = missing.into_iter().collect();
                let reason = format!("{} not in sources.csv", missing.join(", "));
                let remedy = "Add a row with publisher, locator and whether the product may link.";
                notices.finding("sites that sources.csv does not list", (table, row, "source"), reason, remedy);
            }
        }
    }
}

/// The host names in a text.
fn sites(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'));
    let words = words.map(|w| w.trim_matches('.').to_ascii_lowercase());
    let words = words.map(|w| w.strip_prefix("www.").map(str::to_owned).unwrap_or(w));
    words.filter(|w| ENDS.iter().any(|end| w.ends_with(end) && w.len() > end.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_prose() {
        let text = "CNIA via gdmsci.cn, www.befesa.com/about; 14.37 Mt. cnnb.com.cn 2010";
        assert_eq!(sites(text), ["gdmsci.cn", "befesa.com", "cnnb.com.cn"]);
    }
}
