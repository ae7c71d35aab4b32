use crate::check::{Rule, Severity};

/// What it finds, the engine knows once all others have found theirs.
pub(in crate::check) static RULE: Rule =
    Rule::new("useless-allow", Severity::Warning, include_str!("useless_allow.md"));
