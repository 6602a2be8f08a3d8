//! `GET proposals/{id}/products/{id}/premiums/{n}`

use super::product_path;
use crate::domain::normalise::{decimal, join};
use crate::{
    domain::{ProductId, ProposalId, normalise::plain_text},
    endpoint::{Access, Endpoint, Method, Safety},
    json::{DecodeError, Value},
};

/// Asks for the insurer's reference of one payment plan. The answer has no amounts: those are in the offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPremium {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Of which offer.
    pub product: ProductId,
    /// Which plan.
    pub instalments: u8,
}

/// What the insurer calls a payment plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumReference {
    /// Which plan.
    pub instalments: u8,
    /// The insurer's number for the offer, for questions at its counter.
    pub insurer_number: Option<String>,
}

impl Endpoint for ReadPremium {
    type Response = PremiumReference;
    const NAME: &'static str = "read_premium";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, &join("/premiums/", &decimal(self.instalments), ""))
    }

    fn decode(body: &Value) -> Result<PremiumReference, DecodeError> {
        let number = body.field("installmentNumber").as_integer().and_then(|number| u8::try_from(number).ok());
        Ok(PremiumReference {
            instalments: number.ok_or(DecodeError { path: "installmentNumber" })?,
            insurer_number: body.field("insuranceCompanyProposalNumber").text().map(|text| plain_text(&text, 64)),
        })
    }
}
