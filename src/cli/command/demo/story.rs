//! The history that the demo makes: a web shop's front end from its first release on, with one release that goes wrong.

use std::iter;

use jiff::civil::DateTime;
use jiff::tz::{Offset, offset};

use crate::git::{CommitId, Error, RepoPath, Repository, Signature, Time, commit_files};

/// One commit of the demo's repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Author and committer.
    pub author: Signature,
    pub time: Time,
    pub message: &'static str,
    /// The files that it writes, with their whole text, and those that it removes.
    pub files: Vec<(RepoPath, Option<String>)>,
}

impl Step {
    /// Writes the files and commits them.
    pub fn commit(&self, repository: &Repository) -> Result<CommitId, Error> {
        let files: Vec<_> = self.files.iter().map(|(path, text)| (path.clone(), text.as_deref())).collect();
        commit_files(repository, &files, &self.author, self.time, self.message)
    }
}

/// The whole history, from the oldest commit on.
pub(super) fn steps() -> Vec<Step> {
    let mut text = include_str!("web.yaml").to_owned();
    let before = iter::once(None).chain(STORY.iter().map(|change| Some(change.path)));
    iter::zip(&STORY, before).map(|(change, before)| change.step(before, &mut text)).collect()
}

/// One commit as it is told: what it does to the text as the commit before left it.
struct Change {
    author: &'static Person,
    at: DateTime,
    message: &'static str,
    /// Where the text stands after it.
    path: &'static str,
    /// Parts of the text, and what stands in their place after it.
    edits: &'static [(&'static str, &'static str)],
}

struct Person {
    name: &'static str,
    email: &'static str,
    clock: Offset,
}

const ADA: Person = Person { name: "Ada Example", email: "ada@example.com", clock: offset(2) };
const BEN: Person = Person { name: "Ben Example", email: "ben@example.com", clock: offset(2) };
const CLEO: Person = Person { name: "Cleo Example", email: "cleo@example.com", clock: offset(1) };

const OLD_PATH: &str = "k8s/web.yaml";
/// Where the manifest stands in the end.
pub(super) const PATH: &str = "shop/web.yaml";
/// The image that the last commit sets.
pub(super) const LAST_IMAGE: &str = "web:1.6.1";
/// One that none sets yet.
pub(super) const NEXT_IMAGE: &str = "web:1.7.0";

static STORY: [Change; 9] = [
    Change { author: &ADA, at: september(1, 9, 12), message: "web: first release\n", path: OLD_PATH, edits: &[] },
    Change {
        author: &BEN,
        at: september(3, 14, 5),
        message: "Update the web image\n\n\
                  The search page reads the new index. The old one stays until the end of the month.\n\n\
                  Change-Cause: web 1.5.0, search by category\n",
        path: OLD_PATH,
        edits: &[("web:1.4.0", "web:1.5.0")],
    },
    Change {
        author: &CLEO,
        at: september(4, 16, 40),
        message: "web: four replicas for the weekend sale\n",
        path: OLD_PATH,
        edits: &[("replicas: 2", "replicas: 4")],
    },
    Change {
        author: &ADA,
        at: september(7, 10, 21),
        message: "web: say what the probes ask\n",
        path: OLD_PATH,
        edits: &[
            ("readinessProbe:", "# Ready once the catalogue is loaded, about four seconds.\n          readinessProbe:"),
            (
                "livenessProbe:",
                "# Asks no other service: their trouble is no reason to restart.\n          livenessProbe:",
            ),
        ],
    },
    Change {
        author: &ADA,
        at: september(8, 9, 2),
        message: "Move manifests to a folder for each team\n",
        path: PATH,
        edits: &[],
    },
    Change {
        author: &BEN,
        at: september(10, 15, 47),
        message: "web: release 1.6.0 with less memory\n\n\
                  Without traffic it uses 30Mi on staging.\n",
        path: PATH,
        edits: &[
            ("owner: shop-web", "owner: shop-web\n    kubernetes.io/change-cause: web 1.6.0, memory limit 48Mi"),
            ("web:1.5.0", "web:1.6.0"),
            ("memory: 128Mi", "memory: 32Mi"),
            ("memory: 256Mi", "memory: 48Mi"),
        ],
    },
    Change {
        author: &CLEO,
        at: september(10, 15, 9),
        message: "Revert \"web: release 1.6.0 with less memory\"\n\n\
                  Pods run out of memory (OOMKilled) as soon as customers come.\n",
        path: PATH,
        edits: &[
            ("\n    kubernetes.io/change-cause: web 1.6.0, memory limit 48Mi", ""),
            ("web:1.6.0", "web:1.5.0"),
            ("memory: 32Mi", "memory: 128Mi"),
            ("memory: 48Mi", "memory: 256Mi"),
        ],
    },
    Change {
        author: &ADA,
        at: september(14, 11, 30),
        message: "Merged PR 27: Give the cart two seconds to answer\n\n\
                  A slow cart held every page back. Pages now show without it.\n",
        path: PATH,
        edits: &[(
            "cart.shop.svc:8080",
            "cart.shop.svc:8080\n            - name: CART_TIMEOUT\n              value: 2s",
        )],
    },
    Change {
        author: &BEN,
        at: september(16, 10, 55),
        message: "web: release 1.6.1\n\n\
                  The memory limit stays as it was.\n",
        path: PATH,
        edits: &[("web:1.5.0", LAST_IMAGE)],
    },
];

/// A time of September 2026, on the clock of whoever commits.
const fn september(day: i8, hour: i8, minute: i8) -> DateTime {
    jiff::civil::date(2026, 9, day).at(hour, minute, 0, 0)
}

impl Change {
    /// The commit, after one that left `text` at the path `before`.
    fn step(&self, before: Option<&str>, text: &mut String) -> Step {
        for (old, new) in self.edits {
            *text = text.replacen(old, new, 1);
        }
        let removed = before.filter(|before| *before != self.path).map(|before| (RepoPath::from(before), None));
        let written = (RepoPath::from(self.path), Some(text.clone()));
        Step {
            author: Signature { name: self.author.name.into(), email: self.author.email.into() },
            time: self.author.time(self.at),
            message: self.message,
            files: iter::once(written).chain(removed).collect(),
        }
    }
}

impl Person {
    fn time(&self, at: DateTime) -> Time {
        let timestamp = self.clock.to_timestamp(at).expect("a day of 2026 is in the calendar");
        Time { seconds: timestamp.as_second(), offset_minutes: self.clock.seconds() / 60 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::init;
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    /// The text of the one file that a step writes.
    fn text(step: &Step) -> &str {
        step.files.iter().find_map(|(_, text)| text.as_deref()).expect("each step writes the file")
    }

    #[test]
    fn steps_follow_one_another_in_time() {
        let times: Vec<_> = steps().iter().map(|step| step.time.seconds).collect();
        assert!(times.is_sorted_by(|earlier, later| earlier < later), "{times:?}");
    }

    #[test]
    fn each_edit_replaces_just_what_it_names() {
        let texts: Vec<_> = steps().iter().map(|step| text(step).to_owned()).collect();
        for (before, change) in texts.iter().zip(&STORY[1..]) {
            for (old, _) in change.edits {
                assert_eq!(before.matches(old).count(), 1, "`{old}` before {}", change.message);
            }
        }
    }

    #[test]
    fn each_text_is_a_deployment_and_a_service_without_a_fault() {
        for step in steps() {
            let stream = Stream::parse(text(&step).as_bytes(), Dialect::Kubectl);
            assert_eq!((stream.error, stream.warnings), (None, Vec::new()), "{}", step.message);
            let kinds: Vec<_> =
                stream.documents.iter().map(|document| document.root.get("kind").unwrap().as_str()).collect();
            assert_eq!(kinds, [Some("Deployment"), Some("Service")]);
            assert!(Template::decode(&stream.documents[0].root).findings().is_empty(), "{}", step.message);
        }
    }

    #[test]
    fn six_of_the_nine_make_a_revision() {
        let template = |step: &Step| {
            let stream = Stream::parse(text(step).as_bytes(), Dialect::Kubectl);
            Template::decode(&stream.documents[0].root).canonical()
        };
        let templates: Vec<_> = steps().iter().map(template).collect();
        let rolls: Vec<_> = templates.windows(2).map(|pair| pair[0] != pair[1]).collect();
        assert_eq!(rolls, [true, false, false, false, true, true, true, true]);
    }

    #[test]
    fn the_file_moves_once_and_the_revert_restores_it() {
        let steps = steps();
        let removed: Vec<_> =
            steps.iter().map(|step| step.files.iter().filter(|(_, text)| text.is_none()).count()).collect();
        assert_eq!(removed, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(text(&steps[6]), text(&steps[4]));
    }

    #[test]
    fn the_commits_are_the_same_everywhere() {
        let dir = tempfile::tempdir().unwrap();
        let repository = init(dir.path()).unwrap();
        let ids: Vec<_> = steps().iter().map(|step| step.commit(&repository).unwrap().to_string()).collect();
        // docs/architecture.md follows the second.
        assert!(ids[1].starts_with("8c4ba27"), "{ids:?}");
        assert_eq!(ids[8], "68e6bd1d1901a5dbd4eea92d2ecb4e66b5646c87");
    }
}
