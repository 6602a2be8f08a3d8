//! The picture of a sale.

use insurup_core::client::CallRequest;
use insurup_core::domain::{CoverageValue, Money};
use insurup_core::flow::{
    Action, Again, Arrangement, AwayView, ByHandView, CalledView, ChangedView, CheckView, CodeView, Compared, ComparedView, ComparisonView,
    ConsentsView, Cover, CoveragesView, DocumentView, Field, FieldError, FlowView, FormView, FoundView, IdentifyView, LookupView, MailView,
    MineView, NotTakenView, Notice, OfferState, OfferView, OffersView, Order, OwnPolicyView, OwnProposalView, PaymentTimes, PlanView,
    PolicyView, ProfileView, Reason, ResumeView, ReviewView, Screen, Step, VehicleForm, VehicleLabel, Wrong,
};
use insurup_core::json::Value;

use super::{Shape, put, shapes, words};

words! {
    Step => |step| match step {
        Step::You => "you",
        Step::Vehicle => "vehicle",
        Step::Offers => "offers",
        Step::Payment => "payment",
        Step::Policy => "policy",
    };
    Again => |again| match again {
        Again::Sale => "sale",
        Again::Payment => "payment",
    };
    Reason => |reason| reason.name();
    ResumeView => |resume| match resume {
        ResumeView::None => "none",
        ResumeView::Possible => "possible",
        ResumeView::Busy => "busy",
        ResumeView::Gone => "gone",
    };
    Order => |order| match order {
        Order::Price => "price",
        Order::Name => "name",
    };
    Field => |field| match field {
        Field::Tckn => "tckn",
        Field::ForeignId => "foreignId",
        Field::Vkn => "vkn",
        Field::BirthDate => "birthDate",
        Field::Phone => "phone",
        Field::Code => "code",
        Field::ConsentKvkk => "kvkk",
        Field::ConsentEtk => "etk",
        Field::Plate => "plate",
        Field::City => "city",
        Field::AddressCity => "addressCity",
        Field::Serial => "serial",
        Field::Brand => "brand",
        Field::Year => "year",
        Field::Model => "model",
        Field::Fuel => "fuel",
        Field::Use => "utilization",
        Field::Engine => "engine",
        Field::Chassis => "chassis",
        Field::Registered => "registered",
        Field::Seats => "seats",
        Field::Name => "name",
        Field::Email => "email",
        Field::Acknowledged => "acknowledged",
    };
}

shapes! {
    FormView { errors, busy }
    VehicleLabel { plate, text }
    VehicleForm { plate, serial, brand, year, model, fuel, utilization, engine, chassis, registered, seats }
    CodeView { phone, sent, resend_at_ms, locked, busy, serial, again, vehicle }
    FoundView { label, fuel, utilization, registered, seats, busy }
    OfferView { id, insurer, logo, product, state, action, lowest, no_claims, occupation, covers, chosen, marked, call_me, document }
    CallRequest { product, insurer, reason, case_id }
    Arrangement { order, online, instalments }
    CoveragesView { offer, covers, busy, failed, information, document_failed }
    ComparisonView { offers, rows, busy, failed }
    CalledView { insurer, product, phone, support_code }
    PlanView { instalments, total, each }
    ReviewView {
        vehicle, insurer, product, insured, plans, plan, offer_url, information_url, documents_busy, unacknowledged, mail, busy, sending,
    }
    ChangedView { insurer, old, new }
    AwayView { url, host, insurer, amount, same_tab, times }
    CheckView { opened, times, support_code }
    PaymentTimes { sent_unix_ms, opened_unix_ms, last_read_unix_ms }
    NotTakenView { insurer, amount, reason, not_started, can_retry, retry_at_ms, in_a_row, support_code }
    MineView { busy, failed, proposals, policies, proposals_failed, policies_failed, more }
    OwnProposalView { id, branch, state, vehicle, offers, created, resume }
    OwnPolicyView { id, branch, state, insurer, number, vehicle, start, end, document, document_failed }
    PolicyView { insurer, product, insured, vehicle, number, start, end, paid, document_url, mail }
}

/// The screen's own members beside those that every screen has: `screen` tells them apart.
impl Shape for FlowView {
    fn shape(&self) -> Value {
        let Self { screen, step, can_go_back, signed_in, can_sign_out, begun: _, notice, case } = self;
        let mut object = Value::of("screen", screen.name());
        put(&mut object, "step", step.shape());
        put(&mut object, "can_go_back", can_go_back.shape());
        put(&mut object, "signed_in", signed_in.shape());
        put(&mut object, "can_sign_out", can_sign_out.shape());
        put(&mut object, "notice", notice.shape());
        put(&mut object, "case_id", case.shape());
        let own = match screen {
            Screen::Blank | Screen::Opening | Screen::SignedOut => Value::Null,
            Screen::Identify(view) => view.shape(),
            Screen::Code(view) => view.shape(),
            Screen::Consents(view) => view.shape(),
            Screen::Profile(view) => view.shape(),
            Screen::Lookup(view) => view.shape(),
            Screen::Vehicles(vehicles) => Value::of("vehicles", vehicles.shape()),
            Screen::Found(view) => view.shape(),
            Screen::ByHand(view) => view.shape(),
            Screen::Offers(view) => view.shape(),
            Screen::Coverages(view) => view.shape(),
            Screen::Comparison(view) => view.shape(),
            Screen::Called(view) => view.shape(),
            Screen::Review(view) => view.shape(),
            Screen::PriceChanged(view) => view.shape(),
            Screen::Ready(view) | Screen::Away(view) => view.shape(),
            Screen::Checking(view) | Screen::Unknown(view) => view.shape(),
            Screen::NotTaken(view) => view.shape(),
            Screen::Policy(view) => view.shape(),
            Screen::Mine(view) => view.shape(),
        };
        if let (Value::Object(members), Value::Object(own)) = (&mut object, own) {
            members.extend(own);
        }
        object
    }
}

/// A form's members and one more.
fn with(form: &FormView, name: &'static str, value: Value) -> Value {
    let mut object = form.shape();
    put(&mut object, name, value);
    object
}

impl Shape for IdentifyView {
    fn shape(&self) -> Value {
        let Self { form, again } = self;
        with(form, "again", again.shape())
    }
}

impl Shape for ProfileView {
    fn shape(&self) -> Value {
        let Self { form, person, name, email, cities } = self;
        let mut object = with(form, "person", person.shape());
        put(&mut object, "name", name.shape());
        put(&mut object, "email", email.shape());
        put(&mut object, "cities", cities.shape());
        object
    }
}

impl Shape for MailView {
    fn shape(&self) -> Value {
        let Self { form, known, sent, failed } = self;
        let mut object = with(form, "known", known.shape());
        put(&mut object, "sent", sent.shape());
        put(&mut object, "failed", failed.shape());
        object
    }
}

impl Shape for ConsentsView {
    fn shape(&self) -> Value {
        let Self { form, kvkk, etk } = self;
        let mut object = with(form, "kvkk", kvkk.shape());
        put(&mut object, "etk", etk.shape());
        object
    }
}

impl Shape for LookupView {
    fn shape(&self) -> Value {
        let Self { form, without_plate } = self;
        with(form, "without_plate", without_plate.shape())
    }
}

impl Shape for ByHandView {
    fn shape(&self) -> Value {
        // The screen's name says whether there is a plate.
        let Self { form, without_plate: _, filled, engine_masked, chassis_masked, brands, models, models_busy, lists_failed } = self;
        let models = models.as_ref().map(|(brand, year, choices)| {
            let mut object = Value::of("brand", brand.as_str());
            object.put("year", year.as_str());
            object.put("choices", choices.shape());
            object
        });
        let mut object = with(form, "filled", filled.shape());
        put(&mut object, "engine_masked", engine_masked.shape());
        put(&mut object, "chassis_masked", chassis_masked.shape());
        put(&mut object, "brands", brands.shape());
        put(&mut object, "models", models.unwrap_or(Value::Null));
        put(&mut object, "models_busy", models_busy.shape());
        put(&mut object, "lists_failed", lists_failed.shape());
        object
    }
}

/// A vehicle on file.
impl Shape for (insurup_core::domain::VehicleId, VehicleLabel) {
    fn shape(&self) -> Value {
        let mut object = Value::of("id", self.0.as_str());
        if let (Value::Object(members), Value::Object(label)) = (&mut object, self.1.shape()) {
            members.extend(label);
        }
        object
    }
}

impl Shape for OffersView {
    fn shape(&self) -> Value {
        let Self {
            vehicle,
            offers,
            answered,
            total,
            ticks,
            done,
            late,
            failed,
            ready,
            hidden,
            arrangement,
            quote_only,
            splits_online,
            splits_instalments,
            marked,
            too_many,
        } = self;
        let word = |tick: &Option<bool>| match tick {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => "waiting".into(),
        };
        let mut object = Value::object();
        put(&mut object, "vehicle", vehicle.shape());
        put(&mut object, "offers", offers.shape());
        put(&mut object, "answered", answered.shape());
        put(&mut object, "total", total.shape());
        put(&mut object, "ticks", ticks.iter().map(word).collect::<Vec<Value>>().into());
        put(&mut object, "done", done.shape());
        put(&mut object, "late", late.shape());
        put(&mut object, "failed", failed.shape());
        put(&mut object, "ready", ready.shape());
        put(&mut object, "hidden", hidden.shape());
        put(&mut object, "arrangement", arrangement.shape());
        put(&mut object, "quote_only", quote_only.shape());
        put(&mut object, "splits_online", splits_online.shape());
        put(&mut object, "splits_instalments", splits_instalments.shape());
        put(&mut object, "marked", marked.shape());
        put(&mut object, "too_many", too_many.shape());
        object
    }
}

impl Shape for DocumentView {
    fn shape(&self) -> Value {
        match self {
            Self::None => Value::of("kind", "none"),
            Self::Busy => Value::of("kind", "busy"),
            Self::There(url) => {
                let mut object = Value::of("kind", "there");
                object.put("url", url.as_str());
                object
            }
        }
    }
}

/// A row of a comparison: an offer that says nothing about it has no `kind`.
impl Shape for ComparedView {
    fn shape(&self) -> Value {
        let Self { row, differs } = self;
        let mut object = Value::object();
        match row {
            Compared::Cover(name, values) => {
                let value = |value: &Option<CoverageValue>| match value {
                    Some(value) => (name.clone(), value.clone()).shape(),
                    None => Value::of("name", name.as_str()),
                };
                object.put("kind", "cover");
                object.put("name", name.as_str());
                object.put("values", values.iter().map(value).collect::<Vec<Value>>());
            }
            Compared::Plan(instalments, values) => {
                let value = |value: &Option<Money>| {
                    let mut object = Value::object();
                    put(&mut object, "each", value.shape());
                    object
                };
                object.put("kind", "plan");
                object.put("instalments", instalments.shape());
                object.put("values", values.iter().map(value).collect::<Vec<Value>>());
            }
        }
        object.put("differs", *differs);
        object
    }
}

impl Shape for OfferState {
    fn shape(&self) -> Value {
        match self {
            Self::Waiting => Value::of("kind", "waiting"),
            Self::NoPrice => Value::of("kind", "no-price"),
            Self::Failed(reason) => {
                let mut object = Value::of("kind", "failed");
                put(&mut object, "reason", reason.shape());
                object
            }
            Self::Priced { plans, chosen } => {
                let mut object = Value::of("kind", "priced");
                object.put("plans", plans.shape());
                object.put("chosen", chosen.shape());
                object
            }
        }
    }
}

impl Shape for Action {
    fn shape(&self) -> Value {
        match self {
            Self::Buy => Value::of("kind", "buy"),
            Self::None => Value::of("kind", "none"),
            Self::Retry => Value::of("kind", "retry"),
            Self::Call(reason) => {
                let mut object = Value::of("kind", "call");
                object.put("reason", reason.shape());
                object
            }
        }
    }
}

impl Shape for Cover {
    fn shape(&self) -> Value {
        match self {
            Self::Liability(limit) => {
                let mut object = Value::of("kind", "liability");
                put(&mut object, "minor_units", limit.shape());
                object
            }
            Self::RentalCar(included) => {
                let mut object = Value::of("kind", "rental-car");
                object.put("included", *included);
                object
            }
            Self::NoDeductible => Value::of("kind", "no-deductible"),
        }
    }
}

impl Shape for FieldError {
    fn shape(&self) -> Value {
        let Self { field, wrong } = self;
        let mut object = Value::of("field", field.shape());
        let code = match wrong {
            Wrong::Required => "required",
            Wrong::NotChosen => "not-chosen",
            Wrong::Digits => "digits",
            Wrong::Consent => "consent",
            Wrong::Acknowledge => "acknowledge",
            Wrong::TcknLength(_) => "tckn-length",
            Wrong::VknLength(_) => "vkn-length",
            Wrong::TcknZero => "tckn-zero",
            Wrong::ForeignId => "foreign-id",
            Wrong::VknCheck => "vkn-check",
            Wrong::Individual => "individual",
            Wrong::TcknCheck => "tckn-check",
            Wrong::DateFormat => "date-format",
            Wrong::DateCalendar => "date-calendar",
            Wrong::DateFuture => "date-future",
            Wrong::Underage => "underage",
            Wrong::PhoneLength => "phone-length",
            Wrong::PhoneLandline => "phone-landline",
            Wrong::PhoneForeign => "phone-foreign",
            Wrong::PlateCity => "plate-city",
            Wrong::PlateLetter(_) => "plate-letter",
            Wrong::PlateShape => "plate-shape",
            Wrong::PlateSpecial => "plate-special",
            Wrong::Serial => "serial",
            Wrong::Year(..) => "year",
            Wrong::Chassis => "chassis",
            Wrong::Engine => "engine",
            Wrong::Seats => "seats",
            Wrong::CodeLength => "code-length",
            Wrong::Email => "email",
            Wrong::NotAccepted => "not-accepted",
        };
        object.put("code", code);
        match wrong {
            Wrong::TcknLength(typed) | Wrong::VknLength(typed) => object.put("typed", typed.shape()),
            Wrong::PlateLetter(letter) => object.put("letter", letter.to_string()),
            Wrong::Year(from, to) => {
                object.put("from", from.shape());
                object.put("to", to.shape());
            }
            _ => {}
        }
        object
    }
}

impl Shape for Notice {
    fn shape(&self) -> Value {
        let (code, more) = match self {
            Self::CodeWrong(left) => ("code-wrong", Some(("triesLeft", left.shape()))),
            Self::CodeShort => ("code-short", None),
            Self::CodeOld => ("code-old", None),
            Self::CodeExpired => ("code-expired", None),
            Self::CodeLocked => ("code-locked", None),
            Self::CodeResent => ("code-resent", None),
            Self::CodeUnsent => ("code-unsent", None),
            Self::TooManyCodes(seconds) => ("too-many-codes", Some(("seconds", seconds.shape()))),
            Self::SessionExpired => ("session-expired", None),
            Self::Idle => ("idle", None),
            Self::LookupFailed => ("lookup-failed", None),
            Self::LookupPartial(left) => ("lookup-partial", Some(("fieldsLeft", left.shape()))),
            Self::ProfileUnsaved => ("profile-unsaved", None),
            Self::AlreadyOnFile => ("already-on-file", None),
            Self::OfferGone => ("offer-gone", None),
            Self::NoDocument => ("no-document", None),
            Self::NotStarted => ("not-started", None),
            Self::SignedOutElsewhere => ("signed-out-elsewhere", None),
            Self::PaidElsewhere => ("paid-elsewhere", None),
            Self::Said(said) => ("said", said.as_ref().map(|said| ("text", said.shape()))),
            Self::Offline => ("offline", None),
            Self::Timeout => ("timeout", None),
            Self::Server => ("server", None),
            Self::Rate(seconds) => ("rate", Some(("seconds", seconds.shape()))),
            Self::Forbidden => ("forbidden", None),
            Self::Gone => ("gone", None),
            Self::Conflict => ("conflict", None),
            Self::Unexpected => ("unexpected", None),
            Self::Blocked { .. } => ("blocked", None),
            Self::NoCodeAsked => ("no-code-asked", None),
            Self::PhoneNotVerified => ("phone-not-verified", None),
        };
        let mut object = Value::of("code", code);
        if let Some((name, value)) = more {
            object.put(name, value);
        }
        object
    }
}
