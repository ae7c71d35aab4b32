//! The names of objects: what git calls them, apart from each other as types.

use std::fmt;
use std::str::FromStr;

use git2::Oid;

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("The id of a ", $what, "; it shows as forty hexadecimal digits.")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) Oid);

        impl $name {
            /// The twenty bytes.
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            /// The id of these bytes, if they are as many as an id has.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                Oid::from_bytes(bytes).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Takes the full forty digits only: a shorter one is for
            /// [`Repository::resolve`](super::Repository::resolve).
            fn from_str(hex: &str) -> Result<Self, NotAnId> {
                if hex.len() != 40 {
                    return Err(NotAnId);
                }
                Oid::from_str(hex).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(CommitId, "commit");
id!(BlobId, "blob: the bytes of one file at one time");

/// The text is no full object id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an object id has forty hexadecimal digits")]
pub struct NotAnId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_forty_hexadecimal_digits() {
        let hex = "557db03de997c86a4a028e1ebd3a1ceb225be238";
        assert_eq!(hex.parse::<CommitId>().map(|id| id.to_string()), Ok(hex.to_owned()));
        for wrong in ["", "557db03", "g57db03de997c86a4a028e1ebd3a1ceb225be238"] {
            assert_eq!(wrong.parse::<BlobId>(), Err(NotAnId), "{wrong}");
        }
    }
}
