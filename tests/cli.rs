//! The command line itself: help, usage errors, exit codes, set-up commands. Each test runs the binary.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary in a world of its own: no variables of the user's, and an empty home.
fn rollbook(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollbook"));
    command.args(arguments).env_clear().env("HOME", env!("CARGO_TARGET_TMPDIR")).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    rollbook(arguments).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn help_is_an_answer() {
    for arguments in [&["--help"][..], &["-h"], &["history", "--help"], &["hash", "-h"], &["--version"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(stdout(&output).contains("rollbook") && stderr(&output).is_empty(), "{arguments:?}");
    }
}

const COMMANDS: [&str; 6] = ["history", "show", "hash", "demo", "completions", "man"];

#[test]
fn help_fits_80_columns_and_names_every_command() {
    let help = run(&["-h"]);
    for command in COMMANDS {
        assert!(stdout(&help).contains(&format!("\n  {command}")), "{command}");
        let long = run(&[command, "--help"]);
        let too_long = stdout(&long).lines().find(|line| line.chars().count() > 80);
        assert_eq!(too_long, None, "{command}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    for (arguments, said) in [
        (&["histroy", "web"][..], "similar subcommands exist: 'list', 'history'"),
        (&["history"], "<TARGET>"),
        (&["history", "web", "--limit", "0"], "--limit"),
        (&["history", "web", "--since", "tomorrow"], "neither a time"),
        (&["history", "web", "--revision", "-1"], "revision must be a positive integer: -1"),
        (&["history", "web", "--revision", "1", "--all"], "cannot be used with"),
        (&["history", "deploymnt/web"], "did you mean `deployment`?"),
        (&["history", "web", "-o", "xml"], "xml"),
        (&["show"], "TARGET"),
        (&["show", "web", "-f", "web.yaml"], "cannot be used with"),
        (&["hash", "-f", "web.yaml", "--collision", "-1"], "--collision"),
        (&["hash", "-f", "web.yaml", "--dump", "--explain"], "cannot be used with"),
        (&["-q", "-v", "history", "web"], "cannot be used with"),
        (&["log", "--context", "prod"], "unexpected argument '--context'"),
        #[cfg(feature = "cluster")]
        (&["--context", "prod", "log"], "`--context` does nothing here: `rollbook log` asks no cluster"),
        #[cfg(feature = "cluster")]
        (
            &["list", "--context", "prod"],
            "`--context` does nothing here: `rollbook list` asks a cluster only with --live",
        ),
        #[cfg(feature = "cluster")]
        (&["status"], "<TARGET>"),
        #[cfg(feature = "cluster")]
        (&["status", "web", "--timeout", "5m"], "--watch"),
        #[cfg(feature = "cluster")]
        (&["status", "web", "-w", "--timeout", "soon"], "no time to wait: give it as 30s"),
        #[cfg(feature = "cluster")]
        (&["status", "web", "--kubeconfig", "/nowhere"], "cannot read the kubeconfig `/nowhere`: no such file"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("error: ") && stdout(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn no_arguments_show_the_help_and_end_with_2() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Usage: rollbook"));
}

#[test]
fn colours_are_only_where_wanted() {
    let error = |arguments: &[&str]| stderr(&run(arguments)).to_owned();
    assert!(!error(&["history", "deploymnt/web"]).contains('\x1b'));
    assert!(error(&["history", "deploymnt/web", "--color", "always"]).contains('\x1b'));
    let mut forced = rollbook(&["history", "deploymnt/web"]);
    forced.env("CLICOLOR_FORCE", "1");
    assert!(stderr(&forced.output().unwrap()).contains('\x1b'));
    forced.env("NO_COLOR", "1");
    assert!(!stderr(&forced.output().unwrap()).contains('\x1b'));
}

#[test]
fn an_escape_in_an_argument_is_not_let_out() {
    for arguments in [
        &["history", "x\x1b[31m/web"][..],
        &["x\x1b[31m"],
        &["history", "web", "-o", "x\x1b[31m"],
        &["history", "web", "--since", "x\x1b[31m"],
        &["history", "web", "--x\x1b[31m"],
        &["history", "x\x1b[31m", "y", "z"],
    ] {
        let output = run(arguments);
        let said = stderr(&output);
        assert!(said.contains("x\\x1b[31m") && !said.contains('\x1b'), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let coloured = run(&[arguments, &["--color=always"]].concat());
        assert!(!stderr(&coloured).contains("\x1b[31m/web") && !stderr(&coloured).contains("x\x1b"), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused_without_its_bytes() {
    use std::os::unix::ffi::OsStrExt;
    let mut command = rollbook(&["history"]);
    let output = command.arg(std::ffi::OsStr::from_bytes(b"x\xff\x1b[2J")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: ") && !stderr(&output).contains('\x1b'), "{}", stderr(&output));
}

#[test]
fn help_and_wrong_usage_have_colours_where_wanted() {
    for arguments in [&["--help"][..], &["histroy"], &["history", "web", "-o", "xml"]] {
        let styled = |more: &[&str]| {
            let output = run(&[more, arguments].concat());
            (stdout(&output).to_owned() + stderr(&output)).contains('\x1b')
        };
        assert!(!styled(&[]) && !styled(&["--color", "never"]), "{arguments:?}");
        assert!(styled(&["--color", "always"]) && styled(&["--color=always"]), "{arguments:?}");
    }
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        assert!(stdout(&output).contains("rollbook"), "{shell}");
    }
}

#[test]
fn man_writes_a_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    let output = run(&["man", pages.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for page in ["rollbook.1", "rollbook-history.1", "rollbook-hash.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
    assert!(stdout(&run(&["man"])).contains(".TH rollbook 1"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let output = run(&["man", "/dev/null/man1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot make the folder `/dev/null/man1`\n  cause: "));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [&["completions", "bash"][..], &["man"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output =
            rollbook(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn kubectl_finds_it_as_a_plugin() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = folder.path().join("kubectl-rollbook");
    std::os::unix::fs::symlink(Path::new(env!("CARGO_BIN_EXE_rollbook")), &plugin).unwrap();
    let output = Command::new(plugin).args(["history", "--help"]).output().unwrap();
    assert!(stdout(&output).contains("Usage: kubectl rollbook history"), "{}", stdout(&output));
}
