//! The sandbox's ledger: the witness of what the browser asked the API, and what came of it.

use serde_json::Value;

use super::stage::Stage;

/// A request as the API saw it.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// `POST /proposals/{proposal_id}/…`
    pub(crate) route: String,
    pub(crate) path: String,
    pub(crate) status: u64,
}

impl std::fmt::Display for Call {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {} ({})", self.status, self.route, self.path)
    }
}

impl Stage {
    pub(crate) fn ledger(&self) -> Value {
        self.sandbox.state().ledger()
    }

    /// How many entries a list of the ledger has.
    pub(crate) fn count(&self, list: &str) -> usize {
        self.ledger()[list].as_array().map_or(0, Vec::len)
    }

    /// Calls so far, without preflights and without files the customer looked at.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let ledger = self.ledger();
        let calls = ledger["requests"].as_array().into_iter().flatten().filter(|request| request["method"] != "OPTIONS");
        calls
            .map(|request| Call {
                route: format!("{} {}", request["method"].as_str().unwrap_or_default(), request["route"].as_str().unwrap_or("?")),
                path: request["path"].as_str().unwrap_or_default().to_owned(),
                status: request["status"].as_u64().unwrap_or_default(),
            })
            .collect()
    }
}
