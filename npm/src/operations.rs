//! The API's operations by name, for a client of single calls.

use std::rc::Rc;

use insurup_core::client::Callable;
use insurup_core::domain::card::{CardNumber, Cvc, Expiry, Holder};
use insurup_core::domain::{
    BirthDate, BrandRef, ConsentType, CoverageGroupId, CustomerId, Date, DocumentSerial, FuelType, Height, ModelRef, ModelYear, PolicyId,
    ProductBranch, ProductId, ProposalId, Secret, UtilizationStyle, VehicleId, Weight,
};
use insurup_core::endpoint::addresses::Cities;
use insurup_core::endpoint::auth::{SignIn, SignInResponse, Tokens, VerifyCode};
use insurup_core::endpoint::cases::{CreateCase, OpenCases};
use insurup_core::endpoint::coverage::CoverageChoices;
use insurup_core::endpoint::customers::{
    GiveConsent, HealthInfo, Me, OTHERS, ReadConsents, ReadHealthInfo, RevokeConsent, SaveHealthInfo, UpdateCustomer,
};
use insurup_core::endpoint::policies::{PolicyDocument, ReadPolicy, SendPolicy};
use insurup_core::endpoint::proposals::{
    CompareOffers, CreateProposal, InformationForm, ListProducts, OfferDocument, ProductDocument, Proposal, ReadCoverage, ReadPremium,
    ReadProduct, ReadProposal, Relatives, RetryProduct, SendProductDocument,
};
use insurup_core::endpoint::purchase::{Card, PaymentMethod, RedirectUrl, StartPurchase};
use insurup_core::endpoint::vehicles::{Brands, CreateVehicle, ListVehicles, LookUpVehicle, Models};
use insurup_core::endpoint::{Access, Communication, DocumentUrl, Endpoint, Identity, Method, Safety, Wire};
use insurup_core::flow::payment_page;
use insurup_core::json::{DecodeError, Value};

use crate::arguments::{Arguments, Invalid};
use crate::configuration::Common;
use crate::errors::CallError;
use crate::shape::{self, Shape};

/// What a call gives: something for the program, or something for the session, which no program sees.
#[derive(Debug)]
pub(crate) enum Given {
    Value(Value),
    CodeNeeded(Secret<String>),
    SignedIn(Tokens),
    /// The server took the identity for enough.
    SignedInWithoutCode(Tokens),
    /// Where the customer pays, as the API gave it.
    Redirect(RedirectUrl),
    /// A proposal whose offers an older server answers apart.
    Incomplete(Box<Proposal>),
}

trait Give {
    fn give(self) -> Given;
}

impl<T: Shape> Give for T {
    fn give(self) -> Given {
        Given::Value(self.shape())
    }
}

impl Give for Tokens {
    fn give(self) -> Given {
        Given::SignedIn(self)
    }
}

impl Give for SignInResponse {
    fn give(self) -> Given {
        match self {
            Self::CodeNeeded { token } => Given::CodeNeeded(token),
            Self::SignedIn(tokens) => Given::SignedInWithoutCode(tokens),
        }
    }
}

impl Give for Proposal {
    fn give(self) -> Given {
        if self.products_embedded { Given::Value(shape::proposal(&self, self.products.shape())) } else { Given::Incomplete(Box::new(self)) }
    }
}

impl Give for RedirectUrl {
    fn give(self) -> Given {
        Given::Redirect(self)
    }
}

/// An endpoint whose answer a program can be given.
trait Operation {
    fn method(&self) -> Method;
    fn access(&self) -> Access;
    fn safety(&self) -> Safety;
    fn path(&self) -> String;
    fn body(&self, wire: Wire) -> Option<Value>;
    fn decode(&self, body: &Value) -> Result<Given, DecodeError>;
    fn document(&self, url: DocumentUrl) -> Option<Given>;
}

impl<E: Endpoint<Response: Give>> Operation for E {
    fn method(&self) -> Method {
        E::METHOD
    }

    fn access(&self) -> Access {
        E::ACCESS
    }

    fn safety(&self) -> Safety {
        E::SAFETY
    }

    fn path(&self) -> String {
        Endpoint::path(self)
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        Endpoint::body(self, wire)
    }

    fn decode(&self, body: &Value) -> Result<Given, DecodeError> {
        E::decode(body).map(Give::give)
    }

    fn document(&self, url: DocumentUrl) -> Option<Given> {
        (E::NAME == PolicyDocument::NAME).then(|| url.give())
    }
}

/// The offers of a proposal that came without them.
pub(crate) fn list_products(id: ProposalId) -> ProgramCall {
    ProgramCall(Box::new(ListProducts { proposal: id }))
}

/// A call of a program.
pub(crate) struct ProgramCall(Box<dyn Operation>);

impl std::fmt::Debug for ProgramCall {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ProgramCall(..)")
    }
}

impl Callable for ProgramCall {
    type Answer = Given;

    fn method(&self) -> Method {
        self.0.method()
    }

    fn access(&self) -> Access {
        self.0.access()
    }

    fn safety(&self) -> Safety {
        self.0.safety()
    }

    fn path(&self) -> String {
        self.0.path()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        self.0.body(wire)
    }

    fn decode(&self, body: &Value) -> Result<Given, DecodeError> {
        self.0.decode(body)
    }

    fn document(&self, url: DocumentUrl) -> Option<Given> {
        self.0.document(url)
    }
}

/// What a call is made of besides its arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) common: &'a Common,
    /// The day in Istanbul.
    pub(crate) today: Date,
    /// From the sign-in that asked for a code.
    pub(crate) code_token: Option<&'a Rc<Secret<String>>>,
}

/// Makes the call of this name. Every argument is checked before anything is sent.
pub(crate) fn call(name: &str, arguments: &Value, around: Around<'_>) -> Result<ProgramCall, CallError> {
    let arguments = Arguments::of(arguments)?;
    if name == "verifyCode" {
        let token = around.code_token.ok_or(CallError::NoCodeSent)?;
        let code = Secret::new(arguments.text("code")?.to_owned());
        arguments.finish()?;
        return Ok(ProgramCall(Box::new(VerifyCode { token: Rc::clone(token), code })));
    }
    let operation = operation(name, &arguments, around)?.ok_or_else(|| Invalid::new(name, "is not an operation"))?;
    arguments.finish()?;
    Ok(ProgramCall(operation))
}

#[expect(clippy::too_many_lines, reason = "it is one table")]
fn operation(name: &str, arguments: &Arguments<'_>, around: Around<'_>) -> Result<Option<Box<dyn Operation>>, Invalid> {
    let Around { common, today, .. } = around;
    let customer = || arguments.id("customerId", CustomerId::new);
    let proposal = || arguments.id("proposalId", ProposalId::new);
    let product = || arguments.id("productId", ProductId::new);
    let policy = || arguments.id("policyId", PolicyId::new);
    let branch = || Ok(ProductBranch::parse(arguments.text("branch")?));
    let instalments = || arguments.small("instalments", 1, 60);
    let serial = |text: &str| DocumentSerial::parse_for(text, common.wire);
    let year = |text: &str| ModelYear::parse(text, today.year());
    Ok(Some(match name {
        "signIn" => Box::new(SignIn {
            identity: identity(arguments)?,
            birth_date: arguments.optional("birthDate", |text| BirthDate::parse(text, today))?,
            phone: arguments.parsed("phone")?,
            agent: common.agent.clone(),
            agent_branch: common.agent_branch.clone(),
            consents: arguments.texts("consents")?.iter().map(|word| ConsentType::parse(word)).collect(),
        }),
        "me" => Box::new(Me),
        "updateCustomer" => Box::new(UpdateCustomer {
            customer: customer()?,
            identity: identity(arguments)?,
            name: arguments.optional_text("name")?.map(str::to_owned),
            birth_date: arguments.optional_date("birthDate")?,
            email: arguments.optional_parsed("email")?,
            phone: arguments.optional_parsed("phone")?,
            city: arguments.optional_text("city")?.map(str::to_owned),
            district: arguments.optional_text("district")?.map(str::to_owned),
            agent_branch: common.agent_branch.clone(),
            others: others(arguments)?,
        }),
        "readHealthInfo" => Box::new(ReadHealthInfo { customer: customer()? }),
        "saveHealthInfo" => Box::new(SaveHealthInfo {
            customer: customer()?,
            info: HealthInfo {
                height: measure(arguments, "height", Height::parse)?,
                weight: measure(arguments, "weight", Weight::parse)?,
                surgeries: arguments.texts("surgeries")?,
                diseases: arguments.texts("diseases")?,
            },
        }),
        "readConsents" => Box::new(ReadConsents { customer: customer()? }),
        "giveConsent" => Box::new(GiveConsent { customer: customer()?, consent: consent(arguments)? }),
        "revokeConsent" => Box::new(RevokeConsent { customer: customer()?, consent: consent(arguments)? }),
        "listVehicles" => Box::new(ListVehicles),
        "lookUpVehicle" => {
            Box::new(LookUpVehicle { customer: customer()?, plate: arguments.parsed("plate")?, serial: arguments.read("serial", serial)? })
        }
        "createVehicle" => Box::new(CreateVehicle {
            customer: customer()?,
            plate: arguments.parsed("plate")?,
            serial: arguments.optional("serial", serial)?,
            year: arguments.read("year", year)?,
            brand: arguments.id("brand", BrandRef::new)?,
            model: arguments.id("model", ModelRef::new)?,
            utilization: UtilizationStyle::parse(arguments.text("utilization")?),
            fuel: arguments.optional_text("fuel")?.map(FuelType::parse),
            engine: arguments.optional_parsed("engine")?,
            chassis: arguments.optional_parsed("chassis")?,
            registration_date: arguments.optional_date("registrationDate")?,
            seats: arguments.optional_whole("seats", 1, 50)?.and_then(|seats| u8::try_from(seats).ok()),
        }),
        "cities" => Box::new(Cities),
        "brands" => Box::new(Brands),
        "models" => Box::new(Models { brand: arguments.id("brand", BrandRef::new)?, year: arguments.read("year", year)? }),
        "openCases" => Box::new(OpenCases { customer: customer()? }),
        "createCase" => Box::new(CreateCase {
            customer: customer()?,
            branch: branch()?,
            channel: common.channel,
            agent_branch: common.agent_branch.clone(),
        }),
        "coverageChoices" => Box::new(CoverageChoices { branch: branch()? }),
        "createProposal" => match branch()? {
            // No vehicle, and perhaps relatives who are insured too.
            ProductBranch::Tss => {
                let relatives = arguments.ids("additionalInsuredIds", CustomerId::new)?;
                if relatives.len() > 4 {
                    return Err(arguments.wrong("additionalInsuredIds", "holds more than four ids"));
                }
                Box::new(proposed(arguments, common, ProductBranch::Tss, Relatives(relatives))?)
            }
            branch => Box::new(proposed(arguments, common, branch, arguments.id("vehicleId", VehicleId::new)?)?),
        },
        "readProposal" => Box::new(ReadProposal { proposal: proposal()? }),
        "listProducts" => Box::new(ListProducts { proposal: proposal()? }),
        "readProduct" => Box::new(ReadProduct { proposal: proposal()?, product: product()? }),
        "readPremium" => Box::new(ReadPremium { proposal: proposal()?, product: product()?, instalments: instalments()? }),
        "readCoverage" => Box::new(ReadCoverage { proposal: proposal()?, product: product()? }),
        "retryProduct" => Box::new(RetryProduct { proposal: proposal()?, product: product()? }),
        "offerDocument" => Box::new(OfferDocument { proposal: proposal()?, product: product()? }),
        "informationForm" => Box::new(InformationForm { proposal: proposal()?, product: product()? }),
        "sendProductDocument" => Box::new(SendProductDocument {
            proposal: proposal()?,
            product: product()?,
            document: arguments
                .one_of("document", &[("offer", ProductDocument::Offer), ("informationForm", ProductDocument::InformationForm)])?,
            customer: customer()?,
            communication: communication(arguments)?,
        }),
        "compareOffers" => Box::new(CompareOffers { proposal: proposal()?, products: arguments.ids("productIds", ProductId::new)? }),
        "startPurchase" => Box::new(StartPurchase {
            proposal: proposal()?,
            product: product()?,
            instalments: instalments()?,
            callback_url: arguments.text("callbackUrl")?.to_owned(),
            method: payment(arguments, today)?,
        }),
        "readPolicy" => Box::new(ReadPolicy { policy: policy()? }),
        "policyDocument" => Box::new(PolicyDocument { policy: policy()? }),
        "sendPolicy" => Box::new(SendPolicy { policy: policy()?, customer: customer()?, communication: communication(arguments)? }),
        _ => return Ok(None),
    }))
}

/// Exactly one of `tckn`, `vkn` and `foreignId`.
fn identity(arguments: &Arguments<'_>) -> Result<Identity, Invalid> {
    let tckn = arguments.optional_parsed("tckn")?.map(Identity::Individual);
    let vkn = arguments.optional_parsed("vkn")?.map(Identity::Company);
    let foreign = arguments.optional_parsed("foreignId")?.map(Identity::Foreign);
    let mut given = [tckn, vkn, foreign].into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(identity), None) => Ok(identity),
        (None, _) => Err(arguments.wrong("tckn", "is missing, and so are `vkn` and `foreignId`")),
        _ => Err(arguments.wrong("tckn", "and another identity are given: only one can be")),
    }
}

fn proposed<S>(arguments: &Arguments<'_>, common: &Common, branch: ProductBranch, subject: S) -> Result<CreateProposal<S>, Invalid> {
    let insurer_customer = arguments.id("insurerCustomerId", CustomerId::new)?;
    Ok(CreateProposal {
        branch,
        insured_customer: arguments.optional_id("insuredCustomerId", CustomerId::new)?.unwrap_or_else(|| insurer_customer.clone()),
        insurer_customer,
        subject,
        coverage_groups: arguments.ids("coverageGroups", CoverageGroupId::new)?,
        channel: common.channel,
        agent_branch: common.agent_branch.clone(),
    })
}

/// Exactly one of `email` and `phone`.
fn communication(arguments: &Arguments<'_>) -> Result<Communication, Invalid> {
    match (arguments.optional_parsed("email")?, arguments.optional_parsed("phone")?) {
        (Some(email), None) => Ok(Communication::Email(email)),
        (None, Some(phone)) => Ok(Communication::Sms(phone)),
        (None, None) => Err(arguments.wrong("email", "is missing, and so is `phone`")),
        (Some(_), Some(_)) => Err(arguments.wrong("email", "and `phone` are given: only one can be")),
    }
}

fn consent(arguments: &Arguments<'_>) -> Result<ConsentType, Invalid> {
    let words = [("KVKK", 0), ("ETK", 1)];
    Ok(if arguments.one_of("consent", &words)? == 0 { ConsentType::Kvkk } else { ConsentType::Etk })
}

/// Words about a person that go back as they were read.
fn others(arguments: &Arguments<'_>) -> Result<Vec<(&'static str, String)>, Invalid> {
    let mut others = Vec::new();
    for name in OTHERS {
        if let Some(word) = arguments.optional_text(name)? {
            others.push((name, word.to_owned()));
        }
    }
    Ok(others)
}

fn measure<T, E: std::fmt::Display>(
    arguments: &Arguments<'_>,
    name: &'static str,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, Invalid> {
    let Some(number) = arguments.optional_whole(name, 1, 999)? else { return Ok(None) };
    read(&number.to_string()).map(Some).map_err(|error| arguments.wrong(name, error))
}

fn payment(arguments: &Arguments<'_>, today: Date) -> Result<PaymentMethod, Invalid> {
    let words = [("insuranceCompanyRedirect", 0), ("3dSecure", 1), ("thirdParty3dSecure", 2)];
    let method = arguments.one_of("method", &words)?;
    let card = arguments.object("card")?;
    if method == 0 {
        card.finish()?;
        return Ok(PaymentMethod::InsuranceCompanyRedirect);
    }
    let number = card.read("number", CardNumber::parse)?;
    let cvc = card.text("cvc")?;
    // The error counts digits, and a program wants a sentence.
    let cvc = Cvc::parse(cvc, number.brand()).map_err(|_| card.wrong("cvc", "has not as many digits as the card's brand wants"))?;
    let read = Card {
        holder: card.read("holder", Holder::parse)?,
        expiry: card.read("expiry", |text| Expiry::parse(text, today))?,
        holder_identity: card.optional_parsed("holderTckn")?,
        short_year: card.flag("shortYear")?,
        number,
        cvc,
    };
    card.finish()?;
    let read = Box::new(read);
    Ok(if method == 1 { PaymentMethod::ThreeDSecure(read) } else { PaymentMethod::ThirdPartyThreeDSecure(read) })
}

/// Where to pay, if it is an address that a customer may be sent to.
pub(crate) fn redirect(url: &RedirectUrl, local: bool) -> Value {
    let mut object = Value::object();
    if let Some((url, host)) = payment_page(url.as_str(), local) {
        object.put("redirectUrl", url);
        object.put("host", host);
    }
    object
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use insurup_core::domain::AgentId;

    fn make(name: &str, arguments: &str) -> Result<ProgramCall, String> {
        let common = Common {
            agent: AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90").expect("an id"),
            agent_branch: None,
            channel: insurup_core::domain::Channel::Website,
            base: "https://api.example/api/".to_owned(),
            wire: Wire::Current,
            language: "tr-TR",
            local: false,
        };
        let token = Rc::new(Secret::new("t".to_owned()));
        let today = Date::new(2026, 3, 1).expect("a day");
        let arguments: Value = serde_json::from_str(arguments).expect("JSON");
        let error = |error: CallError| serde_json::to_string(&error.shape()).expect("JSON");
        call(name, &arguments, Around { common: &common, today, code_token: Some(&token) }).map_err(error)
    }

    /// Every operation with what it needs: a name the package has and this table lacks would fail in a customer's hands.
    const CALLS: &[(&str, &str, &str)] = &[
        (
            "signIn",
            r#"{"tckn": "10000000146", "birthDate": "1990-04-23", "phone": "0532 123 45 67"}"#,
            "POST auth/customer/login-or-register",
        ),
        ("verifyCode", r#"{"code": "123456"}"#, "POST auth/customer/verify-mfa"),
        ("me", "{}", "GET customers/me"),
        ("updateCustomer", r#"{"customerId": "c", "vkn": "1234567890", "name": "Örnek A.Ş."}"#, "PUT customers/c"),
        ("readHealthInfo", r#"{"customerId": "c"}"#, "GET customers/c/health-info"),
        ("saveHealthInfo", r#"{"customerId": "c", "height": 170, "weight": 70, "diseases": ["CANCER"]}"#, "PUT customers/c/health-info"),
        ("readConsents", r#"{"customerId": "c"}"#, "GET customers/c/consents"),
        ("giveConsent", r#"{"customerId": "c", "consent": "KVKK"}"#, "POST customers/c/consents"),
        ("revokeConsent", r#"{"customerId": "c", "consent": "ETK"}"#, "DELETE customers/c/consents/ETK"),
        ("listVehicles", "{}", "GET customers/me/vehicles"),
        (
            "lookUpVehicle",
            r#"{"customerId": "c", "plate": "34 ABC 123", "serial": "AB 123456"}"#,
            "POST customers/c/vehicles/external-lookup",
        ),
        (
            "createVehicle",
            r#"{"customerId": "c", "plate": "34 ABC 123", "year": "2021", "brand": "107", "model": "1070412", "utilization": "PRIVATE_CAR", "seats": 5}"#,
            "POST customers/c/vehicles",
        ),
        ("cities", "{}", "GET address-parameters/cities"),
        ("brands", "{}", "GET vehicle-parameters/brands"),
        ("models", r#"{"brand": "107", "year": "2021"}"#, "GET vehicle-parameters/models?brandReference=107&year=2021"),
        ("openCases", r#"{"customerId": "c"}"#, "POST graphql"),
        ("createCase", r#"{"customerId": "c", "branch": "KASKO"}"#, "POST cases:new-sale-opportunity"),
        ("coverageChoices", r#"{"branch": "KASKO"}"#, "GET coverage-choices:kasko"),
        ("createProposal", r#"{"branch": "KASKO", "insurerCustomerId": "c", "vehicleId": "v", "coverageGroups": ["g"]}"#, "POST proposals"),
        (
            "createProposal",
            r#"{"branch": "TSS", "insurerCustomerId": "c", "insuredCustomerId": "d", "additionalInsuredIds": ["e"], "coverageGroups": []}"#,
            "POST proposals",
        ),
        ("readProposal", r#"{"proposalId": "q"}"#, "GET proposals/q"),
        ("listProducts", r#"{"proposalId": "q"}"#, "GET proposals/q/products"),
        ("readProduct", r#"{"proposalId": "q", "productId": "o"}"#, "GET proposals/q/products/o"),
        ("readPremium", r#"{"proposalId": "q", "productId": "o", "instalments": 3}"#, "GET proposals/q/products/o/premiums/3"),
        ("readCoverage", r#"{"proposalId": "q", "productId": "o"}"#, "GET proposals/q/products/o/coverage"),
        ("retryProduct", r#"{"proposalId": "q", "productId": "o"}"#, "POST proposals/q/products/o/retry"),
        ("offerDocument", r#"{"proposalId": "q", "productId": "o"}"#, "GET proposals/q/products/o/document"),
        ("informationForm", r#"{"proposalId": "q", "productId": "o"}"#, "GET proposals/q/products/o/information-form-document"),
        (
            "sendProductDocument",
            r#"{"proposalId": "q", "productId": "o", "document": "offer", "customerId": "c", "email": "a@b.example"}"#,
            "POST proposals/q/products/o/document/send",
        ),
        ("compareOffers", r#"{"proposalId": "q", "productIds": ["o", "p"]}"#, "POST proposals/q/products/compare-pdf"),
        (
            "startPurchase",
            r#"{"proposalId": "q", "productId": "o", "instalments": 1, "callbackUrl": "https://a.example/", "method": "3dSecure",
                "card": {"number": "4111 1111 1111 1111", "holder": "Ayşe Yılmaz", "expiry": "07/29", "cvc": "123"}}"#,
            "POST proposals/q/products/o/purchase/async",
        ),
        ("readPolicy", r#"{"policyId": "p"}"#, "GET policies/p"),
        ("policyDocument", r#"{"policyId": "p"}"#, "GET policies/p/document"),
        ("sendPolicy", r#"{"policyId": "p", "customerId": "c", "phone": "5321234567"}"#, "POST policies/p/document/send"),
    ];

    #[test]
    fn every_operation_of_the_package_is_made() {
        let script = include_str!("../../www/npm/index.js");
        let types = include_str!("../../www/npm/index.d.ts");
        for (name, arguments, expected) in CALLS {
            let call = make(name, arguments).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(format!("{} {}", call.method().as_str(), call.path()), *expected, "{name}");
            assert!(script.contains(&format!("'{name}'")) || script.contains(&format!("  {name}(")), "index.js has no `{name}`");
            assert!(types.contains(&format!("  {name}(")), "index.d.ts has no `{name}`");
        }
    }

    #[test]
    fn nothing_wrong_is_made() {
        for (name, arguments, message) in [
            ("pay", "{}", "`pay` is not an operation"),
            ("signIn", r#"{"phone": "5321234567"}"#, "`tckn` is missing, and so are `vkn` and `foreignId`"),
            (
                "signIn",
                r#"{"tckn": "10000000146", "vkn": "1234567890", "phone": "5321234567"}"#,
                "`tckn` and another identity are given: only one can be",
            ),
            ("createProposal", r#"{"branch": "KASKO", "insurerCustomerId": "c"}"#, "`vehicleId` is missing"),
            ("createProposal", r#"{"branch": "TSS", "insurerCustomerId": "c", "vehicleId": "v"}"#, "`vehicleId` is not known here"),
            (
                "createProposal",
                r#"{"branch": "TSS", "insurerCustomerId": "c", "additionalInsuredIds": ["1", "2", "3", "4", "5"]}"#,
                "`additionalInsuredIds` holds more than four ids",
            ),
            ("readPolicy", r#"{"policyId": "p", "polisyId": "p"}"#, "`polisyId` is not known here"),
            ("giveConsent", r#"{"customerId": "c", "consent": "ALL"}"#, "`consent` is none of 'KVKK', 'ETK'"),
            (
                "startPurchase",
                r#"{"proposalId": "q", "productId": "o", "instalments": 1, "callbackUrl": "https://a.example/", "method": "3dSecure"}"#,
                "`card.number` is missing",
            ),
            (
                "startPurchase",
                r#"{"proposalId": "q", "productId": "o", "instalments": 1, "callbackUrl": "https://a.example/",
                    "method": "insuranceCompanyRedirect", "card": {"number": "4111111111111111"}}"#,
                "`card.number` is not known here",
            ),
        ] {
            let error = make(name, arguments).map(|_| ()).unwrap_err();
            assert!(error.contains(message), "{name}: {error}");
            assert!(!error.contains("4111"), "{error}");
        }
    }
}
