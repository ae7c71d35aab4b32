//! Objects as they change: what is there, told anew each time that something is different.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use futures::stream::{BoxStream, SelectAll, select_all};
use futures::{FutureExt, StreamExt};
use kube::Api;
use kube::core::DynamicObject;
use kube::runtime::WatchStreamExt;
use kube::runtime::utils::Backoff;
use kube::runtime::watcher::{self, Event, watcher};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::client::Cluster;
use super::error::Error;
use super::refusal::Refusal;
use super::request::{List, Verb};
use super::retry;

/// The objects of a list that is watched, by namespace and name.
pub type Objects = BTreeMap<(String, String), Value>;

/// How long it may be that nothing can be heard of a list: an API server that restarts is back by then.
const PATIENCE: Duration = Duration::from_secs(60);
/// A connection that lasted so long was heard, though nothing changed: attempts that fail follow one another faster.
const HEARD: Duration = Duration::from_secs(10);

impl Cluster {
    /// Watches lists until `see` breaks, which gets all that is there: at first, after each change, and where it asks for
    /// that, after a time without one. A connection that is cut, a server that restarts and a state that it forgot are waited
    /// for, and cost no change. None where the time is over before.
    ///
    /// # Errors
    /// A right is missing, the server does not serve a list, or cannot be heard for a minute.
    pub fn watch<T>(
        &self,
        lists: &[List],
        within: Option<Duration>,
        mut see: impl FnMut(&[Objects]) -> ControlFlow<T, Option<Duration>>,
    ) -> Result<Option<T>, Error> {
        self.runtime.block_on(async {
            let end = within.map(|within| Instant::now() + within);
            let mut changes = select_all(lists.iter().enumerate().map(|(at, list)| self.changes(at, list)));
            let mut watched: Vec<Watched> = lists.iter().map(|_| Watched::default()).collect();
            let mut again: Option<Instant> = None;
            loop {
                // The head of an answer may take as long as its body.
                let slow = |(at, of): (usize, &Watched)| Some((of.asked? + self.timeout()? * 2, at));
                let slow = watched.iter().enumerate().filter_map(slow).min();
                let until = end.into_iter().chain(slow.map(|(late, _)| late)).chain(again).min();
                let first = match (next(&mut changes, until).await, slow) {
                    (Some(first), _) => Some(first),
                    (None, _) if again.is_some() && again == until => {
                        again = None;
                        None
                    }
                    // A list that stays unfinished.
                    (None, Some((late, at))) if end.is_none_or(|end| late < end) => {
                        return Err(self.error(Refusal::Late, &lists[at].ask(Verb::List), None));
                    }
                    (None, _) => return Ok(None),
                };
                // What has come together is seen together.
                let more = std::iter::from_fn(|| changes.next().now_or_never().flatten());
                let is_due = first.is_none();
                for (at, change) in first.into_iter().chain(more) {
                    match change {
                        Ok(event) => watched[at].take(event),
                        Err(error) => self.bear(&mut watched[at], &lists[at], &error)?,
                    }
                }
                if watched.iter().all(|of| of.whole) && (is_due || watched.iter().any(|of| of.new)) {
                    let objects: Vec<Objects> = watched.iter().map(|of| of.objects.clone()).collect();
                    watched.iter_mut().for_each(|of| of.new = false);
                    match see(&objects) {
                        ControlFlow::Break(answer) => return Ok(Some(answer)),
                        ControlFlow::Continue(pause) => again = pause.map(|pause| Instant::now() + pause),
                    }
                }
            }
        })
    }

    fn changes(&self, at: usize, list: &List) -> BoxStream<'static, (usize, watcher::Result<Event<DynamicObject>>)> {
        let kind = list.resource.for_kube();
        let api: Api<DynamicObject> = match list.namespace.as_deref().filter(|_| list.resource.namespaced) {
            Some(namespace) => Api::namespaced_with(self.client.clone(), namespace, &kind),
            None => Api::all_with(self.client.clone(), &kind),
        };
        let mut config = watcher::Config::default();
        config.label_selector.clone_from(&list.labels);
        config.field_selector.clone_from(&list.fields);
        watcher(api, config).backoff(Pauses::default()).map(move |change| (at, change)).boxed()
    }

    /// Takes an error for a pause, unless it stays.
    fn bear(&self, watched: &mut Watched, list: &List, error: &watcher::Error) -> Result<(), Error> {
        let (verb, refusal) = match error {
            watcher::Error::InitialListFailed(error) => (Verb::List, Refusal::of(error)),
            watcher::Error::WatchStartFailed(error) | watcher::Error::WatchFailed(error) => {
                (Verb::Watch, Refusal::of(error))
            }
            watcher::Error::WatchError(status) => (Verb::Watch, Refusal::of(&kube::Error::Api(status.clone()))),
            watcher::Error::NoResourceVersion => return Ok(()),
        };
        watched.asked = None;
        let was_open = matches!(error, watcher::Error::WatchFailed(_) | watcher::Error::WatchError(_));
        let silent = watched.silence.since(Instant::now(), was_open);
        let may_pass = match refusal {
            // A server that restarts may take a request and not answer it.
            Refusal::Late => watched.whole,
            _ if refusal.is_gone() => true,
            _ => refusal.attempt().is_some_and(|attempt| retry::may_pass(attempt, self.was_reached() || watched.whole)),
        };
        if may_pass && silent < PATIENCE {
            return Ok(());
        }
        Err(self.error(refusal, &list.ask(verb), None))
    }
}

async fn next<S>(changes: &mut SelectAll<S>, end: Option<Instant>) -> Option<S::Item>
where
    S: futures::Stream + Unpin,
{
    match end {
        Some(end) => timeout_at(end, changes.next()).await.ok().flatten(),
        None => changes.next().await,
    }
}

/// A list as far as it is known.
#[derive(Default)]
struct Watched {
    objects: Objects,
    /// Those of a list that is read anew.
    coming: Objects,
    /// Whether all of it has been read once.
    whole: bool,
    new: bool,
    /// Since when the next part of a list is waited for.
    asked: Option<Instant>,
    silence: Silence,
}

/// That nothing but errors came.
#[derive(Default)]
struct Silence {
    /// The first error, and the last.
    errors: Option<(Instant, Instant)>,
}

impl Silence {
    /// How long there has been nothing but errors, of which this is one: of a connection that `was_open`, or of one that did
    /// not come about.
    fn since(&mut self, now: Instant, was_open: bool) -> Duration {
        let errors = self.errors.filter(|(_, last)| !was_open || now - *last < HEARD);
        let first = errors.map_or(now, |(first, _)| first);
        self.errors = Some((first, now));
        now - first
    }
}

impl Watched {
    fn take(&mut self, event: Event<DynamicObject>) {
        // That a list is about to be read is nothing that was heard.
        if !matches!(event, Event::Init) {
            self.silence = Silence::default();
        }
        self.asked = matches!(event, Event::Init | Event::InitApply(_)).then(Instant::now);
        match event {
            Event::Init => self.coming.clear(),
            Event::InitApply(object) => drop(self.coming.insert(key(&object), value(&object))),
            Event::InitDone => {
                let coming = std::mem::take(&mut self.coming);
                self.new |= !self.whole || coming != self.objects;
                (self.objects, self.whole) = (coming, true);
            }
            Event::Apply(object) => {
                self.objects.insert(key(&object), value(&object));
                self.new = true;
            }
            Event::Delete(object) => self.new |= self.objects.remove(&key(&object)).is_some(),
        }
    }
}

fn key(object: &DynamicObject) -> (String, String) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    (text(&object.metadata.namespace), text(&object.metadata.name))
}

fn value(object: &DynamicObject) -> Value {
    serde_json::to_value(object).expect("it was made of JSON")
}

/// The pauses between attempts, as for other requests.
#[derive(Default)]
struct Pauses {
    made: u32,
    last: Option<Instant>,
}

impl Iterator for Pauses {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        if self.last.is_none_or(|last| last.elapsed() > HEARD) {
            self.made = 0;
        }
        self.last = Some(Instant::now());
        self.made += 1;
        Some(retry::pause(self.made - 1))
    }
}

impl Backoff for Pauses {
    /// Kube calls this where a list is about to be read too, which may fail again and again.
    fn reset(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_lasted_ends_the_silence() {
        let (began, mut silence) = (Instant::now(), Silence::default());
        let mut after =
            |seconds: u64, was_open| silence.since(began + Duration::from_secs(seconds), was_open).as_secs();
        // It is cut, and does not come about for a while.
        assert_eq!([after(0, true), after(3, false), after(40, false)], [0, 3, 40]);
        // Then it does, and a balancer cuts it each minute, since nothing changes.
        assert_eq!([after(100, true), after(160, true), after(220, true)], [0, 0, 0]);
        // One that is cut as soon as it comes about is not heard.
        assert_eq!([after(223, true), after(226, true)], [3, 6]);
    }
}
