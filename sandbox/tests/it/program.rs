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

#[test]
fn complains_about_what_it_does_not_know() {
    for arguments in [&["--panel", "bazaar"][..], &["--wire", "morse"], &["--teleport"]] {
        let (code, out, complaint) = run(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(complaint.contains(arguments.last().expect("an argument")) && complaint.contains("--port N"), "{complaint}");
    }
}
