//! What a decoded template holds: a slot for each field of each struct, of every version.

use crate::kubernetes::Quantity;

/// The value of a field, or of an element of a list or map.
#[derive(Clone, Debug, Default)]
pub(super) enum Slot {
    /// Not written, or null.
    #[default]
    Absent,
    Bool(bool),
    Int(i64),
    Text(Box<str>),
    Quantity(Box<Quantity>),
    IntOrString(IntOrString),
    /// Compact JSON, as it goes over the wire.
    RawJson(Box<str>),
    Struct(Box<[Slot]>),
    List(Box<[Slot]>),
    /// Sorted by key, bytewise.
    Map(Box<[(Box<str>, Slot)]>),
}

/// A number, or text that may be one (`port: 80`, `port: "80"`, `port: http`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IntOrString {
    Int(i32),
    String(Box<str>),
}

/// The most fields that a struct has.
const WIDEST: usize = 64;

static NOTHING: [Slot; WIDEST] = [const { Slot::Absent }; WIDEST];

impl Slot {
    /// The slots of a struct; those of one that is not written are all absent.
    pub fn fields(&self) -> &[Slot] {
        match self {
            Slot::Struct(slots) => slots,
            _ => &NOTHING,
        }
    }

    /// The elements of a list; none of anything else.
    pub fn elements(&self) -> &[Slot] {
        match self {
            Slot::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Slot::Text(text) => text,
            _ => "",
        }
    }

    /// Whether anything is written here.
    pub fn is_set(&self) -> bool {
        !matches!(self, Slot::Absent)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_slot_is_small() {
        assert!(size_of::<super::Slot>() <= 24);
    }
}
