//! Which addresses a customer may be sent to for paying (`security.md` T-21). The addresses are in `tests/payment_addresses.json`, and a
//! browser is asked about them in `tests/payment_addresses_browser.rs`.

use std::rc::Rc;

use serde_json::{Value, json};

use super::money::check;
use super::sample::{Sample, config};
use crate::endpoint::CallKind;
use crate::flow::{Config, Screen, StateKind, payment_page};

/// An address, and what the customer is shown of it.
struct Row {
    url: String,
    /// The host; an address without one is opened nowhere.
    shown: Option<String>,
    /// The same where only a page on this machine may open it.
    shown_locally: Option<String>,
}

impl Row {
    fn read(row: &Value) -> Self {
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        let letters = row["letters"].as_u64().unwrap_or_default();
        Self { url: (0..letters).fold(text("url").unwrap(), |url, _| url + "a"), shown: text("shown"), shown_locally: text("shownLocally") }
    }

    fn shown(&self, local: bool) -> Option<&str> {
        self.shown.as_deref().or(self.shown_locally.as_deref().filter(|_| local))
    }
}

fn rows() -> Vec<Row> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../../../tests/payment_addresses.json")).unwrap();
    rows.iter().map(Row::read).collect()
}

#[test]
fn opens_and_refuses_the_addresses_of_the_table() {
    let rows = rows();
    let opened = rows.iter().filter(|row| row.shown(true).is_some()).count();
    assert!(opened >= 15 && rows.len() - opened >= 60, "{opened} of {} are opened", rows.len());
    for row in &rows {
        for local in [false, true] {
            let expected = row.shown(local).map(|host| (row.url.clone(), host.to_owned()));
            assert_eq!(payment_page(&row.url, local), expected, "{:?}, local: {local}", row.url);
        }
    }
}

/// Through a sale: a purchase that was answered with a hostile address is asked about, and nothing of the address is shown.
#[test]
fn shows_a_link_to_what_is_opened_and_asks_about_the_rest() {
    for row in rows().iter().filter(|row| !row.url.is_empty()) {
        for local in [false, true] {
            let mut sample = Sample::at(StateKind::Sending);
            sample.flow.config = Rc::new(Config { local, ..config() });
            sample.answer(CallKind::StartPurchase, &json!({ "redirectUrl": row.url }).to_string());
            match (row.shown(local), &sample.flow.view().screen) {
                (Some(host), Screen::Ready(page)) => assert_eq!((page.url.as_str(), page.host.as_str()), (row.url.as_str(), host)),
                (None, Screen::Checking(_)) => check(&sample, StateKind::Checking),
                (shown, screen) => panic!("{:?} is to be shown as {shown:?}, and there is {screen:?}", row.url),
            }
        }
    }
}
