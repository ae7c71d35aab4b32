//! The text that is hashed: go-spew's `%#v` with sorted keys and without methods, written as the walk goes.
//! Source: kubernetes `pkg/util/hash/hash.go` DeepHashObject, apimachinery `pkg/util/dump`, go-spew `format.go`.

use super::hash::Algorithm;
use super::schema::{Field, Type};
use super::slot::IntOrString;
use super::stretch::Stretch;
use super::walk::{Holder, Leaf, Sink};
use crate::kubernetes::{Amount, Quantity, Version};
use num_bigint::Sign;
use serde_json::Value;

/// Where the dump goes: into a text, or straight into the hasher.
pub(super) trait Out {
    fn put(&mut self, text: &str);

    /// A text that is the same each time, in parts.
    fn put_known(&mut self, _stretch: &Stretch, text: [&'static str; 3]) {
        text.iter().for_each(|part| self.put(part));
    }
}

/// A text that stands in many values.
struct Phrase {
    text: &'static str,
    stretch: Stretch,
}

impl Phrase {
    const fn new(text: &'static str) -> Phrase {
        Phrase { text, stretch: Stretch::new() }
    }
}

static ZERO_TIME: Phrase = Phrase::new("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}");
static AMOUNT: Phrase = Phrase::new("{i:(resource.int64Amount){value:(int64)");
static SCALE: Phrase = Phrase::new(" scale:(resource.Scale)");
static DECIMAL: Phrase = Phrase::new("} d:(resource.infDecAmount){Dec:(*inf.Dec)");
static NO_DECIMAL: Phrase = Phrase::new("} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)");
static FORMAT: Phrase = Phrase::new(" Format:(resource.Format)");
static NUMBER: Phrase = Phrase::new("{Type:(intstr.Type)0 IntVal:(int32)");
static NO_TEXT: Phrase = Phrase::new(" StrVal:(string)}");
static NO_NUMBER: Phrase = Phrase::new("{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)");

impl Out for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

pub(super) struct Dump<'o, O> {
    out: &'o mut O,
    version: Version,
    /// Whether nothing stands yet in what was opened last.
    fresh: bool,
    /// The field whose value follows.
    field: Option<&'static Field>,
}

impl<'o, O: Out> Dump<'o, O> {
    pub fn new(out: &'o mut O, version: Version) -> Self {
        out.put(if Algorithm::of(version).internal { "(api.PodTemplateSpec)" } else { "(v1.PodTemplateSpec)" });
        Dump { out, version, fresh: true, field: None }
    }

    /// The zero time: Go 1.9, with which Kubernetes 1.9 was built, holds it in other fields.
    fn time(&mut self) {
        const SECONDS_UNTIL: u8 = 8;
        match self.version.minor() {
            ..=SECONDS_UNTIL => {
                self.out.put("{Time:(time.Time){sec:(int64)0 nsec:(int32)0 loc:(*time.Location)<nil>}}");
            }
            _ => self.phrase(&ZERO_TIME),
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        self.out.put_known(&phrase.stretch, [phrase.text, "", ""]);
    }

    fn space(&mut self) {
        if !std::mem::replace(&mut self.fresh, false) {
            self.out.put(" ");
        }
    }

    /// What stands before a value, of which the beginning may be known.
    fn before(&mut self, value: &'static str) {
        let Some(field) = self.field.take() else { return self.out.put(value) };
        match (field.known, field.older_dump(self.version)) {
            (Some(known), None) if !self.fresh => {
                let stretch = if value.is_empty() { &known.named } else { &known.nil };
                return self.out.put_known(stretch, [" ", field.dump, value]);
            }
            (_, older) => {
                self.space();
                self.out.put(older.unwrap_or(field.dump));
            }
        }
        self.out.put(value);
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.out.put(itoa::Buffer::new().format(number));
    }

    fn quantity(&mut self, quantity: &Quantity) {
        const DECIMAL_UNTIL: u8 = 2;
        match self.version.minor() {
            ..=DECIMAL_UNTIL => self.decimal_quantity(quantity),
            _ => self.split_quantity(quantity),
        }
    }

    /// As 1.2 holds it: a decimal number and the format.
    fn decimal_quantity(&mut self, quantity: &Quantity) {
        self.out.put("{Amount:(*inf.Dec)");
        self.decimal(&quantity.in_thousandths());
        self.out.put(" Format:(resource.Format)");
        self.out.put(quantity.format.go_name());
        self.out.put("}");
    }

    /// As later versions hold it: an integer where it fits, else a decimal number, with the text if that is canonical.
    fn split_quantity(&mut self, quantity: &Quantity) {
        self.phrase(&AMOUNT);
        let (value, scale) = match quantity.amount {
            Amount::Int { value, scale } => (value, scale),
            Amount::Dec { .. } => (0, 0),
        };
        self.number(value);
        self.phrase(&SCALE);
        self.number(scale);
        match &quantity.amount {
            Amount::Int { .. } => self.phrase(&NO_DECIMAL),
            decimal => {
                self.phrase(&DECIMAL);
                self.decimal(decimal);
                self.out.put("} s:(string)");
            }
        }
        self.out.put(&quantity.text);
        self.phrase(&FORMAT);
        self.out.put(quantity.format.go_name());
        self.out.put("}");
    }

    fn decimal(&mut self, amount: &Amount) {
        let Amount::Dec { unscaled, scale } = amount else {
            return self.out.put("<nil>");
        };
        self.out.put("{unscaled:(big.Int){neg:(bool)");
        self.out.put(if unscaled.sign() == Sign::Minus { "true" } else { "false" });
        self.out.put(" abs:(big.nat)[");
        for (index, word) in unscaled.iter_u64_digits().enumerate() {
            if index > 0 {
                self.out.put(" ");
            }
            self.number(word);
        }
        self.out.put("]} scale:(inf.Scale)");
        self.number(*scale);
        self.out.put("}");
    }

    fn port(&mut self, port: &IntOrString) {
        match port {
            IntOrString::Int(number) => {
                self.phrase(&NUMBER);
                self.number(*number);
                self.phrase(&NO_TEXT);
            }
            IntOrString::String(text) => {
                self.phrase(&NO_NUMBER);
                self.out.put(text);
                self.out.put("}");
            }
        }
    }

    /// A set of fields, as 1.14 and 1.15 hold it: maps of maps.
    fn trie(&mut self, fields: &Value) {
        self.out.put("{Map:(map[string]v1.Fields)");
        match fields.as_object() {
            None => self.out.put("<nil>"),
            Some(fields) => {
                self.out.put("map[");
                for (index, (key, fields)) in fields.iter().enumerate() {
                    self.out.put(if index > 0 { " " } else { "" });
                    self.out.put(key);
                    self.out.put(":");
                    self.trie(fields);
                }
                self.out.put("]");
            }
        }
        self.out.put("}");
    }

    fn raw(&mut self, json: &str) {
        self.out.put("{Raw:([]uint8)[");
        for (index, byte) in json.bytes().enumerate() {
            if index > 0 {
                self.out.put(" ");
            }
            self.number(byte);
        }
        self.out.put("]}");
    }
}

impl<O: Out> Sink for Dump<'_, O> {
    fn field(&mut self, field: &'static Field) {
        self.field = Some(field);
    }

    fn element(&mut self) {
        self.space();
    }

    fn key(&mut self, key: &str) {
        self.space();
        self.out.put(key);
        self.out.put(":");
    }

    fn open(&mut self, holder: Holder) {
        self.before("");
        self.out.put(match holder {
            Holder::Struct => "{",
            Holder::List => "[",
            Holder::Map => "map[",
        });
        self.fresh = true;
    }

    fn close(&mut self, holder: Holder) {
        self.out.put(if holder == Holder::Struct { "}" } else { "]" });
        self.fresh = false;
    }

    fn nil(&mut self) {
        self.before("<nil>");
    }

    fn leaf(&mut self, leaf: Leaf<'_>) {
        let is_trie = self.field.is_some_and(|field| matches!(field.ty, Type::Trie));
        self.before("");
        match leaf {
            Leaf::Bool(value) => self.out.put(if value { "true" } else { "false" }),
            Leaf::Int(number) => self.number(number),
            Leaf::Text(text) => self.out.put(text),
            Leaf::Quantity(quantity) => self.quantity(quantity),
            Leaf::IntOrString(port) => self.port(port),
            Leaf::Time => self.time(),
            Leaf::RawJson(json) if is_trie => self.trie(&serde_json::from_str(json).unwrap_or_default()),
            Leaf::RawJson(json) => self.raw(json),
        }
    }
}
