//! The engine between flow and carrier: tokens, renewals, and what may go out when.

use std::collections::VecDeque;
use std::rc::Rc;

use super::{Engine, Input, Message, Output, Ticket};
use crate::domain::{AgentId, Channel, CoverageGroupId, InsurerId, ProductId, Secret, VehicleId};
use crate::endpoint::Wire;
use crate::flow::{Config, Event, IdentityForm, IdentityKind, Notice, Now, Permissions, SessionProfile, StateKind};
use crate::transport::{Carried, Content, Failure};

const REFRESH: &str = "auth/customer/refresh";
const PROPOSAL: &str = "proposals/q1";
const PURCHASE: &str = "proposals/q1/products/o1/purchase/async";
const OFFER: &str = r#"{"proposalId": "q1", "totalProductsCount": 2, "products": [{"id": "o1", "insuranceCompanyId": 12,
    "productType": "WEB_SERVICE", "state": "ACTIVE", "supportedPaymentOptions": ["ASYNC_INSURANCE_COMPANY_REDIRECT"],
    "premiums": [{"installmentNumber": 1, "grossPremium": 8500.55, "currency": "TRY"}]}]}"#;
const URL: &str = r#"{"url": "https://files.example/x.pdf"}"#;

/// An engine, what it sent that has not been answered, and its timers.
struct Bench {
    engine: Engine,
    now: u64,
    sent: Vec<(Ticket, String, Option<String>)>,
    timers: Vec<(Ticket, u32)>,
    /// Calls that ended without a value.
    errors: u32,
}

impl Bench {
    fn new(wire: Wire) -> Self {
        let id = |text: &str| InsurerId::new(text).unwrap();
        let permissions = Permissions { quote: true, sell_online: vec!["https://a.example".to_owned()], ..Permissions::default() };
        let config = Config {
            agent: AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90").unwrap(),
            agent_branch: None,
            channel: Channel::Website,
            coverage_groups: vec![CoverageGroupId::new("68f0c0ffee0123456789aa01").unwrap()],
            callback_url: "https://a.example/donus".to_owned(),
            host_origin: "https://a.example".to_owned(),
            insurers: vec![(id("12"), permissions)],
            products: Vec::new(),
            required_consents: Vec::new(),
            verifies_phone: false,
            offers_etk: true,
            wire,
            session: SessionProfile::NewTab,
            local: false,
        };
        let mut bench = Self { engine: Engine::new(Rc::new(config), 7), now: 1_000, sent: Vec::new(), timers: Vec::new(), errors: 0 };
        bench.event(Event::Started(None));
        bench
    }

    fn input(&mut self, input: Input) {
        let now = Now { ms: self.now, unix_ms: 1_772_355_600_000 };
        let mut outputs = VecDeque::from(self.engine.handle(input, now));
        while let Some(output) = outputs.pop_front() {
            match output {
                // There is no other tab.
                Output::Lock(attempt, _) => outputs.extend(self.engine.handle(Input::Event(Event::Locked(attempt, true)), now)),
                Output::GoOn(event) => outputs.extend(self.engine.handle(Input::Event(event), now)),
                Output::Send(ticket, request) => {
                    self.sent.push((ticket, request.path, request.bearer.map(|bearer| bearer.expose().clone())));
                }
                Output::Wait(ticket, milliseconds) => self.timers.push((ticket, milliseconds)),
                Output::Tell(Message::Error(_)) => self.errors += 1,
                Output::StoreJournal(_) | Output::ForgetJournal | Output::Tell(_) | Output::Unlock(_) | Output::VerifyPhone(..) => {}
            }
        }
    }

    fn event(&mut self, event: Event) {
        self.input(Input::Event(event));
    }

    #[track_caller]
    fn carried(&mut self, path: &str, carried: Carried) {
        let place = self.sent.iter().position(|(_, sent, _)| sent == path).unwrap_or_else(|| panic!("no {path} in {:?}", self.paths()));
        let (ticket, ..) = self.sent.remove(place);
        self.input(Input::Carried(ticket, carried));
    }

    #[track_caller]
    fn answer(&mut self, path: &str, body: &str) {
        let content = Content::Json(serde_json::from_str(body).unwrap());
        self.carried(path, Carried::Response { status: 200, retry_after_seconds: None, content });
    }

    #[track_caller]
    fn refuse(&mut self, path: &str, status: u16) {
        self.carried(path, Carried::Response { status, retry_after_seconds: None, content: Content::Empty });
    }

    fn fire(&mut self) {
        let (ticket, milliseconds) = self.timers.pop().unwrap();
        self.now += u64::from(milliseconds);
        self.input(Input::TimerFired(ticket));
    }

    fn paths(&self) -> Vec<&str> {
        self.sent.iter().map(|(_, path, _)| path.as_str()).collect()
    }

    #[track_caller]
    fn bearer(&self, path: &str) -> Option<&str> {
        let (.., bearer) = self.sent.iter().find(|(_, sent, _)| sent == path).unwrap_or_else(|| panic!("no {path} in {:?}", self.paths()));
        bearer.as_deref()
    }

    fn sign_in(&mut self, number: u32) {
        let secret = |text: &str| Secret::new(text.to_owned());
        self.event(Event::SubmitIdentity(Box::new(IdentityForm {
            kind: IdentityKind::Individual,
            number: secret("10000000146"),
            birth_date: secret("23.04.1990"),
            phone: secret("0532 123 45 67"),
        })));
        self.answer("auth/customer/login-or-register", r#"{"token": "t"}"#);
        self.event(Event::SubmitCode(secret("123456")));
        self.answer("auth/customer/verify-mfa", &tokens(number));
        self.answer(
            "customers/me",
            r#"{"id": "c1", "fullName": "Deniz Yılmaz", "primaryEmail": "deniz@ornek.com", "city": {"value": "34"}}"#,
        );
    }

    fn offers(&mut self) {
        self.sign_in(1);
        self.answer(
            "graphql",
            r#"{"data": {"cases": {"items": [{"productBranch": "KASKO", "type": "SALE_OPPORTUNITY", "status": "OPEN"}]}}}"#,
        );
        self.answer("customers/me/vehicles", r#"[{"id": "v1"}]"#);
        self.answer("customers/c1/consents", r#"{"consents": []}"#);
        self.event(Event::SubmitConsents { kvkk: false, etk: false });
        self.event(Event::ChooseVehicle(VehicleId::new("v1").unwrap()));
        self.answer("proposals", r#""q1""#);
        self.answer(PROPOSAL, OFFER);
        assert_eq!((self.engine.flow().kind(), self.paths()), (StateKind::Offers, vec![]));
    }

    fn press(&mut self) {
        self.event(Event::PickOffer(ProductId::new("o1").unwrap()));
        self.answer("proposals/q1/products/o1/document", URL);
        self.answer("proposals/q1/products/o1/information-form-document", URL);
        self.event(Event::Pay { acknowledged: true });
    }
}

fn tokens(number: u32) -> String {
    format!(r#"{{"accessToken": "a{number}", "refreshToken": "r{number}", "expiresIn": 600}}"#)
}

fn bench() -> Bench {
    let mut bench = Bench::new(Wire::Current);
    bench.offers();
    bench
}

#[test]
fn two_calls_wait_for_one_renewal() {
    let mut bench = bench();
    bench.now += 480_000;
    bench.event(Event::PickOffer(ProductId::new("o1").unwrap()));
    assert_eq!(bench.paths(), [REFRESH]);
    assert_eq!(bench.bearer(REFRESH), None);
    bench.answer(REFRESH, &tokens(2));
    assert_eq!(bench.paths().len(), 2);
    assert!(bench.sent.iter().all(|(.., bearer)| bearer.as_deref() == Some("a2")));
}

#[test]
fn everyone_who_waits_learns_that_the_renewal_failed() {
    for outcome in [Carried::Lost(Failure::Timeout), Carried::Response { status: 401, retry_after_seconds: None, content: Content::Empty }]
    {
        let mut bench = bench();
        bench.now += 480_000;
        bench.event(Event::PickOffer(ProductId::new("o1").unwrap()));
        bench.carried(REFRESH, outcome);
        assert_eq!((bench.engine.flow().kind(), bench.paths()), (StateKind::SendingCode, vec!["auth/customer/login-or-register"]));
    }
}

#[test]
fn a_refused_token_is_renewed_once_for_a_call() {
    let mut bench = bench();
    bench.fire();
    bench.refuse(PROPOSAL, 401);
    bench.answer(REFRESH, &tokens(2));
    assert_eq!(bench.bearer(PROPOSAL), Some("a2"));
    bench.refuse(PROPOSAL, 401);
    assert_eq!((bench.engine.flow().kind(), bench.paths()), (StateKind::SendingCode, vec!["auth/customer/login-or-register"]));
}

#[test]
fn the_refusal_of_a_token_that_was_replaced_meanwhile_ends_nothing() {
    let mut bench = bench();
    bench.event(Event::PickOffer(ProductId::new("o1").unwrap()));
    let [first, second] = ["proposals/q1/products/o1/document", "proposals/q1/products/o1/information-form-document"];
    bench.refuse(first, 401);
    bench.answer(REFRESH, &tokens(2));
    bench.now += 480_000;
    // Another call renews the second pair while the first still carries it.
    bench.event(Event::Retry);
    bench.answer(REFRESH, &tokens(3));
    let place = bench.sent.iter().position(|(.., bearer)| bearer.as_deref() == Some("a2")).unwrap();
    let late = bench.sent.remove(place);
    bench.sent.insert(0, late);
    bench.refuse(first, 401);
    assert_eq!(bench.engine.flow().kind(), StateKind::Review);
    assert!(bench.engine.calls.is_signed_in());
    assert!(bench.sent.iter().any(|(_, path, bearer)| path == first && bearer.as_deref() == Some("a3")), "{:?}", bench.sent);
    assert!(bench.paths().contains(&second));
}

#[test]
fn a_purchase_goes_out_with_two_minutes_left_and_never_twice() {
    let mut bench = bench();
    // Nothing else would renew yet.
    bench.now += 479_000;
    bench.press();
    bench.now += 2_000;
    bench.answer(PROPOSAL, OFFER);
    assert_eq!(bench.paths(), [REFRESH]);
    bench.answer(REFRESH, &tokens(2));
    assert_eq!((bench.bearer(PURCHASE), bench.paths()), (Some("a2"), vec![PURCHASE]));
    bench.refuse(PURCHASE, 401);
    assert_eq!((bench.engine.flow().kind(), bench.paths()), (StateKind::Checking, vec![PROPOSAL]));
}

#[test]
fn a_purchase_is_not_repeated_whatever_becomes_of_it() {
    for status in [408, 429, 500, 502, 503, 504] {
        let mut bench = bench();
        bench.press();
        bench.answer(PROPOSAL, OFFER);
        bench.refuse(PURCHASE, status);
        assert_eq!(bench.paths(), [PROPOSAL]);
    }
    for failure in [Failure::Timeout, Failure::Unreachable, Failure::Offline, Failure::Aborted] {
        let mut bench = bench();
        bench.press();
        bench.answer(PROPOSAL, OFFER);
        bench.carried(PURCHASE, Carried::Lost(failure));
        assert_eq!(bench.paths(), [PROPOSAL]);
    }
}

/// The purchase waits for new tokens when its customer leaves. Nothing of it may happen in the next customer's session.
#[test]
fn a_purchase_that_waits_for_tokens_is_not_sent_after_the_customer_left() {
    let mut bench = bench();
    bench.now += 479_000;
    bench.press();
    bench.now += 2_000;
    bench.answer(PROPOSAL, OFFER);
    bench.event(Event::SignOut);
    bench.event(Event::Retry);
    bench.sign_in(9);
    bench.answer(REFRESH, &tokens(2));
    assert!(!bench.paths().contains(&PURCHASE), "{:?}", bench.paths());
    // And the tokens it waited for do not replace the new customer's.
    bench.answer(PROPOSAL, OFFER);
    bench.fire();
    assert_eq!(bench.bearer(PROPOSAL), Some("a9"));
}

#[test]
fn tokens_that_come_after_the_session_ended_do_not_replace_the_next_ones() {
    let mut bench = bench();
    bench.event(Event::PickOffer(ProductId::new("o1").unwrap()));
    let document = "proposals/q1/products/o1/document";
    bench.refuse(document, 401);
    bench.answer(REFRESH, &tokens(2));
    bench.now += 480_000;
    // One call renews, while another is refused a second time and ends the session.
    bench.event(Event::Retry);
    bench.refuse(document, 401);
    assert_eq!(bench.engine.flow().kind(), StateKind::SendingCode);
    bench.sent.retain(|(_, path, _)| path == REFRESH || path == "auth/customer/login-or-register");
    bench.sign_in(9);
    assert_eq!(bench.bearer(PROPOSAL), Some("a9"));
    bench.answer(REFRESH, &tokens(3));
    bench.answer(PROPOSAL, OFFER);
    bench.fire();
    assert_eq!(bench.bearer(PROPOSAL), Some("a9"));
}

#[test]
fn nothing_goes_out_with_tokens_that_came_without_a_code() {
    let mut bench = Bench::new(Wire::Current);
    let secret = |text: &str| Secret::new(text.to_owned());
    bench.event(Event::SubmitIdentity(Box::new(IdentityForm {
        kind: IdentityKind::Individual,
        number: secret("10000000146"),
        birth_date: secret("23.04.1990"),
        phone: secret("0532 123 45 67"),
    })));
    bench.answer("auth/customer/login-or-register", &tokens(1));
    assert_eq!((bench.engine.flow().kind(), bench.paths()), (StateKind::Identify, vec![]));
    assert!(!bench.engine.calls.is_signed_in());
}

/// The guides' server answers a renewal without a refresh token: the first one stays good.
#[test]
fn the_guides_session_is_renewed_more_than_once() {
    let mut bench = Bench::new(Wire::Guide);
    bench.offers();
    for access in ["a2", "a3", "a4"] {
        bench.now += 480_000;
        bench.event(Event::KeepWaiting);
        assert!(bench.bearer(REFRESH).is_some());
        bench.answer(REFRESH, &format!(r#"{{"accessToken": "{access}", "expiresIn": "600"}}"#));
        assert_eq!(bench.bearer(PROPOSAL), Some(access));
        bench.answer(PROPOSAL, OFFER);
    }
}

/// What was wanted in one session is no word about the next: the customer may have unticked it meanwhile.
#[test]
fn a_call_of_an_ended_session_is_not_made_again_in_the_next_one() {
    let mut bench = Bench::new(Wire::Current);
    let no_cases = r#"{"data": {"cases": {"items": [{"productBranch": "KASKO", "type": "SALE_OPPORTUNITY", "status": "OPEN"}]}}}"#;
    bench.sign_in(1);
    bench.answer("graphql", no_cases);
    bench.answer("customers/me/vehicles", "[]");
    let consents = "customers/c1/consents";
    bench.answer(consents, r#"{"consents": []}"#);
    bench.event(Event::SubmitConsents { kvkk: true, etk: true });
    assert_eq!(bench.paths(), [consents, consents]);
    // One consent is refused, with the renewal that follows; the other one is still on its way when the customer is back.
    bench.refuse(consents, 401);
    bench.refuse(REFRESH, 401);
    assert_eq!(bench.engine.flow().kind(), StateKind::SendingCode);
    bench.sign_in(2);
    bench.event(Event::SubmitConsents { kvkk: true, etk: false });
    assert_eq!(bench.paths(), [consents, consents]);
    bench.refuse(consents, 401);
    assert_eq!(bench.paths(), [consents]);
    assert_eq!(bench.bearer(consents), Some("a2"));
}

#[test]
fn a_call_is_not_repeated_after_half_a_minute_unless_the_server_says_when() {
    for (status, seconds, repeated) in [(503, None, false), (429, Some(60), true)] {
        let mut bench = bench();
        bench.event(Event::KeepWaiting);
        let trouble = || Carried::Response { status, retry_after_seconds: seconds, content: Content::Empty };
        bench.timers.clear();
        bench.carried(PROPOSAL, trouble());
        bench.now += 30_000;
        bench.fire();
        assert_eq!(bench.paths(), [PROPOSAL]);
        bench.carried(PROPOSAL, trouble());
        assert_eq!(bench.errors == 0, repeated, "{status}");
    }
}

#[test]
fn who_signed_out_in_another_tab_is_signed_out_here_and_told_why() {
    let mut bench = bench();
    bench.input(Input::SignedOutElsewhere);
    let said = |bench: &Bench| (bench.engine.flow().kind(), bench.engine.view().notice.clone());
    assert_eq!(said(&bench), (StateKind::SignedOut, Some(Notice::SignedOutElsewhere)));
    // Looking at the tab, or another sign-out, changes nothing; beginning anew does.
    bench.event(Event::Shown);
    bench.input(Input::SignedOutElsewhere);
    assert_eq!(said(&bench), (StateKind::SignedOut, Some(Notice::SignedOutElsewhere)));
    bench.event(Event::Retry);
    assert_eq!(said(&bench), (StateKind::Identify, None));
    // Nobody is signed in: what is typed here is of no session.
    bench.input(Input::SignedOutElsewhere);
    assert_eq!(said(&bench), (StateKind::Identify, None));
    // Who signs out here needs no explanation.
    bench.sign_in(2);
    bench.event(Event::SignOut);
    assert_eq!(said(&bench), (StateKind::SignedOut, None));
}

#[test]
fn a_payment_that_is_being_sent_is_sent_before_the_sign_out_of_another_tab_counts() {
    let mut bench = bench();
    bench.press();
    bench.answer(PROPOSAL, OFFER);
    bench.input(Input::SignedOutElsewhere);
    assert_eq!((bench.engine.flow().kind(), bench.paths()), (StateKind::Sending, vec![PURCHASE]));
    bench.answer(PURCHASE, r#"{"redirectUrl": "https://bank.example/pay"}"#);
    assert_eq!(bench.engine.flow().kind(), StateKind::SignedOut);
    assert_eq!(bench.engine.view().notice, Some(Notice::SignedOutElsewhere));
}
