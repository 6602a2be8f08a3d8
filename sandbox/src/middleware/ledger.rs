//! Everything the API was asked, in order, and what came of it: the witness in tests.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::clock::{Millis, iso};
use crate::middleware::trace;

/// Requests kept; older ones are forgotten, their effects are not.
const KEPT: usize = 20_000;

/// The lists that effects are written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    SmsSent,
    Customers,
    Consents,
    Vehicles,
    Cases,
    CaseChanges,
    Proposals,
    Purchases,
    Charges,
    Policies,
    DocumentsSent,
    Refreshes,
    UnknownRoutes,
}

impl List {
    const ALL: [(Self, &'static str); 13] = [
        (Self::SmsSent, "smsSent"),
        (Self::Customers, "customers"),
        (Self::Consents, "consents"),
        (Self::Vehicles, "vehicles"),
        (Self::Cases, "cases"),
        (Self::CaseChanges, "caseChanges"),
        (Self::Proposals, "proposals"),
        (Self::Purchases, "purchases"),
        (Self::Charges, "charges"),
        (Self::Policies, "policies"),
        (Self::DocumentsSent, "documentsSent"),
        (Self::Refreshes, "refreshes"),
        (Self::UnknownRoutes, "unknownRoutes"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(list, _)| *list == self).map_or("", |(_, name)| name)
    }
}

/// The record.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    next: u64,
    requests: Vec<Entry>,
    effects: Vec<Effect>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    number: u64,
    at: String,
    method: String,
    /// The pattern that matched, without `/api`; null for an unknown route.
    route: Option<String>,
    path: String,
    origin: Option<String>,
    /// Null while the answer is under way, 0 when the connection was cut instead.
    status: Option<u16>,
    /// The fault that spoilt the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

#[derive(Debug)]
struct Effect {
    list: List,
    fields: Map<String, Value>,
}

impl Ledger {
    /// Opens the entry of a request and gives its number.
    pub(crate) fn begin(&mut self, now: Millis, method: &str, route: Option<&str>, path: &str, origin: Option<&str>) -> u64 {
        self.next += 1;
        if self.requests.len() >= KEPT {
            self.requests.remove(0);
        }
        self.requests.push(Entry {
            number: self.next,
            at: iso(now),
            method: method.to_owned(),
            route: route.map(str::to_owned),
            path: path.to_owned(),
            origin: origin.map(str::to_owned),
            status: None,
            fault: None,
        });
        self.next
    }

    /// Closes the entry of a request.
    pub(crate) fn end(&mut self, number: u64, status: u16) {
        if let Some(entry) = self.requests.iter_mut().rev().find(|entry| entry.number == number) {
            entry.status = Some(status);
        }
    }

    /// Says that a fault spoilt the current request.
    pub(crate) fn spoilt(&mut self, fault: &str) {
        let number = trace::number();
        if let Some(entry) = self.requests.iter_mut().rev().find(|entry| entry.number == number) {
            entry.fault = Some(fault.to_owned());
        }
    }

    /// Writes down something that the current request brought about. `fields` is an object without personal data.
    pub(crate) fn note(&mut self, list: List, now: Millis, fields: Value) {
        let mut all = Map::new();
        all.insert("request".to_owned(), json!(trace::number()));
        all.insert("at".to_owned(), json!(iso(now)));
        if let Value::Object(fields) = fields {
            all.extend(fields);
        }
        self.effects.push(Effect { list, fields: all });
    }

    /// The whole record.
    pub(crate) fn to_json(&self) -> Value {
        let mut ledger = Map::new();
        ledger.insert("requests".to_owned(), json!(self.requests));
        let mut totals = Map::new();
        for (list, name) in List::ALL {
            let effects: Vec<_> = self.effects.iter().filter(|effect| effect.list == list).map(|effect| &effect.fields).collect();
            totals.insert(name.to_owned(), json!(effects.len()));
            ledger.insert(name.to_owned(), json!(effects));
        }
        let reused =
            self.effects.iter().filter(|effect| effect.list == List::Refreshes && effect.fields.get("reused") == Some(&json!(true)));
        totals.insert("reusedRefreshes".to_owned(), json!(reused.count()));
        totals.insert("requests".to_owned(), json!(self.next));
        ledger.insert("totals".to_owned(), Value::Object(totals));
        debug_assert!(List::ALL.iter().all(|(list, name)| list.name() == *name), "every list has a name");
        Value::Object(ledger)
    }
}
