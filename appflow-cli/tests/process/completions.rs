//! Completion scripts contain every command and option.

use crate::lab::{Lab, text};
use std::process::Command;

#[test]
fn the_script_of_each_shell_knows_commands_and_options() {
    let lab = Lab::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = lab.run(&["completions", shell], 0);
        let words = [
            "export", "plan", "apply", "validate", "runs", "entities", "schema",
        ];
        let options = [
            "detailed-exitcode",
            "endpoint-url",
            "concurrency",
            "skip-entities",
        ];
        for word in words.iter().chain(&options) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn bash_completes_commands_options_and_values() {
    let lab = Lab::new();
    let script = lab.run(&["completions", "bash"], 0);
    lab.write("complete.sh", &script);
    let table = [
        ("appflow exp", "export"),
        ("appflow plan --det", "--detailed-exitcode"),
        ("appflow export --as cli", "cli-input"),
        ("appflow --output j", "json"),
    ];
    for (line, expected) in table {
        let words: Vec<&str> = line.split(' ').collect();
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let ask = format!(
            "source complete.sh; COMP_WORDS=({line}); COMP_CWORD={}; _appflow appflow {last} {before}; echo \"${{COMPREPLY[*]}}\"",
            words.len() - 1
        );
        let output = Command::new("bash")
            .args(["-c", &ask])
            .current_dir(lab.folder.path())
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout).trim(), expected, "{line}: {output:?}");
    }
}
