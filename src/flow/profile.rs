//! What the API lacks about the customer, asked for once. The sale needs none of it: it can be passed over, and when it can't be saved
//! the sale goes on.

use std::rc::Rc;

use super::event::{Attempt, Command, Event};
use super::field::{Field, FieldError, Wrong};
use super::notice::Notice;
use super::state::State;
use super::{Account, Flow};
use crate::domain::normalise::{has, trim};
use crate::domain::{BirthDate, Email};
use crate::endpoint::customers::{Customer, UpdateCustomer};
use crate::endpoint::{Answer, Call, Choice, Identity, Wire, addresses};
use crate::transport::Failure;

/// What will be on file.
pub(super) struct Profile {
    name: Option<String>,
    email: String,
    city: Option<String>,
}

/// The API's cities, for a customer who has none on file. Read beside the consents; where they can't be, no city is asked for.
#[derive(Debug, Default)]
pub(super) enum Cities {
    #[default]
    Unknown,
    Reading(Attempt),
    Known(Rc<Vec<Choice>>),
}

impl Cities {
    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        matches!(self, Self::Reading(of) if *of == attempt)
    }
}

/// Nothing of it: it is personal.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Profile(***)")
    }
}

impl Account {
    /// The address on file, if it is one.
    pub(super) fn email(&self) -> Option<Email> {
        self.customer.email.as_ref()?.parse().ok()
    }
}

impl Flow {
    /// On from the consents: to what the API lacks, or to the vehicle.
    pub(super) fn after_consents(&self) -> State {
        if self.lacks_profile() { State::Profile(Vec::new()) } else { self.vehicles() }
    }

    /// The customer, if they may be asked for what is not on file. The guides' form of an update names half of what it replaces; what
    /// such a server would blank is not put at risk.
    fn askable(&self) -> Option<&Customer> {
        let account = self.account.as_ref().filter(|account| !account.profile_asked && self.identity.is_some())?;
        (self.config.wire == Wire::Current).then_some(&account.customer)
    }

    fn lacks_profile(&self) -> bool {
        self.askable().is_some_and(|customer| {
            customer.email.is_none() || (self.is_person() && customer.full_name.is_none()) || self.cities_to_ask().is_some()
        })
    }

    /// What the city can be chosen from, if it is to be; empty while that is being read.
    pub(super) fn cities_to_ask(&self) -> Option<Rc<Vec<Choice>>> {
        match &self.cities {
            _ if self.account.as_ref()?.customer.city.is_some() => None,
            Cities::Unknown => None,
            Cities::Reading(_) => Some(Rc::default()),
            Cities::Known(cities) => Some(Rc::clone(cities)),
        }
    }

    /// Reads the cities, if one will be asked for.
    pub(super) fn ask_for_cities(&mut self, commands: &mut Vec<Command>) {
        if matches!(self.cities, Cities::Unknown) && self.askable().is_some_and(|customer| customer.city.is_none()) {
            self.cities = Cities::Reading(self.call(Call::Cities(addresses::Cities), commands));
        }
    }

    pub(super) fn cities_read(&mut self, outcome: Result<Answer, Failure>) {
        self.cities = match outcome {
            Ok(Answer::Cities(cities)) if !cities.is_empty() => Cities::Known(Rc::new(cities)),
            _ => Cities::Unknown,
        };
        // Nothing else is lacking: there is nothing to be asked.
        if matches!(self.state, State::Profile(_)) && !self.lacks_profile() {
            self.state = self.profile_done(None);
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.identity.as_ref().is_some_and(|identity| !matches!(identity.id, Identity::Company(_)))
    }

    pub(super) fn next_profile(&mut self, state: State, event: Event, commands: &mut Vec<Command>) -> State {
        match (state, event) {
            (State::Profile(_), Event::SubmitProfile { name, email, city }) => self.save_profile(name, email, city, commands),
            (State::Profile(_), Event::SkipProfile) => self.profile_done(None),
            (State::SavingProfile(profile, attempt), Event::Answered(of, outcome)) if of == attempt => self.profile_saved(profile, outcome),
            (state, _) => state,
        }
    }

    /// What is not changed is what is on file.
    fn save_profile(&mut self, name: Option<String>, email: Option<String>, city: Option<String>, commands: &mut Vec<Command>) -> State {
        let (Some(account), Some(identity)) = (&self.account, &self.identity) else { return self.vehicles() };
        let mut errors = Vec::new();
        let name = match name {
            Some(name) if self.is_person() => Some(trim(&name).to_owned()),
            _ => account.customer.full_name.clone(),
        };
        if self.is_person() && name.as_ref().is_none_or(String::is_empty) {
            errors.push(FieldError { field: Field::Name, wrong: Wrong::Required });
        }
        let email = match email {
            Some(email) => email.parse::<Email>().map_err(Wrong::from),
            None => account.email().ok_or(Wrong::Required),
        };
        let email = email.map_err(|wrong| errors.push(FieldError { field: Field::Email, wrong }));
        let city = match self.cities_to_ask() {
            // Not to be had yet: not waited for.
            Some(cities) if !cities.is_empty() => {
                let chosen = city.filter(|chosen| cities.iter().any(|city| city.value == *chosen));
                if chosen.is_none() {
                    errors.push(FieldError { field: Field::AddressCity, wrong: Wrong::NotChosen });
                }
                chosen
            }
            _ => account.customer.city.clone(),
        };
        let (Ok(email), []) = (email, &errors[..]) else { return State::Profile(errors) };
        let profile = Profile { name: name.clone(), email: email.as_str().to_owned(), city: city.clone() };
        let update = UpdateCustomer {
            customer: account.customer.id.clone(),
            identity: identity.id.clone(),
            name,
            birth_date: identity.birth_date.map(BirthDate::date),
            email: Some(email),
            phone: Some(identity.phone.clone()),
            city,
            district: account.customer.district.clone(),
            agent_branch: self.config.agent_branch.clone(),
            others: account.customer.others.clone(),
        };
        let attempt: Attempt = self.call(Call::UpdateCustomer(Box::new(update)), commands);
        State::SavingProfile(profile, attempt)
    }

    fn profile_saved(&mut self, profile: Profile, outcome: Result<Answer, Failure>) -> State {
        let notice = match outcome {
            Ok(_) => None,
            Err(Failure::Refused(problem)) if !refused(&problem).is_empty() => return State::Profile(refused(&problem)),
            Err(_) => Some(Notice::ProfileUnsaved),
        };
        // Saved or not, it is what the customer said: the policy can be sent there.
        if let Some(account) = &mut self.account {
            let customer = &mut account.customer;
            (customer.full_name, customer.email, customer.city) = (profile.name, Some(profile.email), profile.city);
        }
        self.profile_done(notice)
    }

    fn profile_done(&mut self, notice: Option<Notice>) -> State {
        if let Some(account) = &mut self.account {
            account.profile_asked = true;
        }
        match self.vehicles() {
            State::Vehicles(_) => State::Vehicles(notice),
            State::Lookup(mut form) => {
                form.notice = notice;
                State::Lookup(form)
            }
            state => state,
        }
    }
}

/// What the server did not take, at its field.
fn refused(problem: &crate::endpoint::Problem) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for said in &problem.fields {
        let name = said.name.to_ascii_lowercase();
        for (part, field) in [("email", Field::Email), ("name", Field::Name), ("city", Field::AddressCity)] {
            if has(&name, part) {
                errors.push(FieldError { field, wrong: Wrong::NotAccepted });
            }
        }
    }
    errors
}
