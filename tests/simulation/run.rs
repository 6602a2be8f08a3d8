//! One sale from its seed: the queue of what happens when, and the way of every request.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use insurup_core::client::{Input, Output, Ticket};
use insurup_core::flow::{Event, Journal, Now, Screen};
use insurup_core::json::Value;
use insurup_core::transport::{Carried, Content, Failure, Request};

use crate::faults::Fault;
use crate::invariants::{self, Invariants};
use crate::random::Random;
use crate::sut::{Client, Make};
use crate::user::{Act, User};
use crate::wire::member;
use crate::world::{Route, World};

const LIMIT_MS: u64 = 40 * 60_000;
/// 1 March 2026, noon in Istanbul.
const NOON: i64 = 1_772_355_600_000;
/// So many of the last events are printed with a seed that fails.
const LOG: usize = 60;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    Policy,
    SignedOut,
    OutOfTime,
    Broken,
}

pub(crate) struct Outcome {
    seed: u64,
    steps: u64,
    end: End,
    pub(crate) violation: Option<String>,
    log: VecDeque<String>,
    faults: BTreeMap<Fault, u32>,
    met: BTreeMap<&'static str, u64>,
    reloads: u64,
    tried_again: bool,
}

enum Happening {
    /// A request reaches the server.
    Arrives {
        page: u32,
        ticket: Ticket,
        request: Box<Request>,
        fault: Option<Fault>,
        back: u64,
        deadline: u64,
    },
    /// Its outcome reaches the page.
    Comes {
        page: u32,
        ticket: Ticket,
        carried: Carried,
        proposal: bool,
    },
    Fires {
        page: u32,
        ticket: Ticket,
    },
    User,
}

struct Run<'a> {
    make: &'a Make,
    seed: u64,
    now: u64,
    world: World,
    user: User,
    client: Box<dyn Client>,
    page: u32,
    journal: Option<Journal>,
    hidden: bool,
    queue: BTreeMap<(u64, u64), Happening>,
    count: u64,
    invariants: Invariants,
    /// What the API last said each plan costs, as far as it reached the page.
    prices: BTreeMap<(String, i64), i64>,
    steps: u64,
    log: VecDeque<String>,
}

pub(crate) fn run(seed: u64, make: &Make) -> Outcome {
    let mut random = Random::new(seed);
    let (world, user) = (World::new(random.split()), User::new(random.split()));
    let mut run = Run {
        make,
        seed,
        now: 1_000,
        world,
        user,
        client: make(seed),
        page: 0,
        journal: None,
        hidden: false,
        queue: BTreeMap::new(),
        count: 0,
        invariants: Invariants::default(),
        prices: BTreeMap::new(),
        steps: 0,
        log: VecDeque::new(),
    };
    let (end, violation) = match run.play() {
        Ok(end) => (end, None),
        Err(violation) => (End::Broken, Some(violation)),
    };
    Outcome {
        seed,
        steps: run.steps,
        end,
        violation,
        log: run.log,
        reloads: u64::from(run.page),
        tried_again: run.world.payments.tried_again(),
        faults: run.world.faults.fired,
        met: run.invariants.met,
    }
}

impl Run<'_> {
    fn play(&mut self) -> Result<End, String> {
        self.step(Input::Event(Event::Started(None)))?;
        self.plan(500, Happening::User);
        while let Some(((time, _), happening)) = self.queue.pop_first() {
            self.now = self.now.max(time);
            if self.now > LIMIT_MS {
                break;
            }
            match happening {
                Happening::Arrives { page, ticket, request, fault, back, deadline } => {
                    let proposal = Route::of(&request) == Route::ReadProposal;
                    // An answer that comes after the client has given up is none.
                    let fault = if self.now + back >= deadline { Some(Fault::LostAfter) } else { fault };
                    let carried = self.world.take(&request, fault, self.now);
                    self.note(&format!("server: {} {} {fault:?} -> {}", request.method.as_str(), request.path, outcome(&carried)));
                    let wait = if matches!(carried, Carried::Lost(_)) { deadline.saturating_sub(self.now) } else { back };
                    self.plan(wait, Happening::Comes { page, ticket, carried, proposal });
                }
                Happening::Comes { page, ticket, carried, proposal } if page == self.page => {
                    if proposal {
                        self.learn_prices(&carried);
                    }
                    self.step(Input::Carried(ticket, carried))?;
                }
                Happening::Fires { page, ticket } if page == self.page => self.step(Input::TimerFired(ticket))?,
                Happening::Comes { .. } | Happening::Fires { .. } => {}
                Happening::User => {
                    if let Some(end) = self.user_acts()? {
                        return Ok(end);
                    }
                }
            }
        }
        Ok(if matches!(self.client.view().screen, Screen::Policy(_)) { End::Policy } else { End::OutOfTime })
    }

    fn user_acts(&mut self) -> Result<Option<End>, String> {
        let view = self.client.view();
        self.world.advance(self.now);
        for act in self.user.acts(&view, &mut self.world, self.now) {
            match act {
                Act::Send(event) => self.step(Input::Event(event))?,
                Act::Reload => self.reload()?,
                Act::Leave => {
                    return Ok(Some(if matches!(self.client.view().screen, Screen::Policy(_)) { End::Policy } else { End::SignedOut }));
                }
            }
        }
        let view = self.client.view();
        // A page that was left in the background is looked at again.
        if std::mem::take(&mut self.hidden) {
            self.step(Input::Event(Event::Shown))?;
        }
        let thinks = self.user.thinks(&view);
        self.plan(thinks, Happening::User);
        Ok(None)
    }

    /// A new page in the same tab: nothing is left but the record.
    fn reload(&mut self) -> Result<(), String> {
        self.note("user: reloads the page");
        self.page += 1;
        self.hidden = false;
        self.client = (self.make)(self.seed.wrapping_add(u64::from(self.page) << 32));
        self.invariants.page(self.journal.as_ref());
        let page = self.page;
        let Self { queue, world, .. } = self;
        // What had not left the page yet never will.
        queue.retain(|_, happening| match happening {
            Happening::Arrives { page: of, .. } if *of != page => world.faults.had_left(),
            _ => true,
        });
        self.step(Input::Event(Event::Started(self.journal.clone())))
    }

    fn step(&mut self, input: Input) -> Result<(), String> {
        self.steps += 1;
        let before = self.client.view();
        match &input {
            Input::Event(event) => {
                self.invariants.event(event, &before);
                match event {
                    Event::Hidden => self.hidden = true,
                    Event::Shown => self.hidden = false,
                    _ => {}
                }
                let event = format!("{event:?}");
                self.note(&format!("user on {}: {}", before.screen.name(), event.split_once('(').map_or(event.as_str(), |(name, _)| name)));
            }
            Input::Carried(_, carried) => self.note(&format!("answer: {}", outcome(carried))),
            Input::TimerFired(_) => self.note("timer"),
        }
        let unix_ms = NOON + i64::try_from(self.now).unwrap_or(0);
        for output in self.client.handle(input, Now { ms: self.now, unix_ms }) {
            let prices = &self.prices;
            let price = |journal: &Journal| prices.get(&(journal.product.to_string(), i64::from(journal.instalments))).copied();
            self.invariants.output(&output, price)?;
            self.perform(output);
        }
        let view = self.client.view();
        if view.screen.name() != before.screen.name() {
            self.note(&format!("screen: {}", view.screen.name()));
        }
        self.world.advance(self.now);
        let page = self.page;
        let (mut requests, mut timers) = (0, 0);
        for happening in self.queue.values() {
            match happening {
                Happening::Arrives { page: of, .. } | Happening::Comes { page: of, .. } if *of == page => requests += 1,
                Happening::Fires { page: of, .. } if *of == page => timers += 1,
                _ => {}
            }
        }
        self.invariants.check(&view, &self.world, self.now, (!self.hidden).then_some((requests, timers)))
    }

    fn perform(&mut self, output: Output) {
        let page = self.page;
        match output {
            Output::Send(ticket, request) => self.send(ticket, request),
            Output::Wait(ticket, milliseconds) => self.plan(u64::from(milliseconds), Happening::Fires { page, ticket }),
            Output::StoreJournal(journal) => self.journal = Some(journal),
            Output::ForgetJournal => self.journal = None,
            Output::Tell(_) => {}
        }
    }

    fn send(&mut self, ticket: Ticket, request: Request) {
        let page = self.page;
        let route = Route::of(&request);
        let fault = self.world.faults.draw(route);
        let (there, back) = self.world.faults.ways(fault);
        let deadline = u64::from(request.deadline_ms);
        let lost = match fault {
            Some(Fault::LostBefore) => Some((deadline, Failure::Timeout)),
            Some(Fault::Unreachable) => Some((back, Failure::Unreachable)),
            Some(Fault::Offline) => Some((1, Failure::Offline)),
            _ => None,
        };
        match lost {
            Some((wait, failure)) => {
                self.world.renewal_lost |= route == Route::Refresh;
                self.note(&format!("lost: {} {} {fault:?}", request.method.as_str(), request.path));
                self.plan(wait, Happening::Comes { page, ticket, carried: Carried::Lost(failure), proposal: false });
            }
            None => {
                let deadline = self.now + deadline;
                self.plan(there, Happening::Arrives { page, ticket, request: Box::new(request), fault, back, deadline });
            }
        }
    }

    fn learn_prices(&mut self, carried: &Carried) {
        let Carried::Response { status: 200, content: Content::Json(body), .. } = carried else { return };
        for product in member(body, "products").map_or(&[][..], Value::items) {
            let id = member(product, "id").and_then(Value::as_text).unwrap_or_default();
            for plan in member(product, "premiums").map_or(&[][..], Value::items) {
                let instalments = member(plan, "installmentNumber").and_then(Value::as_integer).unwrap_or(0);
                let price = member(plan, "grossPremium").and_then(Value::as_f64).unwrap_or(0.0);
                #[expect(clippy::cast_possible_truncation, reason = "prices of this market are below a million")]
                self.prices.insert((id.to_owned(), instalments), (price * 100.0).round() as i64);
            }
        }
    }

    fn plan(&mut self, wait: u64, happening: Happening) {
        self.count += 1;
        self.queue.insert((self.now + wait, self.count), happening);
    }

    fn note(&mut self, line: &str) {
        if self.log.len() == LOG {
            self.log.pop_front();
        }
        self.log.push_back(format!("{:>9.3} {line}", std::time::Duration::from_millis(self.now).as_secs_f64()));
    }
}

fn outcome(carried: &Carried) -> String {
    match carried {
        Carried::Response { status, content: Content::Json(_) | Content::Empty, .. } => status.to_string(),
        Carried::Response { status, content, .. } => format!("{status} {content:?}"),
        Carried::Lost(failure) => format!("{failure:?}"),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.log {
            writeln!(formatter, "  {line}")?;
        }
        let violation = self.violation.as_deref().unwrap_or("no invariant was broken");
        writeln!(formatter, "seed {} after {} steps: {violation}", self.seed, self.steps)
    }
}

/// What happened over all seeds.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) sales: u64,
    pub(crate) steps: u64,
    reloads: u64,
    tried_again: u64,
    ends: BTreeMap<End, u64>,
    faults: BTreeMap<Fault, u64>,
    met: BTreeMap<&'static str, u64>,
    /// Seeds that broke an invariant.
    pub(crate) broken: Vec<u64>,
}

impl Report {
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        self.sales += 1;
        self.steps += outcome.steps;
        self.reloads += outcome.reloads;
        self.tried_again += u64::from(outcome.tried_again);
        *self.ends.entry(outcome.end).or_default() += 1;
        for (fault, count) in &outcome.faults {
            *self.faults.entry(*fault).or_default() += u64::from(*count);
        }
        for (name, count) in &outcome.met {
            *self.met.entry(name).or_default() += count;
        }
        if outcome.violation.is_some() {
            self.broken.push(outcome.seed);
        }
    }

    /// A fault that never fires proves nothing, nor does an invariant whose condition never arises.
    pub(crate) fn assert_everything_happened(&self) {
        for fault in Fault::ALL {
            assert!(self.faults.contains_key(&fault), "{fault:?} never fired");
        }
        for (name, _) in invariants::ALL {
            assert!(self.met.contains_key(name), "{name} never applied");
        }
        let bought = self.ends.get(&End::Policy).copied().unwrap_or(0);
        assert!(bought * 2 > self.sales, "only {bought} of {} sales ended in a policy", self.sales);
        assert!(self.reloads > 0 && self.tried_again > 0);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} sales, {} steps, {} reloads; ended by {:?}", self.sales, self.steps, self.reloads, self.ends)?;
        writeln!(formatter, "{} sales paid for an offer more than once, after it was not taken", self.tried_again)?;
        for fault in Fault::ALL {
            writeln!(formatter, "  {:<18} {:>7}", format!("{fault:?}"), self.faults.get(&fault).copied().unwrap_or(0))?;
        }
        for (name, meaning) in invariants::ALL {
            writeln!(formatter, "  {name:<4} {:>7}  {meaning}", self.met.get(name).copied().unwrap_or(0))?;
        }
        Ok(())
    }
}
