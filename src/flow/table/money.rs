//! Rules about money that a cell of the table can't say: prices, times, orders.

use super::sample::{
    self, CONSENTS, DOCUMENT, ME, PAGE, PRICE, Sample, TOKENS, VEHICLES, buys, identity, journal, product, proposal, purchased, refused,
    secret,
};
use super::{Effect, effects};
use crate::endpoint::CallKind;
use crate::flow::{Event, Journal, Notice, Screen, StateKind};
use crate::transport::Failure;

pub(super) const MINUTE: u32 = 60_000;

#[track_caller]
pub(super) fn check(sample: &Sample, expected: StateKind) {
    assert_eq!(sample.flow.kind(), expected);
}

// Buying.

#[test]
fn buys_only_at_the_price_that_was_shown() {
    for (read, expected) in [
        (proposal("ACTIVE", PRICE), StateKind::Sending),
        (proposal("ACTIVE", "8500.56"), StateKind::PriceChanged),
        (proposal("ACTIVE", "8500.54"), StateKind::PriceChanged),
        // No price, not to be sold, gone.
        (proposal("ACTIVE", "null"), StateKind::Offers),
        (proposal("FAILED", PRICE), StateKind::Offers),
        (proposal("WAITING", PRICE), StateKind::Offers),
        (proposal("BRAND_NEW", PRICE), StateKind::Offers),
        (proposal("ACTIVE", PRICE).replace("REDIRECT", "SURPRISE"), StateKind::Offers),
        (proposal("ACTIVE", PRICE).replace("WEB_SERVICE", "ROBOT"), StateKind::Offers),
        (proposal("ACTIVE", PRICE).replace("12,", "13,"), StateKind::Offers),
        (proposal("ACTIVE", PRICE).replace("TRY", "EUR"), StateKind::PriceChanged),
        (r#"{"proposalId": "q1", "products": []}"#.to_owned(), StateKind::Offers),
        // Bought already, or being bought: the result counts, not another purchase.
        (proposal("PURCHASING", PRICE), StateKind::Checking),
        (proposal("PURCHASED", PRICE), StateKind::Checking),
        (purchased(), StateKind::Checking),
    ] {
        let mut sample = Sample::at(StateKind::Confirming);
        let commands = sample.answer(CallKind::ReadProposal, &read);
        check(&sample, expected);
        assert_eq!(buys(&commands), expected == StateKind::Sending);
    }
}

#[test]
fn buys_at_a_changed_price_only_after_another_press_and_another_read() {
    let mut sample = Sample::at(StateKind::PriceChanged);
    let commands = sample.send(Event::Pay { acknowledged: true });
    assert_eq!(effects(&commands), [Effect::Lock, Effect::Call(CallKind::ReadProposal)]);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "8700"));
    check(&sample, StateKind::PriceChanged);
    sample.send(Event::Pay { acknowledged: true });
    assert!(buys(&sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "8700"))));
}

#[test]
fn keeps_the_record_before_it_buys() {
    let mut sample = Sample::at(StateKind::Confirming);
    let commands = sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    assert_eq!(effects(&commands), [Effect::Store, Effect::Call(CallKind::StartPurchase)]);
    assert_eq!(sample.journal, Some(journal()));
}

#[test]
fn does_not_pay_without_information_form_or_acknowledgement() {
    let mut sample = Sample::at(StateKind::Review);
    assert!(sample.send(Event::Pay { acknowledged: false }).is_empty());
    check(&sample, StateKind::Review);
    sample.send(Event::Retry);
    assert!(sample.send(Event::Pay { acknowledged: true }).is_empty());
    sample.end(CallKind::InformationForm, Err(Failure::Timeout));
    assert!(sample.send(Event::Pay { acknowledged: true }).is_empty());
    check(&sample, StateKind::Review);
    // The offer's own document may be missing.
    sample.send(Event::Retry);
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.end(CallKind::OfferDocument, Err(Failure::Timeout));
    sample.send(Event::Pay { acknowledged: true });
    check(&sample, StateKind::Confirming);
}

#[test]
fn takes_a_document_that_comes_while_the_price_is_read_again() {
    let mut sample = Sample::at(StateKind::Review);
    sample.send(Event::Retry);
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    check(&sample, StateKind::Confirming);
    sample.answer(CallKind::OfferDocument, DOCUMENT);
    sample.end(CallKind::ReadProposal, Err(Failure::Timeout));
    let Screen::Review(review) = sample.flow.view().screen else { panic!("not in review") };
    assert!(!review.documents_busy && review.offer_url.is_some());
}

#[test]
fn a_second_press_does_nothing() {
    let mut sample = Sample::at(StateKind::Review);
    assert_eq!(sample.send(Event::Pay { acknowledged: true }).len(), 2);
    assert!(sample.send(Event::Pay { acknowledged: true }).is_empty());
    assert!(buys(&sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE))));
    for event in [Event::Pay { acknowledged: true }, Event::PayAgain, Event::Retry, Event::Back, Event::PickOffer(product())] {
        assert!(sample.send(event).is_empty());
        check(&sample, StateKind::Sending);
    }
}

#[test]
fn never_buys_again_whatever_the_purchase_was_answered() {
    let outcomes = || {
        let refusals = [400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504].map(refused);
        let lost = [Failure::Timeout, Failure::Unreachable, Failure::Offline, Failure::Aborted, Failure::NotJson, Failure::Malformed];
        refusals.into_iter().chain(lost).chain([Failure::Unexpected { path: "redirectUrl" }]).map(Err)
    };
    let bad_pages = [r#"{"redirectUrl": "http://pay.example/"}"#, r#"{"redirectUrl": "javascript:alert(1)"}"#].map(Ok);
    for outcome in outcomes().chain(bad_pages) {
        let mut sample = Sample::at(StateKind::Sending);
        let commands = sample.end(CallKind::StartPurchase, outcome);
        assert_eq!(effects(&commands), [Effect::Call(CallKind::ReadProposal)]);
        check(&sample, StateKind::Checking);
        assert!(sample.journal.is_some());
    }
}

// What the API says about the result.

/// A sale whose purchase was answered like this, long ago.
fn after_purchase(outcome: Result<&str, Failure>, opened: bool) -> Sample {
    let mut sample = Sample::at(StateKind::Sending);
    sample.end(CallKind::StartPurchase, outcome);
    if opened {
        sample.send(Event::PageOpened);
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        sample.pass(5 * MINUTE);
        sample.send(Event::Returned);
    }
    sample
}

#[test]
fn active_means_not_taken_only_after_a_quiet_minute() {
    let mut sample = after_purchase(Err(Failure::Timeout), false);
    for _ in 0..3 {
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        check(&sample, StateKind::Checking);
        sample.fire();
    }
    // 1 + 2 + 3 seconds have passed.
    sample.pass(MINUTE - 6_001);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    check(&sample, StateKind::Checking);
    sample.fire();
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    check(&sample, StateKind::NotTaken);
    assert_eq!(sample.journal, None);
}

#[test]
fn the_quiet_minute_begins_at_the_return_from_the_page() {
    let mut sample = after_purchase(Ok(PAGE), true);
    sample.pass(MINUTE - 1);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    check(&sample, StateKind::Checking);
    sample.fire();
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    check(&sample, StateKind::NotTaken);
}

#[test]
fn purchasing_begins_the_quiet_minute_anew() {
    for state in ["PURCHASING", "PURCHASED", "BRAND_NEW"] {
        let mut sample = after_purchase(Err(Failure::Timeout), false);
        sample.pass(MINUTE - 1);
        sample.answer(CallKind::ReadProposal, &proposal(state, PRICE));
        sample.pass(MINUTE - 1_001);
        sample.fire();
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        check(&sample, StateKind::Checking);
    }
}

#[test]
fn purchasing_is_never_taken_for_an_end() {
    for state in ["PURCHASING", "PURCHASED", "WAITING", "BRAND_NEW"] {
        for refusal in [None, Some(422)] {
            let mut sample = after_purchase(Err(refusal.map_or(Failure::Timeout, refused)), false);
            loop {
                sample.answer(CallKind::ReadProposal, &proposal(state, PRICE));
                if sample.flow.kind() == StateKind::Unsettled {
                    break;
                }
                // `WAITING` after a clear refusal is an offer as it was before.
                if state == "WAITING" && refusal.is_some() {
                    break;
                }
                check(&sample, StateKind::Checking);
                sample.fire();
            }
        }
    }
}

#[test]
fn a_payment_that_failed_is_not_taken_at_once() {
    for state in ["FAILED", "PURCHASE_FAILED"] {
        for opened in [false, true] {
            let mut sample = after_purchase(Ok(PAGE), opened);
            if !opened {
                sample.send(Event::PageOpened);
            }
            sample.answer(CallKind::ReadProposal, &proposal(state, PRICE));
            check(&sample, StateKind::NotTaken);
            let Screen::NotTaken(view) = sample.flow.view().screen else { panic!("no screen") };
            assert_eq!(view.can_retry, state == "PURCHASE_FAILED");
        }
    }
}

/// The state that an earlier attempt left behind says nothing about this one.
#[test]
fn the_failure_of_an_earlier_attempt_does_not_settle_the_next() {
    let mut sample = Sample::at(StateKind::NotTaken);
    sample.send(Event::PayAgain);
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    assert!(buys(&sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE))));
    sample.answer(CallKind::StartPurchase, PAGE);
    sample.send(Event::PageOpened);
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::Checking);
    // Once the API has said anything else, a failure is this attempt's.
    sample.fire();
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASING", PRICE));
    sample.fire();
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::NotTaken);
}

#[test]
fn a_stale_failure_settles_after_a_quiet_minute() {
    let mut sample = Sample::at(StateKind::NotTaken);
    sample.send(Event::PayAgain);
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    sample.end(CallKind::StartPurchase, Err(Failure::Timeout));
    sample.pass(MINUTE);
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::NotTaken);
}

#[test]
fn a_clear_refusal_is_not_taken_at_the_first_look() {
    for status in [400, 403, 404, 422] {
        let mut sample = after_purchase(Err(refused(status)), false);
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        check(&sample, StateKind::NotTaken);
    }
    for status in [401, 408, 409, 425, 429, 500, 502, 503, 504] {
        let mut sample = after_purchase(Err(refused(status)), false);
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        check(&sample, StateKind::Checking);
    }
}

#[test]
fn a_refusal_counts_no_more_once_something_is_being_bought() {
    let mut sample = after_purchase(Err(refused(422)), false);
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASING", PRICE));
    sample.fire();
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    check(&sample, StateKind::Checking);
}

#[test]
fn succeeds_only_by_purchased_and_a_policy() {
    for (read, expected) in [
        (proposal("PURCHASED", PRICE), StateKind::Checking),
        (purchased().replace("PURCHASED", "ACTIVE"), StateKind::Checking),
        (purchased().replace("PURCHASED", "PURCHASING"), StateKind::Checking),
        (purchased().replace("o1", "o2"), StateKind::Checking),
        (purchased().replace(r#""p1""#, r#""""#), StateKind::Checking),
        (purchased(), StateKind::Issued),
    ] {
        let mut sample = after_purchase(Ok(PAGE), true);
        let commands = sample.answer(CallKind::ReadProposal, &read);
        check(&sample, expected);
        assert_eq!(effects(&commands).contains(&Effect::Completed), expected == StateKind::Issued);
        assert_eq!(sample.journal.is_none(), expected == StateKind::Issued);
    }
}

#[test]
fn what_the_customer_says_about_the_payment_changes_no_knowledge() {
    let says = || [Event::PageOpened, Event::Returned, Event::GaveUp, Event::CheckNow, Event::Hidden, Event::Shown, Event::Back];
    for first in says() {
        for second in says() {
            for state in [StateKind::PageReady, StateKind::Unsettled] {
                let mut sample = Sample::at(state);
                let mut commands = sample.send(clone(&first));
                sample.pass(10 * MINUTE);
                commands.extend(sample.send(clone(&second)));
                assert!(matches!(sample.flow.kind(), StateKind::PageReady | StateKind::Checking | StateKind::Unsettled));
                assert!(effects(&commands).iter().all(|effect| *effect == Effect::Call(CallKind::ReadProposal)));
                assert!(sample.journal.is_some());
            }
        }
    }
}

fn clone(event: &Event) -> Event {
    match event {
        Event::PageOpened => Event::PageOpened,
        Event::Returned => Event::Returned,
        Event::GaveUp => Event::GaveUp,
        Event::CheckNow => Event::CheckNow,
        Event::Hidden => Event::Hidden,
        Event::Shown => Event::Shown,
        _ => Event::Back,
    }
}

#[test]
fn asks_for_the_result_on_a_ladder_and_stops_after_a_quarter_of_an_hour() {
    let mut sample = after_purchase(Err(Failure::Timeout), false);
    let began = sample.now.ms;
    let mut waits = Vec::new();
    loop {
        sample.answer(CallKind::ReadProposal, &proposal("PURCHASING", PRICE));
        if sample.flow.kind() == StateKind::Unsettled {
            break;
        }
        let before = sample.now.ms;
        sample.fire();
        waits.push(sample.now.ms - before);
    }
    assert_eq!(waits[..8], [1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 15_000, 15_000]);
    assert!((15 * 60_000..16 * 60_000).contains(&(sample.now.ms - began)));
}

#[test]
fn three_failed_payments_make_the_fourth_wait() {
    let mut sample = Sample::at(StateKind::NotTaken);
    for _ in 0..2 {
        sample.send(Event::PayAgain);
        sample.answer(CallKind::InformationForm, DOCUMENT);
        sample.send(Event::Pay { acknowledged: true });
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        sample.end(CallKind::StartPurchase, Err(refused(422)));
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        check(&sample, StateKind::NotTaken);
    }
    sample.pass(5 * MINUTE - 1);
    assert!(sample.send(Event::PayAgain).is_empty());
    sample.pass(1);
    sample.send(Event::PayAgain);
    check(&sample, StateKind::Review);
}

// The record over a reload or a sign-out.

/// A new page of a tab that had sent a purchase; its owner has just signed in.
fn reloaded() -> Sample {
    let mut sample = Sample::new();
    sample.send(Event::Started(Some(journal())));
    sign_in(&mut sample);
    sample.journal = Some(journal());
    sample
}

pub(super) fn sign_in(sample: &mut Sample) {
    sample.send(Event::SubmitIdentity(Box::new(identity())));
    sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    sample.send(Event::SubmitCode(secret("123456")));
    sample.answer(CallKind::VerifyCode, TOKENS);
    sample.answer(CallKind::Me, ME);
}

#[test]
fn a_reload_leads_to_the_result_and_never_to_another_purchase() {
    for (read, expected) in [
        (proposal("PURCHASING", PRICE), StateKind::Checking),
        (proposal("ACTIVE", PRICE), StateKind::Checking),
        (proposal("PURCHASE_FAILED", PRICE), StateKind::NotTaken),
        (purchased(), StateKind::Issued),
    ] {
        let mut sample = reloaded();
        check(&sample, StateKind::Checking);
        assert!(!buys(&sample.answer(CallKind::ReadProposal, &read)));
        check(&sample, expected);
    }
}

#[test]
fn signing_in_after_signing_out_of_an_open_payment_leads_to_its_result() {
    for state in [StateKind::Sending, StateKind::PageReady, StateKind::Checking, StateKind::Unsettled] {
        let mut sample = Sample::at(state);
        sample.send(Event::SignOut);
        assert!(sample.journal.is_some());
        sample.send(Event::Retry);
        sign_in(&mut sample);
        check(&sample, StateKind::Checking);
    }
}

#[test]
fn signing_in_after_signing_out_of_a_settled_sale_begins_anew() {
    for state in [StateKind::Offers, StateKind::NotTaken, StateKind::Issued, StateKind::Confirming] {
        let mut sample = Sample::at(state);
        sample.send(Event::SignOut);
        assert!(sample.journal.is_none());
        sample.send(Event::Retry);
        sign_in(&mut sample);
        check(&sample, StateKind::Opening);
    }
}

/// Somebody else signed in on the tab: a sale of their own, with their own consents.
#[test]
fn a_record_of_somebody_else_is_dropped_and_a_sale_begins() {
    let mut sample = reloaded();
    sample.end(CallKind::ReadProposal, Err(refused(404)));
    check(&sample, StateKind::Opening);
    assert_eq!(sample.journal, None);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    check(&sample, StateKind::Consents);
}

#[test]
fn the_session_may_end_anywhere_without_the_payment_being_forgotten() {
    for state in [StateKind::Sending, StateKind::Checking] {
        let mut sample = Sample::ready_for(state, super::EventKind::SessionEnded);
        let call = if state == StateKind::Sending { CallKind::StartPurchase } else { CallKind::ReadProposal };
        sample.end(call, Err(Failure::SessionEnded));
        check(&sample, StateKind::SendingCode);
        assert!(sample.journal.is_some());
        sign_in(&mut sample);
        check(&sample, StateKind::Checking);
    }
}

#[test]
fn another_way_to_the_same_press_does_not_shorten_the_cool_down() {
    let mut sample = Sample::at(StateKind::NotTaken);
    for _ in 0..2 {
        sample.send(Event::PayAgain);
        sample.answer(CallKind::InformationForm, DOCUMENT);
        sample.send(Event::Pay { acknowledged: true });
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
        sample.end(CallKind::StartPurchase, Err(refused(422)));
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    }
    sample.send(Event::Back);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    sample.send(Event::PickOffer(product()));
    sample.answer(CallKind::InformationForm, DOCUMENT);
    assert!(sample.send(Event::Pay { acknowledged: true }).is_empty());
    check(&sample, StateKind::Review);
    assert_eq!(sample.flow.view().notice, Some(Notice::Rate(300)));
    sample.pass(5 * MINUTE);
    assert_eq!(effects(&sample.send(Event::Pay { acknowledged: true })), [Effect::Lock, Effect::Call(CallKind::ReadProposal)]);
}

#[test]
fn a_policy_stays_on_the_screen_when_the_session_ends() {
    let mut sample = Sample::at(StateKind::Issued);
    sample.end(CallKind::PolicyDocument, Err(Failure::SessionEnded));
    check(&sample, StateKind::Issued);
    assert_eq!(sample.flow.view().notice, Some(Notice::SessionExpired));
    assert!(sample.send(Event::Shown).is_empty());
    sample.send(Event::Retry);
    sign_in(&mut sample);
    check(&sample, StateKind::Issued);
    assert_eq!(sample.flow.view().notice, None);
    sample.answer(CallKind::PolicyDocument, DOCUMENT);
    assert!(matches!(sample.flow.view().screen, Screen::Policy(view) if view.document_url.is_some()));
}

#[test]
fn a_reload_remembers_that_the_offer_had_failed_before() {
    let mut sample = Sample::new();
    sample.send(Event::Started(Some(Journal { failed_before: true, ..journal() })));
    sign_in(&mut sample);
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::Checking);
}

#[test]
fn a_page_that_came_back_to_a_payment_begins_the_sale_on_the_way_back() {
    let mut sample = reloaded();
    sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    sample.send(Event::Back);
    let commands = sample.send(Event::Back);
    assert!(effects(&commands).contains(&Effect::Call(CallKind::ListVehicles)));
    check(&sample, StateKind::Opening);
}

#[test]
fn a_proposal_that_is_gone_is_not_read_again() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.fire();
    sample.end(CallKind::ReadProposal, Err(refused(404)));
    check(&sample, StateKind::Vehicles);
    assert_eq!(sample.flow.view().notice, Some(Notice::Gone));
}
