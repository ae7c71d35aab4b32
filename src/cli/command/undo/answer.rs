//! What is said of it.

use super::back::Back;
use super::message::revision;
use super::together::Together;
use crate::cli::context::Context;
use crate::cli::edit::{Onto, Planned, line, next, preview, rolls, short};
use crate::cli::failure::{Exit, Result};
use crate::cli::world::World;
use crate::git::CommitId;
use crate::output::{Diagnostic, DiffText, Time};

/// All that there is to say.
pub(super) struct Answer<'a> {
    pub world: &'a World,
    pub onto: &'a Onto,
    pub back: &'a Back,
    pub together: &'a Together,
    pub planned: &'a Planned,
    pub message: &'a str,
}

impl Answer<'_> {
    /// Nothing was written.
    pub fn dry(&self, context: &mut Context) -> Result<Exit> {
        let items: Vec<_> = self.planned.item.iter().chain(&self.planned.others).cloned().collect();
        let diff = DiffText::new(&items, context.screen()).to_string();
        let name = self.back.name();
        let place = match self.onto {
            Onto::WorkTree => String::new(),
            Onto::Branch(branch) => format!(" on the branch {}", branch.name().terminal()),
        };
        context.page(&format!(
            "{name} would be rolled back{place}\n{}\n{diff}\n{}",
            self.facts(),
            preview(self.message)
        ))?;
        self.finish(context)
    }

    /// The files are changed and staged.
    pub fn staged(&self, context: &mut Context) -> Result<Exit> {
        let name = self.back.name();
        let files: Vec<String> = self.planned.changed().map(|file| file.path.shown().terminal().to_string()).collect();
        let are = if files.len() == 1 { "is" } else { "are" };
        let next = format!("{} {are} staged: git commit\n", files.join(", "));
        context.page(&format!("{name} rolled back, not committed\n{}{next}", self.facts()))?;
        self.finish(context)
    }

    /// The commit is there.
    pub fn done(&self, context: &mut Context, commit: CommitId) -> Result<Exit> {
        let (name, next) = (self.back.name(), next(self.world, self.onto, commit));
        context.page(&format!("{name} rolled back\n{}{next}", self.facts()))?;
        self.finish(context)
    }

    fn finish(&self, context: &mut Context) -> Result<Exit> {
        let notes = self.back.notes.iter().chain(&self.planned.notes).chain(&self.together.notes);
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
        let of = if goal.starts_with("commit") { String::new() } else { format!(", commit {commit}") };
        let mut facts = format!("to {goal}: {}{of}{day}{cause}\n", images.join(", "));
        if let Some(item) = &self.planned.item {
            facts.push_str(&rolls(item));
        }
        self.together.lines.iter().for_each(|line| facts.push_str(&format!("taken back with it: {line}\n")));
        self.back.undone().for_each(|row| facts.push_str(&format!("undone with it: {}\n", revision(self.world, row))));
        facts
    }
}
