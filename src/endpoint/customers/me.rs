//! `GET customers/me`

use std::fmt;

use crate::domain::normalise::trim;
use crate::{
    domain::CustomerId,
    endpoint::{Access, Endpoint, Method, Safety, wire::choice},
    json::{DecodeError, Value},
};

/// Asks who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Me;

/// The signed-in customer, as little of it as the sale needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    /// Goes with every later call.
    pub id: CustomerId,
    /// Name, or a company's title.
    pub full_name: Option<String>,
    /// Where a policy can be sent.
    pub email: Option<String>,
    /// Whether the API knows the date of birth; without it no vehicle can be looked up.
    pub has_birth_date: bool,
    /// City, as one of the API's references.
    pub city: Option<String>,
    /// District, as one of the API's references.
    pub district: Option<String>,
    /// What else an update has to send back, by the API's names: a server may blank what is left out.
    pub others: Vec<(&'static str, String)>,
}

/// Words about a person that the sale never looks at.
pub const OTHERS: [&str; 5] = ["gender", "educationStatus", "nationality", "maritalStatus", "job"];

impl Endpoint for Me {
    type Response = Customer;
    const NAME: &'static str = "me";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "customers/me".to_owned()
    }

    fn decode(body: &Value) -> Result<Customer, DecodeError> {
        let present = |names: &[&str]| body.any_of(names).as_text().filter(|text| !trim(text).is_empty()).map(str::to_owned);
        Ok(Customer {
            id: body.any_of(&["id", "customerId"]).text().and_then(CustomerId::new).ok_or(DecodeError { path: "id" })?,
            full_name: present(&["fullName", "title"]),
            email: present(&["primaryEmail", "email"]),
            has_birth_date: present(&["birthDate", "birthday"]).is_some(),
            city: choice(body.field("city")).map(|city| city.value),
            district: choice(body.field("district")).map(|district| district.value),
            others: OTHERS.into_iter().filter_map(|name| Some((name, present(&[name])?))).collect(),
        })
    }
}

/// The id only: the rest is personal.
impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("id", &self.id).finish_non_exhaustive()
    }
}
