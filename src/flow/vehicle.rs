//! Which vehicle: one on file, one the registry finds, or one that is typed.

use std::rc::Rc;

use super::event::{Attempt, Command, Event, Now, VehicleForm};
use super::field::{Field, FieldError, Wrong, check_field, seats};
use super::notice::Notice;
use super::offers::{describe, vehicle_label};
use super::state::{FoundVehicleAt, LookupForm, State};
use super::view::VehicleLabel;
use super::{Account, Flow};
use crate::domain::normalise::{decimal, has, join_with, small, trim};
use crate::domain::{BrandRef, Chassis, Date, DocumentSerial, Engine, FuelType, ModelRef, ModelYear, Plate, UtilizationStyle, VehicleId};
use crate::endpoint::vehicles::{Brands, CreateVehicle, FoundVehicle, ListVehicles, LookUpVehicle, Models, Vehicle};
use crate::endpoint::{Answer, Call, Choice, Wire};
use crate::later::later;
use crate::transport::Failure;

/// Makes and models, read beside the form.
#[derive(Debug, Default)]
pub(super) struct Lists {
    brands: Option<Attempt>,
    models: Option<(Attempt, BrandRef, ModelYear)>,
    pub(super) all_brands: Vec<Choice>,
    pub(super) all_models: Option<(BrandRef, ModelYear, Vec<Choice>)>,
    brands_failed: bool,
    models_failed: bool,
}

impl Lists {
    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        self.brands == Some(attempt) || self.models.as_ref().is_some_and(|(of, ..)| *of == attempt)
    }

    pub(super) fn reads_models(&self) -> bool {
        self.models.is_some()
    }

    /// Whether something the form needs could not be read. One list that came does not make up for the other.
    pub(super) fn failed(&self) -> bool {
        self.brands_failed || self.models_failed
    }

    pub(super) fn take(&mut self, attempt: Attempt, outcome: Result<Answer, Failure>) {
        if self.brands == Some(attempt) {
            self.brands = None;
            if let Ok(Answer::Brands(brands)) = outcome {
                self.all_brands = brands;
            }
            self.brands_failed = self.all_brands.is_empty();
        } else if let Some((_, brand, year)) = self.models.take() {
            self.models_failed = outcome.is_err();
            if let Ok(Answer::Models(models)) = outcome {
                self.all_models = Some((brand, year, models));
            }
        }
    }
}

/// The typed form.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) filled: VehicleForm,
    pub(super) errors: Vec<FieldError>,
    pub(super) notice: Option<Notice>,
    /// The vehicle has none yet: the province is asked for in place of plate and serial, and what else tells it apart must be there.
    pub(super) without_plate: bool,
    /// What the registry knew, for the values it hides.
    pub(super) found: Option<Rc<FoundVehicle>>,
    /// Make and year that were chosen since: the rest of what is typed comes only when the form is sent.
    chosen: Option<(String, String)>,
}

/// Where a vehicle that is being saved came from, and where the customer goes back to if it can't be.
#[derive(Debug)]
pub(super) enum Origin {
    Found(Box<FoundVehicleAt>),
    ByHand(Box<Form>),
}

impl Origin {
    pub(super) fn into_state(self, notice: Option<Notice>) -> State {
        match self {
            Self::Found(mut found) => {
                found.notice = notice;
                State::Found(found)
            }
            Self::ByHand(mut form) => {
                form.notice = notice;
                State::ByHand(form)
            }
        }
    }

    /// What names the vehicle in this sale, so that it is not saved twice: its plate, or else everything that was typed about it.
    fn name(&self) -> String {
        let (plate, filled) = match self {
            Self::Found(found) => (found.vehicle.plate.clone(), None),
            Self::ByHand(form) => (form.plate(), Some(&form.filled)),
        };
        match (plate.filter(|plate| plate.code().is_some()), filled) {
            (Some(plate), _) => plate.compact(),
            (None, None) => String::new(),
            (None, Some(form)) => {
                let VehicleForm { plate, serial, brand, year, model, fuel, utilization, engine, chassis, registered, seats } = form;
                join_with("\n", &[plate, serial, brand, year, model, fuel, utilization, engine, chassis, registered, seats])
            }
        }
    }

    /// Whether this is the vehicle, in a list in which `before` were already. One without a plate can only be told by being new there.
    fn is(&self, vehicle: &Vehicle, before: &[Vehicle]) -> bool {
        let plate = match self {
            Self::Found(found) => found.vehicle.plate.clone(),
            Self::ByHand(form) if form.without_plate => {
                let bare = vehicle.plate.as_ref().is_none_or(|plate| plate.code().is_none());
                let year = vehicle.year.map(decimal);
                return bare && year.as_deref() == Some(trim(&form.filled.year)) && before.iter().all(|known| known.id != vehicle.id);
            }
            Self::ByHand(form) => form.plate(),
        };
        plate.is_some_and(|plate| plate.code().is_some() && vehicle.plate == Some(plate))
    }
}

impl Form {
    fn plate(&self) -> Option<Plate> {
        let text = &self.filled.plate;
        if self.without_plate { Plate::without_code(small(text)?).ok() } else { text.parse().ok() }
    }
}

impl FoundVehicleAt {
    /// The form, filled with what the registry knows.
    fn into_form(self, notice: Option<Notice>) -> Box<Form> {
        let filled = prefill(&self.vehicle, self.serial.as_ref());
        Box::new(Form { filled, notice, found: Some(self.vehicle), ..Form::default() })
    }
}

impl Flow {
    pub(super) fn next_vehicle(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match (state, event) {
            (State::Vehicles(_), Event::ChooseVehicle(id)) => self.choose_vehicle(&id, now, commands),
            (State::Vehicles(_), Event::AddVehicle) => State::Lookup(Box::default()),
            (State::Lookup(_), Event::SubmitLookup { plate, serial }) => self.look_up(&plate, &serial, now, commands),
            (state @ (State::Lookup(_) | State::Found(_)), event @ (Event::TypeByHand | Event::WithoutPlate)) => {
                later(Self::begin_by_hand as fn(_, _, _, _, _) -> _)(self, state, event, now, commands)
            }
            (State::Lookup(_), Event::Back) if self.has_vehicles() => State::Vehicles(None),
            (State::LookingUp(tried, attempt), Event::Answered(of, outcome)) if of == attempt => self.looked_up(*tried, outcome, commands),
            (State::LookingUp(..), Event::Back) => State::Lookup(Box::default()),
            (State::Found(found), Event::ConfirmVehicle) => self.save_found(found, now, commands),
            (State::Found(_) | State::ByHand(_), Event::Back) => State::Lookup(Box::default()),
            (State::ByHand(form), event) => later(Self::next_by_hand as fn(_, _, _, _, _) -> _)(self, form, event, now, commands),
            (State::SavingVehicle(origin, label, attempt), Event::Answered(of, outcome)) if of == attempt => {
                self.saved(origin, label, outcome, now, commands)
            }
            (State::Relisting(origin, label, attempt), Event::Answered(of, outcome)) if of == attempt => {
                self.relisted(origin, label, outcome, now, commands)
            }
            (state, _) => state,
        }
    }

    /// To the typed form, with what is known: where from, and by which event, decides about that.
    fn begin_by_hand(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        let form = match (state, event) {
            (State::Found(found), Event::TypeByHand) => found.into_form(None),
            (State::Lookup(lookup), Event::TypeByHand) => match *lookup {
                LookupForm { found: Some(found), notice, .. } => found.into_form(notice),
                LookupForm { tried, .. } => {
                    let mut form = Box::<Form>::default();
                    if let Some((plate, serial)) = tried {
                        form.filled.plate = plate.spaced();
                        form.filled.serial = serial.spaced();
                    }
                    form
                }
            },
            // The guides' form of the API knows no vehicle without a plate.
            (State::Lookup(_), Event::WithoutPlate) if self.knows_no_plate() => Box::new(Form { without_plate: true, ..Form::default() }),
            (state, _) => return state,
        };
        self.type_by_hand(form, now, commands)
    }

    /// What happens on the typed form.
    fn next_by_hand(&mut self, mut form: Box<Form>, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match event {
            Event::ChooseModels { brand, year } => {
                self.read_models(&brand, &year, now, commands);
                form.chosen = Some((brand, year));
                State::ByHand(form)
            }
            Event::Retry => self.type_by_hand(form, now, commands),
            Event::SubmitVehicle(filled) => {
                form.filled = *filled;
                self.save_typed(form, now, commands)
            }
            _ => State::ByHand(form),
        }
    }

    pub(super) fn knows_no_plate(&self) -> bool {
        self.config.wire == Wire::Current
    }

    fn has_vehicles(&self) -> bool {
        self.account.as_ref().is_some_and(|account| !account.vehicles.is_empty())
    }

    fn choose_vehicle(&mut self, id: &VehicleId, now: Now, commands: &mut Vec<Command>) -> State {
        let chosen = self.account.as_ref().and_then(|account| account.vehicles.iter().find(|vehicle| vehicle.id == *id));
        let Some(vehicle) = chosen else { return State::Vehicles(None) };
        let label = Box::new(vehicle_label(vehicle));
        self.request(id.clone(), label, now, commands)
    }

    fn look_up(&mut self, plate: &str, serial: &str, now: Now, commands: &mut Vec<Command>) -> State {
        let wire = self.config.wire;
        let today = Date::in_istanbul(now.unix_ms);
        let errors: Vec<_> = [(Field::Plate, plate), (Field::Serial, serial)]
            .into_iter()
            .filter_map(|(field, text)| check_field(field, text, today, wire).map(|wrong| FieldError { field, wrong }))
            .collect();
        let (Ok(plate), Ok(serial), Some(account)) = (plate.parse::<Plate>(), DocumentSerial::parse_for(serial, wire), &self.account)
        else {
            return State::Lookup(Box::new(LookupForm { errors, ..LookupForm::default() }));
        };
        let call = LookUpVehicle { customer: account.customer.id.clone(), plate: plate.clone(), serial: serial.clone() };
        let attempt = self.call(Call::LookUpVehicle(call), commands);
        State::LookingUp(Box::new((plate, serial)), attempt)
    }

    fn looked_up(
        &mut self,
        (plate, serial): (Plate, DocumentSerial),
        outcome: Result<Answer, Failure>,
        commands: &mut Vec<Command>,
    ) -> State {
        match outcome {
            Ok(Answer::LookUpVehicle(mut vehicle)) => {
                vehicle.plate.get_or_insert(plate);
                let missing = missing_fields(&vehicle);
                let found = Box::new(FoundVehicleAt { vehicle: vehicle.into(), serial: Some(serial), notice: None });
                if missing == 0 {
                    return State::Found(found);
                }
                commands.push(Command::GoOn(Event::TypeByHand));
                let notice = Some(Notice::LookupPartial(missing));
                State::Lookup(Box::new(LookupForm { found: Some(found), notice, ..LookupForm::default() }))
            }
            // The registry can't say, for whatever reason: the customer can, and goes on with what is typed already.
            outcome => {
                let notice = match outcome {
                    Err(failure @ (Failure::Offline | Failure::Unreachable | Failure::CorsDenied | Failure::BlockedByHostCsp { .. })) => {
                        Notice::from(&failure)
                    }
                    _ => Notice::LookupFailed,
                };
                State::Lookup(Box::new(LookupForm { notice: Some(notice), tried: Some((plate, serial)), ..LookupForm::default() }))
            }
        }
    }

    /// The form, with the makes under way.
    pub(super) fn type_by_hand(&mut self, form: Box<Form>, now: Now, commands: &mut Vec<Command>) -> State {
        if self.lists.all_brands.is_empty() && self.lists.brands.is_none() {
            self.lists.brands_failed = false;
            self.lists.brands = Some(self.call(Call::Brands(Brands), commands));
        }
        let (brand, year) = form.chosen.as_ref().map_or((&form.filled.brand, &form.filled.year), |(brand, year)| (brand, year));
        self.read_models(brand, year, now, commands);
        State::ByHand(form)
    }

    fn read_models(&mut self, brand: &str, year: &str, now: Now, commands: &mut Vec<Command>) {
        let current = Date::in_istanbul(now.unix_ms).year();
        let (Some(brand), Ok(year)) = (BrandRef::new(brand.to_owned()), ModelYear::parse(year, current)) else { return };
        let known = self.lists.all_models.as_ref().is_some_and(|(of, at, _)| *of == brand && *at == year);
        let asked = self.lists.models.as_ref().is_some_and(|(_, of, at)| *of == brand && *at == year);
        if !known && !asked {
            let attempt = self.call(Call::Models(Models { brand: brand.clone(), year }), commands);
            self.lists.models_failed = false;
            self.lists.models = Some((attempt, brand, year));
        }
    }

    fn save_found(&mut self, found: Box<FoundVehicleAt>, now: Now, commands: &mut Vec<Command>) -> State {
        match self.read_found(&found, now) {
            Some(create) => {
                let label = VehicleLabel { plate: found.vehicle.plate.clone(), text: describe_found(&found.vehicle) };
                self.create(Origin::Found(found), create, Box::new(label), now, commands)
            }
            // The registry's answer can't be saved as it is: the customer completes it.
            None => {
                commands.push(Command::GoOn(Event::TypeByHand));
                State::Found(found)
            }
        }
    }

    /// The vehicle to save, as the registry knows it.
    fn read_found(&self, found: &FoundVehicleAt, now: Now) -> Option<Box<CreateVehicle>> {
        let vehicle = &found.vehicle;
        Some(Box::new(CreateVehicle {
            customer: self.account.as_ref()?.customer.id.clone(),
            plate: vehicle.plate.clone()?,
            serial: found.serial.clone(),
            year: ModelYear::new(vehicle.year?, Date::in_istanbul(now.unix_ms).year())?,
            brand: BrandRef::new(vehicle.brand.as_ref()?.value.clone())?,
            model: ModelRef::new(vehicle.model.as_ref()?.value.clone())?,
            utilization: vehicle.utilization.clone()?,
            fuel: vehicle.fuel.clone(),
            engine: vehicle.engine.clone(),
            chassis: vehicle.chassis.clone(),
            registration_date: vehicle.registration_date,
            seats: vehicle.seats,
        }))
    }

    fn save_typed(&mut self, mut form: Box<Form>, now: Now, commands: &mut Vec<Command>) -> State {
        form.errors = check_form(&form, self.config.wire, Date::in_istanbul(now.unix_ms));
        form.notice = None;
        let Some(create) = self.read_form(&form.filled, form.plate(), now).filter(|_| form.errors.is_empty()) else {
            return State::ByHand(form);
        };
        let filled = &form.filled;
        let name = |choices: &[Choice], value: &str| choices.iter().find(|choice| choice.value == value).map(|choice| choice.text.clone());
        let models = self.lists.all_models.as_ref().map_or(&[][..], |(.., models)| models);
        let brand = name(&self.lists.all_brands, &filled.brand);
        let text = describe(brand.as_deref(), name(models, &filled.model).as_deref(), Some(create.year.value()));
        let label = VehicleLabel { plate: Some(create.plate.clone()).filter(|plate| plate.code().is_some()), text };
        self.create(Origin::ByHand(form), create, Box::new(label), now, commands)
    }

    /// The vehicle to save, if the form has what can't be done without.
    fn read_form(&self, filled: &VehicleForm, plate: Option<Plate>, now: Now) -> Option<Box<CreateVehicle>> {
        Some(Box::new(CreateVehicle {
            customer: self.account.as_ref()?.customer.id.clone(),
            plate: plate?,
            serial: DocumentSerial::parse_for(&filled.serial, self.config.wire).ok(),
            year: ModelYear::parse(&filled.year, Date::in_istanbul(now.unix_ms).year()).ok()?,
            brand: BrandRef::new(filled.brand.clone())?,
            model: ModelRef::new(filled.model.clone())?,
            utilization: if filled.utilization.is_empty() {
                UtilizationStyle::PRIVATE_CAR
            } else {
                UtilizationStyle::parse(&filled.utilization)
            },
            fuel: (!filled.fuel.is_empty()).then(|| FuelType::parse(&filled.fuel)),
            engine: filled.engine.parse::<Engine>().ok(),
            chassis: filled.chassis.parse::<Chassis>().ok(),
            registration_date: Date::parse_dotted(&filled.registered).ok(),
            seats: seats(&filled.seats),
        }))
    }

    /// Saves a vehicle; one that this sale saved already is used again.
    fn create(
        &mut self,
        origin: Origin,
        create: Box<CreateVehicle>,
        label: Box<VehicleLabel>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        if let Some((name, id)) = &self.made.vehicle
            && *name == origin.name()
        {
            return self.request(id.clone(), label, now, commands);
        }
        let attempt = self.call(Call::CreateVehicle(create), commands);
        State::SavingVehicle(origin, label, attempt)
    }

    fn saved(
        &mut self,
        origin: Origin,
        label: Box<VehicleLabel>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        match outcome {
            Ok(Answer::CreateVehicle(id)) => {
                self.made.vehicle = Some((origin.name(), id.clone()));
                self.request(id, label, now, commands)
            }
            Err(failure) if failure.is_clear_refusal() => match (origin, failure) {
                (Origin::ByHand(form), failure) => State::ByHand(form_refused(form, &failure)),
                (origin, failure) => origin.into_state(Some(Notice::from(&failure))),
            },
            // Saved already, or perhaps saved and the answer lost: the list tells, and nothing is created twice.
            _ => {
                let attempt = self.call(Call::ListVehicles(ListVehicles), commands);
                State::Relisting(origin, label, attempt)
            }
        }
    }

    fn relisted(
        &mut self,
        origin: Origin,
        label: Box<VehicleLabel>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        let notice = match outcome {
            Ok(Answer::ListVehicles(vehicles)) => {
                let before = self.account.as_ref().map_or(&[][..], |account| &account.vehicles);
                let saved = vehicles.iter().find(|vehicle| origin.is(vehicle, before)).map(|vehicle| vehicle.id.clone());
                if let Some(account) = &mut self.account {
                    account.vehicles = vehicles;
                }
                if let Some(id) = saved {
                    self.made.vehicle = Some((origin.name(), id.clone()));
                    return self.request(id, label, now, commands);
                }
                Notice::Timeout
            }
            Ok(_) => Notice::Unexpected,
            Err(failure) => Notice::from(&failure),
        };
        origin.into_state(Some(notice))
    }
}

/// What the form still needs before a vehicle the registry found can be saved: what every insurer asks for.
fn missing_fields(vehicle: &FoundVehicle) -> usize {
    [vehicle.year.is_none(), vehicle.brand.is_none(), vehicle.model.is_none(), vehicle.fuel.is_none(), vehicle.utilization.is_none()]
        .into_iter()
        .filter(|missing| *missing)
        .count()
}

fn prefill(vehicle: &FoundVehicle, serial: Option<&DocumentSerial>) -> VehicleForm {
    let text = |value: Option<String>| value.unwrap_or_default();
    VehicleForm {
        plate: text(vehicle.plate.as_ref().map(Plate::spaced)),
        serial: text(serial.map(DocumentSerial::spaced)),
        brand: text(vehicle.brand.as_ref().map(|choice| choice.value.clone())),
        year: text(vehicle.year.map(decimal)),
        model: text(vehicle.model.as_ref().map(|choice| choice.value.clone())),
        fuel: text(vehicle.fuel.as_ref().map(|fuel| fuel.as_str().to_owned())),
        utilization: text(vehicle.utilization.as_ref().map(|style| style.as_str().to_owned())),
        engine: text(vehicle.engine.as_ref().map(|engine| engine.as_str().to_owned())),
        chassis: text(vehicle.chassis.as_ref().map(|chassis| chassis.as_str().to_owned())),
        registered: text(vehicle.registration_date.map(Date::dotted)),
        seats: text(vehicle.seats.map(decimal)),
    }
}

pub(super) fn describe_found(vehicle: &FoundVehicle) -> String {
    let text = |choice: &Option<Choice>| choice.as_ref().map(|choice| choice.text.clone());
    describe(text(&vehicle.brand).as_deref(), text(&vehicle.model).as_deref(), vehicle.year)
}

fn check_form(Form { filled: form, without_plate, .. }: &Form, wire: Wire, today: Date) -> Vec<FieldError> {
    let fields = [
        (if *without_plate { Field::City } else { Field::Plate }, &form.plate),
        (Field::Serial, &form.serial),
        (Field::Brand, &form.brand),
        (Field::Year, &form.year),
        (Field::Model, &form.model),
        (Field::Fuel, &form.fuel),
        (Field::Use, &form.utilization),
        (Field::Engine, &form.engine),
        (Field::Chassis, &form.chassis),
        (Field::Registered, &form.registered),
        (Field::Seats, &form.seats),
    ];
    let mut errors = Vec::new();
    for (field, text) in fields {
        let wrong = match field {
            Field::Serial if *without_plate => None,
            // Nothing else tells one new vehicle from another.
            Field::Engine | Field::Chassis if *without_plate && trim(text).is_empty() => Some(Wrong::Required),
            _ => check_field(field, text, today, wire),
        };
        if let Some(wrong) = wrong {
            errors.push(FieldError { field, wrong });
        }
    }
    errors
}

/// What is in the server's names for the fields; the first that fits counts.
const NAMES: &[(&str, Field)] = &[
    ("plate", Field::Plate),
    ("documentserial", Field::Serial),
    ("brand", Field::Brand),
    ("year", Field::Year),
    ("model", Field::Model),
    ("fuel", Field::Fuel),
    ("utilization", Field::Use),
    ("engine", Field::Engine),
    ("chassis", Field::Chassis),
    ("registration", Field::Registered),
    ("seat", Field::Seats),
];

/// What the server found wrong with a typed vehicle, at its field.
fn form_refused(mut form: Box<Form>, failure: &Failure) -> Box<Form> {
    let Failure::Refused(problem) = failure else { return form };
    let mut errors = Vec::new();
    for said in &problem.fields {
        let name = said.name.to_ascii_lowercase();
        if let Some((_, field)) = NAMES.iter().find(|(part, _)| has(&name, part)) {
            let field = if form.without_plate && *field == Field::Plate { Field::City } else { *field };
            errors.push(FieldError { field, wrong: Wrong::NotAccepted });
        }
    }
    let notice = errors.is_empty().then(|| Notice::from(failure));
    form.errors = errors;
    form.notice = notice;
    form
}

/// A vehicle on file, if it is this one.
pub(super) fn find<'a>(account: Option<&'a Account>, id: &VehicleId) -> Option<&'a Vehicle> {
    account?.vehicles.iter().find(|vehicle| vehicle.id == *id)
}
