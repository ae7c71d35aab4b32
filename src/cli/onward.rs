//! Commands to go on with, which hints name: of the same repository, place and cluster as the one that tells of them.

use super::args::Globals;
use crate::text::shell_word;

/// The options that hold for the next command too.
#[derive(Debug, Clone, Default)]
pub(super) struct Onward {
    place: String,
    namespace: Option<String>,
    cluster: String,
}

/// A command of this tool to go on with.
#[derive(Debug, Clone)]
pub(super) struct Next {
    lead: String,
    command: String,
    target: String,
    namespace: Option<String>,
    rest: String,
}

impl Next {
    /// The command, which may have an option that says more of what it does (`undo --live`); what it is for; the rest of the
    /// line, with what it is good for.
    pub fn new(command: impl Into<String>, target: impl Into<String>, rest: impl Into<String>) -> Next {
        Next { lead: String::new(), command: command.into(), target: target.into(), namespace: None, rest: rest.into() }
    }

    /// With words before it, which a colon follows.
    pub fn after(self, words: impl std::fmt::Display) -> Next {
        Next { lead: format!("{words}: "), ..self }
    }

    /// In this namespace, whatever the options say.
    #[cfg(feature = "cluster")]
    pub fn in_namespace(self, namespace: &str) -> Next {
        Next { namespace: Some(namespace.to_owned()), ..self }
    }
}

/// The commands that ask a cluster whatever else they are told.
const ASK: [&str; 6] = ["apply", "drift", "pause", "restart", "resume", "status"];

impl Onward {
    /// Those that were given.
    pub fn of(globals: &Globals) -> Onward {
        let directory = globals.directory.as_ref().map(|directory| ("-C", directory.display().to_string()));
        let reference = globals.reference.clone().map(|reference| ("--ref", reference));
        let config = globals.config.as_ref().map(|file| ("--config", file.display().to_string()));
        let scope = globals.scope.clone().map(|scope| ("--scope", scope));
        let paths = globals.paths.iter().map(|path| ("--path", path.clone()));
        Onward {
            place: options(directory.into_iter().chain(reference).chain(config).chain(scope).chain(paths)),
            namespace: globals.namespace.clone(),
            cluster: cluster(globals),
        }
    }

    /// As a line for a shell.
    pub fn line(&self, next: &Next) -> String {
        let asks = ASK.contains(&next.command.as_str()) || next.command.ends_with(" --live");
        let namespace = next.namespace.clone().or_else(|| self.namespace.clone()).map(|name| ("-n", name));
        format!(
            "{}rollbook {}{}{}{} {}{}",
            next.lead,
            next.command,
            self.place,
            options(namespace),
            if asks { &self.cluster } else { "" },
            shell_word(&next.target),
            next.rest
        )
    }

    /// The options by which kubectl asks the same cluster as the same user, each with a space before it.
    #[cfg(feature = "cluster")]
    pub fn kubectl(&self) -> &str {
        &self.cluster
    }
}

#[cfg(feature = "cluster")]
fn cluster(globals: &Globals) -> String {
    let args = &globals.cluster;
    let context = args.context.clone().map(|context| ("--context", context));
    let kubeconfig = args.kubeconfig.as_ref().map(|file| ("--kubeconfig", file.display().to_string()));
    let user = args.user.clone().map(|user| ("--as", user));
    options(context.into_iter().chain(kubeconfig).chain(user))
}

#[cfg(not(feature = "cluster"))]
fn cluster(_: &Globals) -> String {
    String::new()
}

fn options(given: impl IntoIterator<Item = (&'static str, String)>) -> String {
    given.into_iter().map(|(option, value)| format!(" {option} {}", shell_word(&value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_of_the_same_repository_place_and_cluster() {
        let globals = Globals {
            directory: Some("my repo".into()),
            scope: Some("prod".to_owned()),
            namespace: Some("shop".to_owned()),
            #[cfg(feature = "cluster")]
            cluster: crate::cli::cluster::ClusterArgs {
                context: Some("eu".to_owned()),
                user: Some("ada".to_owned()),
                ..Default::default()
            },
            ..Globals::default()
        };
        let onward = Onward::of(&globals);
        let next = |command| Next::new(command, "it's", " shows it");
        let place = "-C 'my repo' --scope prod -n";
        let target = r"'it'\''s' shows it";
        assert_eq!(onward.line(&next("history")), format!("rollbook history {place} shop {target}"));
        #[cfg(feature = "cluster")]
        assert_eq!(onward.line(&next("history").in_namespace("db")), format!("rollbook history {place} db {target}"));
        #[cfg(feature = "cluster")]
        for command in ["status", "undo --live"] {
            assert_eq!(
                onward.line(&next(command)),
                format!("rollbook {command} {place} shop --context eu --as ada {target}")
            );
        }
    }
}
