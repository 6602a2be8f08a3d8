//! Whoever is told something may do something at once.

use std::cell::Cell;
use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::Driver;
use insurup_core::domain::{ProductId, Secret, VehicleId};
use insurup_core::flow::{Event, FlowView, Screen};
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{PRODUCT, VEHICLE};
use super::fetch_stub::{Reply, pause, until};
use super::page::{Page, fresh, identify, identity, purchases, with};

/// What the customer presses next, if anything.
fn next(screen: &Screen) -> Option<Event> {
    Some(match screen {
        Screen::Identify(identify) if !identify.form.busy => identity(),
        Screen::Code(code) if !code.busy => Event::SubmitCode(Secret::new("123456".to_owned())),
        Screen::Consents(_) => Event::SubmitConsents { kvkk: false, etk: false },
        Screen::Vehicles(_) => Event::ChooseVehicle(VehicleId::new(VEHICLE)?),
        Screen::Offers(offers) if !offers.offers.is_empty() => Event::PickOffer(ProductId::new(PRODUCT)?),
        Screen::Review(review) if review.information_url.is_some() && !review.busy => Event::Pay { acknowledged: true },
        _ => return None,
    })
}

/// Presses whatever comes next, for as long as anything comes.
pub(crate) async fn press_on(driver: &Rc<Driver>) {
    for _ in 0..100 {
        if let Some(event) = next(&driver.view().screen) {
            driver.send(event);
        }
        pause(5).await;
    }
}

#[wasm_bindgen_test]
async fn a_whole_sale_can_be_pressed_from_within_the_listener() {
    let (stub, _) = fresh();
    let on_view = |driver: &Rc<Driver>, view: &FlowView| {
        if let Some(event) = next(&view.screen) {
            driver.send(event);
        }
    };
    let page = Page::listening(on_view, |_, _| {});
    page.send(Event::Shown);
    page.reaches("payment-ready").await;
    assert_eq!(purchases(&stub), 1);
    // The last picture that was shown is the picture of the moment, and each screen was shown when it came.
    let views = page.views.borrow();
    assert_eq!(views.last(), Some(&page.driver.view()));
    let mut screens: Vec<_> = views.iter().map(|view| view.screen.name()).collect();
    screens.dedup();
    assert_eq!(screens, ["identify", "code", "opening", "consents", "vehicles", "offers", "review", "payment-ready"]);
}

#[wasm_bindgen_test]
async fn what_a_listener_does_comes_after_what_it_heard() {
    let (_stub, _) = with(|request| request.url().ends_with("/login-or-register").then(|| Reply::Json(500, "{}".to_owned())));
    let sent = Rc::new(Cell::new(0));
    let count = Rc::clone(&sent);
    let on_message = move |driver: &Rc<Driver>, message: &Message| {
        if matches!(message, Message::Error(_)) {
            count.set(count.get() + 1);
            // A form that is wrong: the picture of it is newer than the one of the error.
            driver.send(identify("", "", ""));
        }
    };
    let page = Page::listening(|_, _| {}, on_message);
    page.send(identity());
    until("the error was heard", || sent.get() == 1).await;
    let views = page.views.borrow();
    assert_eq!(views.last(), Some(&page.driver.view()));
    let errors = |view: &FlowView| match &view.screen {
        Screen::Identify(identify) => identify.form.errors.len(),
        _ => 0,
    };
    assert_eq!(errors(&page.driver.view()), 3);
    // Nobody missed the picture of the error itself.
    assert!(views.iter().rev().nth(1).is_some_and(|view| view.notice.is_some()));
}
