//! A customer: reads the screen, does mostly what it asks for, and now and then anything at all.

use insurup_core::domain::{ProductId, ProposalId, Secret, VehicleId};
use insurup_core::flow::{
    Action, ByHandView, Event, FlowView, IdentityForm, IdentityKind, MineView, OfferState, OffersView, Screen, VehicleForm,
};

use crate::payments::Decision;
use crate::random::Random;
use crate::world::World;

/// What the customer does next.
#[derive(Debug)]
pub(crate) enum Act {
    Send(Event),
    /// Loads the page again.
    Reload,
    /// Closes the tab: the sale is over.
    Leave,
}

#[derive(Debug)]
pub(crate) struct User {
    random: Random,
    /// The payment page, open in another tab.
    bank: Option<String>,
    seen_policy: u8,
    /// How careless: so many of a thousand acts are not what the screen asks for.
    wild: u64,
}

impl User {
    pub(crate) fn new(mut random: Random) -> Self {
        let wild = *random.pick(&[0, 30, 100]).unwrap_or(&0);
        Self { random, bank: None, seen_policy: 0, wild }
    }

    /// How long until the customer does something again.
    pub(crate) fn thinks(&mut self, view: &FlowView) -> u64 {
        match view.screen {
            Screen::Checking(_) | Screen::Unknown(_) => self.random.between(5_000, 60_000),
            Screen::Away(_) | Screen::Offers(_) => self.random.between(1_000, 15_000),
            _ => self.random.between(300, 5_000),
        }
    }

    pub(crate) fn acts(&mut self, view: &FlowView, world: &mut World, now: u64) -> Vec<Act> {
        if self.random.chance(self.wild) {
            return self.wild_act(view);
        }
        let act = self.sensible_act(view, world, now);
        match act {
            // A double click.
            Some(Act::Send(event)) if self.random.chance(60) => match again(&event) {
                Some(second) => vec![Act::Send(event), Act::Send(second)],
                None => vec![Act::Send(event)],
            },
            act => act.into_iter().collect(),
        }
    }

    fn sensible_act(&mut self, view: &FlowView, world: &mut World, now: u64) -> Option<Act> {
        let event = match &view.screen {
            Screen::Blank => return None,
            Screen::Identify(identify) if identify.form.busy => return None,
            // Hardly ever somebody else takes over.
            Screen::Identify(identify) => {
                let other = identify.again.is_some() && self.random.chance(30);
                self.identify(usize::from(other))
            }
            Screen::Code(code) if code.busy => return None,
            Screen::Code(code) => self.code(world, now, code.locked)?,
            Screen::Opening if view.notice.is_some() => Event::Retry,
            Screen::Opening => return None,
            Screen::Consents(consents) if consents.form.busy => return None,
            Screen::Consents(_) => Event::SubmitConsents { kvkk: self.random.chance(700), etk: self.random.chance(300) },
            Screen::Profile(profile) if profile.form.busy => return None,
            Screen::Profile(_) if self.random.chance(500) => Event::SkipProfile,
            Screen::Profile(profile) => {
                let email = *self.random.pick(&["deniz@ornek.com", "deniz"])?;
                let city = profile.cities.as_deref().and_then(|cities| cities.first()).filter(|_| self.random.chance(800));
                let city = city.map(|city| city.value.clone());
                Event::SubmitProfile { name: None, email: Some(email.to_owned()), city }
            }
            Screen::Vehicles(_) | Screen::Lookup(_) if !is_busy_form(view) && self.random.chance(80) => Event::ShowMine,
            Screen::Mine(mine) => self.mine(mine)?,
            Screen::Vehicles(vehicles) if self.random.chance(800) => Event::ChooseVehicle(self.random.pick(vehicles)?.0.clone()),
            Screen::Vehicles(_) => Event::AddVehicle,
            Screen::Lookup(lookup) if lookup.form.busy => return self.rarely(Event::Back),
            Screen::Lookup(_) => self.look_up(view),
            Screen::Found(found) if found.busy => return None,
            Screen::Found(_) => [Event::ConfirmVehicle, Event::TypeByHand, Event::Back].into_iter().nth(self.mostly_first(3))?,
            Screen::ByHand(form) => self.by_hand(form)?,
            Screen::Offers(offers) => self.offers(offers)?,
            Screen::Coverages(view) if view.offer.action == Action::Buy && self.random.chance(300) => {
                Event::PickOffer(view.offer.id.clone())
            }
            Screen::Comparison(view) if self.random.chance(300) => {
                Event::MarkOffer { product: self.random.pick(&view.offers)?.id.clone(), marked: false }
            }
            Screen::Coverages(_) | Screen::Comparison(_) | Screen::Called(_) => {
                [Event::Back, Event::Retry].into_iter().nth(self.mostly_first(2))?
            }
            Screen::Review(review) if review.busy => return None,
            Screen::Review(review) if review.information_url.is_none() => {
                if review.documents_busy {
                    return None;
                }
                Event::Retry
            }
            Screen::Review(_) => match self.random.between(0, 20) {
                0 => Event::ChooseInstalments(*self.random.pick(&[1, 3, 9])?),
                1 => Event::Back,
                2 => Event::Pay { acknowledged: false },
                3 => Event::SendOffer(Some("deniz@ornek.com".to_owned())),
                _ => Event::Pay { acknowledged: true },
            },
            Screen::PriceChanged(_) if self.random.chance(800) => Event::Pay { acknowledged: true },
            Screen::PriceChanged(_) => Event::Back,
            Screen::Ready(page) => {
                self.bank = Some(page.url.clone());
                match self.random.between(0, 20) {
                    0 => Event::GaveUp,
                    1 => Event::CheckNow,
                    // Opened in a way the page does not notice.
                    2 => return None,
                    _ => Event::PageOpened,
                }
            }
            Screen::Away(_) => self.at_the_bank(world, now)?,
            Screen::Checking(_) | Screen::Unknown(_) => {
                if self.bank.is_some() && self.random.chance(500) {
                    return self.at_the_bank(world, now).map(Act::Send);
                }
                [Event::CheckNow, Event::Returned, Event::GaveUp].into_iter().nth(self.mostly_first(3))?
            }
            Screen::NotTaken(view) => match self.random.between(0, 10) {
                0 => Event::SignOut,
                1 | 2 => Event::Back,
                _ if view.can_retry && now >= view.retry_at_ms => Event::PayAgain,
                _ if !view.can_retry => Event::Back,
                _ => return None,
            },
            Screen::Policy(_) => {
                self.seen_policy += 1;
                if self.seen_policy > 4 {
                    return Some(Act::Leave);
                }
                if self.random.chance(150) {
                    return Some(Act::Send(Event::ShowMine));
                }
                if !self.random.chance(300) {
                    return None;
                }
                Event::SendPolicy(Some("deniz@ornek.com".to_owned()))
            }
            Screen::SignedOut if self.random.chance(700) => return Some(Act::Leave),
            Screen::SignedOut => Event::Retry,
        };
        Some(Act::Send(event))
    }

    fn mostly_first(&mut self, count: u64) -> usize {
        if self.random.chance(700) { 0 } else { usize::try_from(self.random.between(0, count)).unwrap_or(0) }
    }

    fn rarely(&mut self, event: Event) -> Option<Act> {
        self.random.chance(50).then_some(Act::Send(event))
    }

    fn identify(&mut self, who: usize) -> Event {
        let (tckn, phone) = if who == 0 { ("10000000146", "0532 123 45 67") } else { ("19090909018", "0532 987 65 43") };
        let tckn = if self.random.chance(40) { "10000000145" } else { tckn };
        let secret = |text: &str| Secret::new(text.to_owned());
        Event::SubmitIdentity(Box::new(IdentityForm {
            kind: IdentityKind::Individual,
            number: secret(tckn),
            birth_date: secret("23.04.1990"),
            phone: secret(phone),
        }))
    }

    /// Looks at the phone.
    fn code(&mut self, world: &World, now: u64, locked: bool) -> Option<Event> {
        let there: Vec<_> = world.tokens.sms.iter().filter(|sms| sms.arrives_at <= now).collect();
        // The phone says which came last, not which tab asked for it.
        let own = there.iter().rfind(|sms| sms.tab == world.tab || self.random.chance(200)).or(there.last());
        let newest = own.map(|sms| sms.code.clone());
        Some(match (newest, self.random.between(0, 30)) {
            (_, 0) => Event::ResendCode,
            (_, 1) => Event::ChangeNumber,
            (_, 2) => Event::SubmitCode(Secret::new("000000".to_owned())),
            (_, 3) => Event::SubmitCode(Secret::new(there.first()?.code.clone())),
            _ if locked => Event::ResendCode,
            (Some(code), _) => {
                // A code that was not taken is not typed for ever.
                if self.random.chance(150) { Event::ResendCode } else { Event::SubmitCode(Secret::new(code)) }
            }
            (None, _) => return None,
        })
    }

    fn look_up(&mut self, view: &FlowView) -> Event {
        let plate = if self.random.chance(850) { "34 ABC 123" } else { "35 AB 4567" };
        match self.random.between(0, 10) {
            0 => Event::Back,
            1 => Event::TypeByHand,
            3 => Event::WithoutPlate,
            _ if view.notice.is_some() => Event::TypeByHand,
            2 => Event::SubmitLookup { plate: "99 Q 1".to_owned(), serial: String::new() },
            _ => Event::SubmitLookup { plate: plate.to_owned(), serial: "AB 123456".to_owned() },
        }
    }

    fn by_hand(&mut self, form: &ByHandView) -> Option<Event> {
        if form.form.busy {
            return None;
        }
        if form.lists_failed {
            return Some(Event::Retry);
        }
        if self.random.chance(40) {
            return Some(Event::Back);
        }
        let brand = form.brands.first()?.value.clone();
        let models = form.models.as_ref().filter(|(of, year, _)| *of == brand && year == "2019").map(|(.., models)| models);
        let Some(model) = models.and_then(|models| models.first()) else {
            return (!form.models_busy).then_some(Event::ChooseModels { brand, year: "2019".to_owned() });
        };
        let filled = &form.filled;
        let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
        Some(Event::SubmitVehicle(Box::new(VehicleForm {
            plate: or(&filled.plate, if form.without_plate { "35" } else { "35 AB 4567" }),
            serial: if form.without_plate { String::new() } else { or(&filled.serial, "AB 123456") },
            engine: if form.without_plate { "ABC123456".to_owned() } else { String::new() },
            chassis: if form.without_plate { "VF1AAAAA1AA123456".to_owned() } else { String::new() },
            brand,
            year: "2019".to_owned(),
            model: model.value.clone(),
            fuel: or(&filled.fuel, "DIESEL"),
            utilization: or(&filled.utilization, "PRIVATE_CAR"),
            ..VehicleForm::default()
        })))
    }

    fn offers(&mut self, view: &OffersView) -> Option<Event> {
        if view.failed {
            return Some(if self.random.chance(800) { Event::Retry } else { Event::Back });
        }
        let buyable: Vec<_> = view.offers.iter().filter(|offer| offer.action == Action::Buy).collect();
        let offer = self.random.pick(&buyable).copied();
        Some(match (offer, self.random.between(0, 10)) {
            (Some(offer), 0) if matches!(offer.state, OfferState::Priced { .. }) => {
                Event::ChoosePlan { product: offer.id.clone(), instalments: *self.random.pick(&[1, 3])? }
            }
            (Some(offer), 1..=5) => Event::PickOffer(offer.id.clone()),
            (_, 6) if self.random.chance(400) => self.look_closely(view)?,
            (None, 1) if view.done => Event::Back,
            (None, 2) if view.done => Event::KeepWaiting,
            (_, 9) if self.random.chance(100) => Event::Back,
            _ => return None,
        })
    }

    /// Looks at what there is already.
    fn mine(&mut self, view: &MineView) -> Option<Event> {
        if view.busy {
            return self.random.chance(50).then_some(Event::Back);
        }
        let proposal = self.random.pick(&view.proposals).map(|proposal| proposal.id.clone());
        let policy = self.random.pick(&view.policies).map(|policy| policy.id.clone());
        Some(match (self.random.between(0, 10), proposal, policy) {
            (0..=4, Some(proposal), _) => Event::ResumeProposal(proposal),
            (5 | 6, _, Some(policy)) => Event::ShowPolicyDocument(policy),
            (7, ..) => Event::Retry,
            _ if view.failed && self.random.chance(700) => Event::Retry,
            _ => Event::Back,
        })
    }

    /// Something about single offers.
    fn look_closely(&mut self, view: &OffersView) -> Option<Event> {
        let product = self.random.pick(&view.offers)?.id.clone();
        Some(match self.random.between(0, 8) {
            0 | 1 => Event::RetryOffer(product),
            2 => Event::ShowCoverages(product),
            3 => Event::ShowDocument(product),
            4 => Event::MarkOffer { product, marked: self.random.chance(800) },
            5 => Event::CompareOffers,
            6 => Event::RequestCall(product),
            _ => Event::RetryOffers,
        })
    }

    /// Decides on the payment page, or not, and comes back, or not.
    fn at_the_bank(&mut self, world: &mut World, now: u64) -> Option<Event> {
        let url = self.bank.clone()?;
        let decision = match self.random.between(0, 10) {
            0..=5 => Some(Decision::Approve),
            6 => Some(Decision::Decline),
            _ => None,
        };
        if let Some(decision) = decision {
            world.payments.decide(&url, decision, now, &mut self.random);
            self.bank = None;
        }
        match self.random.between(0, 10) {
            0..=5 => Some(Event::Returned),
            6 => Some(Event::CheckNow),
            7 => Some(Event::GaveUp),
            _ => None,
        }
    }

    /// Anything a page could send, whether or not it makes sense here.
    fn wild_act(&mut self, view: &FlowView) -> Vec<Act> {
        let product = || ProductId::new("offer-0-0").expect("an id");
        let event = match self.random.between(0, 31) {
            0 => return vec![Act::Reload],
            1 => return vec![Act::Send(Event::Hidden), Act::Send(Event::Shown)],
            2 => Event::Hidden,
            3 | 4 => Event::Shown,
            // Signing out ends most sales, so it is rare.
            5 if self.random.chance(300) => Event::SignOut,
            5 | 6 => Event::Back,
            7 => Event::Retry,
            8 => Event::Returned,
            9 => Event::GaveUp,
            10 => Event::CheckNow,
            11 => Event::PageOpened,
            12 => Event::PayAgain,
            13 | 14 => Event::Pay { acknowledged: true },
            15 => Event::PickOffer(product()),
            16 => Event::ChoosePlan { product: product(), instalments: 3 },
            17 => Event::ChooseInstalments(3),
            18 => Event::ConfirmVehicle,
            19 => Event::TypeByHand,
            20 => Event::AddVehicle,
            21 => Event::ChooseVehicle(VehicleId::new("vehicle-34ABC123").expect("an id")),
            22 => Event::ResendCode,
            23 => Event::KeepWaiting,
            25 => Event::RetryOffer(product()),
            26 => Event::ShowCoverages(product()),
            27 => Event::RequestCall(product()),
            28 => Event::ResumeProposal(ProposalId::new("proposal-0").expect("an id")),
            29 => Event::ShowMine,
            24 => Event::SubmitConsents { kvkk: true, etk: true },
            _ => self.identify(0),
        };
        // What is sent before the page has a sale is not sent at all.
        if view.screen == Screen::Blank { Vec::new() } else { vec![Act::Send(event)] }
    }
}

fn is_busy_form(view: &FlowView) -> bool {
    matches!(&view.screen, Screen::Lookup(lookup) if lookup.form.busy)
}

/// The same event once more, for those a double click can make.
fn again(event: &Event) -> Option<Event> {
    Some(match event {
        Event::Pay { acknowledged } => Event::Pay { acknowledged: *acknowledged },
        Event::PayAgain => Event::PayAgain,
        Event::PickOffer(product) => Event::PickOffer(product.clone()),
        Event::RetryOffer(product) => Event::RetryOffer(product.clone()),
        Event::ShowCoverages(product) => Event::ShowCoverages(product.clone()),
        Event::ChooseVehicle(vehicle) => Event::ChooseVehicle(vehicle.clone()),
        Event::ConfirmVehicle => Event::ConfirmVehicle,
        Event::SubmitConsents { kvkk, etk } => Event::SubmitConsents { kvkk: *kvkk, etk: *etk },
        Event::SubmitCode(code) => Event::SubmitCode(Secret::new(code.expose().clone())),
        Event::ResendCode => Event::ResendCode,
        Event::Returned => Event::Returned,
        Event::GaveUp => Event::GaveUp,
        Event::CheckNow => Event::CheckNow,
        Event::PageOpened => Event::PageOpened,
        Event::ShowMine => Event::ShowMine,
        Event::ResumeProposal(proposal) => Event::ResumeProposal(proposal.clone()),
        Event::Back => Event::Back,
        Event::Retry => Event::Retry,
        _ => return None,
    })
}
