//! The server: its memory, and what it does with a request when a fault is in the way.

use insurup_core::endpoint::Method;
use insurup_core::json::Value;
use insurup_core::transport::{Carried, Content, Failure, Request};

use crate::faults::{Fault, Faults};
use crate::market::{Customer, Proposal, customers};
use crate::payments::{Bought, Payments};
use crate::random::Random;
use crate::tokens::Tokens;
use crate::wire::{consent, object};

/// So many tabs one customer may have open.
pub(crate) const TABS: usize = 3;

/// Routes as far as faults tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    SignIn,
    Verify,
    Refresh,
    LookUp,
    CreateVehicle,
    CreateCase,
    CreateProposal,
    ReadProposal,
    Purchase,
    Other,
}

impl Route {
    pub(crate) fn of(request: &Request) -> Self {
        let segments: Vec<_> = request.path.split('/').collect();
        match (request.method, segments.as_slice()) {
            (_, ["auth", "customer", "login-or-register"]) => Self::SignIn,
            (_, ["auth", "customer", "verify-mfa"]) => Self::Verify,
            (_, ["auth", "customer", "refresh"]) => Self::Refresh,
            (_, ["customers", _, "vehicles", "external-lookup"]) => Self::LookUp,
            (Method::Post, ["customers", _, "vehicles"]) => Self::CreateVehicle,
            (_, ["cases:new-sale-opportunity"]) => Self::CreateCase,
            (Method::Post, ["proposals"]) => Self::CreateProposal,
            (Method::Get, ["proposals", _]) => Self::ReadProposal,
            (_, ["proposals", _, "products", _, "purchase", "async"]) => Self::Purchase,
            _ => Self::Other,
        }
    }
}

/// An answer of a route, before anything happens to it on the way.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) fn ok(body: Value) -> Reply {
    Reply { status: 200, body }
}

pub(crate) fn problem(status: u16, kind: &str) -> Reply {
    let kind = format!("https://api.insurup.com/problems/{kind}");
    Reply { status, body: object([("type", kind.into()), ("status", i64::from(status).into()), ("detail", "Olmadı.".into())]) }
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) random: Random,
    pub(crate) faults: Faults,
    pub(crate) tokens: Tokens,
    pub(crate) customers: Vec<Customer>,
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) payments: Payments,
    /// Requests that no API of this kind takes.
    pub(crate) unknown: Vec<String>,
    /// Requests in a form the original would not take, or with tokens nobody may use.
    pub(crate) wrong: Vec<String>,
    pub(crate) requests: u32,
    /// Whose request this is: the number of the tab.
    pub(crate) tab: usize,
    /// Another request for the same is on its way from the same page.
    pub(crate) has_twin: bool,
    /// A page went while its request to create a case was on its way: nobody can know of it, and the next page may create another.
    pub(crate) case_on_its_way: bool,
    /// By tab.
    trouble: [Trouble; TABS],
}

/// What a tab's session met since the customer signed in there.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    /// Calls that were last refused with 401, for telling when a client must believe that its session is over (F-17).
    refused: Vec<(String, Option<String>)>,
    /// A token was refused twice in a row for one path.
    pub(crate) refused_twice: bool,
    /// A renewal brought no tokens.
    pub(crate) renewal_lost: bool,
}

impl World {
    pub(crate) fn new(mut random: Random) -> Self {
        let faults = Faults::new(random.split());
        let customers = customers(&mut random);
        let mut tokens = Tokens::default();
        tokens.keeps_others = random.chance(500);
        Self {
            random,
            faults,
            tokens,
            customers,
            proposals: Vec::new(),
            payments: Payments::default(),
            unknown: Vec::new(),
            wrong: Vec::new(),
            requests: 0,
            tab: 0,
            has_twin: false,
            case_on_its_way: false,
            trouble: Default::default(),
        }
    }

    pub(crate) fn advance(&mut self, now: u64) {
        self.payments.advance(now, &mut self.random);
    }

    /// A customer signed in: what went wrong before belongs to an earlier session.
    pub(crate) fn signed_in(&mut self) {
        *self.trouble() = Trouble::default();
    }

    /// What the session of this tab met.
    pub(crate) fn trouble(&mut self) -> &mut Trouble {
        &mut self.trouble[self.tab]
    }

    /// Whether the client in this tab has a reason to believe that its session is over.
    pub(crate) fn is_session_lost(&self, tab: usize) -> bool {
        let Trouble { refused_twice, renewal_lost, .. } = self.trouble[tab];
        refused_twice || renewal_lost || !self.tokens.is_newest_alive(tab)
    }

    pub(crate) fn is_bought_or_being_bought(&self, product: &str, now: u64) -> bool {
        matches!(self.payments.state(product, now), Bought::Purchasing | Bought::Purchased { .. })
    }

    /// The first of these products that belongs to this proposal.
    pub(crate) fn first_of(&self, proposal: &str, products: &[String]) -> Option<String> {
        let proposal = self.proposals.iter().find(|of| of.id == proposal)?;
        proposal.offers.iter().find(|offer| products.contains(&offer.id)).map(|offer| offer.id.clone())
    }

    /// The server's part of one request.
    pub(crate) fn take(&mut self, request: &Request, fault: Option<Fault>, now: u64) -> Carried {
        self.advance(now);
        self.requests += 1;
        let route = Route::of(request);
        match fault {
            Some(Fault::Unauthorized) => return self.refuse(request),
            Some(Fault::TooManyReadable) => {
                let seconds = self.faults.retry_after();
                return answer(problem(429, "rate-limit-exceeded"), Some(seconds));
            }
            Some(Fault::TooManyBlind) => return answer(problem(429, "rate-limit-exceeded"), None),
            Some(Fault::Refused) => return answer(problem(self.faults.refusal(), "business-rule"), None),
            Some(Fault::ServerErrorBefore) => {
                self.trouble().renewal_lost |= route == Route::Refresh;
                return not_json(self.faults.server_error());
            }
            Some(Fault::PriceChange) => self.change_a_price(&request.path),
            Some(Fault::OfferGone) => self.take_an_offer_away(&request.path),
            Some(Fault::Revoked) => self.tokens.revoke_all(),
            _ => {}
        }
        let reply = self.route(request, fault, now);
        if route == Route::Refresh && (reply.status != 200 || fault.is_some_and(|fault| fault != Fault::Slow)) {
            self.trouble().renewal_lost = true;
        }
        if reply.status == 401 && route != Route::Verify {
            return self.refuse(request);
        }
        // An answer that can't be read leaves the client with the same call, and its one renewal is spent.
        // Of two such calls, nobody here knows which one it was.
        let readable = matches!(fault, None | Some(Fault::Slow | Fault::PriceChange | Fault::OfferGone | Fault::WrongShape));
        // With the token that was refused it is another call to the same path, which set out before: the refused one is still to be repeated.
        if readable && !self.has_twin {
            let (key, token) = (key(request), token(request));
            self.trouble().refused.retain(|(refused, with)| *refused != key || *with == token);
        }
        match fault {
            Some(Fault::LostAfter | Fault::RefreshLost) => Carried::Lost(Failure::Timeout),
            Some(Fault::ServerErrorAfter) => not_json(self.faults.server_error()),
            Some(Fault::NotJson) => Carried::Response { status: reply.status, retry_after_seconds: None, content: Content::NotJson },
            Some(Fault::Malformed) => Carried::Response { status: reply.status, retry_after_seconds: None, content: Content::Malformed },
            Some(Fault::WrongShape) => answer(ok(self.wrong_shape(route)), None),
            _ => answer(reply, None),
        }
    }

    fn refuse(&mut self, request: &Request) -> Carried {
        let (key, token) = (key(request), token(request));
        let trouble = self.trouble();
        trouble.refused_twice |= trouble.refused.iter().any(|(refused, _)| *refused == key);
        trouble.refused.push((key, token));
        answer(problem(401, "unauthorized"), None)
    }

    fn change_a_price(&mut self, path: &str) {
        let Self { proposals, random, .. } = self;
        if let Some(proposal) = proposals.iter_mut().find(|proposal| path.ends_with(&proposal.id)) {
            for offer in &mut proposal.offers {
                offer.price += i32::try_from(random.between(1, 20_000)).unwrap_or(1);
            }
        }
    }

    fn take_an_offer_away(&mut self, path: &str) {
        let Self { proposals, random, .. } = self;
        if let Some(proposal) = proposals.iter_mut().find(|proposal| path.ends_with(&proposal.id)) {
            let place = usize::try_from(random.between(0, proposal.offers.len() as u64)).unwrap_or(0);
            proposal.offers[place].gone = true;
        }
    }

    fn wrong_shape(&mut self, route: Route) -> Value {
        let hostile = ["javascript:alert(1)", "http://pay.example/start?id=0", "https://pay.example@evil.example/", ""];
        match (route, self.random.pick(&hostile)) {
            (Route::Purchase, Some(url)) => object([("redirectUrl", (*url).into())]),
            _ => object([("surprise", vec![Value::Null, 7.into()].into())]),
        }
    }
}

/// Tells calls apart that may be under way at the same time.
fn token(request: &Request) -> Option<String> {
    // EXPOSE: an invented token of an invented customer.
    request.bearer.as_ref().map(|token| token.expose().clone())
}

fn key(request: &Request) -> String {
    let consent = request.body.as_ref().and_then(consent).unwrap_or_default();
    [request.path.as_str(), &consent].concat()
}

fn answer(reply: Reply, retry_after_seconds: Option<u32>) -> Carried {
    let content = if reply.body.is_null() { Content::Empty } else { Content::Json(reply.body) };
    Carried::Response { status: reply.status, retry_after_seconds, content }
}

/// What a proxy in front of the server says.
fn not_json(status: u16) -> Carried {
    Carried::Response { status, retry_after_seconds: None, content: Content::NotJson }
}
