//! What granit-parser objects to, in words for somebody who writes manifests. Its own can show a character of a value.

use granit_parser::ErrorKind;

use super::{Error, Problem, Span};

/// The error at a place of the text.
pub(super) fn refused(kind: &ErrorKind, at: Span) -> Error {
    let problem = match kind {
        ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
        ErrorKind::UnknownAnchor => Problem::UnknownAnchor,
        kind => Problem::Syntax(words(kind)),
    };
    Error::new(problem, at)
}

fn words(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::UnexpectedEofFlowSequence | E::UnexpectedEofFlowMapping | E::UnexpectedEofImplicitFlowMapping => {
            "a bracket is not closed"
        }
        E::UnclosedFlowCollection { .. } => "a bracket is not closed",
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => "a bracket is closed that is not open",
        E::ExpectedFlowMappingSeparator => "a comma or `}` is expected",
        E::ExpectedFlowSequenceSeparator => "a comma or `]` is expected",
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => "a quotation mark is not closed",
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            "text follows a closing quotation mark"
        }
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            "an unknown escape in a string"
        }
        E::MappingValueNotAllowed | E::InvalidMappingValueWhitespace | E::InvalidColonPlacement => {
            "`:` is not allowed here: is a value in need of quotes, or a line wrongly indented"
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => "a `:` is expected after the key",
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation => {
            "the line is not indented as the ones before it"
        }
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => "`-` is not allowed here",
        E::ExpectedNodeContent => "a value is expected",
        E::UnexpectedCharacter { .. } => "a word cannot begin with this character: put it in quotes",
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabInPlainScalar => {
            "a tab where the indentation must be spaces"
        }
        E::TabAtBlockScalarStart => "a tab where the indentation must be spaces",
        E::ZeroBlockScalarIndent | E::InvalidBlockScalarHeader | E::InvalidBlockScalarIndent => {
            "after `|` or `>` only `+`, `-`, a digit for the indentation, and a comment may follow"
        }
        E::MissingAnchorOrAliasName => "a name is expected after `&` or `*`",
        E::UndeclaredTagHandle => "the tag's prefix is not declared",
        E::UnsupportedYamlMajorVersion => "the YAML version is not supported",
        _ => "this is not YAML",
    }
}
