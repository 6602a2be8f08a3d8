//! Sales in every state, reached the way a customer reaches them.

use std::rc::Rc;

use super::EventKind;
use crate::domain::{AgentId, Channel, CoverageGroupId, InsurerId, PolicyId, ProductId, ProposalId, Secret, VehicleId};
use crate::endpoint::{Answer, Call, CallKind, Problem, Wire};
use crate::flow::{
    Arrangement, Attempt, Command, Config, Event, Flow, IdentityForm, IdentityKind, Journal, Now, Permissions, SessionProfile, StateKind,
    VehicleForm,
};
use crate::json::Value;
use crate::later::was_called;
use crate::transport::Failure;

/// 1 March 2026, noon in Istanbul.
const NOON: i64 = 1_772_355_600_000;
pub(super) const PRICE: &str = "8500.55";
pub(super) const INSTALMENTS_PRICE: &str = "9000";

/// A sale, and what it asked of the world that has not been answered.
pub(super) struct Sample {
    pub(super) flow: Flow,
    pub(super) now: Now,
    /// The record in the tab's storage.
    pub(super) journal: Option<Journal>,
    calls: Vec<(Attempt, CallKind)>,
    timers: Vec<(Attempt, u32)>,
    /// There is no other tab: a lock is granted as soon as it is asked for.
    pub(super) alone: bool,
    /// What answers to an event with which the sale goes on by itself is there as soon as it is needed.
    pub(super) loads: bool,
    /// What a build may load later is there: somebody has sent what needs it.
    later: bool,
    last: u32,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self::with(config())
    }

    pub(super) fn with(config: Config) -> Self {
        let now = Now { ms: 1_000_000, unix_ms: NOON };
        Self {
            flow: Flow::new(Rc::new(config)),
            now,
            journal: None,
            calls: Vec::new(),
            timers: Vec::new(),
            alone: true,
            loads: true,
            later: false,
            last: 0,
        }
    }

    pub(super) fn send(&mut self, event: Event) -> Vec<Command> {
        self.later |= event.needs_later();
        let name = format!("{event:?}");
        was_called();
        let mut commands = self.flow.step(event, self.now);
        drop(self.flow.view());
        assert!(self.later || !was_called(), "{name} is answered by what nobody has loaded");
        let mut asked = None;
        for command in &commands {
            match command {
                Command::Call(attempt, call) => {
                    self.calls.push((*attempt, call.kind()));
                    self.last = attempt.0;
                }
                Command::Wait(attempt, milliseconds) => {
                    self.timers.push((*attempt, *milliseconds));
                    self.last = attempt.0;
                }
                Command::StoreJournal(journal) => self.journal = Some(journal.clone()),
                Command::ForgetJournal => self.journal = None,
                Command::Lock(attempt, _) => asked = Some(*attempt),
                Command::GoOn(_)
                | Command::EndSession
                | Command::Completed
                | Command::ConsentGiven(_)
                | Command::CallRequested(..)
                | Command::Unlock(_)
                | Command::VerifyPhone(..) => {}
            }
        }
        let by_itself = commands.extract_if(.., |command| matches!(command, Command::GoOn(_))).next();
        if let Some(Command::GoOn(event)) = by_itself.filter(|_| self.loads) {
            commands.extend(self.send(event));
        }
        if let Some(attempt) = asked.filter(|_| self.alone) {
            commands.extend(self.send(Event::Locked(attempt, true)));
        }
        commands
    }

    pub(super) fn pass(&mut self, milliseconds: u32) {
        self.now.ms += u64::from(milliseconds);
        self.now.unix_ms += i64::from(milliseconds);
    }

    /// The newest call of this kind ends like this.
    #[track_caller]
    pub(super) fn end(&mut self, kind: CallKind, outcome: Result<&str, Failure>) -> Vec<Command> {
        let place = self.calls.iter().rposition(|(_, of)| *of == kind);
        let (attempt, _) = self.calls.remove(place.unwrap_or_else(|| panic!("no {kind:?} is under way in {:?}", self.flow.kind())));
        self.send(ended(kind, attempt, outcome))
    }

    #[track_caller]
    pub(super) fn answer(&mut self, kind: CallKind, body: &str) -> Vec<Command> {
        self.end(kind, Ok(body))
    }

    /// Time passes until the newest timer fires.
    #[track_caller]
    pub(super) fn fire(&mut self) -> Vec<Command> {
        let (attempt, milliseconds) = self.timers.pop().expect("a timer is running");
        self.pass(milliseconds);
        self.send(Event::TimerFired(attempt))
    }

    /// A sale in this state in which this event has something to meet: a call under way for answers, a timer for timers.
    pub(super) fn ready_for(state: StateKind, event: EventKind) -> Self {
        use EventKind::{Good, Refused, SessionEnded, SignedIn, Unclear};
        let answered = matches!(event, Good | Refused | Unclear | SessionEnded | SignedIn);
        let mut sample = Self::at(state);
        match (state, answered) {
            (StateKind::Opening, false) => {
                sample.answer(CallKind::Me, ME);
            }
            (StateKind::Offers | StateKind::Detail | StateKind::Checking, true) => {
                sample.fire();
            }
            (StateKind::Review, true) => {
                sample.send(Event::Retry);
            }
            (StateKind::PriceChanged, true) => {
                sample = Self::at(StateKind::Review);
                sample.send(Event::Retry);
                sample.answer(CallKind::InformationForm, DOCUMENT);
                sample.send(Event::Pay { acknowledged: true });
                sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "8600"));
            }
            (StateKind::Mine, true) => {
                sample = Self::at(StateKind::Vehicles);
                sample.send(Event::ShowMine);
            }
            (StateKind::Issued, false) => {
                sample.end(CallKind::ReadPolicy, Err(Failure::Timeout));
                sample.end(CallKind::PolicyDocument, Err(Failure::Timeout));
            }
            _ => {}
        }
        assert_eq!(sample.flow.kind(), state);
        sample
    }

    /// A sale in this state, at rest where the state has a rest.
    pub(super) fn at(state: StateKind) -> Self {
        use StateKind as S;
        let mut sample = match state {
            S::Waiting => Self::new(),
            S::Identify => Self::at(S::Waiting),
            S::SendingCode => Self::at(S::Identify),
            S::Code => Self::at(S::SendingCode),
            S::Resending | S::Verifying => Self::at(S::Code),
            S::Opening => Self::at(S::Verifying),
            S::Consents => Self::at(S::Opening),
            S::SavingConsents => Self::at(S::Consents),
            S::Profile => Self::at(S::Opening),
            S::SavingProfile => Self::at(S::Profile),
            S::Vehicles => Self::at(S::SavingConsents),
            S::Lookup | S::Requesting | S::Mine => Self::at(S::Vehicles),
            S::LookingUp => Self::at(S::Lookup),
            S::Found => Self::at(S::LookingUp),
            S::ByHand | S::SavingVehicle => Self::at(S::Found),
            S::Relisting => Self::at(S::SavingVehicle),
            S::RequestFailed | S::Offers => Self::at(S::Requesting),
            S::Review | S::Detail => Self::at(S::Offers),
            S::Confirming => Self::at(S::Review),
            S::PriceChanged | S::Sending => Self::at(S::Confirming),
            S::PageReady => Self::at(S::Sending),
            S::Checking => Self::at(S::PageReady),
            S::Unsettled | S::NotTaken | S::Issued => Self::at(S::Checking),
            S::SignedOut => Self::at(S::Offers),
        };
        match state {
            S::Waiting => {}
            S::Identify => drop(sample.send(Event::Started(None))),
            S::SendingCode => drop(sample.send(Event::SubmitIdentity(Box::new(identity())))),
            S::Code => {
                sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
                sample.pass(60_000);
            }
            S::Resending => drop(sample.send(Event::ResendCode)),
            S::Verifying => drop(sample.send(Event::SubmitCode(secret("123456")))),
            S::Opening => drop(sample.answer(CallKind::VerifyCode, TOKENS)),
            S::Consents => {
                sample.answer(CallKind::Me, ME);
                sample.answer(CallKind::OpenCases, CASES);
                sample.answer(CallKind::ListVehicles, VEHICLES);
                sample.answer(CallKind::ReadConsents, CONSENTS);
            }
            S::SavingConsents => drop(sample.send(Event::SubmitConsents { kvkk: true, etk: false })),
            S::Profile => {
                sample.answer(CallKind::Me, ME_WITHOUT_EMAIL);
                sample.answer(CallKind::OpenCases, CASES);
                sample.answer(CallKind::ListVehicles, VEHICLES);
                sample.answer(CallKind::ReadConsents, CONSENTS);
                sample.send(Event::SubmitConsents { kvkk: false, etk: false });
            }
            S::SavingProfile => drop(sample.send(profile())),
            S::Vehicles => drop(sample.answer(CallKind::GiveConsent, "null")),
            S::Mine => {
                sample.send(Event::ShowMine);
                sample.answer(CallKind::ListMine, LISTS);
            }
            S::Lookup => drop(sample.send(Event::AddVehicle)),
            S::LookingUp => drop(sample.send(lookup())),
            S::Found => drop(sample.answer(CallKind::LookUpVehicle, FOUND)),
            S::ByHand => {
                sample.send(Event::TypeByHand);
                sample.answer(CallKind::Brands, CHOICES);
                sample.answer(CallKind::Models, CHOICES);
            }
            S::SavingVehicle => drop(sample.send(Event::ConfirmVehicle)),
            S::Relisting => drop(sample.end(CallKind::CreateVehicle, Err(Failure::Timeout))),
            S::Requesting => drop(sample.send(Event::ChooseVehicle(id(VehicleId::new("v1"))))),
            S::RequestFailed => drop(sample.end(CallKind::CreateProposal, Err(Failure::Timeout))),
            S::Offers => {
                sample.answer(CallKind::CreateProposal, r#"{"proposalId": "q1"}"#);
                sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
            }
            S::Detail => {
                sample.send(Event::ShowCoverages(product()));
                sample.answer(CallKind::ReadCoverage, COVERAGE);
                sample.answer(CallKind::OfferDocument, DOCUMENT);
                sample.answer(CallKind::InformationForm, DOCUMENT);
            }
            S::Review => {
                sample.send(Event::PickOffer(product()));
                sample.answer(CallKind::OfferDocument, DOCUMENT);
                sample.answer(CallKind::InformationForm, DOCUMENT);
            }
            S::Confirming => drop(sample.send(Event::Pay { acknowledged: true })),
            S::PriceChanged => drop(sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "8600"))),
            S::Sending => drop(sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE))),
            S::PageReady => drop(sample.answer(CallKind::StartPurchase, PAGE)),
            S::Checking => {
                sample.send(Event::Returned);
                sample.answer(CallKind::ReadProposal, &proposal("PURCHASING", PRICE));
            }
            S::Unsettled => {
                sample.pass(15 * 60_000);
                sample.fire();
                sample.answer(CallKind::ReadProposal, &proposal("PURCHASING", PRICE));
            }
            S::NotTaken => {
                sample.fire();
                sample.answer(CallKind::ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
            }
            S::Issued => {
                sample.fire();
                sample.answer(CallKind::ReadProposal, &purchased());
            }
            S::SignedOut => drop(sample.send(Event::SignOut)),
        }
        assert_eq!(sample.flow.kind(), state);
        sample
    }

    /// What plays an event of this kind in the sample's state: valid where the state takes it.
    pub(super) fn events(&self, kind: EventKind) -> Vec<Event> {
        use EventKind as E;
        let stranger = Attempt(self.last + 1_000);
        let awaited = self.calls.last().copied().filter(|_| self.flow.kind() != StateKind::ByHand);
        let (attempt, call) = awaited.unwrap_or((stranger, CallKind::ReadProposal));
        let event = match kind {
            E::Started => Event::Started(Some(journal())),
            E::SubmitIdentity => Event::SubmitIdentity(Box::new(identity())),
            E::SubmitCode => Event::SubmitCode(secret("123456")),
            E::ResendCode => Event::ResendCode,
            E::ChangeNumber => Event::ChangeNumber,
            E::SubmitConsents => Event::SubmitConsents { kvkk: true, etk: false },
            E::SubmitProfile => profile(),
            E::SkipProfile => Event::SkipProfile,
            E::SendOffer => Event::SendOffer(Some("deniz@ornek.com".to_owned())),
            E::SendPolicy => Event::SendPolicy(Some("deniz@ornek.com".to_owned())),
            E::ChooseVehicle => Event::ChooseVehicle(id(VehicleId::new("v1"))),
            E::AddVehicle => Event::AddVehicle,
            E::SubmitLookup => lookup(),
            E::TypeByHand => Event::TypeByHand,
            E::WithoutPlate => Event::WithoutPlate,
            E::ConfirmVehicle => Event::ConfirmVehicle,
            E::ChooseModels => Event::ChooseModels { brand: "45".to_owned(), year: "2020".to_owned() },
            E::SubmitVehicle => Event::SubmitVehicle(Box::new(vehicle_form())),
            E::ChoosePlan => Event::ChoosePlan { product: product(), instalments: 3 },
            E::ChooseInstalments => Event::ChooseInstalments(3),
            E::PickOffer => Event::PickOffer(product()),
            E::KeepWaiting => Event::KeepWaiting,
            E::RetryOffer => Event::RetryOffer(product()),
            E::RetryOffers => Event::RetryOffers,
            E::ShowCoverages => Event::ShowCoverages(product()),
            E::ShowDocument => Event::ShowDocument(product()),
            E::MarkOffer => Event::MarkOffer { product: product(), marked: true },
            E::CompareOffers => Event::CompareOffers,
            E::Arrange => Event::Arrange(Arrangement { online: true, ..Arrangement::default() }),
            E::RequestCall => Event::RequestCall(product()),
            E::Pay => Event::Pay { acknowledged: true },
            E::PageOpened => Event::PageOpened,
            E::Returned => Event::Returned,
            E::CheckNow => Event::CheckNow,
            E::GaveUp => Event::GaveUp,
            E::PayAgain => Event::PayAgain,
            E::ShowMine => Event::ShowMine,
            E::ResumeProposal => Event::ResumeProposal(id(ProposalId::new("q1"))),
            E::ShowPolicyDocument => Event::ShowPolicyDocument(id(PolicyId::new("p1"))),
            E::Back => Event::Back,
            E::Retry => Event::Retry,
            E::SignOut => Event::SignOut,
            E::TimedOut => Event::TimedOut,
            E::Hidden => Event::Hidden,
            E::Shown => Event::Shown,
            E::SignedIn => Event::SignedIn(attempt),
            E::TimerFired => Event::TimerFired(self.timers.last().map_or(stranger, |(attempt, _)| *attempt)),
            E::Good => Event::Answered(attempt, Ok(good(call, self.flow.kind()))),
            E::Refused => ended(call, attempt, Err(refused(422))),
            E::Unclear => ended(call, attempt, Err(Failure::Timeout)),
            E::SessionEnded => ended(call, attempt, Err(Failure::SessionEnded)),
            E::Late => {
                let answer = Event::Answered(stranger, Ok(good(call, self.flow.kind())));
                return vec![answer, Event::SignedIn(stranger), Event::TimerFired(stranger), Event::PhoneVerified(stranger, true)];
            }
        };
        vec![event]
    }
}

/// What the call is made for.
fn good(call: CallKind, state: StateKind) -> Answer {
    let body = match call {
        CallKind::SignIn => r#"{"token": "t2"}"#,
        CallKind::VerifyCode | CallKind::Refresh => TOKENS,
        CallKind::Me => ME,
        CallKind::GiveConsent => "null",
        CallKind::ReadConsents => CONSENTS,
        CallKind::UpdateCustomer | CallKind::SendPolicy | CallKind::SendProductDocument => "null",
        CallKind::ListVehicles => VEHICLES,
        CallKind::LookUpVehicle => FOUND,
        CallKind::CreateVehicle => r#"{"id": "v2"}"#,
        CallKind::Brands | CallKind::Models | CallKind::Cities => CHOICES,
        CallKind::OpenCases => CASES,
        CallKind::ListMine => LISTS,
        CallKind::CreateCase => r#""c1""#,
        CallKind::CreateProposal => r#"{"proposalId": "q1"}"#,
        CallKind::ReadProposal => {
            return decode(call, &proposal(if state == StateKind::Checking { "PURCHASING" } else { "ACTIVE" }, PRICE));
        }
        CallKind::ListProducts => "[]",
        CallKind::OfferDocument | CallKind::InformationForm | CallKind::PolicyDocument => DOCUMENT,
        CallKind::RetryProduct => "null",
        CallKind::ReadCoverage => COVERAGE,
        CallKind::StartPurchase => PAGE,
        CallKind::ReadPolicy => r#"{"id": "p1"}"#,
    };
    decode(call, body)
}

fn decode(call: CallKind, body: &str) -> Answer {
    let body: Value = serde_json::from_str(body).expect("test JSON");
    call.decode(&body).expect("a readable answer")
}

fn ended(call: CallKind, attempt: Attempt, outcome: Result<&str, Failure>) -> Event {
    match (call, outcome) {
        // The tokens stay with the session.
        (CallKind::VerifyCode, Ok(_)) => Event::SignedIn(attempt),
        (call, outcome) => Event::Answered(attempt, outcome.map(|body| decode(call, body))),
    }
}

pub(super) fn refused(status: u16) -> Failure {
    Failure::Refused(Box::new(Problem { status, ..Problem::default() }))
}

pub(super) fn id<T>(id: Option<T>) -> T {
    id.expect("an id")
}

pub(super) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

pub(super) fn product() -> ProductId {
    id(ProductId::new("o1"))
}

pub(super) fn journal() -> Journal {
    Journal { proposal: id(ProposalId::new("q1")), product: product(), instalments: 1, failed_before: false }
}

pub(super) fn identity() -> IdentityForm {
    let (birth_date, phone) = (secret("23.04.1990"), secret("0532 123 45 67"));
    IdentityForm { kind: IdentityKind::Individual, number: secret("10000000146"), birth_date, phone }
}

pub(super) fn profile() -> Event {
    Event::SubmitProfile { name: None, email: Some("deniz@ornek.com".to_owned()), city: None }
}

pub(super) fn lookup() -> Event {
    Event::SubmitLookup { plate: "34 ABC 123".to_owned(), serial: "AB 123456".to_owned() }
}

pub(super) fn vehicle_form() -> VehicleForm {
    let text = str::to_owned;
    VehicleForm {
        plate: text("34 ABD 77"),
        serial: text("AB 123456"),
        brand: text("107"),
        year: text("2019"),
        model: text("107"),
        fuel: text("DIESEL"),
        utilization: text("PRIVATE_CAR"),
        ..VehicleForm::default()
    }
}

pub(super) fn config() -> Config {
    let permissions = Permissions { quote: true, sell_online: vec!["https://acente.example".to_owned()], ..Permissions::default() };
    Config {
        agent: id(AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90")),
        agent_branch: None,
        channel: Channel::Website,
        coverage_groups: vec![id(CoverageGroupId::new("68f0c0ffee0123456789aa01"))],
        callback_url: "https://acente.example/donus".to_owned(),
        host_origin: "https://acente.example".to_owned(),
        insurers: vec![(id(InsurerId::new("12")), permissions)],
        products: Vec::new(),
        verifies_phone: false,
        required_consents: Vec::new(),
        offers_etk: true,
        wire: Wire::Current,
        session: SessionProfile::NewTab,
        local: false,
    }
}

pub(super) const TOKENS: &str = r#"{"accessToken": "a", "refreshToken": "r", "expiresIn": 600}"#;
pub(super) const ME: &str = r#"{"id": "c1", "fullName": "Deniz Yılmaz", "birthDate": "1990-04-23", "primaryEmail": "deniz@ornek.com",
    "city": {"value": "34", "text": "İstanbul"}}"#;
pub(super) const ME_WITHOUT_EMAIL: &str = r#"{"id": "c1", "fullName": "Deniz Yılmaz", "birthDate": "1990-04-23", "gender": "FEMALE",
    "job": "TEACHER", "city": {"value": "34", "text": "İstanbul"}, "district": {"value": "341", "text": "Kadıköy"}}"#;
pub(super) const CASES: &str =
    r#"{"data": {"cases": {"items": [{"id": "k1", "productBranch": "KASKO", "type": "SALE_OPPORTUNITY", "status": "OPEN"}]}}}"#;
/// Offers of one question, and one policy.
pub(super) const LISTS: &str = r#"{"data": {
    "proposals": {"items": [{"id": "q1", "productBranch": "KASKO", "state": "ACTIVE", "createdAt": "2026-02-27T09:00:00Z", "vehicleId": "v1",
        "count": 6, "city": 34, "code": "ABC123", "brand": "Renault", "model": "Clio", "year": 2019}]},
    "policies": {"items": [{"id": "p1", "productBranch": "KASKO", "state": "ACTIVE", "insuranceCompanyName": "Örnek", "policyNumber": "0123",
        "startDate": "2026-01-01", "endDate": "2027-01-01", "city": 34, "code": "ABC123"}]}}}"#;
pub(super) const CONSENTS: &str = r#"{"consents": []}"#;
pub(super) const VEHICLES: &str = r#"[{"id": "v1", "plate": {"city": 34, "code": "ABC123"}}]"#;
pub(super) const FOUND: &str = r#"{"plate": {"city": 34, "code": "ABC123"}, "fuelType": "DIESEL", "utilizationStyle": "PRIVATE_CAR",
    "model": {"year": 2019, "brand": {"value": "107", "text": "RENAULT"}, "type": {"value": "1070412", "text": "CLIO"}}}"#;
pub(super) const CHOICES: &str = r#"[{"value": "107", "text": "RENAULT"}]"#;
pub(super) const DOCUMENT: &str = r#"{"url": "https://files.example/x.pdf"}"#;
pub(super) const COVERAGE: &str = r#"{"coverage": {"$type": "kasko", "yanma": {"$type": "INCLUDED"}}}"#;
pub(super) const PAGE: &str = r#"{"redirectUrl": "https://pay.example/start?id=9f"}"#;

/// A proposal with one offer of two plans.
pub(super) fn proposal(state: &str, price: &str) -> String {
    offer(state, price, "null")
}

pub(super) fn purchased() -> String {
    offer("PURCHASED", PRICE, r#""p1""#)
}

fn offer(state: &str, price: &str, policy: &str) -> String {
    format!(
        r#"{{"proposalId": "q1", "totalProductsCount": 1, "products": [{{
            "id": "o1", "insuranceCompanyId": 12, "insuranceCompanyName": "Örnek", "productName": "Kasko", "productType": "WEB_SERVICE",
            "state": "{state}", "policyId": {policy}, "supportedPaymentOptions": ["ASYNC_INSURANCE_COMPANY_REDIRECT"],
            "premiums": [{{"installmentNumber": 1, "grossPremium": {price}, "currency": "TRY"}},
                         {{"installmentNumber": 3, "grossPremium": {INSTALMENTS_PRICE}, "currency": "TRY"}}]}}]}}"#
    )
}

/// Whether a purchase is among the commands.
pub(super) fn buys(commands: &[Command]) -> bool {
    commands.iter().any(|command| matches!(command, Command::Call(_, Call::StartPurchase(_))))
}
