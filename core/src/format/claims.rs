//! The section `claims` of the first pack: a JSON array with one object a claim, field names as in [`Claim`].

use crate::model::Claim;
use thiserror::Error;

/// Name of the section.
pub const CLAIMS_SECTION: &str = "claims";

/// Why the claims could not be read.
#[derive(Debug, Error)]
#[error("the claims of the sector report cannot be read: {0}")]
pub struct ClaimsError(#[from] serde_json::Error);

/// Reads the claims, in the order of the file.
///
/// # Errors
/// Where the text is not the JSON array that [`write`] makes.
pub fn claims(text: &str) -> Result<Vec<Claim>, ClaimsError> {
    Ok(serde_json::from_str(text)?)
}

/// The text of the section.
///
/// # Errors
/// None that can be met: everything in a claim can be written as JSON.
pub fn write(claims: &[Claim]) -> Result<String, ClaimsError> {
    Ok(serde_json::to_string(claims)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_empty_and_the_rest_comes_back() {
        let text = r#"[{"id":"C01","zh":"甲","en":"A","role":"context","standing":"sound"},
            {"id":"C02a","zh":"乙","en":"B","figure":"20000","unit":"kt/y","year":"2025","role":"check","standing":"plausible",
             "used_by":["national.recycled_output_target.all"],
             "checked_against":{"figure":"19150","unit":"kt/y","source":"CNIA","year":"2024"},
             "note":{"zh":"丙","en":"C"}}]"#;
        let read = claims(text).unwrap();
        assert_eq!((read[0].figure.as_str(), &read[0].checked_against), ("", &None));
        assert_eq!(read[1].checked_against.as_ref().unwrap().year, "2024");
        assert_eq!(claims(&write(&read).unwrap()).unwrap(), read);
    }

    #[test]
    fn an_unknown_word_is_told() {
        let text = r#"[{"id":"C01","zh":"甲","en":"A","role":"context","standing":"certain"}]"#;
        assert!(claims(text).unwrap_err().to_string().contains("certain"));
    }
}
