//! What a controller does when the template of its object is replaced: its own equality, which is neither that of names
//! nor that of revision numbers.

use super::controller::Controller;
use super::finding::Finding;
use super::view::View;

/// What a controller makes of a new template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Nothing: the ReplicaSet or ControllerRevision of the old template stays, under its old name.
    Nothing,
    /// A ControllerRevision, while the pods stay as they are.
    Recorded,
    /// A ReplicaSet or ControllerRevision, and new pods.
    Rolled,
}

impl Update {
    /// Whether what the controller made for the old template stays in use, and so its name.
    pub fn keeps_name(self) -> bool {
        self == Update::Nothing
    }

    /// Whether pods are replaced.
    pub fn replaces_pods(self) -> bool {
        self == Update::Rolled
    }
}

impl Controller {
    /// What the controller does where `new` replaces `old` as a whole, as a PUT does. Where a manifest is applied over
    /// an older one, some defaults stay: [`Live`](super::Live) gives the template that comes of it.
    ///
    /// ```
    /// use rollbook::template::{Controller, Template, Update};
    /// use rollbook::yaml::{Dialect, Stream};
    /// let template = |cpu: &str| {
    ///     let text = format!("spec: {{template: {{spec: {{overhead: {{cpu: '{cpu}'}}}}}}}}");
    ///     Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
    /// };
    /// let (old, new) = (template("1e3"), template("1k"));
    /// let version: rollbook::kubernetes::Version = "1.36".parse().unwrap();
    /// let update = |controller: Controller| controller.update(old.view(version), new.view(version)).unwrap();
    /// assert_eq!(update(Controller::Deployment), Update::Nothing); // it compares amounts
    /// assert_eq!(update(Controller::StatefulSet), Update::Rolled); // it compares bytes
    /// assert_eq!(update(Controller::DaemonSet), Update::Recorded); // it compares both
    /// ```
    ///
    /// # Errors
    /// The first finding that keeps the API server from decoding one of the two.
    pub fn update<'t>(self, old: View<'t>, new: View<'t>) -> Result<Update, &'t Finding> {
        // Each version has images, and each controller looks at them.
        if old.images()? != new.images()? {
            return Ok(Update::Rolled);
        }
        let changed = match self {
            Controller::Deployment => old.semantic_without_hash()? != new.semantic_without_hash()?,
            Controller::DaemonSet | Controller::StatefulSet => old.patch()? != new.patch()?,
        };
        Ok(match self {
            _ if !changed => Update::Nothing,
            Controller::DaemonSet if old.semantic()? == new.semantic()? => Update::Recorded,
            _ => Update::Rolled,
        })
    }
}
