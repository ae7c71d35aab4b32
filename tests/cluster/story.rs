//! The story that the articles on Deployments tell, from the first release to a canary: what git and the cluster say at each
//! step. Its screens are the snapshot of this test, one chapter below the other.

use serde_json::Value;

use crate::build::version;
use crate::fixture::Shop;
use crate::manifests::{deployment, image};

/// What is asked at each step.
const ASKED: [&[&str]; 4] = [&["status", "web"], &["history", "web", "--live"], &["list", "--live"], &["drift"]];

/// The shop, and what was told so far.
struct Story {
    shop: Shop,
    told: String,
}

impl Story {
    fn begin() -> Option<Story> {
        let shop = Shop::open()?;
        shop.world.set_committer();
        Some(Story { shop, told: String::new() })
    }

    fn chapter(&mut self, title: &str) {
        self.told += &format!("# {title}\n\n");
    }

    /// Commits a release: pods are replaced one by one, each when the one before it has been ready for some seconds.
    fn commit(&self, image: &str, seconds: u32, message: &str) {
        let strategy = "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";
        let manifest = deployment(image, 3, 600);
        let careful =
            manifest.replacen("  selector", &format!("  minReadySeconds: {seconds}\n  {strategy}\n  selector"), 1);
        self.shop.world.write("k8s/web.yaml", careful);
        self.shop.world.commit(message);
    }

    /// Runs rollbook an hour after the last commit, and tells what a user sees.
    fn run(&mut self, args: &[&str], exit: i32) {
        let shop = &self.shop;
        let last: u64 = shop.world.git(&["log", "-1", "--format=%ct"]).trim().parse().unwrap();
        let date = format!("{} +0000", last + 3_600);
        let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
        let variables = [("KUBECONFIG", &*kubeconfig), ("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)];
        let run = shop.world.rollbook_with(&variables, &[args, &["-n", &shop.namespace]].concat());
        assert_eq!(run.code, exit, "{args:?}\n{}{}", run.stdout, run.stderr);
        // Then there is a ReplicaSet of each name that is told.
        shop.wait_for_controller("Deployment", "web");
        self.told += &format!("{}\n", self.settled(&run.screen(args)));
    }

    /// Waits until the rollout has ended.
    fn wait(&self, exit: i32) {
        let run = self.shop.rollbook(&["status", "web", "--watch", "--timeout", "60s"]);
        assert_eq!(run.code, exit, "{}{}", run.stdout, run.stderr);
    }

    /// Waits until a pod has failed, and the rollout with it: the deadline is as short as can be then, and is as before
    /// afterwards.
    fn fail(&self) {
        self.shop.wait_for_event("Unhealthy");
        // It has to be longer than pods have to be ready.
        self.shop.set_deadline(4);
        self.wait(1);
        self.shop.set_deadline(600);
        self.shop.wait_for_controller("Deployment", "web");
    }

    /// Tells how git and the cluster are, and holds it against kubectl. Git and the cluster say the same at each step, though
    /// the rollout may not be complete.
    fn look(&mut self, exit: i32, causes: &[(u32, &str)]) {
        ASKED.iter().zip([exit, 0, 0, 0]).for_each(|(args, exit)| self.run(args, exit));
        let Some(status) = self.shop.kubectl(&["rollout", "status", "deployment/web", "--watch=false"]) else { return };
        for line in status.stdout.lines().chain(status.stderr.lines()) {
            assert!(self.told.contains(&format!("\n{line}\n")), "{line}");
        }
        let history = self.shop.kubectl(&["rollout", "history", "deployment/web"]).unwrap();
        let rows = history.stdout.lines().skip(2).filter_map(|row| row.split_once(char::is_whitespace));
        let rows: Vec<_> = rows.map(|(number, cause)| (number.parse().unwrap(), cause.trim())).collect();
        assert_eq!(rows, causes, "{}", history.stderr);
    }

    /// The images of the pods that are ready.
    fn serving(&self) -> Vec<String> {
        let pods = self.shop.plane.api.get(&format!("/api/v1/namespaces/{}/pods", self.shop.namespace));
        let is_ready = |pod: &&Value| pod["status"]["containerStatuses"][0]["ready"] == true;
        let images = pods["items"].as_array().unwrap().iter().filter(is_ready);
        let mut images: Vec<String> =
            images.map(|pod| pod["spec"]["containers"][0]["image"].as_str().unwrap().to_owned()).collect();
        images.sort();
        images
    }

    /// A screen in which ReplicaSets are named by the images that they run, and commits by their place in the history: the
    /// hashes differ from version to version, and commits of an undo tell of them. Columns are as wide as they have to be.
    fn settled(&self, screen: &str) -> String {
        let mut screen = screen.replace(&self.shop.namespace, "[namespace]");
        for set in self.shop.list("replicasets") {
            let hash = set["metadata"]["labels"]["pod-template-hash"].as_str().unwrap();
            screen = screen.replace(hash, &format!("[{}]", image(&set)));
        }
        for (at, commit) in self.shop.world.git(&["log", "--reverse", "--format=%h"]).lines().enumerate() {
            screen = screen.replace(commit, &format!("[commit {}]", at + 1));
        }
        let version = format!("({})", version());
        screen.lines().map(|line| narrow(&line.replace(&version, "(version)")) + "\n").collect()
    }
}

/// A line with two spaces between its columns, and without the end of a pod's name.
fn narrow(line: &str) -> String {
    let columns = line.split("  ").map(str::trim).filter(|column| !column.is_empty());
    let is_pod = |column: &str| column.starts_with("web-[") && column.contains("]-");
    let column = |column: &str| match (is_pod(column), column.split_once("]-"), column.split_once(": ")) {
        (true, Some((set, _)), Some((_, why))) => format!("{set}]-[pod]: {why}"),
        _ => column.to_owned(),
    };
    columns.map(column).collect::<Vec<_>>().join("  ")
}

#[test]
fn the_story_of_the_articles() {
    let Some(mut story) = Story::begin() else { return };

    story.chapter("The first release");
    story.commit("web:1", 2, "web: first release");
    story.run(&["apply", "web"], 0);
    story.wait(0);
    story.look(0, &[(1, "web: first release")]);

    story.chapter("The second, with a cause of its own");
    story.commit("web:2", 2, "web: search by category\n\nChange-Cause: customers look for shoes");
    story.run(&["apply", "web"], 0);
    story.wait(0);
    story.look(0, &[(1, "web: first release"), (2, "customers look for shoes")]);

    story.chapter("Pods of the third get ready, and fail at once: none takes the place of another");
    story.commit("web:flaky", 3, "web: faster checkout");
    story.run(&["apply", "web"], 0);
    story.fail();
    assert_eq!(story.serving(), ["web:2", "web:2", "web:2"]);
    story.look(1, &[(1, "web: first release"), (2, "customers look for shoes"), (3, "web: faster checkout")]);

    story.chapter("Back to the second, in git and on the cluster");
    story.run(&["undo", "web", "--apply", "-m", "3 does not stay ready"], 0);
    story.wait(0);
    story.look(0, &[(1, "web: first release"), (3, "web: faster checkout"), (4, "3 does not stay ready")]);

    story.chapter("Back to the first");
    story.run(&["undo", "web", "--to-revision=1", "--apply"], 0);
    story.wait(0);
    let back = "rollback to revision 1: web: first release";
    story.look(0, &[(3, "web: faster checkout"), (4, "3 does not stay ready"), (5, back)]);

    story.chapter("A pod of the fourth serves beside the old ones, as a canary");
    story.commit("web:4", 6, "web: faster checkout, mended");
    story.run(&["apply", "web"], 0);
    // A controller that is paused before it has seen the change makes no pod of it.
    story.shop.wait_for_pod(|pod| pod["spec"]["containers"][0]["image"] == "web:4");
    story.run(&["pause", "web"], 0);
    story.shop.wait("Deployment", "web", |web| web["status"]["availableReplicas"] == 4);
    assert_eq!(story.serving(), ["web:1", "web:1", "web:1", "web:4"]);
    let (third, fourth, last) =
        ((3, "web: faster checkout"), (4, "3 does not stay ready"), (6, "web: faster checkout, mended"));
    story.look(1, &[third, fourth, (5, back), last]);

    story.chapter("It does well: the others follow");
    story.run(&["resume", "web"], 0);
    story.wait(0);
    assert_eq!(story.serving(), ["web:4", "web:4", "web:4"]);
    story.look(0, &[third, fourth, (5, back), last]);
    insta::assert_snapshot!(story.told);
}
