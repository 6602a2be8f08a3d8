//! What only one tab may do at a time, and for how long it keeps the others from it.

use super::money::sign_in;
use super::sample::{CASES, CONSENTS, DOCUMENT, ME, PRICE, Sample, VEHICLES, journal, product, proposal, purchased};
use super::{Effect, effects};
use crate::endpoint::CallKind;
use crate::flow::{Attempt, Command, Event, Lock, Notice, StateKind};
use crate::transport::Failure;

#[track_caller]
fn asked(commands: &[Command]) -> (Attempt, Lock) {
    let lock = commands.iter().find_map(|command| if let Command::Lock(of, lock) = command { Some((*of, lock.clone())) } else { None });
    lock.expect("a lock was asked for")
}

fn given_up(commands: &[Command]) -> Vec<Attempt> {
    commands.iter().filter_map(|command| if let Command::Unlock(of) = command { Some(*of) } else { None }).collect()
}

/// A sale whose customer has pressed "pay".
fn pressed() -> (Sample, Attempt) {
    let mut sample = Sample::at(StateKind::Review);
    sample.send(Event::Retry);
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.alone = false;
    let (attempt, lock) = asked(&sample.send(Event::Pay { acknowledged: true }));
    assert_eq!(lock, Lock::Purchase(product()));
    (sample, attempt)
}

#[test]
fn nothing_is_bought_before_other_tabs_are_kept_out() {
    let (mut sample, attempt) = pressed();
    assert_eq!(sample.flow.kind(), StateKind::Confirming);
    let commands = sample.send(Event::Locked(attempt, true));
    assert_eq!(effects(&commands), [Effect::Call(CallKind::ReadProposal)]);
    // A second answer of the browser is none.
    assert!(sample.send(Event::Locked(attempt, true)).is_empty());
}

#[test]
fn says_so_when_another_tab_is_paying_and_tries_again_at_the_next_press() {
    let (mut sample, attempt) = pressed();
    assert!(sample.send(Event::Locked(attempt, false)).is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Review);
    assert_eq!(sample.flow.view().notice, Some(Notice::PaidElsewhere));
    let (attempt, _) = asked(&sample.send(Event::Pay { acknowledged: true }));
    assert_eq!(sample.flow.view().notice, None);
    sample.send(Event::Locked(attempt, true));
    // In the meantime the other tab has bought it.
    sample.answer(CallKind::ReadProposal, &purchased());
    assert_eq!(sample.flow.kind(), StateKind::Checking);
}

#[test]
fn keeps_other_tabs_out_until_the_end_of_the_purchase_is_known() {
    let (mut sample, attempt) = pressed();
    sample.send(Event::Locked(attempt, true));
    let mut commands = sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    commands.extend(sample.end(CallKind::StartPurchase, Err(Failure::Timeout)));
    // Not known yet, although somebody must sign in again meanwhile.
    commands.extend(sample.end(CallKind::ReadProposal, Err(Failure::SessionEnded)));
    assert_eq!(sample.flow.kind(), StateKind::SendingCode);
    assert_eq!(given_up(&commands), []);
    sign_in(&mut sample);
    let commands = sample.answer(CallKind::ReadProposal, &purchased());
    assert_eq!(sample.flow.kind(), StateKind::Issued);
    assert_eq!(given_up(&commands), [attempt]);
}

#[test]
fn a_page_that_comes_back_to_a_purchase_keeps_other_tabs_out_of_it_again() {
    let mut sample = Sample::new();
    sample.alone = false;
    let (attempt, lock) = asked(&sample.send(Event::Started(Some(journal()))));
    assert_eq!(lock, Lock::Purchase(journal().product));
    // A duplicated tab: the first one has it. This one looks at the result all the same, and has nothing to give up.
    assert!(sample.send(Event::Locked(attempt, false)).is_empty());
    sign_in(&mut sample);
    let commands = sample.answer(CallKind::ReadProposal, &purchased());
    assert_eq!(sample.flow.kind(), StateKind::Issued);
    assert_eq!(given_up(&commands), []);
}

#[test]
fn the_case_of_another_tab_is_waited_for_but_the_sale_is_not() {
    let mut sample = Sample::at(StateKind::Opening);
    sample.alone = false;
    let (attempt, lock) = asked(&sample.answer(CallKind::Me, ME));
    assert_eq!((&lock, lock.waits()), (&Lock::Case, true));
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    assert_eq!(sample.flow.kind(), StateKind::Opening);
    sample.fire();
    assert_eq!(sample.flow.kind(), StateKind::Consents);
    // Its turn at last: the other tab's case is there, and this one makes none.
    assert_eq!(effects(&sample.send(Event::Locked(attempt, true))), [Effect::Call(CallKind::OpenCases)]);
    assert_eq!(given_up(&sample.answer(CallKind::OpenCases, CASES)), [attempt]);
}

#[test]
fn names_of_locks_say_nothing_about_a_person() {
    assert_eq!(Lock::Case.name(), "insurup-checkout:case");
    assert_eq!(Lock::Purchase(product()).name(), format!("insurup-checkout:purchase:{}", product()));
}
