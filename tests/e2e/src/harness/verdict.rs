//! What every journey must leave behind, and must not.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use url::Url;

use super::console::{Message, is_at};
use super::stage::{Layout, Stage};

/// What came of a journey, by the sandbox's ledger.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Purchases the API accepted: one for each press that was confirmed.
    pub(crate) purchases: usize,
    pub(crate) charges: usize,
    pub(crate) policies: usize,
    pub(crate) cases: usize,
    /// Vehicles that were not on file before.
    pub(crate) vehicles: usize,
    pub(crate) messages: usize,
    /// Routes whose first calls came in this order.
    pub(crate) order: Vec<&'static str>,
}

impl Outcome {
    /// One sale to a customer who comes with a vehicle that is not on file.
    pub(crate) fn newcomer() -> Self {
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, LOOKUP, NEW_VEHICLE, NEW_PROPOSAL, PURCHASE, POLICY];
        Self { vehicles: 1, order, ..Self::returning() }
    }

    /// One sale to a customer whose vehicle is on file.
    pub(crate) fn returning() -> Self {
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL, PURCHASE, POLICY];
        Self { purchases: 1, charges: 1, policies: 1, cases: 1, vehicles: 0, messages: 1, order }
    }
}

pub(crate) const LOGIN: &str = "POST /auth/customer/login-or-register";
pub(crate) const VERIFY: &str = "POST /auth/customer/verify-mfa";
pub(crate) const ME: &str = "GET /customers/me";
pub(crate) const CASES: &str = "POST /graphql";
pub(crate) const NEW_CASE: &str = "POST /cases:new-sale-opportunity";
pub(crate) const LOOKUP: &str = "POST /customers/{customer_id}/vehicles/external-lookup";
pub(crate) const NEW_VEHICLE: &str = "POST /customers/{customer_id}/vehicles";
pub(crate) const NEW_PROPOSAL: &str = "POST /proposals";
pub(crate) const PROPOSAL: &str = "GET /proposals/{proposal_id}";
pub(crate) const PURCHASE: &str = "POST /proposals/{proposal_id}/products/{product_id}/purchase/async";
pub(crate) const POLICY: &str = "GET /policies/{policy_id}";

impl Stage {
    /// Takes in what was logged and what lies about in the window of the moment. To be called before a page goes.
    pub(crate) async fn gather(&self) -> Result<()> {
        if !self.browser.engine.has_devtools() {
            return self.gather_residue().await;
        }
        let (network, console) = (self.browser.log("performance").await?, self.browser.log("browser").await?);
        let unread = {
            let mut witnessed = self.witnessed();
            witnessed.network.take(&network);
            witnessed.console.extend(console.iter().map(Message::read));
            witnessed.network.unread_tokens()
        };
        for response in unread {
            let body = response.body(&self.browser).await?;
            self.witnessed().secrets.add_tokens(&body);
        }
        self.gather_residue().await
    }

    async fn gather_residue(&self) -> Result<()> {
        let read = "
            const all = (name) => {
              // A browser may keep its storage from a page.
              try { return JSON.stringify(Object.entries(globalThis[name])) } catch ({ name }) { return name }
            };
            const { events, violations, modes } = witness ?? { events: [], violations: [], modes: [] };
            return indexedDB.databases().catch(() => []).then((databases) => ({
              events: events.map((event) => JSON.stringify(event)), violations, modes,
              // Read to see that nothing of a customer's is there.
              residue: {
                sessionStorage: all('sessionStorage'), localStorage: all('localStorage'), cookie: document.cookie, address: location.href,
                referrer: document.referrer, title: document.title, name: window.name, state: JSON.stringify(history.state),
                performance: performance.getEntries().map(({ name }) => name).join(' '),
                IndexedDB: databases.map(({ name }) => name).join(' '),
              },
            }))";
        let seen = self.browser.page_script(read, json!([])).await?;
        let framed = if self.play.layout == Layout::Frame { self.browser.script(read, json!([])).await? } else { Value::Null };
        // Of the history, WebDriver itself tells nothing.
        let (history, cookies) = if self.browser.engine.has_devtools() {
            let history = self.browser.devtools("Page.getNavigationHistory", json!({})).await?["entries"].to_string();
            (history, self.browser.devtools("Network.getAllCookies", json!({})).await?["cookies"].to_string())
        } else {
            (String::new(), self.browser.cookies().await?)
        };
        let window = self.browser.window().await?;
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let mut witnessed = self.witnessed();
        let mut lies = |place: &str, content: &str| {
            let all = witnessed.residue.entry(format!("{place} of window {window}")).or_default();
            if !all.contains(content) {
                all.push_str(content);
                all.push('\n');
            }
        };
        for (place, content) in seen["residue"].as_object().into_iter().flatten() {
            lies(place, content.as_str().unwrap_or_default());
        }
        for (place, content) in framed["residue"].as_object().into_iter().flatten() {
            lies(&format!("{place} of the frame"), content.as_str().unwrap_or_default());
        }
        lies("history", &history);
        lies("cookies", &cookies);
        witnessed.root_modes.extend(texts(&seen["modes"]));
        for event in texts(&seen["events"]) {
            if !witnessed.events.contains(&event) {
                witnessed.events.push(event);
            }
        }
        witnessed.violations.extend(texts(&seen["violations"]).into_iter().chain(texts(&framed["violations"])));
        Ok(())
    }

    /// The end of a journey.
    pub(crate) async fn expect(&self, outcome: Outcome) -> Result<()> {
        for window in self.browser.windows().await? {
            self.browser.turn_to(&window).await?;
            self.gather().await?;
        }
        self.expect_ledger(&outcome)?;
        // What went over the network, only DevTools tells.
        if self.browser.engine.has_devtools() {
            self.expect_no_other_host()?;
            self.expect_policy()?;
        }
        self.expect_no_secret()?;
        self.expect_quiet()?;
        ensure!(!self.witnessed().events.is_empty(), "no event was heard");
        self.expect_closed()
    }

    /// The end of a journey on a page without the widget: there is no root, and the page's own script hears no event.
    pub(crate) async fn expect_without_widget(&self, outcome: Outcome) -> Result<()> {
        for window in self.browser.windows().await? {
            self.browser.turn_to(&window).await?;
            self.gather().await?;
        }
        self.expect_ledger(&outcome)?;
        self.expect_no_other_host()?;
        self.expect_policy()?;
        self.expect_no_secret()?;
        self.expect_quiet()
    }

    fn expect_ledger(&self, outcome: &Outcome) -> Result<()> {
        let ledger = self.ledger();
        let totals = &ledger["totals"];
        for (list, expected) in [
            ("purchases", outcome.purchases),
            ("charges", outcome.charges),
            ("policies", outcome.policies),
            ("cases", outcome.cases),
            ("vehicles", outcome.vehicles),
            ("smsSent", outcome.messages),
            ("unknownRoutes", 0),
            ("reusedRefreshes", 0),
        ] {
            ensure!(totals[list] == expected, "{list}: {} in the ledger, {expected} expected: {}", totals[list], ledger[list]);
        }
        let accepted = ledger["purchases"].as_array().into_iter().flatten().all(|purchase| purchase["accepted"] == true);
        ensure!(accepted, "a purchase was refused: {}", ledger["purchases"]);
        let calls = self.calls();
        let mut last = 0;
        for route in &outcome.order {
            let first = calls.iter().position(|call| call.route == *route);
            ensure!(first.is_some_and(|first| first >= last), "{route} is not where it belongs: {calls:#?}");
            last = first.unwrap_or_default();
        }
        let provoked = self.witnessed().provoked.clone();
        let failed = calls.iter().find(|call| {
            !(200..300).contains(&call.status)
                && !provoked.iter().any(|(status, path)| u64::from(*status) == call.status && is_at(&call.path, path))
        });
        ensure!(failed.is_none(), "the API refused {failed:?}");
        Ok(())
    }

    /// Nothing in the console, no violation of the page's policy, no barrier on any screen.
    pub(crate) fn expect_quiet(&self) -> Result<()> {
        let witnessed = self.witnessed();
        let unexpected: Vec<_> = witnessed.console.iter().filter(|message| !message.is_expected(&witnessed.provoked)).collect();
        ensure!(unexpected.is_empty(), "the console says {unexpected:#?}");
        ensure!(witnessed.violations.is_empty(), "the page's policy was violated: {:?}", witnessed.violations);
        drop(witnessed);
        self.expect_no_barrier()
    }

    /// No violation of accessibility on any screen that was looked at.
    pub(crate) fn expect_no_barrier(&self) -> Result<()> {
        let barriers = &self.witnessed().barriers;
        ensure!(barriers.is_empty(), "axe-core objects:\n{}", barriers.join("\n"));
        Ok(())
    }

    pub(crate) fn expect_closed(&self) -> Result<()> {
        let witnessed = self.witnessed();
        let closed = !witnessed.root_modes.is_empty() && witnessed.root_modes.iter().all(|mode| mode == "closed");
        ensure!(closed, "shadow roots were asked for as {:?}", witnessed.root_modes);
        Ok(())
    }

    pub(crate) fn expect_no_other_host(&self) -> Result<()> {
        let known = [&self.at.site, &self.at.cdn, &self.at.api, &self.at.pay];
        let strangers: BTreeSet<_> = self
            .witnessed()
            .network
            .requests
            .iter()
            .filter_map(|request| Url::parse(&request.url).ok())
            .filter(|url| url.scheme().starts_with("http"))
            .map(|url| url.origin().ascii_serialization())
            .filter(|origin| !known.contains(&origin))
            .collect();
        ensure!(strangers.is_empty(), "somebody else was asked: {strangers:?}");
        Ok(())
    }

    /// The host page sends the policy of decision 16, with its own sheet and script allowed and nothing else; or that of the journey.
    fn expect_policy(&self) -> Result<()> {
        let witnessed = self.witnessed();
        let site = format!("{}/", self.at.site);
        let pages: Vec<_> = witnessed.network.responses.iter().filter(|response| is_page(&response.url, &site)).collect();
        ensure!(!pages.is_empty(), "no page of the site was loaded");
        for page in pages {
            let policy = page.header("content-security-policy").unwrap_or_default();
            if let Some(own) = &self.play.policy {
                let own = own.replace("{{cdn}}", &self.at.cdn).replace("{{api}}", &self.at.api);
                ensure!(policy == own, "{} came with {policy}, and not with {own}", page.url);
                continue;
            }
            let directives: Vec<_> = policy.split(';').map(str::trim).collect();
            let script = format!("script-src 'self' {} 'wasm-unsafe-eval'", self.at.cdn);
            for directive in
                [script.as_str(), "default-src 'none'", "style-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"]
            {
                ensure!(directives.contains(&directive), "{} came without `{directive}`: {policy}", page.url);
            }
        }
        Ok(())
    }

    pub(crate) fn expect_no_secret(&self) -> Result<()> {
        let mut witnessed = self.witnessed();
        let requests = std::mem::take(&mut witnessed.network.requests);
        for request in &requests {
            witnessed.secrets.add_request(request);
        }
        let secrets = &witnessed.secrets;
        // A company has no birthday.
        let company = requests.iter().any(|request| request.body.contains(r#""$type":"company""#));
        let kinds = ["birth date", "code", "identity number", "phone", "access token", "refresh token", "MFA token"];
        let known = if self.browser.engine.has_devtools() { kinds.len() } else { 4 };
        for kind in kinds.into_iter().take(known).filter(|kind| !company || *kind != "birth date") {
            ensure!(secrets.kinds().contains(&kind), "the journey never saw the {kind} it looks for");
        }
        for (place, content) in &witnessed.residue {
            ensure!(secrets.found_in(content).is_none(), "{place} tells the {}: {content}", secrets.found_in(content).unwrap_or_default());
        }
        for event in &witnessed.events {
            ensure!(secrets.found_in(event).is_none(), "an event tells the {}: {event}", secrets.found_in(event).unwrap_or_default());
        }
        for request in &requests {
            let referrer = request.headers["Referer"].as_str().unwrap_or_default();
            for address in [request.url.as_str(), referrer] {
                ensure!(
                    secrets.found_in(address).is_none(),
                    "an address tells the {}: {address}",
                    secrets.found_in(address).unwrap_or_default()
                );
            }
        }
        witnessed.network.requests = requests;
        Ok(())
    }
}

fn is_page(url: &str, site: &str) -> bool {
    url.strip_prefix(site).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('?') || rest.split(['?', '#']).next().is_some_and(|path| path.ends_with(".html"))
    })
}
