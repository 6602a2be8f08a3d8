//! `GET vehicle-parameters/models`

use crate::domain::normalise::{decimal, join_with};
use crate::{
    domain::{BrandRef, ModelYear},
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{Choice, choices, encoded},
    },
    json::{DecodeError, Value},
};

/// Asks for the models of a brand in a year. A chosen value becomes a [`ModelRef`](crate::domain::ModelRef).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Models {
    /// The brand.
    pub brand: BrandRef,
    /// The model year.
    pub year: ModelYear,
}

impl Endpoint for Models {
    type Response = Vec<Choice>;
    const NAME: &'static str = "models";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        let brand = encoded(self.brand.as_str());
        join_with("", &["vehicle-parameters/models?brandReference=", &brand, "&year=", &decimal(self.year.value())])
    }

    fn decode(body: &Value) -> Result<Vec<Choice>, DecodeError> {
        choices(body)
    }
}
