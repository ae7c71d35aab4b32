//! What a commit says: who, when and why.

use git2::{ErrorCode, Sort};

use super::grafts::Graft;
use super::id::Id;
use super::object::{malformed, oid};
use super::repository::Source;
use super::{CommitId, Error, Repository};
use crate::text::Untrusted;

/// How many commits of a merge are looked at.
const MERGED_LIMIT: usize = 1_000;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: CommitId,
    /// The first is the one that the branch was at before.
    pub parents: Vec<CommitId>,
    /// When it was committed: to this branch, as a rule; the author may have written it long before.
    pub time: Time,
    pub author: Signature,
    pub message: Untrusted,
}

/// A point in time, with the offset from UTC of the clock that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Seconds since 1970.
    pub seconds: i64,
    pub offset_minutes: i32,
}

/// Who wrote a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub name: Untrusted,
    pub email: Untrusted,
}

impl Commit {
    /// The message's first paragraph on one line, as `git log --format=%s` gives it.
    pub fn subject(&self) -> Untrusted {
        let lines = self.message.as_str().lines().map(str::trim_end).skip_while(|line| line.is_empty());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").into()
    }

    /// Whether it brought another line of commits in.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

impl Repository {
    /// The commit of that id. Text that is no UTF-8 is read lossily.
    pub fn commit(&self, id: CommitId) -> Result<Commit, Error> {
        let objects = self.objects()?;
        let commit = parse(id, &objects.commit(id.0)?).ok_or_else(|| malformed("commit", id.0))?;
        Ok(match self.graft(id) {
            None => commit,
            Some(Graft::Cut) => Commit { parents: Vec::new(), ..commit },
            Some(Graft::Onto(parents)) => Commit { parents: parents.iter().copied().map(CommitId).collect(), ..commit },
        })
    }

    /// The commits that a merge brought in, newest first: those that can be reached from its other parents and not from
    /// its first; of more than a thousand, the newest. None for a commit that is no merge.
    pub fn merged_commits(&self, merge: CommitId) -> Result<Vec<CommitId>, Error> {
        let parents: Vec<Id> = self.commit(merge)?.parents.iter().map(|parent| parent.0).collect();
        let Some((first, others @ [_, ..])) = parents.split_first() else { return Ok(Vec::new()) };
        let ids = match &self.source {
            Source::Library(library) => {
                reachable(library, others, *first).map_err(|error| Error::git("list the commits of a merge", &error))?
            }
            Source::Plumbing(plumbing) => plumbing.reachable(others, *first, MERGED_LIMIT)?,
        };
        Ok(ids.into_iter().map(CommitId).collect())
    }
}

fn reachable(repository: &git2::Repository, from: &[Id], not_from: Id) -> Result<Vec<Id>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
    from.iter().try_for_each(|commit| walk.push(oid(*commit)?))?;
    walk.hide(oid(not_from)?)?;
    // A shallow clone ends somewhere: what is here is given.
    let here = walk.take_while(|id| !matches!(id, Err(error) if error.code() == ErrorCode::NotFound));
    here.take(MERGED_LIMIT).map(|id| id.map(Id::from)).collect()
}

/// A commit is lines of a word and its value, an empty line, and the message. Nothing if it names what is no id; who
/// wrote it and when may be missing, as for `git log`.
fn parse(id: CommitId, commit: &[u8]) -> Option<Commit> {
    let (head, message) = match memchr::memmem::find(commit, b"\n\n") {
        Some(end) => (&commit[..end], &commit[end + 2..]),
        None => (commit, &b""[..]),
    };
    let values =
        |word: &'static [u8]| head.split(|byte| *byte == b'\n').filter_map(move |line| line.strip_prefix(word));
    let parents = values(b"parent ").map(|hex| Id::from_hex(hex).map(CommitId));
    let (author, _) = signature(values(b"author ").next().unwrap_or_default());
    let (_, time) = signature(values(b"committer ").next().unwrap_or_default());
    let message = message.iter().position(|byte| *byte != b'\n').map_or(&b""[..], |start| &message[start..]);
    Some(Commit { id, parents: parents.collect::<Option<_>>()?, time, author, message: text(message) })
}

/// `NAME <EMAIL> SECONDS OFFSET`, as git takes it apart (ident.c: split_ident_line): a `>` too many belongs to the
/// address, and a time that cannot be read is 1970.
fn signature(line: &[u8]) -> (Signature, Time) {
    let open = memchr::memchr(b'<', line).unwrap_or(line.len());
    let (name, rest) = (&line[..open], line.get(open + 1..).unwrap_or_default());
    let email = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
    let after = memchr::memrchr(b'>', rest).map_or(&b""[..], |close| &rest[close + 1..]);
    let mut words = after.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number = || std::str::from_utf8(words.next()?).ok()?.parse::<i64>().ok();
    let seconds = number().unwrap_or(0);
    let time = Time { seconds, offset_minutes: number().map_or(0, offset_minutes) };
    (Signature { name: text(name.trim_ascii()), email: text(email) }, time)
}

/// `+0530`: hours and minutes. No clock is further off than fourteen hours.
fn offset_minutes(written: i64) -> i32 {
    match (written / 100, written % 100) {
        (hours @ -14..=14, minutes @ -59..=59) => (hours * 60 + minutes) as i32,
        _ => 0,
    }
}

fn text(bytes: &[u8]) -> Untrusted {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: CommitId = CommitId(Id::Sha1([0; 20]));

    #[test]
    fn who_and_when_is_read_as_git_reads_it() {
        for (line, name, email, seconds, offset_minutes) in [
            ("A B <a@b> 1790000000 +0200", "A B", "a@b", 1_790_000_000, 120),
            ("A  <a@b> 12 -0530", "A", "a@b", 12, -330),
            (" <> -5 +0000", "", "", -5, 0),
            ("A <a@b>> 12 +0000", "A", "a@b", 12, 0),
            ("A <a <b>> 12 +9999", "A", "a <b", 12, 0),
            ("A <a@b> 99999999999999999999 +0100", "A", "a@b", 0, 60),
            ("A <a@b", "A", "a@b", 0, 0),
            ("A", "A", "", 0, 0),
            ("", "", "", 0, 0),
        ] {
            let (author, time) = signature(line.as_bytes());
            assert_eq!((author.name.as_str(), author.email.as_str()), (name, email), "{line}");
            assert_eq!(time, Time { seconds, offset_minutes }, "{line}");
        }
    }

    #[test]
    fn a_signature_is_no_message_and_its_lines_are_no_parents() {
        let hex = "557db03de997c86a4a028e1ebd3a1ceb225be238";
        let text = format!(
            "tree {hex}\nparent {hex}\nauthor A <a@b> 1 +0000\ngpgsig x\n \n parent {hex}\n\n\nmessage\n\nbody\n"
        );
        let commit = parse(ID, text.as_bytes()).unwrap();
        assert_eq!(commit.parents, [hex.parse().unwrap()]);
        assert_eq!(commit.message.as_str(), "message\n\nbody\n");
        assert_eq!(parse(ID, b"tree x\nparent x\n"), None);
        assert_eq!(parse(ID, b"").unwrap().message.as_str(), "");
    }

    #[test]
    fn a_subject_is_the_first_paragraph_on_one_line() {
        for (message, subject) in [
            ("web: roll out 1.27\n\nbody\n", "web: roll out 1.27"),
            ("\n\n two\nlines  \n\nbody", " two lines"),
            ("crlf\r\n\r\nbody", "crlf"),
            ("", ""),
        ] {
            let commit = Commit {
                id: ID,
                parents: Vec::new(),
                time: Time { seconds: 0, offset_minutes: 0 },
                author: Signature { name: "A".into(), email: "a@example.org".into() },
                message: message.into(),
            };
            assert_eq!(commit.subject().as_str(), subject, "{message:?}");
        }
    }
}
