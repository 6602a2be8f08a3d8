//! Customers, what they consented to, and their health answers.

use time::Date;

use crate::clock::Millis;

/// What kind of person a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Individual,
    Foreign,
    Company,
}

impl Kind {
    /// The spelling in answers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Individual => "INDIVIDUAL",
            Self::Foreign => "FOREIGN",
            Self::Company => "COMPANY",
        }
    }

    /// The kind a request's discriminator names. The guides call a company `corporate`.
    pub(crate) fn of_request(name: &str, guide: bool) -> Option<Self> {
        match name {
            "individual" => Some(Self::Individual),
            "foreign" => Some(Self::Foreign),
            "company" if !guide => Some(Self::Company),
            "corporate" if guide => Some(Self::Company),
            _ => None,
        }
    }
}

/// A person or company that can buy.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// Identity number, foreigner's number or passport, or tax number.
    pub(crate) identity: String,
    /// Ten digits.
    pub(crate) phone: String,
    pub(crate) birth_date: Option<Date>,
    pub(crate) full_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) gender: &'static str,
    pub(crate) marital_status: &'static str,
    pub(crate) nationality: &'static str,
    pub(crate) education_status: &'static str,
    pub(crate) job: &'static str,
    /// Reference and text.
    pub(crate) city: Option<(String, String)>,
    pub(crate) district: Option<(String, String)>,
    pub(crate) agent_branch_id: Option<String>,
    pub(crate) created_at: Millis,
    pub(crate) consents: Vec<Consent>,
    pub(crate) health: Option<Health>,
}

impl Customer {
    pub(crate) const fn new(id: String, kind: Kind, identity: String, phone: String, created_at: Millis) -> Self {
        Self {
            id,
            kind,
            identity,
            phone,
            birth_date: None,
            full_name: None,
            email: None,
            gender: "UNKNOWN",
            marital_status: "UNKNOWN",
            nationality: "UNKNOWN",
            education_status: "UNKNOWN",
            job: "UNKNOWN",
            city: None,
            district: None,
            agent_branch_id: None,
            created_at,
            consents: Vec::new(),
            health: None,
        }
    }

    /// Whether the last word on a purpose was yes.
    pub(crate) fn consents_to(&self, purpose: &str) -> bool {
        self.consents.iter().rev().find(|consent| consent.purpose == purpose).is_some_and(|consent| consent.given)
    }

    /// How documents call the customer.
    pub(crate) fn display_name(&self) -> &str {
        self.full_name.as_deref().unwrap_or("Sayın Müşterimiz")
    }
}

/// One yes or no to a purpose.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) purpose: &'static str,
    pub(crate) given: bool,
    pub(crate) channel: &'static str,
    pub(crate) at: Millis,
}

/// What health insurers ask.
#[derive(Debug, Clone)]
pub(crate) struct Health {
    pub(crate) height: u32,
    pub(crate) weight: u32,
    pub(crate) surgeries: Vec<String>,
    pub(crate) diseases: Vec<String>,
}
