//! JSON, which kubectl reads with Go's decoder where the text begins with `{`: values may follow one another, `\/` is
//! legal, and a lone surrogate becomes U+FFFD.

use super::keys::Keys;
use super::node::{Entry, Node, Span, Style, Value};
use super::number::{self, Number};
use super::{Error, MAX_DEPTH, Notice, Problem, Warning};

/// How far kubectl looks for the first character that is not white space (`GuessJSONStream`).
const GUESS: usize = 4096;

/// Whether kubectl takes the text for JSON.
pub(super) fn begins(text: &str) -> bool {
    let spaces: usize = text.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    spaces < GUESS && text[spaces..].starts_with('{')
}

/// Where YAML goes on after the JSON values up to `consumed`, as `YAMLOrJSONDecoder.consumeWhitespace` has it: after
/// the white space up to the first line break. It looks four bytes ahead, and gives up where there are fewer.
pub(super) fn yaml_after(text: &str, consumed: usize) -> Option<usize> {
    let mut at = consumed;
    while text.len() - at >= 4 {
        match text[at..].chars().next() {
            Some('\n') => return Some(at + 1),
            Some(c) if c.is_whitespace() => at += c.len_utf8(),
            _ => return Some(at),
        }
    }
    None
}

/// Reads one value after another.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// Keys that are given twice.
    pub(super) warnings: Vec<Warning>,
}

type Read<T> = Result<T, Error>;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, warnings: Vec::new() }
    }

    /// Where the next value is looked for.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// The next value, or none at the end.
    pub(super) fn next_value(&mut self) -> Read<Option<Node>> {
        match self.peek() {
            None => Ok(None),
            Some(_) => self.value().map(Some),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self) -> Read<Node> {
        let first = self.peek();
        let start = self.at;
        let (value, style) = match first {
            Some(b'{') => (self.nested(Self::object)?, Style::Flow),
            Some(b'[') => (self.nested(Self::array)?, Style::Flow),
            Some(b'"') => (Value::String(self.string()?), Style::DoubleQuoted),
            Some(b'-' | b'0'..=b'9') => (self.number()?, Style::Plain),
            _ => (self.word()?, Style::Plain),
        };
        Ok(Node { value, span: Span::new(start, self.at), style })
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Read<Value>) -> Read<Value> {
        if self.depth == MAX_DEPTH {
            return Err(Error::new(Problem::TooDeep, Span::new(self.at, self.at + 1)));
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Read<Value> {
        let mut keys = Keys::default();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Mapping(Vec::new()));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.broken("a key in double quotes is expected"));
            }
            let start = self.at;
            let key = self.string()?;
            let key_span = Span::new(start, self.at);
            if self.peek() != Some(b':') {
                return Err(self.broken("a colon is expected after the key"));
            }
            self.at += 1;
            let value = self.value()?;
            if let Some(before) = keys.put(Entry { key, key_span, value }) {
                self.warnings.push(Warning { notice: Notice::DuplicateKey(before.key), at: key_span });
            }
            if !self.goes_on(b'}', "a comma or `}` is expected")? {
                return Ok(Value::Mapping(keys.into_entries()));
            }
        }
    }

    fn array(&mut self) -> Read<Value> {
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Sequence(items));
        }
        loop {
            items.push(self.value()?);
            if !self.goes_on(b']', "a comma or `]` is expected")? {
                return Ok(Value::Sequence(items));
            }
        }
    }

    fn goes_on(&mut self, end: u8, expected: &'static str) -> Read<bool> {
        let next = self.peek();
        match next {
            Some(b',') => self.at += 1,
            Some(byte) if byte == end => self.at += 1,
            _ => return Err(self.broken(expected)),
        }
        Ok(next == Some(b','))
    }

    fn word(&mut self) -> Read<Value> {
        const WORDS: [(&str, Value); 3] =
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        let rest = &self.text[self.at..];
        let found = WORDS.into_iter().find(|(word, _)| rest.starts_with(word));
        let (word, value) = found.ok_or_else(|| self.broken("a value is expected"))?;
        self.at += word.len();
        Ok(value)
    }

    /// Integers that fit 64 bits stay integers, as `k8s.io/apimachinery/pkg/util/json` has it.
    fn number(&mut self) -> Read<Value> {
        let start = self.at;
        self.skip(&['-']);
        match self.text[self.at..].starts_with('0') {
            true => self.at += 1,
            false => self.digits()?,
        }
        let whole = self.at;
        if self.skip(&['.']) {
            self.digits()?;
        }
        if self.skip(&['e', 'E']) {
            self.skip(&['+', '-']);
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        match (text.parse(), number::finite(text)) {
            (Ok(number), _) if whole == self.at => Ok(Value::Int(number)),
            (_, Some(Number::Float(number))) => Ok(Value::Float(number)),
            _ => Err(Error::new(Problem::OutOfRange, Span::new(start, self.at))),
        }
    }

    fn skip(&mut self, any_of: &[char]) -> bool {
        let there = self.text[self.at..].starts_with(any_of);
        self.at += usize::from(there);
        there
    }

    fn digits(&mut self) -> Read<()> {
        let length = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return Err(self.broken("a digit is expected"));
        }
        self.at += length;
        Ok(())
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let plain = rest.iter().take_while(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\').count();
            text.push_str(&self.text[self.at..self.at + plain]);
            self.at += plain;
            match rest.get(plain) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.broken("a control character stands in a string")),
                None => return Err(self.broken("a string is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let escaped = self.text.as_bytes().get(self.at + 1).copied();
        let character = match escaped {
            Some(b'u') => return self.unicode(),
            Some(character @ (b'"' | b'\\' | b'/')) => char::from(character),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.broken("a string has an unknown escape")),
        };
        self.at += 2;
        Ok(character)
    }

    fn unicode(&mut self) -> Read<char> {
        let high = self.hex(self.at).ok_or_else(|| self.broken("four hexadecimal digits are expected after `\\u`"))?;
        self.at += 6;
        if let Some(low @ 0xdc00..0xe000) = self.hex(self.at)
            && (0xd800..0xdc00).contains(&high)
        {
            self.at += 6;
            let both = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(both).expect("a pair of surrogates is a character"));
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The number of a `\uXXXX` at an offset.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.text.as_bytes().get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |number, &digit| Some(number << 4 | char::from(digit).to_digit(16)?))
    }

    fn broken(&self, what: &'static str) -> Error {
        Error::new(Problem::Json(what), Span::new(self.at, self.at))
    }
}
