//! One insurer's offer, as it is embedded in a proposal.

use crate::{
    domain::{
        CatalogueId, CoverageGroupId, CoverageValue, InsurerId, Money, PaymentOption, PolicyId, ProductId, ProductState, ProductType,
        hundredths, normalise::plain_text,
    },
    endpoint::{problem::LONGEST_TEXT, wire::readable},
    json::Value,
};

/// One insurer's offer. What the agency earns (`commission`) is never read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Which offer.
    pub id: ProductId,
    /// Whose.
    pub insurer: InsurerId,
    /// The insurer's name; empty where the answer has none.
    pub insurer_name: String,
    /// Address of the insurer's logo, where the answer has one. To show it takes the insurer's permission.
    pub logo: Option<String>,
    /// Which product of the insurer's catalogue it is, where the answer says so.
    pub catalogue: Option<CatalogueId>,
    /// What the insurer calls it; empty where the answer has no name.
    pub product_name: String,
    /// How the insurer is connected.
    pub kind: ProductType,
    /// Where it stands. No state reads as `Unknown("")`.
    pub state: ProductState,
    /// Why there is no offer: a server's sentence as plain text.
    pub error_message: Option<String>,
    /// A price per plan, in the order of the number of instalments, each number once.
    pub premiums: Vec<Premium>,
    /// The ways of paying the insurer supports.
    pub payment_options: Vec<PaymentOption>,
    /// Whether the insurer wants to look at the case before it sells.
    pub needs_investigation: bool,
    /// Whether a discount for driving without damage is in the price.
    pub no_claims_discount: bool,
    /// Whether a discount for the occupation is in the price.
    pub occupation_discount: bool,
    /// The policy, once it was bought. Only with state `Purchased` it proves a purchase.
    pub policy: Option<PolicyId>,
    /// What it covers, in the server's order; the keys are the wire's.
    pub coverage: Vec<(String, CoverageValue)>,
    /// The cover package it answers.
    pub coverage_group: Option<CoverageGroupId>,
    /// The package's name.
    pub coverage_group_name: Option<String>,
}

/// The price of one payment plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Premium {
    /// Number of instalments; 1 is payment at once.
    pub instalments: u8,
    /// The price with taxes, all instalments together. Nothing where it can't be known for sure: such a plan can't be bought.
    pub gross: Option<Money>,
}

/// Reads offers. One without id or insurer is left out: it could be neither shown under its permissions nor bought.
pub(super) fn products(list: &[Value]) -> Vec<Product> {
    readable(list, product)
}

pub(super) fn product(value: &Value) -> Option<Product> {
    let name = |member| value.field(member).as_text().map(|text| plain_text(text, LONGEST_TEXT)).filter(|text| !text.is_empty());
    let word = |member: &[&str]| value.any_of(member).text().unwrap_or_default();
    let is_set = |member| value.field(member).as_bool() == Some(true);
    Some(Product {
        id: value.any_of(&["id", "proposalProductId"]).text().and_then(ProductId::new)?,
        insurer: value.field("insuranceCompanyId").text().and_then(InsurerId::new)?,
        insurer_name: name("insuranceCompanyName").unwrap_or_default(),
        logo: value.field("insuranceCompanyLogo").text(),
        catalogue: value.field("productId").text().and_then(CatalogueId::new),
        product_name: name("productName").unwrap_or_default(),
        kind: ProductType::parse(&word(&["productType"])),
        state: ProductState::parse(&word(&["state", "status"])),
        error_message: name("errorMessage"),
        premiums: premiums(value.field("premiums").items()),
        payment_options: readable(value.field("supportedPaymentOptions").items(), |option| option.as_text().map(PaymentOption::parse)),
        needs_investigation: is_set("needsInvestigationByCompany"),
        no_claims_discount: is_set("hasUndamagedDiscount"),
        occupation_discount: is_set("hasVocationalDiscount"),
        policy: value.field("policyId").text().and_then(PolicyId::new),
        // `optimalCoverage` is the server's pick of the other three, best source first.
        coverage: coverage(value.any_of(&["optimalCoverage", "pdfCoverage", "insuranceServiceProviderCoverage", "initialCoverage"])),
        coverage_group: value.field("coverageGroupId").text().and_then(CoverageGroupId::new),
        coverage_group_name: name("coverageGroupName"),
    })
}

/// Two prices for the same number of instalments leave that plan without one: nobody knows which would be charged.
fn premiums(list: &[Value]) -> Vec<Premium> {
    let mut premiums: Vec<Premium> = Vec::with_capacity(list.len());
    for value in list {
        let number = value.field("installmentNumber").as_integer().and_then(|number| u8::try_from(number).ok());
        let Some(instalments) = number.filter(|number| *number > 0) else { continue };
        match premiums.iter().position(|other| other.instalments >= instalments) {
            Some(place) if premiums[place].instalments == instalments => premiums[place].gross = None,
            place => {
                let gross = Money::from_wire(value.field("grossPremium"), value.field("currency"));
                premiums.insert(place.unwrap_or(premiums.len()), Premium { instalments, gross });
            }
        }
    }
    premiums
}

pub(super) fn coverage(value: &Value) -> Vec<(String, CoverageValue)> {
    let is_cover = |name: &str, value: &Value| !(name.starts_with('$') || name.eq_ignore_ascii_case("productBranch") || value.is_null());
    let members = value.members().iter().filter(|(name, value)| is_cover(name, value));
    members.map(|(name, value)| (plain_text(name, LONGEST_TEXT), coverage_value(value))).collect()
}

fn coverage_value(value: &Value) -> CoverageValue {
    let amount = value.field("value");
    let in_hundredths = || amount.as_f64().and_then(hundredths).filter(|amount| *amount >= 0);
    let word = value.as_text().or_else(|| value.any_of(&["$type", "type"]).as_text()).unwrap_or_default();
    let known = match word.to_ascii_uppercase().as_str() {
        "INCLUDED" => Some(CoverageValue::Included),
        // A replacement car has words of its own.
        "NOT_INCLUDED" | "NONE" => Some(CoverageValue::NotIncluded),
        "MARKET_VALUE" => Some(CoverageValue::MarketValue),
        "LIMITLESS" => Some(CoverageValue::Limitless),
        "HIGHEST_LIMIT" => Some(CoverageValue::HighestLimit),
        "UNDEFINED" => Some(CoverageValue::Undefined),
        "DECIMAL" => in_hundredths().map(CoverageValue::Amount),
        "PERCENT" => in_hundredths().map(CoverageValue::Percent),
        "NUMBER" => amount.as_integer().map(CoverageValue::Number),
        "DEFINED" => value
            .field("yillikKullanimSayisi")
            .as_integer()
            .zip(value.field("tekSeferlikGunSayisi").as_integer())
            .map(|(times, days)| CoverageValue::Days(times, days)),
        _ => None,
    };
    let as_word = || value.as_text().map(|word| CoverageValue::Word(plain_text(word, LONGEST_TEXT)));
    known.or_else(as_word).unwrap_or(CoverageValue::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    fn read(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn one_odd_offer_does_not_spoil_the_others() {
        let list = read(
            r#"[null, 7, {}, {"id": "a"}, {"insuranceCompanyId": 1}, {"id": "", "insuranceCompanyId": 1}, {"id": "x/y", "insuranceCompanyId": 1},
                {"id": "b", "insuranceCompanyId": 2, "premiums": "none", "state": 4, "optimalCoverage": [], "supportedPaymentOptions": null},
                {"id": 5, "insuranceCompanyId": "3"}]"#,
        );
        let products = products(list.items());
        let ids: Vec<_> = products.iter().map(|product| (product.id.as_str(), product.insurer.as_str())).collect();
        assert_eq!(ids, [("b", "2"), ("5", "3")]);
        assert_eq!((products[0].state.as_str(), products[1].state.as_str()), ("4", ""));
    }

    #[test]
    fn plans_are_sorted_and_doubtful_prices_dropped() {
        let list = read(
            r#"[{"installmentNumber": 6, "grossPremium": 120.5, "currency": "TRY"}, {"installmentNumber": 1, "grossPremium": 100, "currency": "TRY"},
                {"installmentNumber": 3, "grossPremium": 110, "currency": "TRY"}, {"installmentNumber": 3, "grossPremium": 110, "currency": "TRY"},
                {"installmentNumber": 0, "grossPremium": 1, "currency": "TRY"}, {"installmentNumber": 256, "grossPremium": 1, "currency": "TRY"},
                {"grossPremium": 1, "currency": "TRY"}, {"installmentNumber": 9, "grossPremium": 0, "currency": "TRY"}]"#,
        );
        let lira = |minor| Some(Money::new(minor, Currency::TurkishLira));
        let plans: Vec<_> = premiums(list.items()).iter().map(|premium| (premium.instalments, premium.gross)).collect();
        assert_eq!(plans, [(1, lira(10_000)), (3, None), (6, lira(12_050)), (9, None)]);
    }

    #[test]
    fn reads_every_kind_of_cover() {
        #[track_caller]
        fn check(text: &str, expected: &CoverageValue) {
            assert_eq!(coverage_value(&read(text)), *expected);
        }
        check(r#"{"$type": "INCLUDED"}"#, &CoverageValue::Included);
        check(r#"{"$type": "NOT_INCLUDED"}"#, &CoverageValue::NotIncluded);
        check(r#"{"$type": "MARKET_VALUE"}"#, &CoverageValue::MarketValue);
        check(r#"{"type": "limitless"}"#, &CoverageValue::Limitless);
        check(r#"{"$type": "HIGHEST_LIMIT"}"#, &CoverageValue::HighestLimit);
        check(r#"{"$type": "UNDEFINED"}"#, &CoverageValue::Undefined);
        check(r#"{"$type": "DECIMAL", "value": 1000000.5}"#, &CoverageValue::Amount(100_000_050));
        check(r#"{"$type": "DECIMAL", "value": 0}"#, &CoverageValue::Amount(0));
        check(r#"{"$type": "DECIMAL", "value": -1}"#, &CoverageValue::Other);
        check(r#"{"$type": "DECIMAL"}"#, &CoverageValue::Other);
        check(r#"{"$type": "PERCENT", "value": 12.5}"#, &CoverageValue::Percent(1_250));
        check(r#"{"$type": "NUMBER", "value": 14}"#, &CoverageValue::Number(14));
        check(r#""INCLUDED""#, &CoverageValue::Included);
        check(r#""ANLASMALI_YETKILI_SERVIS""#, &CoverageValue::Word("ANLASMALI_YETKILI_SERVIS".to_owned()));
        check(r#"{"$type": "DEFINED", "aracSegment": "B"}"#, &CoverageValue::Other);
        check(r#"{"$type": "DEFINED", "yillikKullanimSayisi": 2, "tekSeferlikGunSayisi": 7}"#, &CoverageValue::Days(2, 7));
        check(r#"{"$type": "NONE"}"#, &CoverageValue::NotIncluded);
        check("7", &CoverageValue::Other);
    }
}
