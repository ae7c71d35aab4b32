//! What is said of it.

use super::back::{Back, short};
use super::message::{line, revision};
use super::planned::Planned;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::world::World;
use crate::git::CommitId;
use crate::output::{Diagnostic, DiffText, Note, Time};

/// All that there is to say.
pub(super) struct Answer<'a> {
    pub world: &'a World,
    pub back: &'a Back,
    pub planned: &'a Planned,
    pub message: &'a str,
    pub notes: Vec<Note>,
}

impl Answer<'_> {
    /// Nothing was written.
    pub fn dry(&self, context: &mut Context) -> Result<Exit> {
        let items: Vec<_> = self.planned.item.iter().cloned().collect();
        let diff = DiffText::new(&items, context.screen()).to_string();
        let message: String =
            self.message.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect();
        let name = self.back.name();
        context.page(&format!("{name} would be rolled back\n{}\n{diff}\nthe commit:\n\n{message}", self.facts()))?;
        self.finish(context)
    }

    /// The file is changed and staged.
    pub fn staged(&self, context: &mut Context) -> Result<Exit> {
        let name = self.back.name();
        let path = self.back.candidate.path.shown();
        let next = format!("{} is staged: git commit\n", path.terminal());
        context.page(&format!("{name} rolled back, not committed\n{}{next}", self.facts()))?;
        self.finish(context)
    }

    /// The commit is there.
    pub fn done(&self, context: &mut Context, commit: CommitId) -> Result<Exit> {
        let (name, id) = (self.back.name(), short(self.world, commit));
        let next = format!("committed as {id}\nto take it back: git revert {id}\nto have it deployed: git push\n");
        context.page(&format!("{name} rolled back\n{}{next}", self.facts()))?;
        self.finish(context)
    }

    fn finish(&self, context: &mut Context) -> Result<Exit> {
        let notes = self.back.notes.iter().chain(&self.planned.notes).chain(&self.notes);
        notes.map(Diagnostic::from).try_for_each(|note| context.warn(&note))?;
        Ok(Exit::Done)
    }

    /// What is gone back to, what that does, and what is undone with it.
    fn facts(&self) -> String {
        let state = &self.back.to.state;
        let images: Vec<String> = state.images.iter().map(|image| line(image.as_str())).collect();
        let row = self.back.row();
        let day = row.map(|row| format!(", {}", Time::from(row).day())).unwrap_or_default();
        let cause = row.map(|row| format!(", {}", line(row.cause.text.as_str()))).unwrap_or_default();
        let commit = short(self.world, self.back.to.commit);
        let goal = self.back.goal(self.world);
        let mut facts = format!("to {goal}: {}, commit {commit}{day}{cause}\n", images.join(", "));
        if let Some(item) = &self.planned.item {
            let verdict = &item.verdict;
            let names = match &verdict.names {
                [Some(from), Some(to)] if from != to => {
                    format!(": {} → {} ({})", line(from.as_str()), line(to.as_str()), verdict.kube_version)
                }
                _ => String::new(),
            };
            facts.push_str(&format!("rolls: {}, {}{names}\n", verdict.rolls.word(), line(verdict.reason.as_str())));
        }
        self.back.undone().for_each(|row| facts.push_str(&format!("undone with it: {}\n", revision(row))));
        facts
    }
}
