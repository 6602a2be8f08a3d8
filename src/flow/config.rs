//! What the agency configured, as far as the sale depends on it.

use crate::domain::{AgentBranchId, AgentId, CatalogueId, Channel, CoverageGroupId, InsurerId, PaymentOption};
use crate::endpoint::Wire;
use crate::endpoint::proposals::Product;
use crate::options::{is_local, is_secure};

/// What an agency configured for one element on its page.
#[derive(Debug)]
pub struct Config {
    /// Who sells; sent at sign-in, after that the token carries it.
    pub agent: AgentId,
    /// The branch office, in agencies that have several.
    pub agent_branch: Option<AgentBranchId>,
    /// Where the page is: on a website or in an app.
    pub channel: Channel,
    /// One to three packages of covers to ask insurers for.
    pub coverage_groups: Vec<CoverageGroupId>,
    /// Where the insurer's page sends the customer's browser afterwards.
    pub callback_url: String,
    /// The origin of the page around the widget: permissions to sell hold per domain.
    pub host_origin: String,
    /// What the agency may do with each insurer.
    pub insurers: Vec<(InsurerId, Permissions)>,
    /// Products that are not simply sold.
    pub products: Vec<(CatalogueId, Display)>,
    /// The agency verifies itself that a phone is the customer's: each sign-in asks it first, and tokens are then taken without a code.
    pub verifies_phone: bool,
    /// Consents without which the sale doesn't go on. Empty unless the agency's lawyer said otherwise.
    pub required_consents: Vec<Consent>,
    /// Whether the page offers the consent to commercial messages at all (it has a text for it).
    pub offers_etk: bool,
    /// What becomes of the session while the customer pays.
    pub session: SessionProfile,
    /// Which form of the API is spoken.
    pub wire: Wire,
    /// Payment pages may be plain http: only true when the API itself is on this machine.
    pub local: bool,
}

/// What becomes of the session while the customer is on the payment page (`security.md` 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionProfile {
    /// The payment page opens in a new tab; this one keeps the session and goes on checking.
    NewTab,
    /// The payment page opens in this tab. A record of the tab's storage leads back into the session, for twenty minutes and once.
    Resume,
    /// The payment page opens in this tab. Nothing secret is kept: whoever comes back signs in again.
    Strict,
}

/// What an agency may do with one insurer; nothing unless granted, and no grant implies another (`insurup-docs.md` B1).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Permissions {
    /// The agency holds the web-service permission: prices may be shown.
    pub quote: bool,
    /// Exact origins on which the product may be bought; a subdomain needs its own entry.
    pub sell_online: Vec<String>,
    /// The agency may show the insurer's logo.
    pub logo: bool,
    /// The agency has a contract with a third-party 3-D Secure provider.
    pub third_party: bool,
    /// The insurer requires 3-D Secure: not a permission but a condition, so it only ever takes away.
    pub three_d_secure: bool,
}

/// What the agency does with a product on its page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// It is sold, as far as permissions go.
    #[default]
    Sell,
    /// It is shown, and bought by calling the agency.
    Call,
    /// It is not shown.
    Hidden,
}

/// A purpose the customer can agree to; each is asked on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Processing of personal data for quotes and the policy.
    Kvkk,
    /// Commercial messages.
    Etk,
}

impl Config {
    /// What the agency may do with this insurer.
    #[must_use]
    pub fn permissions(&self, insurer: &InsurerId) -> Option<&Permissions> {
        self.insurers.iter().find_map(|(id, permissions)| (id == insurer).then_some(permissions))
    }

    /// Whether prices of this insurer may be shown.
    #[must_use]
    pub fn may_quote(&self, insurer: &InsurerId) -> bool {
        self.permissions(insurer).is_some_and(|permissions| permissions.quote)
    }

    /// What the agency does with this product.
    #[must_use]
    pub fn display(&self, product: &Product) -> Display {
        let of = |id: &CatalogueId| Some(id) == product.catalogue.as_ref();
        self.products.iter().find_map(|(id, display)| of(id).then_some(*display)).unwrap_or_default()
    }

    /// Whether the insurer's logo may be shown, from this address.
    #[must_use]
    pub fn may_show_logo(&self, insurer: &InsurerId, url: &str) -> bool {
        self.permissions(insurer).is_some_and(|permissions| permissions.logo) && (is_secure(url) || self.local && is_local(url))
    }

    /// Whether this insurer may be paid like this. What is not asynchronous is not for a browser at all. The insurer's own page doesn't
    /// say whether it asks for 3-D Secure, so where that is required the page doesn't count as it.
    #[must_use]
    pub fn may_pay(&self, insurer: &InsurerId, option: &PaymentOption) -> bool {
        self.permissions(insurer).is_some_and(|permissions| match option {
            PaymentOption::AsyncInsuranceCompanyRedirect => !permissions.three_d_secure,
            PaymentOption::Async3dSecure => true,
            PaymentOption::AsyncThirdParty3dSecure => permissions.third_party,
            _ => false,
        })
    }

    /// Whether a page that goes for a payment leaves its session to the next one. Renewing needs no more than the refresh token in the
    /// current form of the API only: the guides' also wants the access token, which is written nowhere.
    #[must_use]
    pub fn leaves_session(&self) -> bool {
        self.session == SessionProfile::Resume && self.wire == Wire::Current
    }

    /// Whether this insurer's products may be bought on the page around the widget.
    #[must_use]
    pub fn may_sell(&self, insurer: &InsurerId) -> bool {
        self.permissions(insurer).is_some_and(|permissions| permissions.sell_online.contains(&self.host_origin))
    }
}
