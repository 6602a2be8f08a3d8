//! Asking the insurers, and collecting what they offer.

use super::Flow;
use super::config::Display;
use super::event::{Command, Event, Now};
use super::notice::Notice;
use super::purchase::{Choice, Deal, Documents};
use super::state::{Poll, Sale, State};
use super::vehicle::find;
use super::view::VehicleLabel;
use crate::domain::normalise::decimal;
use crate::domain::{Money, PaymentOption, ProductBranch, ProductId, ProductState, ProductType, VehicleId};
use crate::endpoint::proposals::{CreateProposal, Product, Proposal, ReadProposal};
use crate::endpoint::vehicles::Vehicle;
use crate::endpoint::{Answer, Call};
use crate::later::later;
use crate::transport::Failure;

/// Offers are read this often at first …
const QUICK_MS: u32 = 2_000;
/// … and after so long …
const QUICK_FOR_MS: u64 = 20_000;
/// … only this often (`insurup-wire.md` e.2).
const CALM_MS: u32 = 4_000;
/// From here on some insurers count as late.
const LATE_AFTER_MS: u64 = 90_000;
const LATE_MS: u32 = 8_000;
/// Here asking stops, until the customer wants to go on waiting.
const STOP_AFTER_MS: u64 = 300_000;
/// Products may be appended after the first read: the list is complete when this many reads in a row said so.
const QUIET_READS: u8 = 2;
/// So many reads may fail in a row before the customer is told.
const FAILED_READS: u8 = 3;

impl Flow {
    pub(super) fn next_offers(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match (state, event) {
            (State::Requesting(vehicle, label, attempt), Event::Answered(of, outcome)) if of == attempt => {
                self.requested(vehicle, label, outcome, now, commands)
            }
            (State::RequestFailed(vehicle, label, _), Event::Retry) => self.request(vehicle, label, now, commands),
            (State::RequestFailed(..), Event::Back) => self.vehicles(),
            (State::Offers(sale, poll), Event::Answered(of, outcome)) if poll.pending == Some(of) => {
                self.offers_read(sale, poll, outcome, now, commands)
            }
            (State::Offers(sale, poll), Event::TimerFired(of)) if poll.pending == Some(of) => self.poll(sale, poll, commands),
            (State::Offers(sale, poll), Event::Shown) if !poll.done && poll.pending.is_none() => self.poll(sale, poll, commands),
            (State::Offers(sale, _), Event::KeepWaiting | Event::Retry) => self.collect(sale, now, commands),
            (State::Offers(mut sale, poll), Event::ChoosePlan { product, instalments }) => {
                sale.choose_plan(&product, instalments);
                State::Offers(sale, poll)
            }
            (State::Offers(sale, poll), Event::PickOffer(product)) => self.pick(sale, poll, product, commands),
            (State::Offers(sale, _), Event::Back) => {
                self.made.left = Some(sale);
                self.back_to_vehicles(commands)
            }
            (State::Offers(sale, poll), event) if event.is_of_list() => {
                later(Self::next_of_list as fn(_, _, _, _, _, _) -> _)(self, sale, poll, event, now, commands)
            }
            (State::Detail(sale, poll, detail), event) => {
                later(Self::next_detail as fn(_, _, _, _, _, _, _) -> _)(self, sale, poll, detail, event, now, commands)
            }
            (state, _) => state,
        }
    }

    /// Asks the insurers about a vehicle, once: coming back to the same vehicle comes back to the same offers, and to what
    /// was chosen among them.
    pub(super) fn request(&mut self, vehicle: VehicleId, label: Box<VehicleLabel>, now: Now, commands: &mut Vec<Command>) -> State {
        if let Some((of, proposal)) = &self.made.proposal
            && *of == vehicle
        {
            let left = self.made.left.take().filter(|sale| sale.proposal == *proposal);
            let sale = left.unwrap_or_else(|| Box::new(Sale::new(proposal.clone(), Some(label))));
            return self.collect(sale, now, commands);
        }
        let Some(account) = &self.account else { return State::SignedOut };
        let label = find(self.account.as_ref(), &vehicle).map_or(label, |vehicle| Box::new(vehicle_label(vehicle)));
        let call = CreateProposal {
            branch: ProductBranch::Kasko,
            insurer_customer: account.customer.id.clone(),
            insured_customer: account.customer.id.clone(),
            subject: vehicle.clone(),
            coverage_groups: self.config.coverage_groups.clone(),
            channel: self.config.channel,
            agent_branch: self.config.agent_branch.clone(),
        };
        let attempt = self.call(Call::CreateProposal(call), commands);
        State::Requesting(vehicle, label, attempt)
    }

    fn requested(
        &mut self,
        vehicle: VehicleId,
        label: Box<VehicleLabel>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        match outcome {
            Ok(Answer::CreateProposal(proposal)) => {
                self.made.proposal = Some((vehicle, proposal.clone()));
                self.collect(Box::new(Sale::new(proposal, Some(label))), now, commands)
            }
            // A proposal costs the insurers work, so it is asked for again only by the customer.
            Ok(_) => State::RequestFailed(vehicle, label, Notice::Unexpected),
            Err(failure) => State::RequestFailed(vehicle, label, Notice::from(&failure)),
        }
    }

    /// Begins to read the offers, or begins anew.
    pub(super) fn collect(&mut self, sale: Box<Sale>, now: Now, commands: &mut Vec<Command>) -> State {
        let mut poll = Poll::stopped();
        poll.began = now.ms;
        self.poll(sale, poll, commands)
    }

    fn poll(&mut self, mut sale: Box<Sale>, mut poll: Box<Poll>, commands: &mut Vec<Command>) -> State {
        // A page nobody sees asks nothing; being shown again resumes.
        if self.hidden {
            poll.pending = None;
            return State::Offers(sale, poll);
        }
        sale.notice = sale.notice.take().filter(|notice| *notice == Notice::OfferGone);
        poll.pending = Some(self.call(Call::ReadProposal(ReadProposal { proposal: sale.proposal.clone() }), commands));
        State::Offers(sale, poll)
    }

    fn offers_read(
        &mut self,
        mut sale: Box<Sale>,
        mut poll: Box<Poll>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        poll.pending = None;
        match outcome {
            Ok(Answer::ReadProposal(proposal)) => {
                let before = sale.products.len();
                sale.absorb(proposal);
                self.details.list_read();
                poll.failed_reads = 0;
                poll.quiet_reads = if sale.is_complete(now.ms.saturating_sub(poll.began)) && sale.products.len() == before {
                    poll.quiet_reads + 1
                } else {
                    0
                };
            }
            Ok(_) => poll.failed_reads += 1,
            Err(Failure::Refused(problem)) if problem.status == 404 => {
                // Reading it again would find nothing either; a new one is asked for by choosing the vehicle.
                self.made.proposal = None;
                return self.nothing_there(commands);
            }
            Err(failure) => {
                poll.failed_reads += 1;
                if poll.failed_reads >= FAILED_READS {
                    sale.notice = Some(Notice::from(&failure));
                    return State::Offers(sale, poll);
                }
            }
        }
        let elapsed = now.ms.saturating_sub(poll.began);
        poll.late = elapsed >= LATE_AFTER_MS;
        if poll.quiet_reads >= QUIET_READS || elapsed >= STOP_AFTER_MS {
            poll.done = true;
        } else {
            poll.pending = Some(self.wait(delay_ms(elapsed), commands));
        }
        State::Offers(sale, poll)
    }

    pub(super) fn pick(&mut self, mut sale: Box<Sale>, poll: Box<Poll>, product: ProductId, commands: &mut Vec<Command>) -> State {
        let Some(instalments) = self.buyable(&sale, &product).map(|(plan, _)| plan) else { return State::Offers(sale, poll) };
        sale.choose_plan(&product, instalments);
        sale.chosen = Some(product.clone());
        sale.notice = None;
        let documents = Documents::ask(self, &sale.proposal, &product, commands);
        State::Review(sale, Box::new(Deal { choice: Choice { product, instalments }, documents }))
    }

    /// The plan with which a product may be bought here now, and what it costs; none if it may not (compliance B1, B4).
    pub(super) fn buyable(&self, sale: &Sale, product: &ProductId) -> Option<(u8, Money)> {
        let product = sale.product(product)?;
        let plan = sale.plan(product)?;
        let redirect = PaymentOption::AsyncInsuranceCompanyRedirect;
        let may = self.config.may_quote(&product.insurer)
            && self.config.may_sell(&product.insurer)
            && self.config.display(product) == Display::Sell
            && self.config.may_pay(&product.insurer, &redirect);
        let can = product.kind == ProductType::WebService
            && matches!(product.state, ProductState::Active | ProductState::PurchaseFailed)
            && !product.needs_investigation
            && product.payment_options.contains(&redirect);
        (may && can).then_some(plan)
    }
}

impl Sale {
    pub(super) fn product(&self, id: &ProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == *id)
    }

    /// The newest read wins; what the customer chose is kept beside it, by product. Whoever is known keeps the place, in whatever order
    /// the API lists them now, and whoever is listed twice is there once.
    pub(super) fn absorb(&mut self, proposal: Proposal) {
        self.total = proposal.total_products.or(self.total);
        let mut read = proposal.products;
        let mut products: Vec<Product> = Vec::with_capacity(read.len());
        for known in std::mem::take(&mut self.products) {
            if let Some(place) = read.iter().position(|product| product.id == known.id) {
                products.push(read.remove(place));
            }
        }
        for product in read {
            if products.iter().all(|other| other.id != product.id) {
                products.push(product);
            }
        }
        self.products = products;
    }

    /// Remembers the choice, if the product is offered so; whether it is.
    pub(super) fn choose_plan(&mut self, product: &ProductId, instalments: u8) -> bool {
        let premiums = self.product(product).map_or(&[][..], |product| &product.premiums);
        let offered = premiums.iter().any(|premium| premium.instalments == instalments && premium.gross.is_some());
        if offered {
            self.plans.retain(|(of, _)| of != product);
            self.plans.push((product.clone(), instalments));
        }
        offered
    }

    /// The plan the customer chose for a product, or else (also when that is no longer offered) the shortest one; with its price. None
    /// without a price.
    pub(super) fn plan(&self, product: &Product) -> Option<(u8, Money)> {
        let chosen = self.plans.iter().find(|(of, _)| *of == product.id).map(|(_, instalments)| *instalments);
        let priced = |instalments: u8| {
            let premium = product.premiums.iter().find(|premium| premium.instalments == instalments)?;
            Some((instalments, premium.gross?))
        };
        chosen.and_then(priced).or_else(|| product.premiums.iter().find_map(|premium| priced(premium.instalments)))
    }

    /// Whether everyone has answered. Products that can't be read are not in the list, so its length is trusted in the end.
    fn is_complete(&self, elapsed: u64) -> bool {
        let count = u32::try_from(self.products.len()).unwrap_or(u32::MAX);
        let waiting = self.products.iter().any(|product| matches!(product.state, ProductState::Waiting));
        // A list that is empty at first may still be filled.
        let all = if count > 0 { self.total.is_none_or(|total| count >= total) } else { self.total == Some(0) && elapsed >= QUICK_FOR_MS };
        !waiting && (all || elapsed >= LATE_AFTER_MS)
    }
}

fn delay_ms(elapsed: u64) -> u32 {
    match elapsed {
        _ if elapsed < QUICK_FOR_MS => QUICK_MS,
        _ if elapsed < LATE_AFTER_MS => CALM_MS,
        _ => LATE_MS,
    }
}

/// A vehicle on file in one line, with its plate.
#[must_use]
pub fn vehicle_label(vehicle: &Vehicle) -> VehicleLabel {
    // The province of a vehicle without a plate is no plate to be shown.
    let plate = vehicle.plate.clone().filter(|plate| plate.code().is_some());
    VehicleLabel { plate, text: describe(vehicle.brand.as_deref(), vehicle.model.as_deref(), vehicle.year) }
}

/// "Renault Clio · 2021", with what of it is known.
pub(super) fn describe(brand: Option<&str>, model: Option<&str>, year: Option<u16>) -> String {
    let mut text = String::new();
    for part in [brand, model].into_iter().flatten() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    if let Some(year) = year {
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(&decimal(year));
    }
    text
}
