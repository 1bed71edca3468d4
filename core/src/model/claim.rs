//! What the sector report says, claim by claim, and how far each can be trusted.

use super::Name;
use serde::{Deserialize, Serialize};

/// What a claim is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A value that the user can change.
    Lever,
    /// A figure that results are compared with.
    Check,
    /// Background that nothing is computed from.
    Context,
    /// A way of working that the model takes over, without a figure of its own.
    Mechanism,
}

impl Role {
    /// All, in the order they are explained.
    pub const ALL: [Self; 4] = [Self::Lever, Self::Check, Self::Context, Self::Mechanism];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lever => "lever",
            Self::Check => "check",
            Self::Context => "context",
            Self::Mechanism => "mechanism",
        }
    }
}

/// How far a claim can be trusted. The report names no sources, so "sound" only ever holds for what is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Agreed on by everyone who knows the sector.
    Sound,
    /// Near to what is known from elsewhere.
    Plausible,
    /// Nothing was found that speaks for or against it.
    Unchecked,
    /// What is known from elsewhere speaks against it.
    Disputed,
}

impl Standing {
    /// All, best first.
    pub const ALL: [Self; 4] = [Self::Sound, Self::Plausible, Self::Unchecked, Self::Disputed];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Plausible => "plausible",
            Self::Unchecked => "unchecked",
            Self::Disputed => "disputed",
        }
    }
}

/// What is known of a claim's figure from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedAgainst {
    /// The other figure, or a range.
    pub figure: String,
    /// Its unit.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// The year it stands for, or empty.
    #[serde(default)]
    pub year: String,
}

/// One statement of the sector report of 2025.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `C` and the number of its row in the list of claims, with a letter where a row holds several: `C02a`.
    pub id: String,
    /// The claim in a Chinese sentence.
    pub zh: String,
    /// The claim in an English sentence.
    pub en: String,
    /// A number, or numbers joined by ` / `; empty where the claim has none.
    #[serde(default)]
    pub figure: String,
    /// Unit of the figure, in the words of the parameter table where it is used there.
    #[serde(default)]
    pub unit: String,
    /// Year or years it stands for, or empty.
    #[serde(default)]
    pub year: String,
    /// What it is used for.
    pub role: Role,
    /// How far it can be trusted.
    pub standing: Standing,
    /// Keys of the parameters that hold it or that it bears on, as in [`super::Parameter::key`].
    #[serde(default)]
    pub used_by: Vec<String>,
    /// What is known from elsewhere.
    #[serde(default)]
    pub checked_against: Option<CheckedAgainst>,
    /// Remarks; for a disputed claim, the reason.
    #[serde(default)]
    pub note: Name,
}

impl Claim {
    /// The row of the list of claims that it belongs to, from 1.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.id.strip_prefix('C')?.get(..2)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_files_hold() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("{:?}", role.key()));
        }
        for standing in Standing::ALL {
            assert_eq!(serde_json::to_string(&standing).unwrap(), format!("{:?}", standing.key()));
        }
    }

    #[test]
    fn a_letter_splits_a_row() {
        let claim = |id: &str| Claim {
            id: id.into(),
            zh: String::new(),
            en: String::new(),
            figure: String::new(),
            unit: String::new(),
            year: String::new(),
            role: Role::Context,
            standing: Standing::Sound,
            used_by: Vec::new(),
            checked_against: None,
            note: Name::default(),
        };
        assert_eq!(claim("C02a").row(), Some(2));
        assert_eq!(claim("C25").row(), Some(25));
        assert_eq!(claim("X1").row(), None);
    }
}
