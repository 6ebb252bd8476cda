//! Puts a command and all its processes into a process group of its own, so that they can be stopped together.
//!
//! If this program has a terminal, the command stays in the foreground group: a program in another group could not read
//! from the terminal, and it may have to ask for a password or a code.

use std::process::{Command, Stdio};

/// Puts the command into a group of its own unless it would lose its terminal. Returns whether it did.
#[cfg(unix)]
pub(super) fn separate(command: &mut Command) -> bool {
    use std::os::unix::process::CommandExt;
    // Programs with a terminal can open this file, whatever their standard input is.
    let has_terminal = std::fs::File::open("/dev/tty").is_ok();
    if !has_terminal {
        command.process_group(0);
    }
    !has_terminal
}

/// Returns `false`: other systems have no such groups.
#[cfg(not(unix))]
pub(super) fn separate(_: &mut Command) -> bool {
    false
}

/// Stops all of the group of this leader, whose status must not have been read: its number would be free for other
/// processes.
pub(super) fn stop(leader: u32) {
    // This is the built-in `kill` of the shell: small containers have no program of that name.
    let mut kill = Command::new("sh");
    kill.args(["-c", &format!("kill -s KILL -- -{leader}")]);
    kill.stdin(Stdio::null()).stdout(Stdio::null());
    // An error means that all of the group has ended already.
    let _ = kill.stderr(Stdio::null()).status();
}
