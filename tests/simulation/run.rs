//! One sale from its seed, in one to three tabs: the queue of what happens when, and the way of every request.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use insurup_core::client::{Input, Left, Output, Ticket};
use insurup_core::flow::{Attempt, Event, FlowView, Journal, Now, Screen};
use insurup_core::json::Value;
use insurup_core::transport::{Carried, Content, Failure, Request};

use crate::faults::Fault;
use crate::invariants::{self, Around, Invariants};
use crate::locks::{At, Locks};
use crate::random::Random;
use crate::sut::{Client, Make};
use crate::user::{Act, User};
use crate::wire::member;
use crate::world::{Route, TABS, World};

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
    resumed: u64,
    tabs: usize,
    refused_locks: u64,
    tried_again: bool,
}

enum Happening {
    /// A tab is opened: a new one, or a copy of the first.
    Opens {
        copies: bool,
    },
    /// A request reaches the server.
    Arrives {
        at: At,
        ticket: Ticket,
        request: Box<Request>,
        fault: Option<Fault>,
        back: u64,
        deadline: u64,
    },
    /// Its outcome reaches the page.
    Comes {
        at: At,
        ticket: Ticket,
        carried: Carried,
        /// What was bought or being bought when a proposal was read.
        read: Option<Vec<String>>,
    },
    Fires {
        at: At,
        ticket: Ticket,
    },
    /// The browser's answer about a lock.
    Locked {
        at: At,
        attempt: Attempt,
        granted: bool,
    },
    /// What answers to it is loaded.
    GoesOn {
        at: At,
        event: Event,
    },
    /// The customer has signed out in another tab, and this one hears of it.
    HearsOfSignOut {
        at: At,
    },
    User(usize),
    /// Two windows side by side: something is done in this one right after the other.
    UserToo(usize),
}

/// A tab with the widget in it.
struct Tab {
    client: Box<dyn Client>,
    page: u32,
    user: User,
    /// What the tab's own storage holds.
    journal: Option<Journal>,
    /// When its customer last did something.
    acted_at: u64,
    hidden: bool,
    /// What was bought or being bought when the answer about offers was given that comes with this step.
    just_read: Vec<String>,
    invariants: Invariants,
    /// How it ended.
    end: Option<End>,
}

struct Run<'a> {
    make: &'a Make,
    seed: u64,
    now: u64,
    world: World,
    tabs: Vec<Tab>,
    locks: Locks,
    random: Random,
    queue: BTreeMap<(u64, u64), Happening>,
    count: u64,
    /// What the API last said each plan costs, as far as it reached a page.
    prices: BTreeMap<(String, i64), i64>,
    refused_locks: u64,
    resumed: u64,
    steps: u64,
    log: VecDeque<String>,
}

pub(crate) fn run(seed: u64, make: &Make) -> Outcome {
    let mut random = Random::new(seed);
    let world = World::new(random.split());
    let mut run = Run {
        make,
        seed,
        now: 1_000,
        world,
        tabs: Vec::new(),
        locks: Locks::default(),
        random,
        queue: BTreeMap::new(),
        count: 0,
        prices: BTreeMap::new(),
        refused_locks: 0,
        resumed: 0,
        steps: 0,
        log: VecDeque::new(),
    };
    let (end, violation) = match run.play() {
        Ok(end) => (end, None),
        Err(violation) => (End::Broken, Some(violation)),
    };
    let mut met = BTreeMap::new();
    for (name, count) in run.tabs.iter().flat_map(|tab| &tab.invariants.met) {
        *met.entry(*name).or_default() += count;
    }
    Outcome {
        seed,
        steps: run.steps,
        end,
        violation,
        log: run.log,
        tabs: run.tabs.len(),
        refused_locks: run.refused_locks,
        resumed: run.resumed,
        reloads: run.tabs.iter().map(|tab| u64::from(tab.page)).sum(),
        tried_again: run.world.payments.tried_again(),
        faults: run.world.faults.fired,
        met,
    }
}

fn time(ms: u64) -> Now {
    Now { ms, unix_ms: NOON + i64::try_from(ms).unwrap_or(0) }
}

/// What the storage of a duplicated tab holds too.
fn copied(left: &Left) -> Left {
    let Left { journal, refresh, began_unix_ms } = left;
    Left { journal: journal.clone(), refresh: std::rc::Rc::clone(refresh), began_unix_ms: *began_unix_ms }
}

impl Run<'_> {
    fn play(&mut self) -> Result<End, String> {
        let tabs = *self.random.pick(&[1, 1, 2, TABS]).unwrap_or(&1);
        self.open(None, None)?;
        for _ in 1..tabs {
            let (latest, copies) = (*self.random.pick(&[2_000, 60_000]).unwrap_or(&0), self.random.chance(500));
            let wait = self.random.between(0, latest);
            self.plan(wait, Happening::Opens { copies });
        }
        while let Some(((time, _), happening)) = self.queue.pop_first() {
            self.now = self.now.max(time);
            if self.now > LIMIT_MS {
                break;
            }
            self.happens(happening)?;
            if self.tabs.iter().all(|tab| tab.end.is_some()) {
                break;
            }
        }
        let bought = |tab: &Tab| tab.end == Some(End::Policy) || matches!(tab.client.view().screen, Screen::Policy(_));
        Ok(match self.tabs.iter().any(bought) {
            true => End::Policy,
            false if self.tabs.iter().any(|tab| tab.end.is_none()) => End::OutOfTime,
            false => End::SignedOut,
        })
    }

    fn happens(&mut self, happening: Happening) -> Result<(), String> {
        match happening {
            Happening::Opens { copies } => self.opens(copies)?,
            Happening::Arrives { at, ticket, request, fault, back, deadline } => {
                // An answer that comes after the client has given up is none.
                let fault = if self.now + back >= deadline { Some(Fault::LostAfter) } else { fault };
                self.world.tab = at.tab;
                let is_twin = |of: &Happening| matches!(of, Happening::Arrives { at: of, request: twin, .. } if *of == at && twin.path == request.path);
                self.world.has_twin = self.queue.values().any(is_twin);
                let carried = self.world.take(&request, fault, self.now);
                self.note(at.tab, &format!("server: {} {} {fault:?} -> {}", request.method.as_str(), request.path, outcome(&carried)));
                let wait = if matches!(carried, Carried::Lost(_)) { deadline.saturating_sub(self.now) } else { back };
                let read = (Route::of(&request) == Route::ReadProposal).then(|| self.world.payments.open(self.now));
                self.plan(wait, Happening::Comes { at, ticket, carried, read });
            }
            Happening::Comes { at, ticket, carried, read } if self.is_there(at) => {
                if let Some(open) = read {
                    self.learn_prices(&carried);
                    self.tabs[at.tab].just_read = open;
                }
                self.step(at.tab, Input::Carried(ticket, carried))?;
                self.tabs[at.tab].just_read.clear();
            }
            Happening::Fires { at, ticket } if self.is_there(at) => self.step(at.tab, Input::TimerFired(ticket))?,
            Happening::Locked { at, attempt, granted } if self.is_there(at) => {
                self.step(at.tab, Input::Event(Event::Locked(attempt, granted)))?;
            }
            Happening::GoesOn { at, event } if self.is_there(at) => self.step(at.tab, Input::Event(event))?,
            Happening::HearsOfSignOut { at } if self.is_there(at) => self.step(at.tab, Input::SignedOutElsewhere)?,
            Happening::Comes { .. }
            | Happening::Fires { .. }
            | Happening::Locked { .. }
            | Happening::GoesOn { .. }
            | Happening::HearsOfSignOut { .. } => {}
            Happening::User(tab) => {
                self.user_acts(tab)?;
                let Tab { client, user, end, .. } = &mut self.tabs[tab];
                if end.is_none() {
                    let thinks = user.thinks(&client.view());
                    // Now and then the customer is called away.
                    let away = if self.random.chance(4) { self.random.between(12 * 60_000, 20 * 60_000) } else { 0 };
                    self.plan(thinks + away, Happening::User(tab));
                }
            }
            Happening::UserToo(tab) if self.tabs[tab].end.is_none() => self.user_acts(tab)?,
            Happening::UserToo(_) => {}
        }
        Ok(())
    }

    /// Whether this page is still in its tab.
    fn is_there(&self, at: At) -> bool {
        let tab = &self.tabs[at.tab];
        tab.page == at.page && tab.end.is_none()
    }

    fn at(&self, tab: usize) -> At {
        At { tab, page: self.tabs[tab].page }
    }

    /// Half of the further tabs are copies of the first, made while it pays: they have its record.
    fn opens(&mut self, copies: bool) -> Result<(), String> {
        let record = self.tabs[0].journal.clone().filter(|_| copies);
        if copies && record.is_none() && self.tabs[0].end.is_none() {
            self.plan(5_000, Happening::Opens { copies });
            return Ok(());
        }
        self.open(record, None)
    }

    fn open(&mut self, journal: Option<Journal>, left: Option<Left>) -> Result<(), String> {
        let number = self.tabs.len();
        let tab = Tab {
            client: (self.make)(self.seed.wrapping_add((number as u64) << 48)),
            page: 0,
            user: User::new(self.random.split()),
            journal: journal.clone(),
            acted_at: self.now,
            hidden: false,
            just_read: Vec::new(),
            invariants: Invariants::default(),
            end: None,
        };
        self.tabs.push(tab);
        self.tabs[number].invariants.page(journal.as_ref());
        self.begin(number, journal, left)?;
        self.plan(500, Happening::User(number));
        Ok(())
    }

    fn user_acts(&mut self, number: usize) -> Result<(), String> {
        self.world.advance(self.now);
        self.world.tab = number;
        let Self { tabs, world, now, .. } = self;
        let tab = &mut tabs[number];
        for act in tab.user.acts(&tab.client.view(), world, *now) {
            match act {
                Act::Send(event) => {
                    let pays = matches!(event, Event::Pay { .. } | Event::SubmitCode(_) | Event::PayAgain);
                    let leaves = matches!(event, Event::SignOut);
                    self.step(number, Input::Event(event))?;
                    if pays {
                        self.act_elsewhere_too(number);
                    }
                    if leaves {
                        self.leaves_elsewhere_too(number);
                    }
                }
                Act::Reload => self.reload(number)?,
                Act::Leave => {
                    let tab = &mut self.tabs[number];
                    tab.end = Some(if matches!(tab.client.view().screen, Screen::Policy(_)) { End::Policy } else { End::SignedOut });
                    self.give_up(|at, _| at.tab == number);
                    return Ok(());
                }
            }
        }
        // A page that was left in the background is looked at again.
        if std::mem::take(&mut self.tabs[number].hidden) {
            self.step(number, Input::Event(Event::Shown))?;
        }
        Ok(())
    }

    fn leaves_elsewhere_too(&mut self, number: usize) {
        for other in (0..self.tabs.len()).filter(|other| *other != number) {
            let (wait, at) = (self.random.between(1, 300), self.at(other));
            self.plan(wait, Happening::HearsOfSignOut { at });
        }
    }

    fn act_elsewhere_too(&mut self, number: usize) {
        for other in (0..self.tabs.len()).filter(|other| *other != number) {
            if self.random.chance(500) {
                let wait = self.random.between(1, 300);
                self.plan(wait, Happening::UserToo(other));
            }
        }
    }

    /// A new page in the same tab: nothing is left but the record.
    fn reload(&mut self, number: usize) -> Result<(), String> {
        self.note(number, "user: reloads the page");
        let seed = self.seed.wrapping_add((number as u64) << 48);
        // A phone that kills a page says nothing.
        let is_told = self.random.chance(700);
        let tab = &mut self.tabs[number];
        let left = tab.client.leave().filter(|_| is_told);
        tab.page += 1;
        tab.hidden = false;
        tab.client = (self.make)(seed.wrapping_add(u64::from(tab.page) << 32));
        tab.invariants.page(tab.journal.as_ref());
        let journal = tab.journal.clone();
        let now = self.at(number);
        let Self { queue, world, .. } = self;
        // What had not left the page yet never will.
        queue.retain(|_, happening| match happening {
            Happening::Arrives { at, request, .. } if at.tab == number && *at != now => {
                let left = world.faults.had_left();
                world.case_on_its_way |= left && Route::of(request) == Route::CreateCase;
                left
            }
            _ => true,
        });
        // A page that is gone holds nothing.
        self.give_up(|at, _| at.tab == number && at != now);
        let is_copied = self.tabs.len() < TABS && self.random.chance(300);
        let copy = left.as_ref().filter(|_| is_copied).map(copied);
        self.resumed += u64::from(left.is_some());
        self.begin(number, journal.clone(), left)?;
        match copy {
            // The tab was duplicated while it was at the payment page: both come back.
            Some(left) => self.open(journal, Some(left)),
            None => Ok(()),
        }
    }

    fn begin(&mut self, number: usize, journal: Option<Journal>, left: Option<Left>) -> Result<(), String> {
        let Some(left) = left else { return self.step(number, Input::Event(Event::Started(journal))) };
        self.note(number, "goes on with what the page before left");
        self.steps += 1;
        let before = self.tabs[number].client.view();
        let outputs = self.tabs[number].client.resume(left, time(self.now));
        self.carry(number, &before, outputs)
    }

    fn give_up(&mut self, who: impl Fn(At, Attempt) -> bool) {
        for (at, attempt) in self.locks.give_up(who) {
            self.plan(1, Happening::Locked { at, attempt, granted: true });
        }
    }

    fn step(&mut self, number: usize, input: Input) -> Result<(), String> {
        self.steps += 1;
        let before = self.tabs[number].client.view();
        match &input {
            Input::Event(event) => {
                let tab = &mut self.tabs[number];
                tab.invariants.event(event, &before);
                match event {
                    Event::Hidden => tab.hidden = true,
                    Event::Shown => tab.hidden = false,
                    _ => {}
                }
                if !matches!(event, Event::Hidden | Event::Shown) {
                    tab.acted_at = self.now;
                }
                let event = format!("{event:?}");
                let name = event.split_once('(').map_or(event.as_str(), |(name, _)| name);
                self.note(number, &format!("user on {}: {name}", before.screen.name()));
            }
            Input::Carried(_, carried) => self.note(number, &format!("answer: {}", outcome(carried))),
            Input::TimerFired(_) => self.note(number, "timer"),
            Input::SignedOutElsewhere => {
                self.tabs[number].invariants.hears_of_sign_out(&before);
                self.note(number, "signed out elsewhere");
            }
        }
        let outputs = self.tabs[number].client.handle(input, time(self.now));
        self.carry(number, &before, outputs)
    }

    fn carry(&mut self, number: usize, before: &FlowView, outputs: Vec<Output>) -> Result<(), String> {
        for output in outputs {
            let prices = &self.prices;
            let price = |journal: &Journal| prices.get(&(journal.product.to_string(), i64::from(journal.instalments))).copied();
            self.tabs[number].invariants.output(&output, price)?;
            self.perform(number, output);
        }
        let view = self.tabs[number].client.view();
        if view.screen.name() != before.screen.name() {
            self.note(number, &format!("screen: {}", view.screen.name()));
        }
        self.world.advance(self.now);
        let here = self.at(number);
        let (mut requests, mut timers) = (0, 0);
        for happening in self.queue.values() {
            match happening {
                Happening::Arrives { at, .. } | Happening::Comes { at, .. } if *at == here => requests += 1,
                Happening::Fires { at, .. } | Happening::Locked { at, .. } if *at == here => timers += 1,
                _ => {}
            }
        }
        let around = Around {
            tab: number,
            idle_ms: self.now - self.tabs[number].acted_at,
            just_read: (self.tabs.len() > 1).then(|| self.tabs[number].just_read.clone()),
            read: self.tabs[number].just_read.clone(),
            presses: self.tabs.iter().map(|tab| tab.invariants.presses).sum(),
            under_way: (!self.tabs[number].hidden).then_some((requests, timers)),
        };
        if invariants::waits(&view) {
            self.tabs[number].acted_at = self.now;
        }
        self.tabs[number].invariants.check(&view, &self.world, self.now, &around)
    }

    fn perform(&mut self, number: usize, output: Output) {
        let at = self.at(number);
        match output {
            Output::Send(ticket, request) => self.send(at, ticket, request),
            Output::Wait(ticket, milliseconds) => self.plan(u64::from(milliseconds), Happening::Fires { at, ticket }),
            Output::StoreJournal(journal) => self.tabs[number].journal = Some(journal),
            Output::ForgetJournal => self.tabs[number].journal = None,
            // What is loaded then may take its time, and may not come at all: then the customer presses.
            Output::GoOn(event) => {
                let wait = self.random.between(0, 3_000);
                if !self.random.chance(100) {
                    self.plan(wait, Happening::GoesOn { at, event });
                }
            }
            Output::Tell(_) => {}
            Output::Lock(attempt, lock) => {
                if let Some(granted) = self.locks.ask(at, attempt, &lock) {
                    self.refused_locks += u64::from(!granted);
                    let wait = self.random.between(0, 20);
                    self.plan(wait, Happening::Locked { at, attempt, granted });
                }
            }
            Output::VerifyPhone(..) => unreachable!("no agency here verifies phones itself"),
            Output::Unlock(attempt) => self.give_up(|of, held| of == at && held == attempt),
        }
    }

    fn send(&mut self, at: At, ticket: Ticket, request: Request) {
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
                self.world.tab = at.tab;
                self.world.trouble().renewal_lost |= route == Route::Refresh;
                self.note(at.tab, &format!("lost: {} {} {fault:?}", request.method.as_str(), request.path));
                self.plan(wait, Happening::Comes { at, ticket, carried: Carried::Lost(failure), read: None });
            }
            None => {
                let deadline = self.now + deadline;
                self.plan(there, Happening::Arrives { at, ticket, request: Box::new(request), fault, back, deadline });
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

    fn note(&mut self, tab: usize, line: &str) {
        if self.log.len() == LOG {
            self.log.pop_front();
        }
        self.log.push_back(format!("{:>9.3} tab {tab} {line}", std::time::Duration::from_millis(self.now).as_secs_f64()));
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
    /// Pages that went on with the session of the one before.
    resumed: u64,
    /// Sales in more than one tab.
    shared: u64,
    refused_locks: u64,
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
        self.resumed += outcome.resumed;
        self.shared += u64::from(outcome.tabs > 1);
        self.refused_locks += outcome.refused_locks;
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
        assert!(self.reloads > 0 && self.resumed > 0 && self.tried_again > 0 && self.shared > 0 && self.refused_locks > 0);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} sales, {} steps, {} reloads; ended by {:?}", self.sales, self.steps, self.reloads, self.ends)?;
        writeln!(formatter, "{} pages went on with the session that the page before had left", self.resumed)?;
        writeln!(formatter, "{} sales in two or three tabs; a tab was kept from buying {} times", self.shared, self.refused_locks)?;
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
