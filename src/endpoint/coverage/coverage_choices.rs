//! `GET coverage-choices:{branch}`

use crate::domain::normalise::join;
use crate::{
    domain::{InsurerId, ProductBranch, normalise::plain_text},
    endpoint::{
        Access, Choice, Endpoint, Method, Safety,
        problem::LONGEST_TEXT,
        wire::{list, readable},
    },
    json::{DecodeError, Value},
};

/// Asks which values insurers offer for the covers of a branch. Meant for building cover packages; a customer's token may not be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageChoices {
    /// Of which branch.
    pub branch: ProductBranch,
}

/// What one insurer offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsurerChoices {
    /// Which insurer.
    pub insurer: InsurerId,
    /// Covers by the name the wire gives them, each with its values.
    pub covers: Vec<(String, Vec<Choice>)>,
}

impl Endpoint for CoverageChoices {
    type Response = Vec<InsurerChoices>;
    const NAME: &'static str = "coverage_choices";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("coverage-choices:", &self.branch.as_str().to_ascii_lowercase(), "")
    }

    fn decode(body: &Value) -> Result<Vec<InsurerChoices>, DecodeError> {
        Ok(readable(list(body, "items")?, |entry| {
            let covers =
                entry.field("coverageChoices").members().iter().map(|(name, values)| (plain_text(name, LONGEST_TEXT), choices(values)));
            Some(InsurerChoices { insurer: entry.field("insuranceCompanyId").text().and_then(InsurerId::new)?, covers: covers.collect() })
        }))
    }
}

/// Values stand as words, as numbers, or with a text beside them.
fn choices(values: &Value) -> Vec<Choice> {
    readable(values.items(), |entry| {
        let value = entry.text().or_else(|| entry.field("value").text())?;
        let text = entry.field("text").text().unwrap_or_else(|| value.clone());
        Some(Choice { text: plain_text(&text, LONGEST_TEXT), value })
    })
}
