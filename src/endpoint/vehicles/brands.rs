//! `GET vehicle-parameters/brands`

use crate::{
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{Choice, choices},
    },
    json::{DecodeError, Value},
};

/// Asks for all vehicle brands. A chosen value becomes a [`BrandRef`](crate::domain::BrandRef).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brands;

impl Endpoint for Brands {
    type Response = Vec<Choice>;
    const NAME: &'static str = "brands";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "vehicle-parameters/brands".to_owned()
    }

    fn decode(body: &Value) -> Result<Vec<Choice>, DecodeError> {
        choices(body)
    }
}
