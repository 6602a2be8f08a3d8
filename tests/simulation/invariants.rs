//! What must hold after every step (`security.md` 2.6), told from the screen and the server's memory alone.

use std::collections::BTreeMap;

use insurup_core::client::Output;
use insurup_core::domain::Money;
use insurup_core::flow::{Event, FlowView, Journal, Screen};

use crate::payments::Bought;
use crate::world::{Route, World};

/// Names of the invariants, in the order in which they are printed.
pub(crate) const ALL: [(&str, &str); 11] = [
    ("I1", "at most one charge per customer and product"),
    ("I2", "at most one purchase call per confirmed attempt, its record kept before it"),
    ("I3", "a policy on the screen was bought"),
    ("I4", "\"not taken, try again\" on the screen was not bought and is not being bought"),
    ("I5", "no refresh token is sent twice"),
    ("I6", "who is signed out left, or lost the session, or the answer that renewed it"),
    ("I8", "what is busy on the screen has something under way"),
    ("I9", "no request the API does not know, or in another form"),
    ("I11", "at most six requests and sixteen timers at a time"),
    ("B43", "at most one case per customer, whatever happens"),
    ("T20", "what is bought costs what was shown at the press"),
];

#[derive(Debug, Default)]
pub(crate) struct Invariants {
    /// How often the precondition of each held.
    pub(crate) met: BTreeMap<&'static str, u64>,
    /// A press that has not led to a purchase yet, and the price it was made at.
    pressed: Option<Money>,
    /// The product of the newest purchase of this tab.
    product: Option<String>,
    recorded: bool,
    presses: usize,
    signed_in: bool,
    left: bool,
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
        self.signed_in = false;
    }

    /// The customer does something on this screen.
    pub(crate) fn event(&mut self, event: &Event, view: &FlowView) {
        match (event, &view.screen) {
            (Event::Pay { acknowledged: true }, Screen::Review(review)) if !review.busy => {
                self.pressed = review.plan.map(|plan| plan.total);
            }
            (Event::Pay { .. }, Screen::PriceChanged(changed)) => self.pressed = Some(changed.new),
            (Event::SignOut, _) => self.left = true,
            _ => {}
        }
    }

    /// The client wants something done; `price` is what the API last said about the record's product, in hundredths.
    pub(crate) fn output(&mut self, output: &Output, price: impl Fn(&Journal) -> Option<i64>) -> Result<(), String> {
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

    /// After a step. `under_way`: requests and timers of the page; nothing where nobody sees it.
    pub(crate) fn check(&mut self, view: &FlowView, world: &World, now: u64, under_way: Option<(usize, usize)>) -> Result<(), String> {
        let busy_paying = matches!(&view.screen, Screen::Review(review) if review.busy);
        if !busy_paying {
            self.pressed = None;
        }
        self.money(view, world, now)?;
        self.session(view, world)?;
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
        if let Some(customer) = world.customers.iter().find(|customer| customer.cases > 1) {
            return Err(format!("B43: {} cases for {}", customer.cases, customer.id));
        }
        Ok(())
    }

    fn money(&mut self, view: &FlowView, world: &World, now: u64) -> Result<(), String> {
        let charged = world.payments.charges.values().sum();
        if charged > self.charged {
            self.charged = charged;
            self.meet("I1");
        }
        if let Some((of, count)) = world.payments.charges.iter().find(|(_, count)| **count > 1) {
            return Err(format!("I1: {count} charges for {of:?}"));
        }
        if world.payments.received() > self.presses {
            return Err("I2: the server received more purchases than were confirmed".to_owned());
        }
        let product = self.product.clone();
        match &view.screen {
            Screen::Policy(_) => {
                self.meet("I3");
                let state = product.as_ref().map(|product| world.payments.state(product, now));
                if !matches!(state, Some(Bought::Purchased { .. })) {
                    return Err(format!("I3: a policy on the screen, {state:?} in the ledger"));
                }
            }
            // Whether or not it offers another try: "not taken" said wrongly makes the customer pay elsewhere.
            Screen::NotTaken(_) => {
                let bought = product.as_ref().is_none_or(|product| world.is_bought_or_being_bought(product, now));
                self.meet("I4");
                if bought {
                    return Err("I4: \"not taken\" on the screen, bought or being bought in the ledger".to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn session(&mut self, view: &FlowView, world: &World) -> Result<(), String> {
        if world.tokens.received.len() > self.refreshes {
            self.refreshes = world.tokens.received.len();
            self.meet("I5");
        }
        if let Some((_, count)) = world.tokens.received.iter().find(|(_, count)| **count > 1) {
            return Err(format!("I5: a refresh token was received {count} times"));
        }
        if self.signed_in && !view.signed_in {
            self.meet("I6");
            if !(self.left || world.refused_twice || world.renewal_lost) && world.tokens.is_newest_alive() {
                return Err("I6: signed out of a session that is alive".to_owned());
            }
        }
        self.signed_in = view.signed_in;
        if view.signed_in {
            self.left = false;
        }
        Ok(())
    }
}

/// Whether the screen tells the customer to wait.
fn is_busy(view: &FlowView) -> bool {
    match &view.screen {
        Screen::Blank | Screen::Checking(_) | Screen::Away(_) => true,
        Screen::Identify(identify) => identify.form.busy,
        Screen::Code(code) => code.busy,
        Screen::Opening => view.notice.is_none(),
        Screen::Consents(form) | Screen::Lookup(form) => form.busy,
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
        | Screen::SignedOut => false,
    }
}
