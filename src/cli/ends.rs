//! Which two states a command compares.

/// The options for it; without any, a commit and the working tree.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Ends {
    /// Compare --ref with what is staged for the next commit
    #[arg(long, conflicts_with = "from")]
    pub staged: bool,

    /// Compare what --to has with where it went apart from this commit, branch or tag
    #[arg(long, value_name = "REF")]
    pub from: Option<String>,

    /// The other end [default: --ref]
    #[arg(long, value_name = "REF", requires = "from")]
    pub to: Option<String>,

    /// Compare with --from as it is, not with where the two went apart
    #[arg(long, requires = "from")]
    pub direct: bool,
}
