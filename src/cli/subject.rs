//! A workload whose name is asked for: its names, and what is to be said of it.

use super::context::Context;
use super::failure::Result;
use super::input::Input;
use super::settings::{Settings, Settled};
use crate::kubernetes::{Kind, Version};
use crate::manifest::{Identity, Object};
use crate::output::{Diagnostic, HashItem, NameOf, Note, ObjectName, Severity, Unreadable};
use crate::revision::{Unnamed, name};
use crate::snapshot::Role;
use crate::template::{Controller, Finding, Name, Problem, Refusal, Template, View, refusals};
use crate::text::Untrusted;
use crate::yaml::Span;
use std::collections::HashSet;
use std::rc::Rc;

/// One workload.
pub(super) struct Subject {
    pub identity: Identity,
    pub path: Untrusted,
    /// As it is written: that of a new object.
    pub template: Template,
    /// As it runs where it was applied over what came before, if that is another.
    pub live: Option<Template>,
    pub role: Role,
    pub settings: Settings,
    /// Where a finding stands, and what the file shows there.
    pub input: Option<Rc<Input>>,
    /// Which of the file's objects it is: several can have one identity.
    pub position: usize,
}

impl Subject {
    /// What a finding is, with its line and column where the file is at hand.
    fn unreadable(&self, finding: &Finding) -> Unreadable {
        match &self.input {
            Some(input) => input.unreadable(finding.span, finding.to_string()),
            None => Unreadable { message: finding.to_string().into(), line: None, column: None },
        }
    }

    /// Says what the API server of the versions cannot decode, would refuse, or drops: the first of many.
    pub fn remarks(&self, context: &mut Context, versions: &[Version]) -> Result<()> {
        const MOST: usize = 20;
        let verbose = context.globals.verbose;
        let findings: Vec<&Finding> =
            self.template.findings().iter().filter(|f| self.is_told(f, versions, verbose)).collect();
        let refusals = self.refusals(versions);
        let count = findings.len() + refusals.len();
        let findings = findings.into_iter().map(|finding| self.remark(finding, versions));
        for (is_error, diagnostic) in findings.chain(refusals.iter().map(|refusal| self.refused(refusal))).take(MOST) {
            if is_error { context.report(&diagnostic)? } else { context.warn(&diagnostic)? }
        }
        match count.saturating_sub(MOST) {
            0 => Ok(()),
            more => context.warn(&Diagnostic::new(Severity::Note, format!("and {more} more of {}", self.shown_name()))),
        }
    }

    /// That some of the versions do not take the object as it is written, though one of the same template has the name.
    pub fn not_served(&self, versions: &[Version]) -> Option<Note> {
        let api_version = self.identity.api_version.as_str();
        let served = Kind::of(&self.identity.kind)?.served(api_version)?;
        let taken: Vec<Version> = Version::all().filter(|&version| served.has(version)).collect();
        let (first, last) = (taken.first()?, taken.last()?);
        let range = if *last == Version::NEWEST { "on".into() } else { format!("to {last}") };
        let text = format!(
            "only Kubernetes from {first} {range} takes `{api_version}`: other names are of the same template under an \
             `apiVersion` of their time"
        );
        versions.iter().any(|&version| !served.has(version)).then(|| Note::on(self.path.clone(), text))
    }

    /// A finding in words, and whether it is an error.
    pub fn remark(&self, finding: &Finding, versions: &[Version]) -> (bool, Diagnostic) {
        let error = versions.iter().find(|&&version| finding.is_error(version));
        let dropped =
            versions.iter().find_map(|&version| Some((version, finding.dropped_by(self.settings.server_at(version))?)));
        let diagnostic = match (error, dropped) {
            (Some(version), _) => {
                Diagnostic::error(format!("{} has no name in Kubernetes {version}: {finding}", self.shown_name()))
            }
            (None, Some((version, why))) => {
                Diagnostic::new(Severity::Note, format!("Kubernetes {version} drops `{}`: {why}", finding.path))
            }
            (None, None) => Diagnostic::warning(format!("{finding}: the API server drops it")),
        };
        (error.is_some(), self.placed(diagnostic, finding.span))
    }

    /// What would be refused, each thing once, with the first version that does.
    fn refusals(&self, versions: &[Version]) -> Vec<(Version, Refusal)> {
        let Some(object) = self.input.as_ref().and_then(|input| input.objects.get(self.position)).map(Object::node)
        else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let all = versions.iter().flat_map(|&v| {
            refusals(object, &self.template, self.settings.server_at(v)).into_iter().map(move |r| (v, r))
        });
        all.filter(|(_, refusal)| seen.insert(refusal.clone())).collect()
    }

    fn refused(&self, (version, refusal): &(Version, Refusal)) -> (bool, Diagnostic) {
        let warning = Diagnostic::warning(format!("Kubernetes {version} would refuse it: {refusal}"));
        (false, self.placed(warning, refusal.span))
    }

    /// The version that its name is asked for.
    pub fn version(&self) -> Version {
        self.settings.version.version
    }

    /// Where it stands, and the version there.
    pub fn settled(&self) -> (&Untrusted, Settled) {
        (&self.path, self.settings.version)
    }

    pub fn shown_name(&self) -> String {
        ObjectName::from(&self.identity).qualified().as_str().to_owned()
    }

    fn placed(&self, diagnostic: Diagnostic, at: Span) -> Diagnostic {
        match &self.input {
            Some(input) => diagnostic.at(input.excerpt(at)),
            None => diagnostic,
        }
    }

    fn is_deployment(&self) -> bool {
        self.controller() == Some(Controller::Deployment)
    }

    pub fn controller(&self) -> Option<Controller> {
        Kind::of(&self.identity.kind).and_then(Controller::of)
    }

    /// The template that runs, as its server sees it.
    pub fn view(&self) -> View<'_> {
        self.live.as_ref().unwrap_or(&self.template).view(self.settings.server())
    }

    pub fn named(&self, version: Version, collision: Option<i32>) -> std::result::Result<Name, Unnamed> {
        name(
            &self.identity,
            self.live.as_ref().unwrap_or(&self.template),
            &self.role,
            self.settings.server_at(version),
            collision,
        )
    }

    /// Why there is no name, where that has nothing to do with what is written.
    pub fn unnamed(&self, version: Version) -> Option<Unnamed> {
        self.named(version, None).err().filter(|unnamed| !matches!(unnamed, Unnamed::Undecodable(_)))
    }

    /// The hash of a new object, where that is another.
    fn as_new(&self, named: &Name, version: Version, collision: Option<i32>) -> Option<String> {
        self.live.as_ref()?;
        let new = name(&self.identity, &self.template, &self.role, self.settings.server_at(version), collision).ok()?;
        (new.hash != named.hash).then(|| new.hash.to_string())
    }

    pub fn item(&self, version: Version, collision: Option<i32>) -> HashItem {
        let named = self.named(version, collision).ok();
        HashItem {
            object: ObjectName::from(&self.identity),
            path: self.path.clone(),
            kube_version: version.to_string(),
            collision,
            hash: named.as_ref().map(|named| named.hash.to_string()),
            as_new: named.as_ref().and_then(|named| self.as_new(named, version, collision)),
            name: named.map(|named| named.name.into()),
            name_of: if self.is_deployment() { NameOf::ReplicaSet } else { NameOf::ControllerRevision },
            exact: self.role == Role::Plain,
            error: self.template.view(version).errors().next().map(|finding| self.unreadable(finding)),
        }
    }

    /// Whether people want to know of a finding: what a version drops only if they asked for more.
    fn is_told(&self, finding: &Finding, versions: &[Version], verbose: bool) -> bool {
        let is_dropped = |version| finding.dropped_by(self.settings.server_at(version)).is_some();
        matches!(finding.problem, Problem::UnknownField { .. })
            || versions.iter().any(|&v| finding.is_error(v) || (verbose && is_dropped(v)))
    }
}
