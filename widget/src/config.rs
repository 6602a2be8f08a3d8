//! What the agency wrote on the tag, read into what the sale needs. A wrong value is named, with the attribute it stands in.

use insurup_core::domain::normalise::{parts, split_before, trim};
use insurup_core::domain::{AgentBranchId, AgentId, Channel, CoverageGroupId, InsurerId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, Consent, Permissions};
use insurup_core::json::Value;

use crate::texts::Text;

/// Attributes of the tag.
const ATTRIBUTES: &[&str] = &[
    "agent-id",
    "agent-branch-id",
    "branch",
    "api-base",
    "coverage-groups",
    "lang",
    "callback-url",
    "kvkk-url",
    "consent-url",
    "etk-url",
    "agency-name",
    "phone",
    "wire",
    "channel",
    "config",
    "required-consents",
    "theme",
];
/// Attributes every element may have.
const COMMON: &[&str] = &["id", "class", "style", "slot", "hidden", "dir", "title", "role", "tabindex", "part", "is", "inert", "lang"];

/// A configuration that works.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sale: Config,
    pub(crate) api_base: String,
    pub(crate) page: Page,
}

/// What of the configuration is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) agency_name: String,
    pub(crate) phone: String,
    pub(crate) kvkk_url: String,
    pub(crate) consent_url: String,
    pub(crate) etk_url: Option<String>,
    pub(crate) theme: &'static str,
    /// The page is the one the payment page sends the customer back to.
    pub(crate) is_return: bool,
}

/// A mistake in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError {
    /// Name for programs, in `insurup:error`.
    pub(crate) code: &'static str,
    /// What the developer of the page reads; may name the two below.
    pub(crate) text: Text,
    /// What is written.
    pub(crate) name: String,
    /// What can be, or was probably meant.
    pub(crate) guess: &'static str,
}

impl ConfigError {
    fn new(code: &'static str, text: Text) -> Self {
        Self::about(code, text, "", "")
    }

    fn about(code: &'static str, text: Text, name: &str, guess: &'static str) -> Self {
        Self { code, text, name: name.to_owned(), guess }
    }

    /// Whether the widget can't run with it.
    pub(crate) fn is_fatal(&self) -> bool {
        self.text != Text::CfgUnknown
    }
}

/// Reads the configuration. `more` is the content of the attribute `config`, parsed; `Null` without one, nothing if it is not JSON.
pub(crate) fn read(attributes: &[(String, String)], more: Option<&Value>, origin: &str, href: &str) -> (Option<Setup>, Vec<ConfigError>) {
    let mut errors = Vec::new();
    let attribute = |name: &str| attribute(attributes, name);
    for (name, _) in attributes {
        let known = ATTRIBUTES.contains(&name.as_str()) || COMMON.contains(&name.as_str());
        let foreign = name.starts_with("data-") || name.starts_with("aria-") || !split_before(name, ":@.").1.is_empty();
        if let (false, false, Some(guess)) = (known, foreign, nearest(name)) {
            errors.push(ConfigError::about("config/unknown-attribute", Text::CfgUnknown, name, guess));
        }
    }
    let wire = match attribute("wire") {
        None | Some("current") => Wire::Current,
        Some("guide") => Wire::Guide,
        Some(other) => {
            errors.push(ConfigError::about("config/wire", Text::CfgWord, other, r#"wire="current", wire="guide""#));
            Wire::Current
        }
    };
    let channel = match attribute("channel") {
        None | Some("website") => Channel::Website,
        Some("mobile-app") => Channel::MobileApp,
        Some(other) => {
            errors.push(ConfigError::about("config/channel", Text::CfgWord, other, r#"channel="website", channel="mobile-app""#));
            Channel::Website
        }
    };
    let agent = attribute("agent-id").and_then(|text| AgentId::parse(text, wire));
    if agent.is_none() {
        errors.push(ConfigError::new("config/agent-id", Text::CfgAgent));
    }
    if attribute("branch") != Some("kasko") {
        errors.push(ConfigError::about("config/branch", Text::CfgWord, attribute("branch").unwrap_or_default(), r#"branch="kasko""#));
    }
    let coverage_groups = groups(attribute("coverage-groups"), wire);
    if !(1..=3).contains(&coverage_groups.len()) {
        errors.push(ConfigError::new("config/coverage-groups", Text::CfgGroups));
    }
    let api_base = attribute("api-base").unwrap_or("https://api.insurup.com/api/");
    let local = is_local(api_base);
    if !(is_secure(api_base) || local) {
        errors.push(ConfigError::new("config/api-base", Text::CfgBase));
    }
    if !(is_secure(origin) || is_local(origin)) {
        errors.push(ConfigError::new("config/insecure-page", Text::CfgInsecure));
    }
    let url = |name: &str| attribute(name).and_then(|url| absolute(url, origin));
    let (kvkk_url, consent_url) = (url("kvkk-url"), url("consent-url"));
    if kvkk_url.is_none() || consent_url.is_none() {
        errors.push(ConfigError::new("config/kvkk-url", Text::CfgKvkk));
    }
    let callback_url = url("callback-url")
        .filter(|url| url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || split_before(rest, "/?#").0.is_empty()));
    if callback_url.is_none() {
        errors.push(ConfigError::new("config/callback-url", Text::CfgCallback));
    }
    let (agency_name, phone) = (attribute("agency-name"), attribute("phone"));
    if agency_name.is_none() || phone.is_none() {
        errors.push(ConfigError::new("config/agency-name", Text::CfgAgency));
    }
    let nothing = Value::Null;
    let more = more.unwrap_or_else(|| {
        errors.push(ConfigError::about("config/config", Text::CfgConfig, "config", ""));
        &nothing
    });
    let insurers = match permissions(more.field("insurers")) {
        Ok(insurers) => insurers,
        Err(field) => {
            errors.push(ConfigError::about("config/config", Text::CfgConfig, field, ""));
            Vec::new()
        }
    };
    let mut required_consents = Vec::new();
    for name in parts(attribute("required-consents").unwrap_or_default(), ", ") {
        match name {
            "kvkk" => required_consents.push(Consent::Kvkk),
            "etk" => required_consents.push(Consent::Etk),
            _ => {}
        }
    }
    let etk_url = url("etk-url");
    let setup = match (agent, kvkk_url, consent_url, callback_url) {
        (Some(agent), Some(kvkk_url), Some(consent_url), Some(callback_url)) if !errors.iter().any(ConfigError::is_fatal) => Some(Setup {
            page: Page {
                agency_name: agency_name.unwrap_or_default().to_owned(),
                phone: phone.unwrap_or_default().to_owned(),
                kvkk_url,
                consent_url,
                theme: match attribute("theme") {
                    Some("light") => "light",
                    Some("dark") => "dark",
                    _ => "auto",
                },
                is_return: path(href) == path(&callback_url),
                etk_url: etk_url.clone(),
            },
            sale: Config {
                agent,
                agent_branch: attribute("agent-branch-id").and_then(|id| AgentBranchId::new(id.to_owned())),
                channel,
                coverage_groups,
                callback_url,
                host_origin: origin.to_owned(),
                insurers,
                products: Vec::new(),
                // The page never learns the phone, so it can't verify it.
                verifies_phone: false,
                required_consents,
                offers_etk: etk_url.is_some(),
                wire,
                local,
            },
            api_base: if api_base.ends_with('/') { api_base.to_owned() } else { format!("{api_base}/") },
        }),
        _ => None,
    };
    (setup, errors)
}

/// The cover packages; none at all if one of them can't be one.
fn groups(text: Option<&str>, wire: Wire) -> Vec<CoverageGroupId> {
    let mut groups = Vec::new();
    for id in parts(text.unwrap_or_default(), ", ") {
        match CoverageGroupId::new(id).filter(|id| wire == Wire::Guide || id.is_object_id()) {
            Some(id) => groups.push(id),
            None if id.is_empty() => {}
            None => return Vec::new(),
        }
    }
    groups
}

/// What an attribute says; an empty one says nothing.
#[inline(never)]
fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(of, _)| of == name).map(|(_, value)| trim(value)).filter(|value| !value.is_empty())
}

/// `{"<id>": {"quote": true, "sellOnline": ["https://…"], "logo": false, "thirdParty": false}}`
fn permissions(insurers: &Value) -> Result<Vec<(InsurerId, Permissions)>, &'static str> {
    let flag = |value: &Value, name: &'static str| match value.field(name) {
        Value::Null => Ok(false),
        Value::Bool(granted) => Ok(*granted),
        _ => Err(name),
    };
    let mut granted = Vec::new();
    for (id, value) in insurers.members() {
        let mut sell_online = Vec::new();
        match value.field("sellOnline") {
            Value::Null => {}
            Value::List(origins) => {
                for origin in origins {
                    sell_online.push(without_slash(origin.as_text().ok_or("sellOnline")?).to_owned());
                }
            }
            _ => return Err("sellOnline"),
        }
        let permissions = Permissions {
            quote: flag(value, "quote")?,
            sell_online,
            logo: flag(value, "logo")?,
            third_party: flag(value, "thirdParty")?,
            three_d_secure: false,
        };
        granted.push((InsurerId::new(&**id).ok_or("insurers")?, permissions));
    }
    Ok(granted)
}

fn without_slash(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}

fn is_secure(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
}

/// Plain http is for a developer's own machine.
fn is_local(url: &str) -> bool {
    let host = url.strip_prefix("http://").map(|rest| split_before(rest, "/:?#").0);
    matches!(host, Some("localhost" | "127.0.0.1"))
}

/// An address on the page's own site, or a full one.
fn absolute(url: &str, origin: &str) -> Option<String> {
    if is_secure(url) || is_local(url) {
        Some(url.to_owned())
    } else if url.starts_with('/') && !url.starts_with("//") {
        Some(format!("{origin}{url}"))
    } else {
        None
    }
}

fn path(url: &str) -> &str {
    without_slash(split_before(url, "?#").0)
}

/// The attribute that a misspelt one was probably meant to be: at most two letters off.
fn nearest(name: &str) -> Option<&'static str> {
    (0..=2).find_map(|far| ATTRIBUTES.iter().copied().find(|known| distance(name, known) == far))
}

fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let cost = if left == right { diagonal } else { 1 + diagonal.min(row[j]).min(row[j + 1]) };
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://acente.example";
    const GOOD: &[(&str, &str)] = &[
        ("agent-id", "7f3f1a52-6c5e-4a55-9a0f-2f4f7a0a9d10"),
        ("branch", "kasko"),
        ("coverage-groups", "64b7f1a2c3d4e5f601234567"),
        ("callback-url", "/donus"),
        ("kvkk-url", "/kvkk"),
        ("consent-url", "/acik-riza"),
        ("agency-name", "Örnek"),
        ("phone", "0212 000 00 00"),
    ];

    fn with(changes: &[(&str, &str)]) -> (Option<Setup>, Vec<ConfigError>) {
        let mut attributes: Vec<(String, String)> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for (name, value) in changes {
            attributes.retain(|(of, _)| of != name);
            attributes.push(((*name).to_owned(), (*value).to_owned()));
        }
        read(&attributes, Some(&Value::Null), ORIGIN, "https://acente.example/kasko")
    }

    #[track_caller]
    fn check(changes: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
        let (setup, errors) = with(changes);
        assert_eq!(said(&errors), expected);
        assert_eq!(setup.is_none(), expected.iter().any(|(code, ..)| *code != "config/unknown-attribute"));
    }

    fn said(errors: &[ConfigError]) -> Vec<(&str, &str, &str)> {
        errors.iter().map(|error| (error.code, error.name.as_str(), error.guess)).collect()
    }

    #[test]
    fn reads_a_good_tag() {
        check(&[], &[]);
        let setup = with(&[]).0.unwrap();
        assert_eq!(setup.api_base, "https://api.insurup.com/api/");
        assert_eq!(setup.sale.callback_url, "https://acente.example/donus");
        assert_eq!(setup.page.kvkk_url, "https://acente.example/kvkk");
        assert!(!setup.page.is_return && !setup.sale.local && !setup.sale.offers_etk);
        assert_eq!(setup.sale.channel, Channel::Website);
        assert_eq!(with(&[("channel", "mobile-app")]).0.unwrap().sale.channel, Channel::MobileApp);
    }

    #[test]
    fn names_the_wrong_attribute() {
        check(&[("agent-id", "12")], &[("config/agent-id", "", "")]);
        check(&[("branch", "kasco")], &[("config/branch", "kasco", r#"branch="kasko""#)]);
        check(&[("channel", "app")], &[("config/channel", "app", r#"channel="website", channel="mobile-app""#)]);
        check(&[("coverage-groups", "")], &[("config/coverage-groups", "", "")]);
        check(&[("coverage-groups", "64b7f1a2c3d4e5f601234567,x")], &[("config/coverage-groups", "", "")]);
        check(&[("api-base", "http://api.example/")], &[("config/api-base", "", "")]);
        check(&[("api-base", "http://localhost:8802/api")], &[]);
        check(&[("kvkk-url", "")], &[("config/kvkk-url", "", "")]);
        check(&[("consent-url", "javascript:alert(1)")], &[("config/kvkk-url", "", "")]);
        check(&[("callback-url", "https://other.example/donus")], &[("config/callback-url", "", "")]);
        check(&[("callback-url", "https://acente.example.evil.example/")], &[("config/callback-url", "", "")]);
        check(&[("phone", "")], &[("config/agency-name", "", "")]);
        check(&[("wire", "old")], &[("config/wire", "old", r#"wire="current", wire="guide""#)]);
        check(&[("agentid", "x")], &[("config/unknown-attribute", "agentid", "agent-id")]);
        check(&[("data-testid", "x"), ("class", "y"), ("v-on:click", "z")], &[]);
    }

    #[test]
    fn knows_its_return_page() {
        let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (setup, _) = read(&attributes, Some(&Value::Null), ORIGIN, "https://acente.example/donus?status=success");
        assert!(setup.unwrap().page.is_return);
    }

    #[test]
    fn refuses_plain_http_pages() {
        let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (setup, errors) = read(&attributes, Some(&Value::Null), "http://acente.example", "http://acente.example/");
        assert!(setup.is_none() && said(&errors) == [("config/insecure-page", "", "")]);
    }

    #[test]
    fn grants_only_what_is_written() {
        let more = |text: &str| {
            let value: Value = serde_json::from_str(text).unwrap();
            let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            read(&attributes, Some(&value), ORIGIN, ORIGIN)
        };
        let (setup, errors) = more(r#"{"insurers":{"12":{"quote":true,"sellOnline":["https://acente.example/"]},"13":{}}}"#);
        assert_eq!(said(&errors), []);
        let sale = setup.unwrap().sale;
        let id = |text: &str| InsurerId::new(text.to_owned()).unwrap();
        assert!(sale.may_quote(&id("12")) && sale.may_sell(&id("12")));
        assert!(!sale.may_quote(&id("13")) && !sale.may_sell(&id("13")) && !sale.may_sell(&id("14")));
        assert_eq!(said(&more(r#"{"insurers":{"12":{"quote":"yes"}}}"#).1), [("config/config", "quote", "")]);
        assert_eq!(said(&more(r#"{"insurers":{"12":{"sellOnline":true}}}"#).1), [("config/config", "sellOnline", "")]);
    }
}
