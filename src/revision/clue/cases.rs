use super::*;

fn identity(object: &str) -> Identity {
    let (kind, name) = object.split_once('/').unwrap();
    Identity { api_version: String::new(), kind: kind.to_owned(), namespace: None, name: name.to_owned() }
}

/// How a name fits a workload whose revision has the hash 6c5f67b5f7.
fn by(name: &str, object: &str) -> Option<By> {
    let (clue, identity) = (Clue::name(name).unwrap(), identity(object));
    let controller = Kind::of(&identity.kind).and_then(Controller::of)?;
    let hash = Hash::readings("6c5f67b5f7").next().unwrap();
    let by = clue.by(controller, &identity.name, hash, Version::NEWEST);
    assert!(by.is_none() || clue.fits(&identity), "{name} of {object}");
    by
}

#[test]
fn a_name_is_read_in_every_way_that_it_can_be_made() {
    for (name, object, expected) in [
        ("6c5f67b5f7", "Deployment/web", Some(By::Hash)),
        ("6c5f67b5f8", "Deployment/web", None),
        ("web-6c5f67b5f7", "Deployment/web", Some(By::Name)),
        ("rs/web-6c5f67b5f7", "Deployment/web", Some(By::Name)),
        ("replicaset.apps/web-6c5f67b5f7", "Deployment/web", Some(By::Name)),
        ("web-6c5f67b5f7-x7k2p", "Deployment/web", Some(By::Name)),
        ("web-6c5f67b5f7-x7k2", "Deployment/web", None),
        ("web-api-6c5f67b5f7", "Deployment/web", None),
        ("web-api-6c5f67b5f7", "Deployment/web-api", Some(By::Name)),
        ("web-6c5f67b5f7-6c5f67b5f7", "Deployment/web-6c5f67b5f7", Some(By::Name)),
        ("web-6c5f67b5f7", "StatefulSet/web", Some(By::Name)),
        ("web-6c5f67b5f7", "DaemonSet/web", Some(By::Name)),
        ("web-6c5f67b5f7-x7k2p", "DaemonSet/web", None),
        ("web-6c5f67b5f7-x7k2p", "StatefulSet/web", None),
        ("web-6c5f67b5f7", "Job/web", None),
    ] {
        assert_eq!(by(name, object), expected, "{name} of {object}");
    }
}

#[test]
fn what_the_api_server_cut_is_matched_by_what_is_left() {
    let pod = |length: usize| {
        let name = format!("{}-6c5f67b5f7-", "l".repeat(length));
        (format!("{}x7k2p", name.get(..CUT).unwrap_or(&name)), format!("Deployment/{}", "l".repeat(length)))
    };
    for (length, expected) in [
        (46, Some(By::Name)),
        (47, Some(By::Name)),
        (48, Some(By::Prefix)),
        (56, Some(By::Prefix)),
        (57, None),
        (80, None),
    ] {
        let (name, object) = pod(length);
        assert_eq!(by(&name, &object), expected, "{name}");
        assert_eq!(Clue::name(&name).unwrap().belongs(&identity(&object)), length >= 57, "{name}");
    }
}

#[test]
fn a_pods_name_without_a_hash_tells_its_workload() {
    for (name, object, expected) in [
        ("agent-x7k2p", "DaemonSet/agent", true),
        ("agent-bcdf4", "DaemonSet/agent", true),
        ("agent-x7k2", "DaemonSet/agent", false),
        ("agent-x7k2p", "Deployment/agent", false),
        ("agent-x7k2p", "ReplicaSet/agent", true),
        ("agent-x7k2p", "Job/agent", true),
        ("db-0", "StatefulSet/db", true),
        ("db-12", "StatefulSet/db", true),
        ("db-x", "StatefulSet/db", false),
        ("db-", "StatefulSet/db", false),
        ("db-0", "StatefulSet/d", false),
        ("clean-28123456-x7k2p", "CronJob/clean", true),
        ("clean-x7k2p", "CronJob/clean", false),
        ("settings-x7k2p", "ConfigMap/settings", false),
    ] {
        assert_eq!(Clue::name(name).unwrap().belongs(&identity(object)), expected, "{name} of {object}");
    }
}

#[test]
fn the_random_end_of_a_daemon_sets_pod_is_no_hash() {
    for (random, count) in [("bcdf4", 1), ("56784", 2)] {
        assert_eq!(Hash::readings(random).count(), count);
        let clue = Clue::name(&format!("agent-{random}")).unwrap();
        for hash in Hash::readings(random) {
            assert_eq!(clue.by(Controller::DaemonSet, "agent", hash, Version::NEWEST), None);
            assert_eq!(clue.by(Controller::Deployment, "agent", hash, Version::NEWEST), Some(By::Name));
        }
    }
}

#[test]
fn what_no_object_can_be_called_is_refused() {
    let long = "a".repeat(254);
    for name in ["", "pod/", "Web", "a b", "a;b", "web-\u{1b}[2J", long.as_str()] {
        assert!(Clue::name(name).is_none(), "{name}");
    }
}

#[test]
fn a_stateful_set_with_a_very_long_name_has_cut_revisions() {
    let name = "s".repeat(240);
    let revision = format!("{}-6c5f67b5f7", &name[..223]);
    assert_eq!(by(&revision, &format!("StatefulSet/{name}")), Some(By::Name));
    assert_eq!(by(&revision, &format!("DaemonSet/{name}")), None);
}
