//! `git cat-file --batch`, kept running: a name goes in, an object comes out.
//!
//! ```text
//! ─►  557db03de997c86a4a028e1ebd3a1ceb225be238
//! ◄─  557db03de997c86a4a028e1ebd3a1ceb225be238 blob 12        or NAME missing, NAME ambiguous
//! ◄─  hello world                                             only of `--batch`
//! ```

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::id::Id;
use super::program::Git;

/// What git answers to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Object {
        id: Id,
        kind: &'static str,
        size: u64,
    },
    Missing,
    Ambiguous,
    /// It ended: some questions (`HEAD@{99}`), and objects that are damaged, are fatal to it.
    Died,
}

/// One such process, started when something is asked, and again where it has died.
pub(super) struct Batch {
    option: &'static str,
    running: RefCell<Option<Running>>,
}

struct Running {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Batch {
    /// Answers with objects.
    pub fn of_objects() -> Self {
        Self { option: "--batch", running: RefCell::new(None) }
    }

    /// Answers with what objects are, without their bytes.
    pub fn of_headers() -> Self {
        Self { option: "--batch-check", running: RefCell::new(None) }
    }

    /// What a name, on one line, is a name of.
    pub fn ask(&self, git: &Git, name: &str) -> io::Result<Answer> {
        Ok(self.exchange(git, name, |_, _| Ok(()))?.0)
    }

    /// The object of a name, if this answers with objects.
    pub fn read(&self, git: &Git, name: &str) -> io::Result<(Answer, Vec<u8>)> {
        self.exchange(git, name, content)
    }

    fn exchange<T: Default>(
        &self,
        git: &Git,
        name: &str,
        rest: impl FnOnce(&mut BufReader<ChildStdout>, u64) -> io::Result<T>,
    ) -> io::Result<(Answer, T)> {
        let mut running = self.running.borrow_mut();
        if running.is_none() {
            *running = Some(Running::start(git, self.option)?);
        }
        let process = running.as_mut().expect("it was started");
        let exchanged = process.ask(name).and_then(|answer| match answer {
            Answer::Object { size, .. } => rest(&mut process.answers, size).map(|rest| (answer, rest)),
            other => Ok((other, T::default())),
        });
        // A pipe that breaks is an end too.
        exchanged.or_else(|_| {
            *running = None;
            Ok((Answer::Died, T::default()))
        })
    }
}

impl Running {
    fn start(git: &Git, option: &'static str) -> io::Result<Self> {
        let mut command = git.command(&["cat-file", option]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let questions = child.stdin.take().expect("it is piped");
        let answers = BufReader::new(child.stdout.take().expect("it is piped"));
        Ok(Self { child, questions, answers })
    }

    fn ask(&mut self, name: &str) -> io::Result<Answer> {
        self.questions.write_all(format!("{name}\n").as_bytes())?;
        let mut line = Vec::new();
        self.answers.read_until(b'\n', &mut line)?;
        parse(&line).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has nothing to finish; to wait leaves no zombie behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// As many bytes as were announced, and the line's end behind them.
fn content(answers: &mut BufReader<ChildStdout>, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    answers.take(size).read_to_end(&mut bytes)?;
    let mut end = [0];
    answers.read_exact(&mut end)?;
    match bytes.len() as u64 == size && end == *b"\n" {
        true => Ok(bytes),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn parse(line: &[u8]) -> Option<Answer> {
    let line = line.strip_suffix(b"\n")?;
    if line.ends_with(b" missing") {
        return Some(Answer::Missing);
    }
    if line.ends_with(b" ambiguous") {
        return Some(Answer::Ambiguous);
    }
    let mut words = line.split(|byte| *byte == b' ');
    let (id, kind, size) = (Id::from_hex(words.next()?)?, words.next()?, words.next()?);
    let kind = ["commit", "tree", "blob", "tag"].into_iter().find(|known| known.as_bytes() == kind)?;
    Some(Answer::Object { id, kind, size: std::str::from_utf8(size).ok()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let hex = "557db03de997c86a4a028e1ebd3a1ceb225be238";
        let object = |kind, size| Some(Answer::Object { id: Id::from_hex(hex.as_bytes()).unwrap(), kind, size });
        for (line, answer) in [
            (format!("{hex} blob 12\n"), object("blob", 12)),
            (format!("{hex} commit 0\n"), object("commit", 0)),
            (format!("{hex} missing\n"), Some(Answer::Missing)),
            ("HEAD blob 12 missing\n".to_owned(), Some(Answer::Missing)),
            ("557d ambiguous\n".to_owned(), Some(Answer::Ambiguous)),
            (format!("{hex} blob 12"), None),
            (format!("{hex} secret 12\n"), None),
            (format!("{hex} blob -1\n"), None),
            (String::new(), None),
        ] {
            assert_eq!(parse(line.as_bytes()), answer, "{line}");
        }
    }
}
