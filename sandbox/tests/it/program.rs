//! The program as it is started from a shell.

use std::process::Command;

use insurup_sandbox::SCENARIOS;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_insurup-sandbox")).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn help_lists_every_scenario() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    for scenario in SCENARIOS {
        let line = help.lines().find(|line| line.split_whitespace().next() == Some(scenario.name)).expect(scenario.name);
        assert!(line.contains(&scenario.how.to_string()) && line.contains(scenario.what), "{line}");
    }
}

/// The page for developers, which must not promise anything else.
fn manual() -> String {
    std::fs::read_to_string("../docs/sandbox.md").expect("docs/sandbox.md")
}

#[test]
fn the_manual_lists_every_scenario_and_no_other() {
    let manual = manual();
    let (_, section) = manual.split_once("\n## Scenarios\n").expect("a section");
    let (section, _) = section.split_once("\n## ").expect("a next one");
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<_> = SCENARIOS.iter().map(|one| format!("| `{}` | {} | {} |", one.name, one.how, one.what)).collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_manual_explains_every_flag() {
    let (manual, (_, help, _)) = (manual(), run(&["--help"]));
    let flags: Vec<_> = help.lines().filter_map(|line| line.trim().strip_prefix("--")?.split(' ').next()).collect();
    assert!(flags.len() >= 8, "{flags:?}");
    for flag in flags {
        assert!(manual.contains(&format!("`--{flag} ")), "--{flag}");
    }
}

#[test]
fn complains_about_what_it_does_not_know() {
    for arguments in [&["--panel", "bazaar"][..], &["--wire", "morse"], &["--teleport"]] {
        let (code, out, complaint) = run(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(complaint.contains(arguments.last().expect("an argument")) && complaint.contains("--port N"), "{complaint}");
    }
}
