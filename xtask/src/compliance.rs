//! Holds `docs/compliance.md` to its word: every demand has a proof, every proof is a test that is there, and what is pending gets less.

use std::{collections::BTreeMap, fs};

use crate::workspace::Workspace;

/// Demands that neither code nor configuration can meet.
const OF_THE_AGENCY: [u32; 6] = [6, 7, 8, 10, 71, 72];
const LAST: u32 = 73;

/// A row: how it is met, and the last column.
type Rows<'a> = BTreeMap<u32, (&'a str, &'a str)>;

/// What is wrong with the document. `source` gives the content of a file, if there is one.
fn complaints(document: &str, allowed: &str, source: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let (rows, pending) = document.split_once("\n## Pending").unwrap_or((document, ""));
    let mut complaints = Vec::new();
    let (rows, pending) = (read(rows, &mut complaints), read(pending, &mut complaints));
    let allowed: Vec<u32> = allowed.lines().filter_map(|line| line.trim().parse().ok()).collect();
    for number in (1..=LAST).filter(|number| !OF_THE_AGENCY.contains(number)) {
        let Some((by, proof)) = rows.get(&number) else {
            complaints.push(format!("row {number} is missing"));
            continue;
        };
        if !by.split(", ").all(|by| matches!(by, "code" | "config")) {
            complaints.push(format!("row {number} is met by `{by}`"));
        }
        if *proof == "pending" {
            if !pending.contains_key(&number) {
                complaints.push(format!("row {number} is pending, but not in the list"));
            }
            continue;
        }
        let named: Vec<_> = proof.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            complaints.push(format!("row {number} has no proof"));
        }
        let missing = named
            .iter()
            .filter(|test| !test.split_once("::").is_some_and(|(path, name)| source(path).is_some_and(|text| has_test(&text, name))));
        complaints.extend(missing.map(|test| format!("row {number}: there is no test {test}")));
    }
    for number in pending.keys() {
        if rows.get(number).is_none_or(|(_, proof)| *proof != "pending") {
            complaints.push(format!("row {number} is in the list, but not pending"));
        }
        if !allowed.contains(number) {
            complaints.push(format!("row {number} may not become pending"));
        }
    }
    // Nobody can put a row back that was proved once.
    let done = allowed.iter().filter(|number| !pending.contains_key(number));
    complaints.extend(done.map(|number| format!("row {number} is pending no more: take it out of the file")));
    complaints
}

/// Rows that begin with a number.
fn read<'a>(text: &'a str, complaints: &mut Vec<String>) -> Rows<'a> {
    let mut rows = Rows::new();
    for line in text.lines() {
        let cells: Vec<_> = line.trim().trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, .., proof] = cells[..] else { continue };
        let by = cells[cells.len() - 2];
        if let Ok(number) = number.parse()
            && rows.insert(number, (by, proof)).is_some()
        {
            complaints.push(format!("row {number} is there twice"));
        }
    }
    rows
}

/// Whether a function of this name is a test: an attribute above it says so.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let head = format!("fn {name}(");
    let is_head = |line: &str| line.strip_prefix("async ").unwrap_or(line).starts_with(&head);
    lines.iter().enumerate().filter(|(_, line)| is_head(line)).any(|(at, _)| {
        let above = lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        above.into_iter().any(|line| line.starts_with("#[") && line.contains("test"))
    })
}

#[test]
fn every_demand_is_proved() {
    let workspace = Workspace::here().expect("cargo runs this");
    let read = |path: &str| fs::read_to_string(workspace.path(path)).ok();
    let document = read("docs/compliance.md").expect("the document");
    let allowed = read("docs/compliance-pending.txt").expect("the list");
    let complaints = complaints(&document, &allowed, read);
    assert!(complaints.is_empty(), "docs/compliance.md:\n  {}", complaints.join("\n  "));
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str =
        "#[test]\nfn holds() {}\n\n/// Why.\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn sells() {}\n\nfn helper() {}\n";

    fn document(changed: &str, pending: &str) -> String {
        let mut document = String::new();
        for number in (1..=LAST).filter(|number| !OF_THE_AGENCY.contains(number) && *number != 3) {
            document += &format!("| {number} | Demand | code | `a.rs::holds`, `a.rs::sells` |\n");
        }
        format!("{document}{changed}\n\n## Pending\n{pending}")
    }

    #[track_caller]
    fn check(changed: &str, pending: &str, allowed: &str, expected: &[&str]) {
        let source = |path: &str| (path == "a.rs").then(|| TESTS.to_owned());
        assert_eq!(complaints(&document(changed, pending), allowed, source), expected);
    }

    #[test]
    fn finds_what_is_not_proved() {
        check("| 3 | Demand | config, code | `a.rs::holds` |", "", "", &[]);
        check("", "", "", &["row 3 is missing"]);
        check("| 3 | Demand | code | by looking |", "", "", &["row 3 has no proof"]);
        check("| 3 | Demand | org | `a.rs::holds` |", "", "", &["row 3 is met by `org`"]);
        check("| 3 | Demand | code | `a.rs::helper` |", "", "", &["row 3: there is no test a.rs::helper"]);
        check("| 3 | Demand | code | `a.rs::hold` |", "", "", &["row 3: there is no test a.rs::hold"]);
        check("| 3 | Demand | code | `b.rs::holds` |", "", "", &["row 3: there is no test b.rs::holds"]);
        check("| 3 | D | code | `a.rs::holds` |\n| 3 | D | code | `a.rs::holds` |", "", "", &["row 3 is there twice"]);
    }

    #[test]
    fn lets_the_list_of_what_is_pending_only_shrink() {
        let pending = "| 3 | Demand | code | pending |";
        check(pending, "| 3 | card |", "3\n", &[]);
        check(pending, "", "3\n", &["row 3 is pending, but not in the list", "row 3 is pending no more: take it out of the file"]);
        check(pending, "| 3 | card |", "", &["row 3 may not become pending"]);
        check("| 3 | Demand | code | `a.rs::holds` |", "", "3\n", &["row 3 is pending no more: take it out of the file"]);
        check("| 3 | Demand | code | `a.rs::holds` |", "| 3 | card |", "3\n", &["row 3 is in the list, but not pending"]);
    }
}
