//! Ctrl-C, or a terminal that is closed, while a hook takes its time.

use super::laws::is_finished_by_the_same_undo;
use super::shop::{Scene, Shop, Stage};
use std::os::unix::process::CommandExt as _;
use std::process::Stdio;
use std::time::Duration;

#[test]
fn an_interrupt_takes_the_file_back_and_says_so() {
    for signal in [libc::SIGINT, libc::SIGHUP] {
        let shop = Shop::new(Scene::Plain);
        shop.restore();
        let started = shop.dir().with_file_name("started");
        shop.hook("#!/bin/sh\ntouch ../started\nexec sleep 60\n");
        let mut undo = shop.undo();
        undo.process_group(0).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = undo.spawn().unwrap();
        while !started.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        // As a terminal does: to all that run in it.
        let group = -libc::pid_t::try_from(child.id()).unwrap();
        // SAFETY: a number alone, and that of a group that was just made.
        assert_eq!(unsafe { libc::kill(group, signal) }, 0);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.starts_with("error: git made no commit, and the file is as it was\n  cause: it ended by signal: "),
            "{said}"
        );
        assert_eq!(shop.stage().unwrap(), Stage::Before);
        assert!(shop.is_clean() && shop.locks().is_empty() && shop.litter().is_empty());
        shop.hook("#!/bin/sh\n");
        is_finished_by_the_same_undo(&shop).unwrap();
    }
}
