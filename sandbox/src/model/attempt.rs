//! A customer's stay on the payment page.

use crate::clock::Millis;
use crate::scenarios::Payment;

/// How long a payment page may be left open before the offer is free again.
pub(crate) const PAGE_LIFE: Millis = 15 * 60 * 1000;
/// How long an abandoned payment keeps its offer, at pace 1.
pub(crate) const ABANDONED_FOR: u32 = 20_000;

/// One payment page.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) id: String,
    pub(crate) proposal_id: String,
    pub(crate) product_id: String,
    pub(crate) customer_id: String,
    pub(crate) method: Method,
    pub(crate) installment_number: u32,
    pub(crate) callback_url: String,
    pub(crate) amount: u32,
    /// What a scenario makes of it.
    pub(crate) payment: Option<Payment>,
    pub(crate) return_by: ReturnBy,
    pub(crate) opened_at: Millis,
    pub(crate) state: State,
}

/// How the browser gets back from the payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ReturnBy {
    /// By an address with parameters.
    #[default]
    Get,
    /// By a form, as some banks do.
    Post,
}

impl ReturnBy {
    /// As settings spell it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }

    /// The way that settings spell so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Get, Self::Post].into_iter().find(|way| way.name() == name)
    }
}

/// What a browser goes through before it sees a payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Detour {
    #[default]
    None,
    /// Redirects that lead to the page.
    ToPage,
    /// Redirects that lead past it, back to the agency, and say there that it was paid.
    ToReturn,
    /// Redirects without an end.
    Endless,
}

impl Detour {
    /// As settings spell it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ToPage => "page",
            Self::ToReturn => "return",
            Self::Endless => "endless",
        }
    }

    /// The detour that settings spell so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::None, Self::ToPage, Self::ToReturn, Self::Endless].into_iter().find(|detour| detour.name() == name)
    }
}

/// What became of a payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Approved,
    Declined,
    Abandoned,
}

/// A way to pay that a customer can use on the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    ThreeDSecure,
    CompanyRedirect,
    ThirdPartyThreeDSecure,
}

impl Method {
    /// The method a request's discriminator names.
    pub(crate) fn of_request(kind: &str) -> Option<Self> {
        match kind {
            "3d-secure" => Some(Self::ThreeDSecure),
            "insurance-company-redirect" => Some(Self::CompanyRedirect),
            "third-party-3d-secure" => Some(Self::ThirdPartyThreeDSecure),
            _ => None,
        }
    }

    /// The guides' older names for the same.
    pub(crate) fn of_guide(kind: &str) -> Option<Self> {
        match kind {
            "3DSecure" => Some(Self::ThreeDSecure),
            "InsuranceCompanyRedirect" => Some(Self::CompanyRedirect),
            _ => Self::of_request(kind),
        }
    }

    /// Its name among a product's options.
    pub(crate) const fn option(self) -> &'static str {
        match self {
            Self::ThreeDSecure => "ASYNC_3D_SECURE",
            Self::CompanyRedirect => "ASYNC_INSURANCE_COMPANY_REDIRECT",
            Self::ThirdPartyThreeDSecure => "ASYNC_THIRD_PARTY_3D_SECURE",
        }
    }

    /// Whether the card is typed on the agency's page.
    pub(crate) const fn needs_card(self) -> bool {
        !matches!(self, Self::CompanyRedirect)
    }
}
