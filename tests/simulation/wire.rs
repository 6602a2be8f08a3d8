//! The server's side of the current wire form: requests read strictly, with types of its own.

use insurup_core::json::Value;

/// An object with these members.
pub(crate) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut object = Value::object();
    for (name, value) in members {
        object.put(name, value);
    }
    object
}

/// The member of exactly this name.
pub(crate) fn member<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.members().iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn text(body: &Value, name: &str) -> Option<String> {
    member(body, name)?.as_text().map(str::to_owned)
}

fn integer(body: &Value, name: &str) -> Option<i64> {
    if let Value::Integer(number) = member(body, name)? { Some(*number) } else { None }
}

/// The kind of object a body is; the original wants it to come first.
fn kind(body: &Value) -> Option<&str> {
    let (name, value) = body.members().first()?;
    if name == "$type" { value.as_text() } else { None }
}

#[derive(Debug)]
pub(crate) struct Login {
    pub(crate) identity: i64,
    pub(crate) phone: String,
}

#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) token: String,
    pub(crate) code: String,
}

#[derive(Debug)]
pub(crate) struct NewVehicle {
    pub(crate) plate: String,
    pub(crate) brand: String,
    pub(crate) model: String,
}

#[derive(Debug)]
pub(crate) struct NewProposal {
    pub(crate) insurer: String,
    pub(crate) insured: String,
    pub(crate) vehicle: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Purchase {
    pub(crate) proposal: String,
    pub(crate) product: String,
    pub(crate) instalments: i64,
}

pub(crate) fn login(body: &Value) -> Option<Login> {
    let phone = member(body, "phoneNumber")?;
    let born = text(body, "birthDate")?;
    let known = kind(body)? == "individual" && text(body, "agentId")?.len() == 36 && born.len() == 10 && born.as_bytes()[4] == b'-';
    let number = text(phone, "number").filter(|number| number.len() == 10 && integer(phone, "countryCode") == Some(90))?;
    known.then_some(Login { identity: integer(body, "identityNumber")?, phone: number })
}

pub(crate) fn code(body: &Value) -> Option<Code> {
    Some(Code { token: text(body, "token")?, code: text(body, "code")? })
}

pub(crate) fn refresh(body: &Value) -> Option<String> {
    text(body, "refreshToken")
}

/// City and code, as one word.
pub(crate) fn plate(body: &Value) -> Option<String> {
    let plate = member(body, "plate")?;
    Some(format!("{:02}{}", integer(plate, "city")?, text(plate, "code").unwrap_or_default()))
}

pub(crate) fn new_vehicle(body: &Value) -> Option<NewVehicle> {
    integer(body, "modelYear").filter(|year| (1900..2100).contains(year))?;
    text(body, "utilizationStyle")?;
    Some(NewVehicle { plate: plate(body)?, brand: text(body, "brandReference")?, model: text(body, "modelTypeReference")? })
}

pub(crate) fn customer_of_case(body: &Value) -> Option<String> {
    let known = text(body, "productBranch")? == "KASKO" && text(body, "channel")? == "WEBSITE";
    if known { text(body, "customerId") } else { None }
}

pub(crate) fn customer_of_query(body: &Value) -> Option<String> {
    let is_cases = text(body, "query")?.contains("cases(");
    if is_cases { text(member(body, "variables")?, "customerId") } else { None }
}

/// Whether it asks for everything that belongs to whoever asks.
pub(crate) fn asks_for_own(body: &Value) -> bool {
    text(body, "query").is_some_and(|query| query.contains("proposals(") && query.contains("policies("))
}

pub(crate) fn new_proposal(body: &Value) -> Option<NewProposal> {
    let known = kind(body)? == "kasko" && text(body, "productBranch")? == "KASKO" && text(body, "channel")? == "WEBSITE";
    let groups = member(body, "coverageGroupIds")?.items();
    let asked = known && (1..=3).contains(&groups.len());
    let proposal = NewProposal {
        insurer: text(body, "insurerCustomerId")?,
        insured: text(body, "insuredCustomerId")?,
        vehicle: text(body, "vehicleId")?,
    };
    asked.then_some(proposal)
}

pub(crate) fn consent(body: &Value) -> Option<String> {
    let kind = text(body, "consentType")?;
    (matches!(kind.as_str(), "KVKK" | "ETK") && text(body, "channel")? == "WEB").then_some(kind)
}

pub(crate) fn purchase(body: &Value) -> Option<Purchase> {
    let known = kind(body)? == "insurance-company-redirect" && text(body, "callbackUrl")?.starts_with("https://");
    let purchase = Purchase {
        proposal: text(body, "proposalId")?,
        product: text(body, "proposalProductId")?,
        instalments: integer(body, "installmentNumber")?,
    };
    known.then_some(purchase)
}

/// A deep copy: the tree has no `Clone`, on purpose, and a carrier that resends needs one.
pub(crate) fn copy(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(value) => Value::Bool(*value),
        Value::Integer(number) => Value::Integer(*number),
        Value::Number(number) => Value::Number(*number),
        Value::Text(text) => Value::Text(text.clone()),
        Value::List(items) => Value::List(items.iter().map(copy).collect()),
        Value::Object(members) => Value::Object(members.iter().map(|(name, value)| (name.clone(), copy(value))).collect()),
    }
}
