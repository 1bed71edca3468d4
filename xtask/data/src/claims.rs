//! `seeds/claims.toml`: what the sector report says, read for the first pack.

use crate::error::{DataError, Explain, Result};
use atlas_core::{
    format::claims,
    model::{Claim, Parameters},
};
use serde::Deserialize;
use std::{collections::BTreeSet, path::Path};

/// The file inside the project.
pub const FILE: &str = "seeds/claims.toml";

#[derive(Deserialize)]
struct File {
    claim: Vec<Claim>,
}

/// Reads the claims.
pub fn read(root: &Path) -> Result<Vec<Claim>> {
    let text = std::fs::read_to_string(root.join(FILE))
        .explain(|| format!("cannot read {FILE}"), "The file belongs into seeds; take it from version control.")?;
    let file: File = toml::from_str(&text).explain(
        || format!("cannot read {FILE}"),
        "Correct the entry that the message shows; see the head of the file.",
    )?;
    Ok(file.claim)
}

/// The text of the pack's section.
pub fn section(root: &Path) -> Result<Vec<u8>> {
    let text = claims::write(&read(root)?);
    Ok(text.map_err(|e| DataError::new("cannot write the claims", e, "Look for a number that is none."))?.into_bytes())
}

/// Ids that are there twice, and keys of parameters that are not there: claim, what is wrong.
pub fn faults(claims: &[Claim], parameters: &Parameters) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for claim in claims {
        if !seen.insert(&claim.id) || claim.row().is_none() {
            found.push((claim.id.clone(), "the id is there twice, or is not C and two digits".to_owned()));
        }
        for key in claim.used_by.iter().filter(|key| parameters.get(key).is_none()) {
            found.push((claim.id.clone(), format!("used_by names {key:?}, which parameters.csv does not have")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubled_id_and_an_unknown_parameter_are_told() {
        let entry = "[[claim]]\nid = \"C01\"\nzh = \"甲\"\nen = \"A\"\nrole = \"check\"\nstanding = \"sound\"\n";
        let text = format!("{entry}used_by = [\"no.such.key\"]\n{entry}");
        let claims = toml::from_str::<File>(&text).unwrap().claim;
        let found = faults(&claims, &Parameters::default());
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("no.such.key") && found[1].1.contains("twice"));
    }
}
