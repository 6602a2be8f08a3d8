//! A page with a sale on it, and what the customer does there.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::{Driver, Setup};
use insurup_core::domain::{AgentId, Channel, CoverageGroupId, InsurerId, ProductId, Secret, VehicleId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, Event, FlowView, IdentityForm, IdentityKind, Notice, Permissions, Screen, SessionProfile};

use super::api::{Api, BASE, PRODUCT, VEHICLE};
use super::fetch_stub::{Reply, Sent, Stub, until};
use super::storage;

const ORIGIN: &str = "https://agency.example";

/// A fresh browser: nothing stored, and this API.
pub(crate) fn fresh() -> (Stub, Rc<Api>) {
    with(|_| None)
}

/// A fresh browser; where `first` gives nothing, the API answers.
pub(crate) fn with(first: impl Fn(&Sent) -> Option<Reply> + 'static) -> (Stub, Rc<Api>) {
    storage::clear();
    let api = Rc::new(Api::default());
    let theirs = Rc::clone(&api);
    (Stub::new(move |request| first(request).unwrap_or_else(|| theirs.answer(request))), api)
}

/// Purchases that were sent; the question why nobody answered goes to the same address.
pub(crate) fn purchases(stub: &Stub) -> usize {
    stub.sent_to("/purchase/async").iter().filter(|request| request.method().as_deref() == Some("POST")).count()
}

pub(crate) fn config() -> Config {
    let permissions = Permissions { quote: true, sell_online: vec![ORIGIN.to_owned()], ..Permissions::default() };
    Config {
        agent: AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90").expect("an id"),
        agent_branch: None,
        channel: Channel::Website,
        coverage_groups: vec![CoverageGroupId::new("68f0c0ffee0123456789aa01").expect("an id")],
        callback_url: format!("{ORIGIN}/return"),
        host_origin: ORIGIN.to_owned(),
        insurers: vec![(InsurerId::new("12").expect("an id"), permissions)],
        products: Vec::new(),
        verifies_phone: false,
        required_consents: Vec::new(),
        offers_etk: false,
        wire: Wire::Current,
        session: SessionProfile::NewTab,
        local: false,
    }
}

pub(crate) fn identity() -> Event {
    identify("10000000146", "23.04.1990", "0532 123 45 67")
}

/// The identity form with this in it.
pub(crate) fn identify(number: &str, birth_date: &str, phone: &str) -> Event {
    let secret = |text: &str| Secret::new(text.to_owned());
    Event::SubmitIdentity(Box::new(IdentityForm {
        kind: IdentityKind::Individual,
        number: secret(number),
        birth_date: secret(birth_date),
        phone: secret(phone),
    }))
}

/// Closed when it is dropped.
pub(crate) struct Page {
    pub(crate) driver: Rc<Driver>,
    pub(crate) views: Rc<RefCell<Vec<Rc<FlowView>>>>,
    pub(crate) messages: Rc<RefCell<Vec<Message>>>,
}

impl Page {
    pub(crate) fn open() -> Self {
        Self::listening(|_, _| {}, |_, _| {})
    }

    /// A page that does something itself whenever it learns something.
    pub(crate) fn listening(
        on_view: impl Fn(&Rc<Driver>, &FlowView) + 'static,
        on_message: impl Fn(&Rc<Driver>, &Message) + 'static,
    ) -> Self {
        Self::of(config(), on_view, on_message)
    }

    /// A page that pays in the same tab, and leaves its session to the next.
    pub(crate) fn resuming() -> Self {
        Self::of(Config { session: SessionProfile::Resume, ..config() }, |_, _| {}, |_, _| {})
    }

    fn of(
        config: Config,
        on_view: impl Fn(&Rc<Driver>, &FlowView) + 'static,
        on_message: impl Fn(&Rc<Driver>, &Message) + 'static,
    ) -> Self {
        let (views, messages) = (Rc::<RefCell<Vec<_>>>::default(), Rc::<RefCell<Vec<_>>>::default());
        let (seen, heard) = (Rc::clone(&views), Rc::clone(&messages));
        // What is learnt while the sale starts is learnt before there is anything to do something with.
        let place = Rc::<RefCell<Option<Rc<Driver>>>>::default();
        let (of_view, of_message) = (Rc::clone(&place), Rc::clone(&place));
        let driver = Driver::start(Setup {
            config: Rc::new(config),
            base: BASE.to_owned(),
            language: "tr-TR",
            on_view: Box::new(move |view| {
                seen.borrow_mut().push(Rc::clone(&view));
                let driver = of_view.borrow().clone();
                driver.inspect(|driver| on_view(driver, &view));
            }),
            on_message: Box::new(move |message| {
                heard.borrow_mut().push(message.clone());
                let driver = of_message.borrow().clone();
                driver.inspect(|driver| on_message(driver, &message));
            }),
            go_on: None,
            verify_phone: None,
        });
        *place.borrow_mut() = Some(Rc::clone(&driver));
        Self { driver, views, messages }
    }

    pub(crate) fn send(&self, event: Event) {
        self.driver.send(event);
    }

    pub(crate) fn screen(&self) -> &'static str {
        self.driver.view().screen.name()
    }

    pub(crate) fn notice(&self) -> Option<Notice> {
        self.driver.view().notice.clone()
    }

    pub(crate) async fn reaches(&self, screen: &str) {
        until(&format!("the screen is '{screen}'"), || self.screen() == screen).await;
    }

    /// Up to the screen that follows the code.
    pub(crate) async fn sign_in(&self) {
        self.send(identity());
        self.reaches("code").await;
        self.send(Event::SubmitCode(Secret::new("123456".to_owned())));
    }

    pub(crate) async fn signed_in() -> Self {
        let page = Self::open();
        page.sign_in().await;
        page.reaches("consents").await;
        page
    }

    /// Up to the last look before paying, everything read.
    pub(crate) async fn at_review() -> Self {
        let page = Self::signed_in().await;
        page.review().await;
        page
    }

    pub(crate) async fn review(&self) {
        self.send(Event::SubmitConsents { kvkk: false, etk: false });
        self.reaches("vehicles").await;
        self.send(Event::ChooseVehicle(VehicleId::new(VEHICLE).expect("an id")));
        let has_offers = || matches!(&self.driver.view().screen, Screen::Offers(offers) if !offers.offers.is_empty());
        until("there are offers", has_offers).await;
        self.send(Event::PickOffer(ProductId::new(PRODUCT).expect("an id")));
        let is_ready = || matches!(&self.driver.view().screen, Screen::Review(review) if review.information_url.is_some());
        until("the documents are read", is_ready).await;
    }

    pub(crate) fn pay(&self) {
        self.send(Event::Pay { acknowledged: true });
    }

    /// Up to the link to the payment page.
    pub(crate) async fn paying() -> Self {
        let page = Self::at_review().await;
        page.pay();
        page.reaches("payment-ready").await;
        page
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.driver.close();
    }
}
