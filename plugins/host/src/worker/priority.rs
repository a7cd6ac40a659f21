//! Where workers stand in the queues for a processor.

use rustix::process::{Pid, getpriority_process, setpriority_process};

/// Below the host in every queue: a worker may be slow, the host may not.
const NICENESS: i32 = 10;

/// Below all other workers, too.
const NICENESS_BACK: i32 = 19;

/// Of the processors that a host may use, one in so many is for workers that stand back.
#[cfg(target_os = "linux")]
const SHARE: usize = 4;

/// This process takes its place below the host, unless it stands further back already. One that
/// cannot is confined all the same, and ended at its deadline.
pub(super) fn below_the_host() {
    if getpriority_process(None).is_ok_and(|niceness| niceness < NICENESS) {
        let _ = setpriority_process(None, NICENESS);
    }
}

/// Puts a process of one thread behind all other workers, on few processors.
///
/// Niceness alone does not do: a process that was preempted for one that woke up has the processor
/// back as soon as that one has used up its lead, and then keeps it until the next tick, some
/// milliseconds later (measured: `docs/performance.md`). What others need is a processor where
/// nobody computes for long. Without a privilege that a host should not have, niceness is for ever.
pub(super) fn stand_back(process: u32) {
    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return };
    let _ = setpriority_process(Some(process), NICENESS_BACK);
    on_few_processors(process);
}

#[cfg(target_os = "linux")]
fn on_few_processors(process: Pid) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(all) = sched_getaffinity(None) else { return };
    let few = (all.count() as usize / SHARE).max(1);
    let mut last = CpuSet::new();
    // The last ones: interrupts often go to the first.
    let allowed = (0..CpuSet::MAX_CPU).rev().filter(|processor| all.is_set(*processor));
    allowed.take(few).for_each(|processor| last.set(processor));
    let _ = sched_setaffinity(Some(process), &last);
}

#[cfg(not(target_os = "linux"))]
fn on_few_processors(_process: Pid) {}
