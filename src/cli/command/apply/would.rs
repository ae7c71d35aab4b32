//! What an apply would do.

use super::DryRun;
use super::put::Put;
use crate::cli::cluster::of_cluster;
use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::world::Outside;
use crate::cluster::{MANAGER, taken_over};
use crate::diff::{Bond, Delivery, Pair, Placed, Running, drift};
use crate::manifest::{self, Object};
use crate::output::{DiffItem, DiffText, FieldChange, FieldChanges};
use crate::template::Server;
use crate::yaml::Dialect;
use serde_json::Value;

/// Says what would change, and what that does to pods.
pub(super) fn tell(context: &mut Context, put: &Put<'_>, by: DryRun) -> Result<()> {
    let text = match by {
        DryRun::Server => by_server(context, put)?,
        DryRun::Client => by_comparison(context, put),
    };
    context.page(&text)
}

fn by_server(context: &Context, put: &Put<'_>) -> Result<String> {
    // Fields of kubectl's client-side apply would be taken over first, which cannot be tried.
    let force = put.before.as_ref().is_some_and(|before| taken_over(before, MANAGER).is_some());
    let after = put.send(put.body(), force, true)?;
    let mut text = format!("{} serverside-applied (server dry run)\n", put.name());
    if let (Some(before), Some(after)) = (put.before.as_ref().and_then(read), read(&after)) {
        let path = put.piece.path.as_str();
        let server = server(context, put, path)?;
        let [old, new] = [&before, &after].map(|object| Placed { path, object });
        let pair = Pair::Both { old, new, bond: Bond::Identity };
        let item = DiffItem::of(&pair, false, server, Delivery::Plain, &Running::default());
        text.push_str(&DiffText::new(&item.into_iter().collect::<Vec<_>>(), context.screen()).to_string());
    }
    Ok(text)
}

/// The settings by which names are made: the version is that of the cluster, unless another is asked for.
fn server(context: &Context, put: &Put<'_>, path: &str) -> Result<Server> {
    let outside = Outside::read(context)?;
    let settings = outside.at(path)?;
    let asked = context.globals.kube_version.is_some();
    let version = put.cluster.version().map_err(of_cluster)?.parse().ok().filter(|_| !asked);
    Ok(version.map_or_else(|| settings.server(), |version| settings.server_at(version)))
}

/// What git sets otherwise than it is there: the server may fill in more.
fn by_comparison(context: &Context, put: &Put<'_>) -> String {
    let name = put.name();
    let Some(live) = put.before.as_ref().and_then(read) else {
        return format!("{name} serverside-applied (dry run)\n  it is not there yet\n");
    };
    let set = put.piece.object.stored();
    let changes: Vec<FieldChange> =
        drift(&set, &live).iter().map(|change| FieldChange::of(change).reversed()).collect();
    let rolls = match put.piece.object.template_path() {
        Some(path) if drift(&set, &live).iter().any(|change| change.path.meets(path)) => {
            "  rolls: yes, the pods get another template\n"
        }
        Some(_) => "  rolls: no, the pods keep their template\n",
        None => "",
    };
    format!("{name} serverside-applied (dry run)\n{rolls}{}", FieldChanges::new(&changes, context.screen()))
}

/// A live object without its status and what the server counts.
fn read(live: &Value) -> Option<Object> {
    let mut live = live.clone();
    live.as_object_mut()?.shift_remove("status");
    let metadata = live.get_mut("metadata").and_then(Value::as_object_mut)?;
    ["managedFields", "generation", "resourceVersion"].iter().for_each(|key| _ = metadata.shift_remove(*key));
    if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
        annotations.shift_remove("kubectl.kubernetes.io/last-applied-configuration");
    }
    manifest::read(live.to_string().as_bytes(), Dialect::Kubectl).objects.into_iter().next()
}
