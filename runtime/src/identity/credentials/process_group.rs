//! A command in; out a process group of its own around all that it starts, to be stopped whole.
//!
//! Where this program has a terminal, the command stays in the group that the terminal serves: a program in another one
//! could not read there, and it may have to ask for a password or a code.

use std::process::{Command, Stdio};

/// Gives the command a group of its own unless that would take a terminal from it; whether it got one.
#[cfg(unix)]
pub(super) fn separate(command: &mut Command) -> bool {
    use std::os::unix::process::CommandExt;
    // It can be opened by programs that have a terminal, wherever their standard input comes from.
    let has_terminal = std::fs::File::open("/dev/tty").is_ok();
    if !has_terminal {
        command.process_group(0);
    }
    !has_terminal
}

/// Other systems have no such groups.
#[cfg(not(unix))]
pub(super) fn separate(_: &mut Command) -> bool {
    false
}

/// Stops all of the group of this leader, which must not have been waited for: its number would be free for others.
pub(super) fn stop(leader: u32) {
    // The shell's own `kill`: small containers have no program of that name.
    let mut kill = Command::new("sh");
    kill.args(["-c", &format!("kill -s KILL -- -{leader}")]);
    kill.stdin(Stdio::null()).stdout(Stdio::null());
    // An error means that all of it has ended already.
    let _ = kill.stderr(Stdio::null()).status();
}
