//! What a git repository holds, read only: commits, trees, blobs, and the first-parent walk that finds the changes of a
//! path. The only room that names `git2` or runs git; its public names are our own types. Text that came out of a
//! repository is [`Untrusted`](crate::text::Untrusted). Nothing is fetched, and the program git is needed only for what
//! libgit2 cannot read. Four doors write: the demo's repository ([`init`], [`commit_files`]), files and their commit
//! ([`Repository::replace_file`], [`Repository::commit_only`]), a commit on a branch that is not checked out
//! ([`Repository::commit_to`]), the hook before commits ([`PreCommitHook`]).

mod ahead;
mod attribute;
mod batch;
mod branch;
mod changes;
mod commit;
mod commit_graph;
mod commit_only;
mod conversion;
mod error;
mod foxtrot;
mod grafts;
mod hook;
mod id;
mod index;
mod merge_base;
mod named_files;
mod object;
mod path;
mod plumbing;
mod program;
mod replace;
mod repository;
mod resolve;
mod tree;
mod walk;
mod work_files;
mod write;

pub use branch::Branch;
pub use changes::{Change, ChangesStep, ChangesWalk};
pub use commit::{Commit, Signature, Time};
pub use commit_only::{NotCommitted, UnderWay};
pub use error::{Error, Lack, Need};
pub use foxtrot::Foxtrot;
pub use hook::{HookRefusal, Installed, PreCommitHook, Uninstalled};
pub use id::{BlobId, CommitId, IdHasher, IdMap, IdSet, NotAnId};
pub use index::IndexFiles;
pub use named_files::{NamedFiles, PathsAndBlobs};
pub use path::RepoPath;
pub use replace::Written;
pub use repository::Repository;
pub use tree::{Entry, File, Filter};
pub use walk::{AllPathsWalk, FirstParents, PathStep, PathWalk, PathsStep, PathsWalk};
pub use work_files::{WorkContent, WorkFile};
pub use write::{commit_files, init};
