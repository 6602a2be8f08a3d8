//! A sale for property tests: the flow alone, led to a screen by the answers a server would give.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::rc::Rc;

use insurup_core::domain::{AgentId, Channel, CoverageGroupId, InsurerId, Secret};
use insurup_core::endpoint::{Answer, Call, CallKind, Wire};
use insurup_core::flow::{
    Attempt, Command, Config, Event, Flow, IdentityForm, IdentityKind, Now, OffersView, Permissions, Screen, SessionProfile,
};
use serde_json::json;

/// A sale, and what it waits for.
pub(crate) struct Sale {
    pub(crate) flow: Flow,
    pub(crate) now: Now,
    /// The newest call nobody has answered.
    pub(crate) call: Option<Attempt>,
    pub(crate) timer: Option<Attempt>,
    /// A call that was answered long ago.
    pub(crate) early: Option<Attempt>,
    /// What was asked of the API, oldest first.
    pub(crate) asked: Vec<Call>,
}

impl Sale {
    /// Where consents are given.
    pub(crate) fn at_consents(wire: Wire) -> Self {
        let id = "a known id";
        let permissions = Permissions { quote: true, sell_online: vec!["https://acente.example".to_owned()], ..Permissions::default() };
        let config = Config {
            agent: AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90").expect(id),
            agent_branch: None,
            channel: Channel::Website,
            coverage_groups: vec![CoverageGroupId::new("68f0c0ffee0123456789aa01").expect(id)],
            callback_url: "https://acente.example/donus".to_owned(),
            host_origin: "https://acente.example".to_owned(),
            insurers: vec![(InsurerId::new("12").expect(id), permissions)],
            products: Vec::new(),
            required_consents: Vec::new(),
            offers_etk: true,
            wire,
            session: SessionProfile::NewTab,
            local: false,
            verifies_phone: false,
        };
        let now = Now { ms: 1_000_000, unix_ms: 1_772_355_600_000 };
        let mut sale = Self { flow: Flow::new(Rc::new(config)), now, call: None, timer: None, early: None, asked: Vec::new() };
        let secret = |text: &str| Secret::new(text.to_owned());
        sale.send(Event::Started(None));
        let form = IdentityForm {
            kind: IdentityKind::Individual,
            number: secret("10000000146"),
            birth_date: secret("23.04.1990"),
            phone: secret("0532 123 45 67"),
        };
        sale.send(Event::SubmitIdentity(Box::new(form)));
        sale.answer(CallKind::SignIn, &json!({ "token": "t" }));
        sale.send(Event::SubmitCode(secret("123456")));
        let code = sale.call.expect("the code is being checked");
        sale.send(Event::SignedIn(code));
        sale.answer(
            CallKind::Me,
            &json!({ "id": "c1", "fullName": "Deniz Yılmaz", "primaryEmail": "deniz@ornek.com", "city": { "value": "34" } }),
        );
        sale.answer(CallKind::ListVehicles, &json!([{ "id": "v1", "plate": { "city": 34, "code": "ABC123" } }]));
        let patience = sale.timer.expect("patience with the case");
        sale.send(Event::TimerFired(patience));
        sale
    }

    /// Where a vehicle on file can be chosen.
    pub(crate) fn at_vehicles(wire: Wire) -> Self {
        let mut sale = Self::at_consents(wire);
        sale.send(Event::SubmitConsents { kvkk: false, etk: false });
        sale
    }

    /// Where offers arrive.
    pub(crate) fn at_offers() -> Self {
        let mut sale = Self::at_vehicles(Wire::Current);
        let Screen::Vehicles(vehicles) = sale.flow.view().screen else { panic!("{:?}", sale.flow.kind()) };
        sale.send(Event::ChooseVehicle(vehicles[0].0.clone()));
        sale.early = sale.call;
        sale.answer(CallKind::CreateProposal, &json!({ "proposalId": "q1" }));
        sale
    }

    pub(crate) fn send(&mut self, event: Event) {
        for command in self.flow.step(event, self.now) {
            match command {
                Command::Call(attempt, call) => {
                    (self.call, self.timer) = (Some(attempt), None);
                    self.asked.push(call);
                }
                Command::Wait(attempt, _) => self.timer = Some(attempt),
                _ => {}
            }
        }
    }

    pub(crate) fn answer(&mut self, kind: CallKind, body: &serde_json::Value) {
        let attempt = self.call.take().expect("a call is under way");
        self.send(Event::Answered(attempt, Ok(decode(kind, body))));
    }

    /// Brings the sale to the next question, however it stopped asking.
    pub(crate) fn ask(&mut self) {
        self.now.ms += 2_500;
        if let Some(timer) = self.timer.take() {
            self.call = None;
            self.send(Event::TimerFired(timer));
        }
        self.send(Event::Shown);
        if self.call.is_none() {
            self.send(Event::KeepWaiting);
        }
        assert!(self.call.is_some(), "nobody asks: {:?}", self.flow);
    }

    pub(crate) fn offers(&self) -> OffersView {
        match self.flow.view().screen {
            Screen::Offers(offers) => offers,
            other => panic!("{other:?}"),
        }
    }
}

pub(crate) fn decode(kind: CallKind, body: &serde_json::Value) -> Answer {
    let body = serde_json::from_value(body.clone()).expect("JSON is JSON");
    kind.decode(&body).expect("a readable answer")
}
