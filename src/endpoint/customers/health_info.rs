//! `GET` and `PUT customers/{id}/health-info`

use crate::domain::normalise::join;
use std::fmt;

use crate::{
    domain::{CustomerId, Height, Weight},
    endpoint::{Access, Endpoint, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Asks what health insurers want to know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadHealthInfo {
    /// Of whom.
    pub customer: CustomerId,
}

/// Tells what health insurers want to know of a person. Everything is replaced, so everything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveHealthInfo {
    /// Of whom.
    pub customer: CustomerId,
    /// What there is to tell.
    pub info: HealthInfo,
}

/// What health insurers ask. Special category data (KVKK art. 6): it goes to the API and nowhere else, and `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HealthInfo {
    /// Height; nothing where it is not known yet.
    pub height: Option<Height>,
    /// Weight; nothing where it is not known yet.
    pub weight: Option<Weight>,
    /// Operations, as the API's words.
    pub surgeries: Vec<String>,
    /// Diseases, as the API's words.
    pub diseases: Vec<String>,
}

fn path(customer: &CustomerId) -> String {
    join("customers/", &encoded(customer.as_str()), "/health-info")
}

fn decode(body: &Value) -> HealthInfo {
    let number = |name| body.field(name).text().unwrap_or_default();
    let words = |name| body.field(name).items().iter().filter_map(Value::text).collect();
    HealthInfo {
        height: Height::parse(&number("height")).ok(),
        weight: Weight::parse(&number("weight")).ok(),
        surgeries: words("surgeries"),
        diseases: words("diseases"),
    }
}

impl Endpoint for ReadHealthInfo {
    type Response = HealthInfo;
    const NAME: &'static str = "read_health_info";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        path(&self.customer)
    }

    fn decode(body: &Value) -> Result<HealthInfo, DecodeError> {
        Ok(decode(body))
    }
}

impl Endpoint for SaveHealthInfo {
    /// What is known now, where the answer says so.
    type Response = Option<HealthInfo>;
    const NAME: &'static str = "save_health_info";
    const METHOD: Method = Method::Put;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Idempotent;

    fn path(&self) -> String {
        path(&self.customer)
    }

    /// The same in both forms. Lists are sent when they are empty too.
    fn body(&self, _wire: Wire) -> Option<Value> {
        let words = |list: &[String]| Value::List(list.iter().map(|word| word.as_str().into()).collect());
        let mut body = Value::of("customerId", self.customer.as_str());
        body.put_some("height", self.info.height.map(|height| i64::from(height.value())));
        body.put_some("weight", self.info.weight.map(|weight| i64::from(weight.value())));
        body.put("surgeries", words(&self.info.surgeries));
        body.put("diseases", words(&self.info.diseases));
        Some(body)
    }

    fn decode(body: &Value) -> Result<Option<HealthInfo>, DecodeError> {
        Ok((!body.is_null()).then(|| decode(body)))
    }
}

impl fmt::Debug for HealthInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthInfo(***)")
    }
}
