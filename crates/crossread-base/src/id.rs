use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// A text that should be an id and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError {
    /// What kind of id was looked for, as "claim id".
    pub wanted: &'static str,
    /// The text found.
    pub found: String,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is no {}: {:?}", self.wanted, self.found)
    }
}

impl std::error::Error for IdError {}

macro_rules! text_form {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = SmolStr::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

macro_rules! numbered {
    ($($(#[$doc:meta])* $name:ident $letter:literal $wanted:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $letter, self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix($letter)
                    .and_then(|number| number.parse().ok())
                    .map(Self)
                    .ok_or_else(|| IdError { wanted: $wanted, found: text.to_owned() })
            }
        }

        text_form!($name);
    )*};
}

numbered! {
    /// An entity of one report: `e3`.
    EntityId 'e' "entity id";
    /// An attribution of one report: `a1`.
    AttributionId 'a' "attribution id";
    /// A claim of one report: `c1`. Across reports a claim is named by a [`ClaimRef`].
    ClaimId 'c' "claim id";
    /// What happened once: `v1`.
    EventId 'v' "event id";
    /// What a group of claims answers: `q1`.
    QuestionId 'q' "question id";
    /// Where information enters the pile: `o1`.
    OriginId 'o' "origin id";
}

/// A report's name: the SHA-256 of its capture, with `#n` for the n-th report of a file that holds several.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(SmolStr);

impl ReportId {
    /// The id of the report at place `part` (counted from 1) of the capture with this digest; `None` where the
    /// capture holds one report only.
    pub fn new(sha256: &[u8; 32], part: Option<usize>) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(71);
        text.push_str("sha256:");
        for byte in sha256 {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        if let Some(part) = part {
            let _ = write!(text, "#{part}");
        }
        Self(text.into())
    }

    /// The id as text, `sha256:...`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The capture's part of the id, without `#n`.
    pub fn capture(&self) -> &str {
        self.0.split('#').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ReportId {
    type Err = IdError;

    /// Takes any text with no `/` and at least one character: other programs that write our records may name
    /// their reports in their own way.
    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.is_empty() || text.contains('/') {
            return Err(IdError { wanted: "report id", found: text.to_owned() });
        }
        Ok(Self(text.into()))
    }
}

text_form!(ReportId);

/// A claim of any report: `<report id>/<claim id>`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// The report that makes the claim.
    pub report: ReportId,
    /// The claim within it.
    pub claim: ClaimId,
}

impl fmt::Display for ClaimRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.report, self.claim)
    }
}

impl FromStr for ClaimRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (report, claim) = text
            .rsplit_once('/')
            .ok_or_else(|| IdError { wanted: "claim reference", found: text.to_owned() })?;
        Ok(Self { report: report.parse()?, claim: claim.parse()? })
    }
}

text_form!(ClaimRef);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_reference_reads_back() {
        let report = ReportId::new(&[0xab; 32], Some(2));
        let claim = ClaimRef { report, claim: ClaimId(7) };
        let text = claim.to_string();
        assert!(text.starts_with("sha256:abab") && text.ends_with("#2/c7"), "{text}");
        assert_eq!(text.parse::<ClaimRef>().unwrap(), claim);
        assert_eq!(claim.report.capture().len(), 71);
    }

    #[test]
    fn what_is_no_id_is_refused_by_name() {
        let error = "x3".parse::<EntityId>().unwrap_err();
        assert_eq!(error.to_string(), "this is no entity id: \"x3\"");
        assert!("".parse::<ReportId>().is_err());
        assert!("sha256:00".parse::<ClaimRef>().is_err());
    }
}
