//! The page of a rule: Markdown that stands beside its code, with examples that are run as tests.

/// What there is to say of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// All of it, as Markdown without a title.
    pub text: &'static str,
    pub example: Example,
}

/// A change that the rule objects to, and one that it lets pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The old state; none where there is no file before.
    pub before: Option<&'static str>,
    /// A new state that it objects to.
    pub fails: &'static str,
    /// One that it lets pass.
    pub passes: &'static str,
    /// What `.rollbook.toml` says, where that matters.
    pub settings: Option<&'static str>,
}

impl Page {
    pub(super) fn read(text: &'static str) -> Page {
        let block = |head: &str| {
            let start = text.find(&format!("```{head}\n"))? + head.len() + 4;
            let end = text[start..].find("```")?;
            Some(&text[start..start + end])
        };
        let example = Example {
            before: block("yaml before"),
            fails: block("yaml fails").unwrap_or_default(),
            passes: block("yaml passes").unwrap_or_default(),
            settings: block("toml"),
        };
        Page { summary: text.split("\n\n").next().unwrap_or_default().trim_end(), text, example }
    }
}
