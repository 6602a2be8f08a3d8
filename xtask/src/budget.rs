//! The size gate: a budget that only goes down.

use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{report::Report, workspace::Workspace};

#[derive(Deserialize)]
struct Budget {
    sale: Limit,
}

#[derive(Deserialize)]
struct Limit {
    brotli: usize,
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let report: Report =
        serde_json::from_slice(&fs::read(workspace.path("dist/size.json")).context("dist/size.json; `make dist` writes it")?)?;
    let budget: Budget = serde_json::from_slice(&fs::read(workspace.path("size-budget.json")).context("size-budget.json")?)?;
    println!("{report}");
    for (layout, sale) in [("in the frame", &report.frame), ("inline", &report.inline)] {
        println!("{}", verdict(layout, sale.brotli, budget.sale.brotli)?);
    }
    Ok(())
}

fn verdict(layout: &str, size: usize, budget: usize) -> Result<String> {
    let Some(left) = budget.checked_sub(size) else {
        bail!(
            "a sale {layout} is {} bytes over its budget of {budget}: make it smaller, the budget in size-budget.json is not raised",
            size - budget
        );
    };
    let mut line = format!("Budget {layout}: {budget}, {left} bytes left ({:.1} %)", share(left, budget));
    if left * 20 > budget {
        line += &format!("\nThat is more than 5 %: lower the budget in size-budget.json, to {} for instance.", size + size / 50);
    }
    Ok(line)
}

#[expect(clippy::cast_precision_loss, reason = "a percentage for reading")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn holds_a_size_against_the_budget() {
        assert!(verdict("inline", 101, 100).is_err());
        assert_eq!(verdict("inline", 100, 100).expect("just fits"), "Budget inline: 100, 0 bytes left (0.0 %)");
        assert!(!verdict("inline", 95, 100).expect("fits").contains("lower the budget"));
        assert!(verdict("inline", 94, 100).expect("fits").contains("lower the budget"));
    }
}
