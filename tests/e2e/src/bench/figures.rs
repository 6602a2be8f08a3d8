//! Numbers, and how they are printed.

use std::fmt::{self, Write as _};

/// What was measured in each round.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures(Vec<f64>);

impl Figures {
    pub(super) fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    pub(super) fn median(&self) -> f64 {
        let sorted = self.sorted();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sorted = self.sorted();
        let (least, most) = (sorted.first().copied().unwrap_or_default(), sorted.last().copied().unwrap_or_default());
        write!(formatter, "{least:>9.0}{:>9.0}{most:>9.0}", self.median())
    }
}

/// Rows below each other.
#[derive(Debug, Default)]
pub(super) struct Table(String);

impl Table {
    /// A table with a sentence above it that says what is measured.
    pub(super) fn new(title: &str, columns: &str) -> Self {
        let mut table = Self::default();
        table.line(&format!("\n{title}"));
        if !columns.is_empty() {
            table.line(&format!("{:<46}{columns}", ""));
        }
        table
    }

    pub(super) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// Least, median and most of what was measured, and something about it.
    pub(super) fn row(&mut self, name: &str, figures: &Figures, remark: &str) {
        let _ = writeln!(self.0, "  {name:<44}{figures}  {remark}");
    }

    pub(super) fn print(&self) {
        print!("{}", self.0);
    }
}

/// The names of what [`Figures`] prints.
pub(super) const COLUMNS: &str = "    least   median     most";
