//! Clients that are wrong on purpose, as mistakes around the engine: no wrong code lives in the product.

use insurup_core::client::{Engine, Input, Output, Ticket};
use insurup_core::flow::{Event, FlowView, NotTakenView, PolicyView, Screen};
use insurup_core::flow::{Now, Step};
use insurup_core::transport::{Carried, Content, Failure, Request};

use crate::sut::{Client, engine};
use crate::wire::{copy, object};
use crate::world::Route;

fn again(request: &Request) -> Request {
    Request {
        method: request.method,
        path: request.path.clone(),
        bearer: request.bearer.clone(),
        body: request.body.as_ref().map(copy),
        deadline_ms: request.deadline_ms,
    }
}

/// "No answer? Once more." The retry that every generic HTTP client offers.
pub(crate) struct ResendsPurchase {
    engine: Engine,
    last: Option<(Ticket, Request)>,
}

impl ResendsPurchase {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self { engine: engine(seed), last: None })
    }
}

impl Client for ResendsPurchase {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        if let Input::Carried(ticket, Carried::Lost(Failure::Timeout)) = &input
            && let Some((_, request)) = self.last.take_if(|(of, _)| of == ticket)
        {
            return vec![Output::Send(*ticket, request)];
        }
        let outputs = self.engine.handle(input, now);
        for output in &outputs {
            if let Output::Send(ticket, request) = output
                && Route::of(request) == Route::Purchase
            {
                self.last = Some((*ticket, again(request)));
            }
        }
        outputs
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.engine.view())
    }
}

/// "The bank sent the customer back, so it is paid": or not paid, every other time.
pub(crate) struct BelievesReturn {
    engine: Engine,
    believed: Option<bool>,
    returns: u64,
}

impl BelievesReturn {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self { engine: engine(seed), believed: None, returns: seed })
    }
}

impl Client for BelievesReturn {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let paying = matches!(self.engine.view().screen, Screen::Ready(_) | Screen::Away(_) | Screen::Checking(_) | Screen::Unknown(_));
        if matches!(input, Input::Event(Event::Returned)) && paying {
            self.returns += 1;
            self.believed = Some(self.returns.is_multiple_of(2));
        }
        let outputs = self.engine.handle(input, now);
        // From the next screen on it is the engine's again.
        if !matches!(self.engine.view().screen, Screen::Checking(_)) {
            self.believed = None;
        }
        outputs
    }

    fn view(&self) -> FlowView {
        let mut view = FlowView::clone(&self.engine.view());
        let nothing = || (None, None, None, None, None, None, None);
        match self.believed {
            None => {}
            Some(true) => {
                let (product, vehicle, number, start, end, paid, document_url) = nothing();
                let insurer = "Sigorta".to_owned();
                view.screen = Screen::Policy(PolicyView {
                    insurer,
                    product,
                    insured: None,
                    vehicle,
                    number,
                    start,
                    end,
                    paid,
                    document_url,
                    mail: None,
                });
                view.step = Step::Policy;
            }
            Some(false) => {
                view.screen = Screen::NotTaken(NotTakenView {
                    insurer: "Sigorta".to_owned(),
                    amount: None,
                    reason: None,
                    not_started: false,
                    can_retry: true,
                    retry_at_ms: 0,
                    in_a_row: 1,
                    support_code: String::new(),
                });
            }
        }
        view
    }
}

/// "Nobody opens two tabs": asks for no lock, and goes on as if it had one.
pub(crate) struct AsksForNoLock(Engine);

impl AsksForNoLock {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self(engine(seed)))
    }
}

impl Client for AsksForNoLock {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let mut outputs = Vec::new();
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for output in self.0.handle(input, now) {
                match output {
                    Output::Lock(attempt, _) => inputs.push(Input::Event(Event::Locked(attempt, true))),
                    output => outputs.push(output),
                }
            }
        }
        outputs
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.0.view())
    }
}

/// Two renewals of one session at a time, as two tabs that share their tokens would make.
pub(crate) struct RefreshesTwice {
    engine: Engine,
    extra: u32,
}

impl RefreshesTwice {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self { engine: engine(seed), extra: u32::MAX })
    }
}

impl Client for RefreshesTwice {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let mut outputs = self.engine.handle(input, now);
        let twice = outputs.iter().find_map(|output| match output {
            Output::Send(_, request) if Route::of(request) == Route::Refresh => Some(again(request)),
            _ => None,
        });
        if let Some(request) = twice {
            self.extra -= 1;
            outputs.push(Output::Send(Ticket(self.extra), request));
        }
        outputs
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.engine.view())
    }
}

/// "There will be no case yet": makes one without looking, as after each reload.
pub(crate) struct LooksForNoCase {
    engine: Engine,
    asked: Option<Ticket>,
}

impl LooksForNoCase {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self { engine: engine(seed), asked: None })
    }
}

impl Client for LooksForNoCase {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let input = match input {
            Input::Carried(ticket, Carried::Response { status: 200, retry_after_seconds, .. }) if self.asked == Some(ticket) => {
                let none = object([("data", object([("cases", object([("items", Vec::new().into())]))]))]);
                Input::Carried(ticket, Carried::Response { status: 200, retry_after_seconds, content: Content::Json(none) })
            }
            input => input,
        };
        let outputs = self.engine.handle(input, now);
        for output in &outputs {
            if let Output::Send(ticket, request) = output
                && request.path == "graphql"
            {
                self.asked = Some(*ticket);
            }
        }
        outputs
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.engine.view())
    }
}

/// "The record can be written once the answer is there": until then a reload knows of nothing.
pub(crate) struct BuysWithoutRecord(Engine);

impl BuysWithoutRecord {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self(engine(seed)))
    }
}

impl Client for BuysWithoutRecord {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let mut outputs = self.0.handle(input, now);
        outputs.retain(|output| !matches!(output, Output::StoreJournal(_)));
        outputs
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.0.view())
    }
}

/// "A server that answers 500 has lost the session": signs the customer out in the middle of a sale.
pub(crate) struct SignsOutOnTrouble {
    engine: Engine,
    out: bool,
}

impl SignsOutOnTrouble {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self { engine: engine(seed), out: false })
    }
}

impl Client for SignsOutOnTrouble {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        self.out |= matches!(input, Input::Carried(_, Carried::Response { status: 500.., .. })) && self.engine.view().signed_in;
        self.engine.handle(input, now)
    }

    fn view(&self) -> FlowView {
        let mut view = FlowView::clone(&self.engine.view());
        if self.out {
            view.screen = Screen::SignedOut;
            view.signed_in = false;
        }
        view
    }
}

/// "Each tab has a session of its own": goes on with one that the customer thinks is over.
pub(crate) struct HearsNothing(Engine);

impl HearsNothing {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self(engine(seed)))
    }
}

impl Client for HearsNothing {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        if matches!(input, Input::SignedOutElsewhere) { Vec::new() } else { self.0.handle(input, now) }
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.0.view())
    }
}
