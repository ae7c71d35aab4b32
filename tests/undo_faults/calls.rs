//! The kernel's calls, by what they can do to a disk. What stands in neither table counts as a change, so a call that
//! nobody thought of makes the tests slower and not blind.

use libc::c_long;

/// Where a call says which file it works on.
#[derive(Clone, Copy)]
pub enum Operand {
    /// A path, in this argument.
    Path(usize),
    /// A path in this argument, from the folder that is open as the one before it.
    At(usize),
    /// An open file, in this argument.
    Open(usize),
    Unknown,
}

use Operand::{At, Open, Path};

/// Calls that change what is on disk, or make it last. Of calls with two paths it is the one that changes.
const CHANGES: &[(c_long, &str, Operand)] = &[
    (libc::SYS_openat, "openat", At(1)),
    (libc::SYS_openat2, "openat2", At(1)),
    (libc::SYS_write, "write", Open(0)),
    (libc::SYS_writev, "writev", Open(0)),
    (libc::SYS_pwrite64, "pwrite64", Open(0)),
    (libc::SYS_pwritev, "pwritev", Open(0)),
    (libc::SYS_pwritev2, "pwritev2", Open(0)),
    (libc::SYS_sendfile, "sendfile", Open(0)),
    (libc::SYS_copy_file_range, "copy_file_range", Open(2)),
    (libc::SYS_splice, "splice", Open(2)),
    (libc::SYS_ftruncate, "ftruncate", Open(0)),
    (libc::SYS_fallocate, "fallocate", Open(0)),
    (libc::SYS_fsync, "fsync", Open(0)),
    (libc::SYS_fdatasync, "fdatasync", Open(0)),
    (libc::SYS_syncfs, "syncfs", Open(0)),
    (libc::SYS_fchmod, "fchmod", Open(0)),
    (libc::SYS_fchown, "fchown", Open(0)),
    (libc::SYS_ioctl, "ioctl", Open(0)),
    (libc::SYS_mmap, "mmap", Open(4)),
    (libc::SYS_truncate, "truncate", Path(0)),
    (libc::SYS_renameat, "renameat", At(3)),
    (libc::SYS_renameat2, "renameat2", At(3)),
    (libc::SYS_linkat, "linkat", At(3)),
    (libc::SYS_symlinkat, "symlinkat", At(2)),
    (libc::SYS_unlinkat, "unlinkat", At(1)),
    (libc::SYS_mkdirat, "mkdirat", At(1)),
    (libc::SYS_mknodat, "mknodat", At(1)),
    (libc::SYS_fchmodat, "fchmodat", At(1)),
    (libc::SYS_fchownat, "fchownat", At(1)),
    (libc::SYS_utimensat, "utimensat", At(1)),
];

/// The same for machines that have calls without a folder.
#[cfg(target_arch = "x86_64")]
const OLD_CHANGES: &[(c_long, &str, Operand)] = &[
    (libc::SYS_open, "open", Path(0)),
    (libc::SYS_creat, "creat", Path(0)),
    (libc::SYS_rename, "rename", Path(1)),
    (libc::SYS_link, "link", Path(1)),
    (libc::SYS_symlink, "symlink", Path(1)),
    (libc::SYS_unlink, "unlink", Path(0)),
    (libc::SYS_mkdir, "mkdir", Path(0)),
    (libc::SYS_rmdir, "rmdir", Path(0)),
    (libc::SYS_chmod, "chmod", Path(0)),
    (libc::SYS_chown, "chown", Path(0)),
    (libc::SYS_utime, "utime", Path(0)),
    (libc::SYS_utimes, "utimes", Path(0)),
];
#[cfg(not(target_arch = "x86_64"))]
const OLD_CHANGES: &[(c_long, &str, Operand)] = &[];

/// Calls that change nothing on any disk, the frequent ones first.
pub const HARMLESS: &[c_long] = &[
    libc::SYS_newfstatat,
    libc::SYS_rt_sigaction,
    libc::SYS_close,
    libc::SYS_statx,
    libc::SYS_read,
    libc::SYS_munmap,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_getdents64,
    libc::SYS_mprotect,
    libc::SYS_execve,
    libc::SYS_rt_sigprocmask,
    libc::SYS_brk,
    libc::SYS_getcwd,
    libc::SYS_prlimit64,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_readv,
    libc::SYS_lseek,
    libc::SYS_readlinkat,
    libc::SYS_statfs,
    libc::SYS_fstatfs,
    libc::SYS_fadvise64,
    libc::SYS_flock,
    libc::SYS_umask,
    libc::SYS_chdir,
    libc::SYS_fchdir,
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_pipe2,
    libc::SYS_ppoll,
    libc::SYS_pselect6,
    libc::SYS_mremap,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_getgroups,
    libc::SYS_setpgid,
    libc::SYS_getpgid,
    libc::SYS_getsid,
    libc::SYS_setsid,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigtimedwait,
    libc::SYS_restart_syscall,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_getcpu,
    libc::SYS_membarrier,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_wait4,
    libc::SYS_waitid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_prctl,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_getrusage,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_setitimer,
];

#[cfg(target_arch = "x86_64")]
pub const OLD_HARMLESS: &[c_long] = &[
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_dup2,
    libc::SYS_pipe,
    libc::SYS_poll,
    libc::SYS_select,
    libc::SYS_fork,
    libc::SYS_vfork,
    libc::SYS_getpgrp,
    libc::SYS_arch_prctl,
    libc::SYS_time,
    libc::SYS_alarm,
];
#[cfg(not(target_arch = "x86_64"))]
pub const OLD_HARMLESS: &[c_long] = &[];

/// What a call is named, and where it names its file.
pub fn of(number: c_long) -> (String, Operand) {
    let known = CHANGES.iter().chain(OLD_CHANGES).find(|(call, ..)| *call == number);
    known.map_or_else(|| (format!("call {number}"), Operand::Unknown), |&(_, name, operand)| (name.to_owned(), operand))
}
