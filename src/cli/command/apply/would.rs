//! What an apply would do.

use super::DryRun;
use super::put::Put;
use crate::cli::context::Context;
use crate::cli::edit::rolls;
use crate::cli::failure::{Failure, Result};
use crate::cli::live::{after_apply, item, pair, read};
use crate::cli::world::Outside;
use crate::diff::Placed;
use crate::kubernetes::Version;
use crate::manifest::Object;
use crate::output::{DiffItem, DiffText};
use crate::template::Server;
use serde_json::Value;

/// Says what would change, and what that does to pods.
pub(super) fn tell(context: &mut Context, put: &Put<'_>, by: DryRun, force: bool) -> Result<()> {
    let (who, states) = match by {
        DryRun::Server => ("server dry run", by_server(put, force)?),
        DryRun::Client => ("dry run", by_comparison(put)?),
    };
    let mut text = format!("{} serverside-applied ({who})\n", put.name());
    match &states {
        Some((before, after)) => {
            let item = item_of(context, put, Some(before), after)?;
            text.push_str(&DiffText::new(item.as_slice(), context.screen()).to_string());
        }
        None if put.before.is_none() => text.push_str("  it is not there yet\n"),
        None => {}
    }
    context.page(&text)
}

/// What an apply did to the pods of what is rolled out, a line.
pub(super) fn told(context: &Context, put: &Put<'_>, after: &Value) -> Result<String> {
    let Some(after) = read(after) else { return Ok(String::new()) };
    let before = put.before.as_ref().and_then(read);
    let item = item_of(context, put, before.as_ref(), &after)?;
    Ok(item.as_ref().map_or_else(|| "rolls: no, it is as it was\n".to_owned(), rolls))
}

fn item_of(context: &Context, put: &Put<'_>, before: Option<&Object>, after: &Object) -> Result<Option<DiffItem>> {
    let path = put.piece.path.as_str();
    let placed = |object| Placed { path, object };
    let pair = pair(before.map(placed), placed(after));
    Ok(item(&pair, put.before.as_ref(), server(context, put, path)?))
}

/// What is there, and what the server says that would be; none where it is new.
fn by_server(put: &Put<'_>, force: bool) -> Result<Option<(Object, Object)>> {
    let (after, _) = put.would_be(force)?;
    Ok(put.before.as_ref().and_then(read).zip(read(&after)))
}

/// The same without asking it.
fn by_comparison(put: &Put<'_>) -> Result<Option<(Object, Object)>> {
    let Some(live) = &put.before else { return Ok(None) };
    let states = after_apply(&put.body(), live);
    states.map(Some).map_err(|why| Failure::new(format!("{}: {why}", put.name())))
}

/// The settings by which names are made: the version is that of the cluster, unless another is asked for.
fn server(context: &Context, put: &Put<'_>, path: &str) -> Result<Server> {
    let outside = Outside::read(context)?;
    let settings = outside.at(path)?;
    let asked = context.globals.kube_version.is_some();
    let version = Version::of_server(&put.cluster.version()?).ok().filter(|_| !asked);
    Ok(version.map_or_else(|| settings.server(), |version| settings.server_at(version)))
}
