//! What rules are for.

use crate::check::{Rule, UnknownRule};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::output::{Cell, Column, Meaning, Need, Table};

/// Shows a rule's page, or all rules where none is named.
pub(super) fn run(context: &mut Context, name: &str) -> Result<Exit> {
    if name.is_empty() {
        let table = table().on(context.screen()).to_string();
        context.page(&table)?;
        return Ok(Exit::Done);
    }
    let rule = name.parse::<&'static Rule>().map_err(unknown)?;
    context.page(&rule.markdown())?;
    Ok(Exit::Done)
}

fn unknown(error: UnknownRule) -> Failure {
    let hint = match error.suggestion {
        Some(known) => format!("rollbook check --explain {known}"),
        None => "rollbook check --explain lists the rules".to_owned(),
    };
    Failure::from(error).hint(hint)
}

fn table() -> Table {
    let heads = ["RULE", "SEVERITY", "WHAT IT FINDS"];
    let mut table = Table::new(heads.map(|head| Column::new(head, Need::Always)).into());
    for rule in Rule::all() {
        let severity = if rule.on { rule.severity.word() } else { "off" };
        table.push(vec![
            Cell::new().words(rule.name, Meaning::Plain),
            Cell::new().words(severity, Meaning::Dim),
            Cell::new().words(rule.page().summary, Meaning::Plain),
        ]);
    }
    table
}
