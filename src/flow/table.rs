//! What the machine does with every event in every state.
//!
//! `cells` is the table: two nested matches without a wildcard, so that a new state or a new event does not compile before
//! somebody has said what happens. This file runs it: each cell gets a sale that reached its state through events (`sample`).
//! `money` and `rules` hold what a cell can't say.

mod cells;
mod compliance;
mod customer;
mod details;
mod locks;
mod mine;
mod money;
mod payment_page;
mod permissions;
mod rules;
mod sample;
mod vehicles;

use super::{Command, Event, StateKind};
use crate::endpoint::CallKind;
use cells::expected;
use sample::Sample;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The events by name; an answer to the call the state waits for counts as one event per way it can turn out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum EventKind { $($(#[$doc])* $name,)+ }

        impl EventKind {
            const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

events! {
    Started,
    SubmitIdentity,
    SubmitCode,
    ResendCode,
    ChangeNumber,
    SubmitConsents,
    SubmitProfile,
    SkipProfile,
    ChooseVehicle,
    AddVehicle,
    SubmitLookup,
    TypeByHand,
    WithoutPlate,
    ConfirmVehicle,
    ChooseModels,
    SubmitVehicle,
    ChoosePlan,
    ChooseInstalments,
    PickOffer,
    KeepWaiting,
    RetryOffer,
    RetryOffers,
    ShowCoverages,
    ShowDocument,
    MarkOffer,
    CompareOffers,
    Arrange,
    RequestCall,
    Pay,
    PageOpened,
    Returned,
    CheckNow,
    GaveUp,
    PayAgain,
    SendOffer,
    SendPolicy,
    ShowMine,
    ResumeProposal,
    ShowPolicyDocument,
    Back,
    Retry,
    SignOut,
    TimedOut,
    Hidden,
    Shown,
    /// The session has its tokens, by the call the state waits for.
    SignedIn,
    /// The timer the state waits for.
    TimerFired,
    /// The call the state waits for did what it was meant to do.
    Good,
    /// The server said no before doing anything.
    Refused,
    /// No answer in time: whether it had an effect is not known.
    Unclear,
    /// There is no session to make the call with.
    SessionEnded,
    /// Answer, sign-in and timer of calls nobody waits for.
    Late,
}

impl EventKind {
    /// The rows an event belongs to. Only here so that a new event does not compile without a row.
    fn of(event: &Event) -> &'static [Self] {
        match event {
            Event::Started(_) => &[Self::Started],
            Event::SubmitIdentity(_) => &[Self::SubmitIdentity],
            Event::SubmitCode(_) => &[Self::SubmitCode],
            Event::ResendCode => &[Self::ResendCode],
            Event::ChangeNumber => &[Self::ChangeNumber],
            Event::SubmitConsents { .. } => &[Self::SubmitConsents],
            Event::SubmitProfile { .. } => &[Self::SubmitProfile],
            Event::SkipProfile => &[Self::SkipProfile],
            Event::ChooseVehicle(_) => &[Self::ChooseVehicle],
            Event::AddVehicle => &[Self::AddVehicle],
            Event::SubmitLookup { .. } => &[Self::SubmitLookup],
            Event::TypeByHand => &[Self::TypeByHand],
            Event::WithoutPlate => &[Self::WithoutPlate],
            Event::ConfirmVehicle => &[Self::ConfirmVehicle],
            Event::ChooseModels { .. } => &[Self::ChooseModels],
            Event::SubmitVehicle(_) => &[Self::SubmitVehicle],
            Event::ChoosePlan { .. } => &[Self::ChoosePlan],
            Event::ChooseInstalments(_) => &[Self::ChooseInstalments],
            Event::PickOffer(_) => &[Self::PickOffer],
            Event::KeepWaiting => &[Self::KeepWaiting],
            Event::RetryOffer(_) => &[Self::RetryOffer],
            Event::RetryOffers => &[Self::RetryOffers],
            Event::ShowCoverages(_) => &[Self::ShowCoverages],
            Event::ShowDocument(_) => &[Self::ShowDocument],
            Event::MarkOffer { .. } => &[Self::MarkOffer],
            Event::CompareOffers => &[Self::CompareOffers],
            Event::Arrange(_) => &[Self::Arrange],
            Event::RequestCall(_) => &[Self::RequestCall],
            Event::Pay { .. } => &[Self::Pay],
            Event::PageOpened => &[Self::PageOpened],
            Event::Returned => &[Self::Returned],
            Event::CheckNow => &[Self::CheckNow],
            Event::GaveUp => &[Self::GaveUp],
            Event::PayAgain => &[Self::PayAgain],
            Event::SendOffer(_) => &[Self::SendOffer],
            Event::SendPolicy(_) => &[Self::SendPolicy],
            Event::ShowMine => &[Self::ShowMine],
            Event::ResumeProposal(_) => &[Self::ResumeProposal],
            Event::ShowPolicyDocument(_) => &[Self::ShowPolicyDocument],
            Event::Back => &[Self::Back],
            Event::Retry => &[Self::Retry],
            Event::SignOut => &[Self::SignOut],
            Event::TimedOut => &[Self::TimedOut],
            Event::Hidden => &[Self::Hidden],
            Event::Shown => &[Self::Shown],
            Event::SignedIn(_) => &[Self::SignedIn, Self::Late],
            Event::TimerFired(_) => &[Self::TimerFired, Self::Late],
            // Asked of an agency that verifies phones itself only; `rules` has what it means there.
            Event::PhoneVerified(..) => &[Self::Late],
            // The browser answers before anything else happens (`Sample::send`); `locks` has the other cases.
            Event::Locked(..) => &[Self::Late],
            Event::Answered(..) => &[Self::Good, Self::Refused, Self::Unclear, Self::SessionEnded, Self::Late],
        }
    }
}

/// What is to happen in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// Not the least thing changes.
    Ignores,
    /// The state stays (what is in it may change), and this is asked of the world.
    Stays(&'static [Effect]),
    /// The state changes, and this is asked of the world.
    Moves(StateKind, &'static [Effect]),
}

/// A command without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Call(CallKind),
    Wait,
    Store,
    GoOn,
    Forget,
    EndSession,
    Completed,
    Consent,
    CallRequested,
    Lock,
    Unlock,
    VerifyPhone,
}

impl From<&Command> for Effect {
    fn from(command: &Command) -> Self {
        match command {
            Command::Call(_, call) => Self::Call(call.kind()),
            Command::Wait(..) => Self::Wait,
            Command::StoreJournal(_) => Self::Store,
            Command::GoOn(_) => Self::GoOn,
            Command::ForgetJournal => Self::Forget,
            Command::EndSession => Self::EndSession,
            Command::Completed => Self::Completed,
            Command::ConsentGiven(_) => Self::Consent,
            Command::CallRequested(..) => Self::CallRequested,
            Command::Lock(..) => Self::Lock,
            Command::Unlock(_) => Self::Unlock,
            Command::VerifyPhone(..) => Self::VerifyPhone,
        }
    }
}

fn effects(commands: &[Command]) -> Vec<Effect> {
    commands.iter().map(Effect::from).collect()
}

#[test]
fn every_cell_of_the_table_holds() {
    let mut wrong = Vec::new();
    for state in StateKind::ALL {
        for event in EventKind::ALL {
            let mut sample = Sample::ready_for(*state, *event);
            let before = format!("{:?}", sample.flow);
            let mut seen = Vec::new();
            for event_of_kind in sample.events(*event) {
                assert!(EventKind::of(&event_of_kind).contains(event), "{event:?} is played by {event_of_kind:?}");
                seen.extend(effects(&sample.send(event_of_kind)));
            }
            let holds = match expected(*state, *event) {
                Cell::Ignores => seen.is_empty() && format!("{:?}", sample.flow) == before,
                Cell::Stays(asked) => seen == asked && sample.flow.kind() == *state,
                Cell::Moves(to, asked) => seen == asked && sample.flow.kind() == to,
            };
            if !holds {
                let to = sample.flow.kind();
                wrong.push(format!("{state:?} × {event:?}: expected {:?}, saw {to:?} {seen:?}", expected(*state, *event)));
            }
        }
    }
    let (states, events) = (StateKind::ALL.len(), EventKind::ALL.len());
    println!("table of the flow: {states} states × {events} events = {} cells", states * events);
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Read from the table alone: where money can move, and where the session and the record end.
#[test]
fn only_one_cell_buys() {
    let cells = |wanted: Effect| {
        let mut found = Vec::new();
        for state in StateKind::ALL {
            for event in EventKind::ALL {
                if let Cell::Stays(asked) | Cell::Moves(_, asked) = expected(*state, *event)
                    && asked.contains(&wanted)
                {
                    found.push((*state, *event));
                }
            }
        }
        found
    };
    assert_eq!(cells(Effect::Call(CallKind::StartPurchase)), [(StateKind::Confirming, EventKind::Good)]);
    assert_eq!(cells(Effect::Store), [(StateKind::Confirming, EventKind::Good)]);
    assert!(cells(Effect::EndSession).iter().all(|(_, event)| matches!(event, EventKind::SignOut | EventKind::SignedIn)));
    assert!(cells(Effect::Forget).iter().all(|(_, event)| *event == EventKind::SignOut));
}
