//! What a worker gives up, in order, and never gets back.
//!
//! Before the library is loaded, since its constructors run then: limits, every file, and every
//! system call that loading does not need. After it: opening anything, and making memory
//! executable. A forbidden call fails with `EPERM`, so that an honest library can say what it
//! missed; a dishonest one learns as little as from being killed.

use std::collections::BTreeMap;
use std::fs;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetStatus, Scope,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, getpid, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

use super::child::Limits;
use super::{Confinement, Layer, priority};
use crate::library::load_system_libraries;

/// The Landlock that every right below belongs to: Linux 6.12.
const LANDLOCK: ABI = ABI::V6;

/// Most descriptors: the three, and those that the loader opens while it reads.
const DESCRIPTORS_MAX: u64 = 16;

/// Most computing time of a worker's whole life, in seconds. A worker that an unseen thread of
/// execution keeps busy ends here at last; an honest one is replaced long before.
const LIFE_SECONDS_MAX: u64 = 3_600;

/// System calls without a condition, in both stages: memory, time, waiting, talking over the
/// socket that is there, ending.
const COMPUTING: &[i64] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getrusage,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What the loader needs besides, before Landlock's answer to each `open`.
const LOADING: &[i64] = &[
    libc::SYS_openat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_faccessat,
    libc::SYS_readlinkat,
    libc::SYS_getcwd,
    libc::SYS_dup3,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_prctl,
    libc::SYS_seccomp,
];

/// The same, where older calls still exist.
#[cfg(target_arch = "x86_64")]
const LOADING_OLDER: &[i64] = &[
    libc::SYS_open,
    libc::SYS_stat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_arch_prctl,
    libc::SYS_dup2,
];
#[cfg(not(target_arch = "x86_64"))]
const LOADING_OLDER: &[i64] = &[];

/// Limits, files, and all calls but those for loading.
pub(super) fn before_loading(limits: Limits) -> Result<Confinement, String> {
    // The C library's own parts are the system's, not the plugin's: loaded while files can be.
    load_system_libraries();
    priority::below_the_host();
    let limited = limit(limits)?;
    let no_files = give_up_files()?;
    let no_calls = if has_seccomp() {
        let calls = COMPUTING.iter().chain(LOADING).chain(LOADING_OLDER);
        apply(calls.map(|call| (*call, Vec::new())).chain(narrow()?).collect())?;
        Layer::Full
    } else {
        Layer::Absent
    };
    Ok(Confinement { no_files, no_calls, limits: limited })
}

/// Opening anything, and making memory executable.
pub(super) fn before_calling() -> Result<(), String> {
    // No other process of this user may look into the worker, and it leaves no core.
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(|error| format!("it stays dumpable: {error}"))?;
    if !has_seccomp() {
        return Ok(());
    }
    let not_executable = not(2, libc::PROT_EXEC)?;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        COMPUTING.iter().map(|call| (*call, Vec::new())).chain(narrow()?).collect();
    rules.insert(libc::SYS_mmap, not_executable.clone());
    rules.insert(libc::SYS_mprotect, not_executable);
    apply(rules)
}

/// Gives the next call its computing time. Above it the kernel ends the worker, should the host
/// be gone and not do so by its own clock.
pub(super) fn before_call(limits: Limits) {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
    let seconds = used + limits.call_ms.div_ceil(1_000) + 1;
    let soft = seconds.min(LIFE_SECONDS_MAX);
    // It cannot fail below the hard limit; and the host's clock is there too.
    let _ = set(Resource::Cpu, soft, LIFE_SECONDS_MAX);
}

fn limit(limits: Limits) -> Result<Layer, String> {
    let memory = address_space()? + limits.memory_bytes;
    for (resource, most, name) in [
        (Resource::As, memory, "memory"),
        (Resource::Cpu, LIFE_SECONDS_MAX, "computing time"),
        (Resource::Fsize, 0, "written files"),
        (Resource::Core, 0, "cores"),
        (Resource::Nofile, DESCRIPTORS_MAX, "descriptors"),
        (Resource::Memlock, 0, "locked memory"),
        (Resource::Msgqueue, 0, "queues"),
    ] {
        set(resource, most, most).map_err(|error| format!("no limit on {name}: {error}"))?;
    }
    Ok(Layer::Full)
}

fn set(resource: Resource, soft: u64, hard: u64) -> rustix::io::Result<()> {
    setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) })
}

/// Bytes of address space that the worker has taken before anything was loaded.
fn address_space() -> Result<u64, String> {
    let unknown = || "its own size is unknown: /proc is not there".to_owned();
    let text = fs::read_to_string("/proc/self/statm").map_err(|_| unknown())?;
    let pages: u64 =
        text.split(' ').next().and_then(|pages| pages.parse().ok()).ok_or_else(unknown)?;
    Ok(pages * rustix::param::page_size() as u64)
}

/// Landlock, with no exception: no path can be opened any more. What lies in sealed memory can,
/// since it has no path.
fn give_up_files() -> Result<Layer, String> {
    let refused = |error: &dyn std::fmt::Display| format!("Landlock failed: {error}");
    let rules = Ruleset::default()
        .handle_access(AccessFs::from_all(LANDLOCK))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(LANDLOCK)))
        .and_then(|rules| rules.scope(Scope::from_all(LANDLOCK)))
        .and_then(Ruleset::create)
        .map_err(|error| refused(&error))?;
    let found = rules.restrict_self().map_err(|error| refused(&error))?;
    Ok(match found.ruleset {
        RulesetStatus::FullyEnforced => Layer::Full,
        RulesetStatus::PartiallyEnforced => Layer::Partial,
        RulesetStatus::NotEnforced => Layer::Absent,
    })
}

fn has_seccomp() -> bool {
    use rustix::thread::{SecureComputingMode, secure_computing_mode};
    // Whether the kernel answers at all; a filter that is in force answers too.
    matches!(
        secure_computing_mode(),
        Ok(SecureComputingMode::Disabled | SecureComputingMode::Filter)
    ) && cfg!(any(target_arch = "x86_64", target_arch = "aarch64"))
}

/// Calls that are allowed with some arguments only: signals to itself, and its own limit of
/// computing time.
fn narrow() -> Result<[(i64, Vec<SeccompRule>); 2], String> {
    let own = getpid().as_raw_nonzero().get().cast_unsigned();
    Ok([
        (libc::SYS_tgkill, vec![rule(vec![equals(0, u64::from(own))?])?]),
        (
            libc::SYS_prlimit64,
            vec![rule(vec![equals(0, 0)?, equals(1, u64::from(libc::RLIMIT_CPU))?])?],
        ),
    ])
}

fn equals(argument: u8, value: u64) -> Result<SeccompCondition, String> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value).map_err(told)
}

/// A rule that none of these bits is set in the argument.
fn not(argument: u8, bits: i32) -> Result<Vec<SeccompRule>, String> {
    let bits = u64::from(bits.cast_unsigned());
    let masked = SeccompCmpOp::MaskedEq(bits);
    let condition =
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, masked, 0).map_err(told)?;
    Ok(vec![rule(vec![condition])?])
}

fn rule(conditions: Vec<SeccompCondition>) -> Result<SeccompRule, String> {
    SeccompRule::new(conditions).map_err(told)
}

fn apply(rules: BTreeMap<i64, Vec<SeccompRule>>) -> Result<(), String> {
    let forbidden = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let machine = std::env::consts::ARCH.try_into().map_err(told)?;
    let filter =
        SeccompFilter::new(rules, forbidden, SeccompAction::Allow, machine).map_err(told)?;
    let program: BpfProgram = filter.try_into().map_err(told)?;
    seccompiler::apply_filter(&program).map_err(|error| format!("seccomp failed: {error}"))
}

fn told(error: seccompiler::BackendError) -> String {
    format!("the filter of system calls is wrong: {error}")
}
