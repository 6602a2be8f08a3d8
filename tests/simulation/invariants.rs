//! What must hold after every step (`security.md` 2.6), told from the screen and the server's memory alone.

use std::collections::BTreeMap;

use insurup_core::client::Output;
use insurup_core::domain::Money;
use insurup_core::flow::{DocumentView, Event, FlowView, Journal, ResumeView, Screen};

use crate::payments::Bought;
use crate::wire::consent;
use crate::world::{Route, World};

/// Names of the invariants, in the order in which they are printed.
pub(crate) const ALL: [(&str, &str); 15] = [
    ("I1", "at most one charge per customer and product"),
    ("I2", "at most one purchase call per confirmed attempt, its record kept before it"),
    ("I3", "a policy on the screen was bought"),
    ("I4", "\"not taken, try again\" on the screen was not bought and is not being bought"),
    ("I5", "no refresh token is sent twice"),
    ("I6", "who is signed out left, or lost the session, or the answer that renewed it"),
    ("I7", "no identity, phone, code or token in an address, an event, a record or a lock's name"),
    ("I8", "what is busy on the screen has something under way"),
    ("I9", "no request the API does not know, or in another form"),
    ("I10", "a consent is given after it was ticked, an offer asked for after the consents were"),
    ("T35", "no session is longer than a quarter of an hour without its customer, but while the result of a payment is awaited"),
    ("F44", "who signed out in one tab is signed out in the others, but for a payment that is being sent"),
    ("I11", "at most six requests and sixteen timers at a time"),
    ("B43", "at most one case per customer, but for a page that goes while its request for one is on the way"),
    ("T20", "what is bought costs what was shown at the press"),
];

/// What a tab can't tell by itself.
pub(crate) struct Around {
    pub(crate) tab: usize,
    /// Since its customer last did something.
    pub(crate) idle_ms: u64,
    /// With other tabs around, one of which may buy at any moment: what was bought or being bought as far as this step could know.
    pub(crate) just_read: Option<Vec<String>>,
    /// What was bought or being bought when the answer was given that comes with this step.
    pub(crate) read: Vec<String>,
    /// Confirmed purchases of all tabs.
    pub(crate) presses: usize,
    /// Requests and timers of the page; nothing where nobody sees it.
    pub(crate) under_way: Option<(usize, usize)>,
}

/// The cap, told apart from the client's.
const IDLE_MS: u64 = 15 * 60_000;

#[derive(Debug, Default)]
pub(crate) struct Invariants {
    /// How often the precondition of each held.
    pub(crate) met: BTreeMap<&'static str, u64>,
    /// A press that has not led to a purchase yet, and the price it was made at.
    pressed: Option<Money>,
    /// The product this tab is about to buy, or has sent the newest purchase for.
    product: Option<String>,
    recorded: bool,
    pub(crate) presses: usize,
    /// "Not taken" was on the screen before this step.
    not_taken: bool,
    /// The offer that was chosen by this step, if it was.
    wanted: Option<String>,
    /// Offers that were carried on with: what is bought of them, another page may have begun to buy.
    resumed: Option<String>,
    /// The consents that were ticked when their screen of this page was left; nothing before that.
    ticked: Option<(bool, bool)>,
    signed_in: bool,
    left: bool,
    /// In another tab, and it is known here.
    left_elsewhere: bool,
    charged: u32,
    refreshes: usize,
    requests: u32,
    cases: u32,
}

impl Invariants {
    fn meet(&mut self, name: &'static str) {
        *self.met.entry(name).or_default() += 1;
    }

    /// A page began, with the record of the one before.
    pub(crate) fn page(&mut self, journal: Option<&Journal>) {
        self.product = journal.map(|journal| journal.product.to_string()).or(self.product.take());
        self.pressed = None;
        self.ticked = None;
        self.signed_in = false;
        self.left_elsewhere = false;
    }

    /// The customer has signed out in another tab, of which this one is told.
    pub(crate) fn hears_of_sign_out(&mut self, view: &FlowView) {
        self.left_elsewhere = view.signed_in;
        self.left |= view.signed_in;
    }

    /// The customer does something on this screen.
    pub(crate) fn event(&mut self, event: &Event, view: &FlowView) {
        match (event, &view.screen) {
            (Event::Pay { acknowledged: true }, Screen::Review(review)) if !review.busy => {
                self.pressed = review.plan.map(|plan| plan.total);
            }
            (Event::Pay { .. }, Screen::PriceChanged(changed)) => self.pressed = Some(changed.new),
            (Event::SubmitConsents { kvkk, etk }, Screen::Consents(consents)) if !consents.form.busy => self.ticked = Some((*kvkk, *etk)),
            (Event::PickOffer(product), Screen::Offers(_)) => self.wanted = Some(product.to_string()),
            // One at a time.
            (Event::ResumeProposal(proposal), Screen::Mine(mine)) if mine.proposals.iter().all(|own| own.resume != ResumeView::Busy) => {
                self.resumed = Some(proposal.to_string());
            }
            (Event::SignOut, _) => self.left = true,
            _ => {}
        }
    }

    /// The client wants something done; `price` is what the API last said about the record's product, in hundredths.
    pub(crate) fn output(&mut self, output: &Output, price: impl Fn(&Journal) -> Option<i64>) -> Result<(), String> {
        self.nothing_private(output)?;
        self.consents(output)?;
        match output {
            Output::StoreJournal(journal) => {
                self.product = Some(journal.product.to_string());
                self.recorded = true;
                self.meet("T20");
                let shown = self.pressed.map(Money::minor);
                if shown.is_none() || shown != price(journal) {
                    return Err(format!("T20: pressed at {shown:?}, buys at {:?}", price(journal)));
                }
            }
            Output::Send(_, request) if Route::of(request) == Route::Purchase => {
                self.meet("I2");
                self.presses += 1;
                if self.pressed.take().is_none() {
                    return Err("I2: a purchase that nobody confirmed".to_owned());
                }
                let named = self.product.as_ref().is_some_and(|product| request.path.contains(product.as_str()));
                if !std::mem::take(&mut self.recorded) || !named {
                    return Err("I2: a purchase without its record".to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What others can read: addresses in logs of servers, events and locks on the page, the record in the tab's storage.
    fn nothing_private(&mut self, output: &Output) -> Result<(), String> {
        let text = match output {
            Output::Send(_, request) => request.path.clone(),
            Output::Lock(_, lock) => lock.name(),
            other => format!("{other:?}"),
        };
        self.meet("I7");
        let needles = ["10000000146", "19090909018", "5321234567", "5329876543", "23.04.1990", "1990-04-23", "access-", "refresh-", "mfa-"];
        match needles.into_iter().find(|needle| text.contains(needle)) {
            Some(needle) => Err(format!("I7: {needle} in {text}")),
            None => Ok(()),
        }
    }

    fn consents(&mut self, output: &Output) -> Result<(), String> {
        let Output::Send(_, request) = output else { return Ok(()) };
        if let Some(consent) = request.body.as_ref().filter(|_| request.path.ends_with("/consents")).and_then(consent) {
            self.meet("I10");
            let (kvkk, etk) = self.ticked.unwrap_or_default();
            if !(if consent == "KVKK" { kvkk } else { etk }) {
                return Err(format!("I10: {consent} given, ticked: {:?}", self.ticked));
            }
        }
        if Route::of(request) == Route::CreateProposal && self.ticked.is_none() {
            return Err("I10: offers asked for before the consents were".to_owned());
        }
        Ok(())
    }

    /// After a step.
    pub(crate) fn check(&mut self, view: &FlowView, world: &World, now: u64, around: &Around) -> Result<(), String> {
        let under_way = around.under_way;
        let busy_paying = matches!(&view.screen, Screen::Review(review) if review.busy);
        if !busy_paying {
            self.pressed = None;
        }
        self.money(view, world, now, around)?;
        self.session(view, world, around)?;
        if let Some(request) = world.unknown.first().or(world.wrong.first()) {
            return Err(format!("I9: {request}"));
        }
        if world.requests > self.requests {
            self.requests = world.requests;
            self.meet("I9");
        }
        if is_busy(view) {
            self.meet("I8");
            if under_way == Some((0, 0)) {
                return Err(format!("I8: nothing is under way on {}", view.screen.name()));
            }
        }
        if let Some((requests, timers)) = under_way.filter(|(requests, _)| *requests > 1) {
            self.meet("I11");
            if requests > 6 || timers > 16 {
                return Err(format!("I11: {requests} requests and {timers} timers at a time"));
            }
        }
        let cases = world.customers.iter().map(|customer| customer.cases).sum();
        if cases > self.cases {
            self.cases = cases;
            self.meet("B43");
        }
        if let Some(customer) = world.customers.iter().find(|customer| customer.cases > 1 && !world.case_on_its_way) {
            return Err(format!("B43: {} cases for {}", customer.cases, customer.id));
        }
        Ok(())
    }

    fn money(&mut self, view: &FlowView, world: &World, now: u64, around: &Around) -> Result<(), String> {
        let charged = world.payments.charges.values().sum();
        if charged > self.charged {
            self.charged = charged;
            self.meet("I1");
        }
        if let Some((of, count)) = world.payments.charges.iter().find(|(_, count)| **count > 1) {
            return Err(format!("I1: {count} charges for {of:?}"));
        }
        if world.payments.received() > around.presses {
            return Err("I2: the server received more purchases than were confirmed".to_owned());
        }
        if let Some(wanted) = self.wanted.take().filter(|_| matches!(view.screen, Screen::Review(_))) {
            self.product = Some(wanted);
        }
        // Carried on with, and straight to the check: what is being bought there.
        if matches!(view.screen, Screen::Checking(_))
            && let Some(proposal) = self.resumed.take()
        {
            self.product = world.first_of(&proposal, &around.read).or(self.product.take());
        }
        if matches!(view.screen, Screen::Offers(_)) {
            self.resumed = None;
        }
        let product = self.product.clone();
        let was_not_taken = std::mem::replace(&mut self.not_taken, matches!(view.screen, Screen::NotTaken(_)));
        match &view.screen {
            Screen::Policy(_) => {
                self.meet("I3");
                let state = product.as_ref().map(|product| world.payments.state(product, now));
                if !matches!(state, Some(Bought::Purchased { .. })) {
                    return Err(format!("I3: a policy on the screen, {state:?} in the ledger"));
                }
            }
            // Whether or not it offers another try: "not taken" said wrongly makes the customer pay elsewhere.
            // What another tab does after it was said, this one's screen can't know.
            Screen::NotTaken(_) if around.just_read.is_none() || !was_not_taken => {
                let bought = product.as_ref().is_none_or(|product| match &around.just_read {
                    Some(open) => open.contains(product),
                    None => world.is_bought_or_being_bought(product, now),
                });
                self.meet("I4");
                if bought {
                    return Err("I4: \"not taken\" on the screen, bought or being bought in the ledger".to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn session(&mut self, view: &FlowView, world: &World, around: &Around) -> Result<(), String> {
        if world.tokens.received.len() > self.refreshes {
            self.refreshes = world.tokens.received.len();
            self.meet("I5");
        }
        if let Some((_, count)) = world.tokens.received.iter().find(|(_, count)| **count > 1) {
            return Err(format!("I5: a refresh token was received {count} times"));
        }
        if self.signed_in && !view.signed_in {
            self.meet("I6");
            if !(self.left || around.idle_ms >= IDLE_MS || world.is_session_lost(around.tab)) {
                return Err("I6: signed out of a session that is alive".to_owned());
            }
        }
        if view.signed_in && around.idle_ms >= IDLE_MS / 2 {
            self.meet("T35");
        }
        if view.signed_in && around.idle_ms >= IDLE_MS && !waits(view) {
            return Err(format!("T35: signed in after {} s without the customer", around.idle_ms / 1_000));
        }
        self.signed_in = view.signed_in;
        if self.left_elsewhere {
            self.meet("F44");
            let is_buying = matches!(&view.screen, Screen::Review(review) if review.busy);
            if view.signed_in && !is_buying {
                return Err("F44: still signed in after a sign-out in another tab".to_owned());
            }
            self.left_elsewhere = view.signed_in;
        }
        if view.signed_in && !self.left_elsewhere {
            self.left = false;
        }
        Ok(())
    }
}

/// Whether a payment is being sent, or its result awaited: the customer is at the bank.
pub(crate) fn waits(view: &FlowView) -> bool {
    match &view.screen {
        Screen::Checking(_) | Screen::Away(_) => true,
        Screen::Review(review) => review.busy,
        _ => false,
    }
}

/// Whether the screen tells the customer to wait.
fn is_busy(view: &FlowView) -> bool {
    match &view.screen {
        Screen::Blank | Screen::Checking(_) | Screen::Away(_) => true,
        Screen::Identify(identify) => identify.form.busy,
        Screen::Code(code) => code.busy,
        Screen::Opening => view.notice.is_none(),
        Screen::Consents(consents) => consents.form.busy,
        Screen::Profile(profile) => profile.form.busy,
        Screen::Lookup(lookup) => lookup.form.busy,
        Screen::Found(found) => found.busy,
        Screen::ByHand(form) => form.form.busy || form.models_busy || (form.brands.is_empty() && !form.lists_failed),
        Screen::Offers(offers) => !(offers.done || offers.failed) && view.notice.is_none(),
        Screen::Review(review) => review.busy || review.documents_busy,
        Screen::Vehicles(_)
        | Screen::PriceChanged(_)
        | Screen::Ready(_)
        | Screen::Unknown(_)
        | Screen::NotTaken(_)
        | Screen::Policy(_)
        | Screen::Called(_)
        | Screen::SignedOut => false,
        Screen::Coverages(view) => view.busy,
        Screen::Comparison(view) => view.busy,
        Screen::Mine(view) => {
            let opens = view.proposals.iter().any(|proposal| proposal.resume == ResumeView::Busy);
            view.busy || opens || view.policies.iter().any(|policy| policy.document == DocumentView::Busy)
        }
    }
}
