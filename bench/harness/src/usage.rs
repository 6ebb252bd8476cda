//! The resource usage of a process: CPU time and peak memory.

#![allow(
    unsafe_code,
    reason = "the standard library asks the system for neither"
)]

use std::io;
use std::process::{Child, ExitStatus};
use std::time::Duration;

/// The resource usage of a process.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// The user and system time of all its threads.
    pub cpu: Duration,
    /// The peak memory in bytes.
    pub peak: u64,
}

/// `struct rusage` of 64-bit Linux and macOS.
#[repr(C)]
#[derive(Default)]
struct Raw {
    user: TimeValue,
    system: TimeValue,
    peak: i64,
    others: [i64; 13],
}

/// `struct timeval`; the microseconds of macOS are 32 bits and padding, which reads the same on little endian.
#[repr(C)]
#[derive(Default)]
struct TimeValue {
    seconds: i64,
    microseconds: i64,
}

unsafe extern "C" {
    fn getrusage(who: i32, usage: *mut Raw) -> i32;
    fn wait4(process: i32, status: *mut i32, options: i32, usage: *mut Raw) -> i32;
}

impl From<Raw> for Usage {
    fn from(raw: Raw) -> Self {
        let duration = |time: &TimeValue| {
            Duration::from_secs(time.seconds.unsigned_abs())
                + Duration::from_micros(u64::from(time.microseconds as u32))
        };
        let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
        Self {
            cpu: duration(&raw.user) + duration(&raw.system),
            peak: raw.peak.unsigned_abs() * unit,
        }
    }
}

/// Returns the usage of this process so far.
pub fn of_this_process() -> Usage {
    let mut raw = Raw::default();
    // SAFETY: `raw` is a `struct rusage` that outlives the call. 0 is RUSAGE_SELF, for which the call cannot fail.
    unsafe { getrusage(0, &raw mut raw) };
    let mut usage = Usage::from(raw);
    // What getrusage says begins with the memory of the parent; what Linux says here does not.
    usage.peak = peak_by_linux().unwrap_or(usage.peak);
    usage
}

fn peak_by_linux() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kibibytes * 1024)
}

/// Waits for a child; returns its status and the usage of it and its children.
pub fn wait(child: Child) -> io::Result<(ExitStatus, Usage)> {
    use std::os::unix::process::ExitStatusExt;
    let mut raw = Raw::default();
    let mut status = 0;
    let process = i32::try_from(child.id()).map_err(io::Error::other)?;
    // SAFETY: both places outlive the call, and nobody else waits for this child: it is owned here.
    let waited = unsafe { wait4(process, &raw mut status, 0, &raw mut raw) };
    if waited != process {
        return Err(io::Error::last_os_error());
    }
    Ok((ExitStatus::from_raw(status), raw.into()))
}
