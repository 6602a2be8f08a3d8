//! `GET /__sandbox/`: what there is to see, on one page.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::Html;

use crate::clock::iso;
use crate::sandbox::Sandbox;

/// The page.
pub(crate) async fn summary(State(sandbox): State<Sandbox>) -> Html<String> {
    let totals = sandbox.ledger()["totals"].clone();
    let messages = sandbox.sms();
    let world = sandbox.world();
    let addresses = sandbox.addresses();
    let mut page = String::from(HEAD);
    // Writing into a String does not fail.
    let _ = write!(
        page,
        "<p>{:?} wire, {} panel, seed {}, pace {}, scenario {}, now {}</p><ul>",
        sandbox.wire(),
        world.panel.name(),
        world.seed,
        world.pace,
        world.scenario.map_or("none", |one| one.name),
        iso(world.clock.now())
    );
    for (name, address) in [("site", &addresses.site), ("cdn", &addresses.cdn), ("api", &addresses.api), ("pay", &addresses.pay)] {
        let _ = write!(page, "<li>{name}: <a href=\"{address}\">{address}</a></li>");
    }
    page.push_str("</ul><h2>Last messages</h2><ul>");
    for sms in messages.iter().take(5) {
        let _ = write!(page, "<li><strong>{}</strong> {}</li>", sms.code, sms.at);
    }
    page.push_str("</ul><h2>So far</h2><table>");
    for (name, count) in totals.as_object().into_iter().flatten() {
        let _ = write!(page, "<tr><td>{name}</td><td>{count}</td></tr>");
    }
    let _ = write!(page, "</table><p>{} faults are waiting.</p>{TAIL}", world.faults.len());
    Html(page)
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>InsurUp sandbox</title><h1>InsurUp sandbox</h1>";
const TAIL: &str = "<ul><li><a href=\"ledger\">ledger</a></li><li><a href=\"sms\">sms</a></li><li><a href=\"clock\">clock</a></li>\
    <li><a href=\"faults\">faults</a></li><li><a href=\"settings\">settings</a></li><li><a href=\"scenarios\">scenarios</a></li></ul></html>";
