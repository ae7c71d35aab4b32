//! A program, and all that it starts, under the eyes of a judge. Before each call that may change a disk the kernel stops the
//! process that makes it and asks (`seccomp_unotify(2)`); the judge lets it pass, lets it fail, or ends the process. Nothing
//! gets by: not what calls the kernel without the C library, nor what git starts.

use super::calls::{self, HARMLESS, OLD_HARMLESS, Operand};
use libc::{c_int, c_long, c_void, sock_filter};
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::os::unix::fs::FileExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::mpsc;

/// A call that may change a disk.
#[derive(Clone, Debug)]
pub struct Call {
    /// The program that makes it: `git`.
    pub program: String,
    /// `openat`
    pub name: String,
    /// The file that it works on.
    pub path: PathBuf,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// It gives this error and does nothing.
    Fail(c_int),
    /// Its process is killed before it.
    Kill,
    /// All processes are.
    KillAll,
}

/// A run that has ended.
pub struct Watched {
    pub calls: Vec<Call>,
    pub output: Output,
}

/// Runs a program until it and all that it started have ended.
///
/// # Errors
/// A kernel that cannot do this, or does not let us.
pub fn watch(mut command: Command, mut judge: impl FnMut(&Call) -> Verdict) -> io::Result<Watched> {
    let (send, receive) = mpsc::channel();
    command.process_group(0);
    std::thread::scope(|scope| {
        // The filter is this thread's, and so that of all that it starts.
        let run = scope.spawn(move || {
            let listener = install();
            let is_installed = listener.is_ok();
            send.send(listener).expect("the other end waits");
            is_installed.then(|| command.output())
        });
        let listener = receive.recv().expect("the thread sends one")?;
        let mut calls = Vec::new();
        while let Some(notice) = next(&listener)? {
            let call = Call::of(&notice);
            let verdict = call.as_ref().map_or(Verdict::Pass, &mut judge);
            calls.extend(call);
            execute(&listener, &notice, verdict);
        }
        let output = run.join().expect("it does not panic").expect("the filter is installed")?;
        Ok(Watched { calls, output })
    })
}

impl Call {
    /// None where it works on no file: on a pipe, or a device.
    fn of(notice: &libc::seccomp_notif) -> Option<Self> {
        let (name, operand) = calls::of(c_long::from(notice.data.nr));
        let process = PathBuf::from(format!("/proc/{}", notice.pid));
        let argument = |at: usize| notice.data.args[at];
        let open = |at: usize| match argument(at) as c_int {
            libc::AT_FDCWD => fs::read_link(process.join("cwd")),
            number => fs::read_link(process.join(format!("fd/{number}"))),
        };
        let named = |at| text_at(&process, argument(at)).unwrap_or_default();
        let path = match operand {
            Operand::Path(at) => fs::read_link(process.join("cwd")).unwrap_or_default().join(named(at)),
            Operand::At(at) => open(at - 1).unwrap_or_default().join(named(at)),
            Operand::Open(at) => open(at).unwrap_or_default(),
            Operand::Unknown => PathBuf::from("/?"),
        };
        let program = fs::read_to_string(process.join("comm")).unwrap_or_default().trim_end().to_owned();
        (path.is_absolute() && !path.starts_with("/dev")).then_some(Self { program, name, path })
    }

    pub fn writes(&self) -> bool {
        self.name.contains("write") || ["sendfile", "copy_file_range", "splice", "fallocate"].contains(&&*self.name)
    }

    pub fn syncs(&self) -> bool {
        self.name.contains("sync")
    }
}

/// A path in the memory of a process.
fn text_at(process: &Path, address: u64) -> io::Result<PathBuf> {
    let mut bytes = [0; libc::PATH_MAX as usize];
    let length = File::open(process.join("mem"))?.read_at(&mut bytes, address)?;
    let text = bytes[..length].split(|byte| *byte == 0).next().unwrap_or_default();
    Ok(PathBuf::from(String::from_utf8_lossy(text).into_owned()))
}

/// Puts the filter on this thread, and gives the end at which the kernel asks.
fn install() -> io::Result<OwnedFd> {
    let mut filter = filter();
    let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_mut_ptr() };
    // SAFETY: the program is of that length and is read while the call lasts; the descriptor that it gives is ours alone.
    unsafe {
        if libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 {
            return Err(io::Error::last_os_error());
        }
        let (mode, flags) = (libc::SECCOMP_SET_MODE_FILTER, libc::SECCOMP_FILTER_FLAG_NEW_LISTENER);
        match libc::syscall(libc::SYS_seccomp, mode, flags, &raw const program) {
            -1 => Err(io::Error::last_os_error()),
            listener => Ok(OwnedFd::from_raw_fd(listener as c_int)),
        }
    }
}

/// The kernel's rule: harmless calls pass, and so do those that cannot write with what they are given.
fn filter() -> Vec<sock_filter> {
    let step = |code: u32, k: u32| sock_filter { code: code as u16, jt: 0, jf: 0, k };
    let test =
        |code: u32, k: u32, jt: u8, jf: u8| sock_filter { jt, jf, ..step(libc::BPF_JMP | code | libc::BPF_K, k) };
    let load = |offset: u32| step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, offset);
    let argument = |at: u32| load(16 + 8 * at);
    let pass = step(libc::BPF_RET, libc::SECCOMP_RET_ALLOW);
    let ask = step(libc::BPF_RET, libc::SECCOMP_RET_USER_NOTIF);
    let is = |call: c_long, steps: u8| test(libc::BPF_JEQ, call as u32, 0, steps);
    let mut program = vec![load(0)];
    for call in HARMLESS.iter().chain(OLD_HARMLESS) {
        program.extend([is(*call, 1), pass]);
    }
    let writes = (libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC) as u32;
    let opens = |call, flags| [is(call, 4), argument(flags), test(libc::BPF_JSET, writes, 1, 0), pass, ask];
    program.extend(opens(libc::SYS_openat, 2));
    #[cfg(target_arch = "x86_64")]
    program.extend(opens(libc::SYS_open, 1));
    let (shared, writable) = (libc::MAP_SHARED as u32, libc::PROT_WRITE as u32);
    program.extend([is(libc::SYS_mmap, 7), argument(3), test(libc::BPF_JSET, shared, 1, 0), pass]);
    program.extend([argument(2), test(libc::BPF_JSET, writable, 1, 0), pass, ask]);
    // Those of terminals.
    let mask = step(libc::BPF_ALU | libc::BPF_AND | libc::BPF_K, 0xff00);
    program.extend([is(libc::SYS_ioctl, 5), argument(1), mask, test(libc::BPF_JEQ, 0x5400, 0, 1), pass, ask]);
    program.push(ask);
    program
}

/// The next question; none when all processes have ended.
fn next(listener: &OwnedFd) -> io::Result<Option<libc::seccomp_notif>> {
    loop {
        let mut poll = libc::pollfd { fd: listener.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: it is one, and lives.
        if unsafe { libc::poll(&raw mut poll, 1, -1) } < 0 {
            return Err(io::Error::last_os_error());
        }
        if poll.revents & libc::POLLIN == 0 {
            return Ok(None);
        }
        // SAFETY: the kernel wants it zeroed, and all zeros are one.
        let mut notice: libc::seccomp_notif = unsafe { std::mem::zeroed() };
        let place = (&raw mut notice).cast::<c_void>();
        // SAFETY: the kernel fills in what is as large as it says.
        match unsafe { libc::ioctl(listener.as_raw_fd(), libc::SECCOMP_IOCTL_NOTIF_RECV, place) } {
            0 => return Ok(Some(notice)),
            // Who asked has died meanwhile.
            _ if io::Error::last_os_error().raw_os_error() == Some(libc::ENOENT) => {}
            _ => return Err(io::Error::last_os_error()),
        }
    }
}

fn execute(listener: &OwnedFd, notice: &libc::seccomp_notif, verdict: Verdict) {
    let pid = notice.pid as libc::pid_t;
    // SAFETY: numbers alone; the processes are those that the filter is on.
    let signal = |pid| assert_eq!(unsafe { libc::kill(pid, libc::SIGKILL) }, 0, "{}", io::Error::last_os_error());
    let (error, flags) = match verdict {
        Verdict::Kill => return signal(pid),
        Verdict::KillAll => {
            // SAFETY: numbers alone.
            let (group, own) = unsafe { (libc::getpgid(pid), libc::getpgid(0)) };
            assert!(group > 1 && group != own, "a group of its own");
            return signal(-group);
        }
        Verdict::Fail(error) => (-error, 0),
        Verdict::Pass => (0, libc::SECCOMP_USER_NOTIF_FLAG_CONTINUE as u32),
    };
    let mut answer = libc::seccomp_notif_resp { id: notice.id, val: 0, error, flags };
    // SAFETY: the kernel reads what is as large as it says. That the process has died is no error.
    unsafe { libc::ioctl(listener.as_raw_fd(), libc::SECCOMP_IOCTL_NOTIF_SEND, (&raw mut answer).cast::<c_void>()) };
}
