//! `GET address-parameters/cities`

use crate::{
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{Choice, choices},
    },
    json::{DecodeError, Value},
};

/// Asks for all cities. A chosen value is the reference an update of the customer takes
/// ([`UpdateCustomer::city`](crate::endpoint::customers::UpdateCustomer::city)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cities;

impl Endpoint for Cities {
    type Response = Vec<Choice>;
    const NAME: &'static str = "cities";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "address-parameters/cities".to_owned()
    }

    fn decode(body: &Value) -> Result<Vec<Choice>, DecodeError> {
        choices(body)
    }
}
