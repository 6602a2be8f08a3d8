//! What the API's operations answer.

use insurup_core::domain::{
    CaseId, CaseStatus, CaseType, CatalogueId, Chassis, ConsentType, CoverageGroupId, CoverageValue, CustomerId, Date, DocumentSerial,
    Engine, FuelType, InsurerId, Money, PaymentOption, Plate, PolicyId, PolicyState, ProductBranch, ProductId, ProductState, ProductType,
    ProposalId, UtilizationStyle, VehicleId,
};
use insurup_core::domain::{Height, Weight};
use insurup_core::endpoint::cases::OpenCase;
use insurup_core::endpoint::coverage::InsurerChoices;
use insurup_core::endpoint::customers::{Customer, HealthInfo};
use insurup_core::endpoint::policies::Policy;
use insurup_core::endpoint::proposals::{Premium, PremiumReference, Product, Proposal};
use insurup_core::endpoint::vehicles::{FoundVehicle, Vehicle};
use insurup_core::endpoint::{Choice, DocumentUrl};
use insurup_core::json::Value;

use super::{Shape, put, shapes, words};

words! {
    CustomerId => |id| id.as_str();
    VehicleId => |id| id.as_str();
    CaseId => |id| id.as_str();
    ProposalId => |id| id.as_str();
    ProductId => |id| id.as_str();
    PolicyId => |id| id.as_str();
    InsurerId => |id| id.as_str();
    CatalogueId => |id| id.as_str();
    CoverageGroupId => |id| id.as_str();
    ProductState => |word| word.as_str();
    ProductType => |word| word.as_str();
    ProductBranch => |word| word.as_str();
    PaymentOption => |word| word.as_str();
    FuelType => |word| word.as_str();
    UtilizationStyle => |word| word.as_str();
    ConsentType => |word| word.as_str();
    CaseType => |word| word.as_str();
    CaseStatus => |word| word.as_str();
    PolicyState => |word| word.as_str();
    Plate => |plate| plate.to_string();
    DocumentSerial => |serial| serial.to_string();
    Engine => |engine| engine.as_str();
    Chassis => |chassis| chassis.as_str();
    Date => |date| date.iso();
    DocumentUrl => |url| url.as_str();
    Height => |height| i64::from(height.value());
    Weight => |weight| i64::from(weight.value());
}

shapes! {
    Choice { value, text }
    HealthInfo { height, weight, surgeries, diseases }
    Vehicle { id, plate, brand, model, year, utilization }
    FoundVehicle {
        plate, serial, year, brand, model, fuel, utilization, engine, engine_masked, chassis, chassis_masked, registration_date, seats,
    }
    OpenCase { id, branch, kind, status }
    Premium { instalments, gross }
    PremiumReference { instalments, insurer_number }
    Policy { id, number, insurer, insurer_name, proposal, product, state, gross, start, end }
    Product {
        id, insurer, insurer_name, logo, catalogue, product_name, kind, state, error_message, premiums, payment_options, needs_investigation,
        no_claims_discount, occupation_discount, policy, coverage, coverage_group, coverage_group_name,
    }
    InsurerChoices { insurer, covers }
}

impl Shape for Money {
    fn shape(&self) -> Value {
        let mut object = Value::of("minorUnits", self.minor());
        object.put("currency", self.currency().code());
        object
    }
}

/// A proposal with these offers. Whether they came with it or were read after it is no matter of the program's.
pub(crate) fn proposal(proposal: &Proposal, offers: Value) -> Value {
    let Proposal { id, state, total_products, products: _, products_embedded: _ } = proposal;
    let mut object = Value::object();
    put(&mut object, "id", id.shape());
    put(&mut object, "state", state.shape());
    put(&mut object, "total_products", total_products.shape());
    put(&mut object, "products", offers);
    object
}

/// A line of a cover table.
impl Shape for (String, CoverageValue) {
    fn shape(&self) -> Value {
        let (name, value) = self;
        let (kind, more) = match value {
            CoverageValue::Included => ("included", None),
            CoverageValue::NotIncluded => ("notIncluded", None),
            CoverageValue::MarketValue => ("marketValue", None),
            CoverageValue::Limitless => ("limitless", None),
            CoverageValue::HighestLimit => ("highestLimit", None),
            CoverageValue::Amount(minor) => ("amount", Some(("minorUnits", Value::from(*minor)))),
            CoverageValue::Percent(hundredths) => ("percent", Some(("hundredths", Value::from(*hundredths)))),
            CoverageValue::Number(count) => ("number", Some(("count", Value::from(*count)))),
            CoverageValue::Word(word) => ("word", Some(("word", word.as_str().into()))),
            CoverageValue::Days(times, days) => {
                let mut object = Value::of("name", name.as_str());
                object.put("kind", "days");
                object.put("times", Value::from(*times));
                object.put("days", Value::from(*days));
                return object;
            }
            CoverageValue::Undefined => ("undefined", None),
            CoverageValue::Other => ("other", None),
        };
        let mut object = Value::of("name", name.as_str());
        object.put("kind", kind);
        if let Some((name, value)) = more {
            object.put(name, value);
        }
        object
    }
}

/// A cover, with the values an insurer offers for it.
impl Shape for (String, Vec<Choice>) {
    fn shape(&self) -> Value {
        let (name, choices) = self;
        let mut object = Value::of("name", name.as_str());
        object.put("choices", choices.shape());
        object
    }
}

impl Shape for Customer {
    fn shape(&self) -> Value {
        let Self { id, full_name, email, has_birth_date, city, district, others } = self;
        let mut object = Value::of("id", id.as_str());
        put(&mut object, "full_name", full_name.shape());
        put(&mut object, "email", email.shape());
        put(&mut object, "has_birth_date", has_birth_date.shape());
        put(&mut object, "city", city.shape());
        put(&mut object, "district", district.shape());
        for (name, value) in others {
            object.put(name, value.as_str());
        }
        object
    }
}
