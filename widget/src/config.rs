//! What the agency wrote, on the tag or as JSON in its attribute `config`, read into what the sale needs. The names and what each holds are
//! in `insurup_core::options`; a wrong value is named, with the attribute or member it stands in.

use insurup_core::domain::normalise::{decimal, has, join, parts, split_before, trim};
use insurup_core::domain::{AgentBranchId, AgentId, Channel, CoverageGroupId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, Consent};
use insurup_core::json::Value;
use insurup_core::options::{self, Entry, Kind, Mistake, Name, is_local, is_secure, nearest};

use crate::texts::Text;

/// Attributes every element may have, and the one that carries JSON.
const COMMON: &[&str] =
    &["config", "id", "class", "style", "slot", "hidden", "dir", "title", "role", "tabindex", "part", "is", "inert", "lang"];

/// A configuration that works.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sale: Config,
    pub(crate) api_base: String,
}

/// What of the configuration is shown. Whom to call is shown also when the rest can't be used.
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
    pub(crate) code: String,
    /// What the developer of the page reads; may name the two below.
    pub(crate) text: Text,
    /// Where it is: `agent-id`, `insurers.12.sellOnline[0]`. Goes with the code.
    pub(crate) field: String,
    /// What can be there, or was probably meant.
    pub(crate) guess: String,
    /// Whether the widget can't run with it.
    pub(crate) fatal: bool,
}

impl ConfigError {
    #[inline(never)]
    fn new(code: &str, text: Text, field: &str, guess: &str) -> Self {
        Self { code: join("config/", code, ""), text, field: field.to_owned(), guess: guess.to_owned(), fatal: true }
    }

    fn of(code: &str, mistake: &Mistake) -> Self {
        let text = if mistake.unknown { Text::CfgUnknown } else { Text::CfgValue };
        Self::new(code, text, &mistake.field, &mistake.guess)
    }

    fn mild(self) -> Self {
        Self { fatal: false, ..self }
    }
}

/// What is said about an option: one item, or those of a list, or none.
struct Given {
    /// The attribute or member it was said by.
    field: &'static str,
    items: Vec<String>,
}

/// Reads the configuration. `more` is the content of the attribute `config`, parsed; `Null` without one, nothing if it is not JSON.
pub(crate) fn read(
    attributes: &[(String, String)],
    more: Option<&Value>,
    origin: &str,
    href: &str,
) -> (Option<Setup>, Page, Vec<ConfigError>) {
    let mut errors = Vec::new();
    unknown_attributes(attributes, &mut errors);
    let nothing = Value::Null;
    let more = more.filter(|more| more.is_null() || matches!(more, Value::Object(_))).unwrap_or_else(|| {
        errors.push(ConfigError::new("config", Text::CfgConfig, "config", ""));
        &nothing
    });
    for (name, _) in more.members() {
        if !Name::MEMBERS.contains(&&**name) && name != "$schema" {
            errors.push(ConfigError::of("unknown-field", &Mistake::unknown((**name).to_owned(), name, Name::MEMBERS)));
        }
    }
    let mut said: Vec<Given> = Vec::with_capacity(Name::ALL.len());
    for entry in Name::ALL {
        said.push(given(entry, attributes, more, &mut errors));
    }
    let text = |name| text(&said, name);
    let wire = if text(Name::Wire) == "guide" { Wire::Guide } else { Wire::Current };
    for (entry, given) in Name::ALL.iter().zip(&said) {
        if let Some(field) = fault(entry, given, wire, origin) {
            errors.push(complaint(entry, &field));
        }
    }
    if !(is_secure(origin) || is_local(origin)) {
        errors.push(ConfigError::new("insecure-page", Text::CfgInsecure, "", ""));
    }
    let insurers = options::insurers(more.field("insurers")).unwrap_or_else(|mistake| {
        errors.push(ConfigError::of("insurers", &mistake));
        Vec::new()
    });
    let products = options::products(more.field("products")).unwrap_or_else(|mistake| {
        errors.push(ConfigError::of("products", &mistake));
        Vec::new()
    });

    let url = |name: Name| absolute(text(name), origin).unwrap_or_default();
    let callback_url = url(Name::CallbackUrl);
    let etk_url = Some(url(Name::EtkUrl)).filter(|url| !url.is_empty());
    let page = Page {
        agency_name: text(Name::AgencyName).to_owned(),
        phone: text(Name::Phone).to_owned(),
        kvkk_url: url(Name::KvkkUrl),
        consent_url: url(Name::ConsentUrl),
        theme: match text(Name::Theme) {
            "light" => "light",
            "dark" => "dark",
            _ => "auto",
        },
        is_return: path(href) == path(&callback_url),
        etk_url: etk_url.clone(),
    };
    let api_base = match text(Name::ApiBase) {
        "" => "https://api.insurup.com/api/",
        written => written,
    };
    let setup = match AgentId::parse(text(Name::AgentId), wire) {
        Some(agent) if !errors.iter().any(|error| error.fatal) => Some(Setup {
            sale: Config {
                agent,
                agent_branch: AgentBranchId::new(text(Name::AgentBranchId)),
                channel: if text(Name::Channel) == "mobile-app" { Channel::MobileApp } else { Channel::Website },
                coverage_groups: said[Name::CoverageGroups as usize].items.iter().filter_map(CoverageGroupId::new).collect(),
                callback_url,
                host_origin: origin.to_owned(),
                insurers,
                products,
                // The page never learns the phone, so it can't verify it.
                verifies_phone: false,
                required_consents: said[Name::RequiredConsents as usize]
                    .items
                    .iter()
                    .map(|name| if name == "kvkk" { Consent::Kvkk } else { Consent::Etk })
                    .collect(),
                offers_etk: etk_url.is_some(),
                wire,
                local: is_local(api_base),
            },
            api_base: if api_base.ends_with('/') { api_base.to_owned() } else { join(api_base, "/", "") },
        }),
        _ => None,
    };
    (setup, page, errors)
}

#[inline(never)]
fn text(said: &[Given], name: Name) -> &str {
    said[name as usize].items.first().map_or("", String::as_str)
}

/// Puts the agency's own words in place of the widget's. `keys` are the names of the texts, in their order.
#[inline(never)]
pub(crate) fn reword(own: &Value, keys: &[String], language: &str, texts: &mut [String]) -> Result<(), ConfigError> {
    let error = |mistake: &Mistake| Err(ConfigError::of("texts", mistake).mild());
    for (of, words) in own.members() {
        let place = join("texts.", of, "");
        if !matches!(&**of, "tr" | "en") {
            return error(&Mistake { field: place, unknown: true, guess: "tr, en".to_owned() });
        }
        for (key, value) in words.members() {
            let field = join(&place, ".", key);
            let Some(number) = keys.iter().position(|known| known == key) else {
                let known: Vec<_> = keys.iter().map(String::as_str).collect();
                // All of them would fill the page; the schema lists them.
                let guess = nearest(key, &known).unwrap_or("config.schema.json");
                return error(&Mistake { field, unknown: true, guess: guess.to_owned() });
            };
            let Some(text) = texts.get_mut(number) else { continue };
            // A value may be left out of a text, but there is none for a place the widget doesn't know.
            let known = |piece: &str| has(text, &["{", split_before(piece, "}").0, "}"].concat());
            match value.as_text().filter(|own| !own.is_empty() && parts(own, "{").iter().skip(1).all(|piece| known(piece))) {
                None => return error(&Mistake::wrong(field, text)),
                Some(own) if of == language => own.clone_into(text),
                Some(_) => {}
            }
        }
    }
    Ok(())
}

fn unknown_attributes(attributes: &[(String, String)], errors: &mut Vec<ConfigError>) {
    for (name, _) in attributes {
        let ours = Name::ATTRIBUTES.contains(&name.as_str()) || COMMON.contains(&name.as_str());
        let foreign = name.starts_with("data-") || name.starts_with("aria-") || !split_before(name, ":@.").1.is_empty();
        if let (false, false, Some(guess)) = (ours, foreign, nearest(name, Name::ATTRIBUTES).or(nearest(name, &COMMON[..1]))) {
            errors.push(ConfigError::new("unknown-attribute", Text::CfgUnknown, name, guess).mild());
        }
    }
}

/// What is said about an option. The attribute wins; if the other one says something else, one of them is a mistake.
fn given(entry: &'static Entry, attributes: &[(String, String)], more: &Value, errors: &mut Vec<ConfigError>) -> Given {
    let is_list = is_list(entry);
    let separators = if is_list { ", " } else { "" };
    let written = attributes.iter().find(|(of, _)| !of.is_empty() && of == entry.attribute).map_or("", |(_, value)| trim(value));
    let mut by_attribute = Vec::new();
    for item in parts(written, separators) {
        if !item.is_empty() {
            by_attribute.push(item.to_owned());
        }
    }
    let mut by_member = Vec::new();
    // By its exact name; the tree itself ignores case, for the API's sake.
    match more.members().iter().find(|(name, _)| name == entry.member).map_or(&Value::Null, |(_, value)| value) {
        _ if entry.attribute.is_empty() => {}
        Value::Null => {}
        Value::Text(text) if trim(text).is_empty() => {}
        Value::Text(text) if !is_list => by_member.push(trim(text).to_owned()),
        Value::List(items) if is_list => {
            for item in items {
                by_member.push(item.as_text().unwrap_or_default().to_owned());
            }
        }
        _ => errors.push(complaint(entry, entry.member)),
    }
    if by_attribute.is_empty() && !by_member.is_empty() {
        return Given { field: entry.member, items: by_member };
    }
    if !by_member.is_empty() && by_member != by_attribute {
        errors.push(ConfigError::new("conflict", Text::CfgConflict, entry.attribute, &join("config.", entry.member, "")).mild());
    }
    Given { field: entry.attribute, items: by_attribute }
}

/// Where what is said is wrong, or saying nothing.
fn fault(entry: &Entry, given: &Given, wire: Wire, origin: &str) -> Option<String> {
    let Given { field, items } = given;
    for (number, item) in items.iter().enumerate() {
        if !fits(entry.kind, item, wire, origin) {
            return Some(if is_list(entry) { [field, "[", &decimal(number), "]"].concat() } else { (*field).to_owned() });
        }
    }
    let amiss = if items.is_empty() { entry.required } else { entry.kind == Kind::Groups && items.len() > 3 };
    amiss.then(|| (*field).to_owned())
}

fn is_list(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Groups | Kind::Words(_))
}

fn complaint(entry: &Entry, field: &str) -> ConfigError {
    let name = if entry.attribute.is_empty() { entry.member } else { entry.attribute };
    let text = match entry.kind {
        Kind::Agent => Text::CfgAgent,
        Kind::Groups => Text::CfgGroups,
        Kind::Base => Text::CfgBase,
        Kind::Callback => Text::CfgCallback,
        Kind::Url => Text::CfgUrl,
        Kind::Word(_) | Kind::Words(_) => Text::CfgValue,
        _ => Text::CfgMissing,
    };
    let words = if let Kind::Word(words) | Kind::Words(words) = entry.kind { words } else { &[] };
    ConfigError::new(name, text, field, &options::listed(words))
}

fn fits(kind: Kind, item: &str, wire: Wire, origin: &str) -> bool {
    match kind {
        Kind::Agent => AgentId::parse(item, wire).is_some(),
        Kind::Id => AgentBranchId::new(item).is_some(),
        Kind::Groups => CoverageGroupId::new(item).is_some_and(|id| wire == Wire::Guide || id.is_object_id()),
        Kind::Word(words) | Kind::Words(words) => words.contains(&item),
        Kind::Base => is_secure(item) || is_local(item),
        Kind::Url => absolute(item, origin).is_some(),
        Kind::Callback => absolute(item, origin)
            .is_some_and(|url| url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || split_before(rest, "/?#").0.is_empty())),
        _ => true,
    }
}

fn without_slash(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}

/// An address on the page's own site, or a full one.
fn absolute(url: &str, origin: &str) -> Option<String> {
    if is_secure(url) || is_local(url) {
        Some(url.to_owned())
    } else if url.starts_with('/') && !url.starts_with("//") {
        Some(join(origin, url, ""))
    } else {
        None
    }
}

fn path(url: &str) -> &str {
    without_slash(split_before(url, "?#").0)
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
    const GOOD_JSON: &str = r#"{"$schema": "https://cdn.example/config.schema.json", "agentId": "7f3f1a52-6c5e-4a55-9a0f-2f4f7a0a9d10",
        "branch": "kasko", "coverageGroups": ["64b7f1a2c3d4e5f601234567", "64b7f1a2c3d4e5f601234568"], "callbackUrl": "/donus",
        "kvkkUrl": "/kvkk", "consentUrl": "/acik-riza", "etkUrl": "/etk", "agencyName": "Örnek", "phone": "0212 000 00 00",
        "agentBranchId": "kadikoy", "channel": "mobile-app", "apiBase": "http://localhost:8802/api", "theme": "dark", "lang": "en",
        "wire": "current", "requiredConsents": ["kvkk"], "products": {"61": "call"}, "insurers": {"12": {"quote": true}}}"#;

    type Reading = (Option<Setup>, Page, Vec<ConfigError>);

    fn read_both(attributes: &[(&str, &str)], more: &str) -> Reading {
        let attributes: Vec<(String, String)> = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let more: Option<Value> = serde_json::from_str(more).ok();
        read(&attributes, more.as_ref(), ORIGIN, "https://acente.example/kasko")
    }

    fn with(changes: &[(&str, &str)]) -> Reading {
        let mut attributes = GOOD.to_vec();
        for (name, value) in changes {
            attributes.retain(|(of, _)| of != name);
            attributes.push((name, value));
        }
        read_both(&attributes, "null")
    }

    fn more(text: &str) -> Reading {
        read_both(GOOD, text)
    }

    fn said(errors: &[ConfigError]) -> Vec<(&str, &str, &str)> {
        errors.iter().map(|error| (error.code.as_str(), error.field.as_str(), error.guess.as_str())).collect()
    }

    #[track_caller]
    fn check((setup, _, errors): &Reading, expected: &[(&str, &str, &str)]) {
        assert_eq!(said(errors), expected);
        assert_eq!(setup.is_none(), errors.iter().any(|error| error.fatal));
    }

    #[test]
    fn reads_a_good_tag() {
        let (setup, page, errors) = with(&[]);
        assert_eq!(said(&errors), []);
        let setup = setup.unwrap();
        assert_eq!(setup.api_base, "https://api.insurup.com/api/");
        assert_eq!(setup.sale.callback_url, "https://acente.example/donus");
        assert_eq!((page.kvkk_url.as_str(), page.theme), ("https://acente.example/kvkk", "auto"));
        assert!(!page.is_return && !setup.sale.local && !setup.sale.offers_etk);
        assert_eq!(setup.sale.channel, Channel::Website);
        assert_eq!(with(&[("channel", "mobile-app")]).0.unwrap().sale.channel, Channel::MobileApp);
    }

    #[test]
    fn json_can_carry_everything() {
        let (setup, page, errors) = read_both(&[], GOOD_JSON);
        assert_eq!(said(&errors), []);
        let Setup { sale, api_base } = setup.unwrap();
        assert_eq!((api_base.as_str(), sale.local, sale.channel), ("http://localhost:8802/api/", true, Channel::MobileApp));
        assert_eq!(sale.coverage_groups.len(), 2);
        assert_eq!(sale.agent_branch.unwrap().as_str(), "kadikoy");
        assert_eq!(sale.required_consents, [Consent::Kvkk]);
        assert_eq!((sale.insurers.len(), sale.products.len(), sale.offers_etk), (1, 1, true));
        assert_eq!((page.agency_name.as_str(), page.theme), ("Örnek", "dark"));
        // Every option is in it, so that none is forgotten here.
        let written: Value = serde_json::from_str(GOOD_JSON).unwrap();
        for entry in Name::ALL.iter().filter(|entry| entry.member != "texts") {
            assert!(!written.field(entry.member).is_null(), "{}", entry.member);
        }
    }

    #[test]
    fn the_attribute_wins_and_the_difference_is_named() {
        let (setup, page, errors) = more(r#"{"phone": "0216 000 00 00", "agencyName": " Örnek ", "channel": "mobile-app"}"#);
        assert_eq!(said(&errors), [("config/conflict", "phone", "config.phone")]);
        assert_eq!((page.phone.as_str(), setup.unwrap().sale.channel), ("0212 000 00 00", Channel::MobileApp));
        check(&more(r#"{"coverageGroups": ["64b7f1a2c3d4e5f601234567"]}"#), &[]);
        let other = more(r#"{"coverageGroups": ["64b7f1a2c3d4e5f601234568"]}"#);
        check(&other, &[("config/conflict", "coverage-groups", "config.coverageGroups")]);
    }

    #[test]
    fn names_the_wrong_attribute() {
        check(&with(&[("agent-id", "12")]), &[("config/agent-id", "agent-id", "")]);
        check(&with(&[("branch", "kasco")]), &[("config/branch", "branch", "kasko")]);
        check(&with(&[("channel", "app")]), &[("config/channel", "channel", "website, mobile-app")]);
        check(&with(&[("coverage-groups", "")]), &[("config/coverage-groups", "coverage-groups", "")]);
        check(&with(&[("coverage-groups", "64b7f1a2c3d4e5f601234567,x")]), &[("config/coverage-groups", "coverage-groups[1]", "")]);
        let four = ["64b7f1a2c3d4e5f601234567"; 4].join(", ");
        check(&with(&[("coverage-groups", &four)]), &[("config/coverage-groups", "coverage-groups", "")]);
        check(&with(&[("api-base", "http://api.example/")]), &[("config/api-base", "api-base", "")]);
        check(&with(&[("api-base", "http://localhost:8802/api")]), &[]);
        check(&with(&[("kvkk-url", "")]), &[("config/kvkk-url", "kvkk-url", "")]);
        check(&with(&[("consent-url", "javascript:alert(1)")]), &[("config/consent-url", "consent-url", "")]);
        check(&with(&[("etk-url", "javascript:alert(1)")]), &[("config/etk-url", "etk-url", "")]);
        check(&with(&[("callback-url", "https://other.example/donus")]), &[("config/callback-url", "callback-url", "")]);
        check(&with(&[("callback-url", "https://acente.example.evil.example/")]), &[("config/callback-url", "callback-url", "")]);
        check(&with(&[("phone", "")]), &[("config/phone", "phone", "")]);
        check(&with(&[("wire", "old")]), &[("config/wire", "wire", "current, guide")]);
        check(&with(&[("theme", "blue")]), &[("config/theme", "theme", "auto, light, dark")]);
        check(&with(&[("required-consents", "kvkk gdpr")]), &[("config/required-consents", "required-consents[1]", "kvkk, etk")]);
        check(&with(&[("agentid", "x")]), &[("config/unknown-attribute", "agentid", "agent-id")]);
        check(&with(&[("conifg", "{}")]), &[("config/unknown-attribute", "conifg", "config")]);
        check(&with(&[("data-testid", "x"), ("class", "y"), ("v-on:click", "z")]), &[]);
    }

    #[test]
    fn names_the_wrong_member() {
        check(&more("{"), &[("config/config", "config", "")]);
        check(&more("[]"), &[("config/config", "config", "")]);
        check(&read_both(&GOOD[1..], r#"{"agentId": "12"}"#), &[("config/agent-id", "agentId", "")]);
        check(&read_both(&GOOD[1..], r#"{"agentId": 12}"#), &[("config/agent-id", "agentId", ""), ("config/agent-id", "agent-id", "")]);
        check(&more(r#"{"theme": "blue"}"#), &[("config/theme", "theme", "auto, light, dark")]);
        check(&more(r#"{"requiredConsents": ["kvkk", 7]}"#), &[("config/required-consents", "requiredConsents[1]", "kvkk, etk")]);
        check(&more(r#"{"requiredConsents": "kvkk"}"#), &[("config/required-consents", "requiredConsents", "kvkk, etk")]);
        check(&more(r#"{"insurer": {}}"#), &[("config/unknown-field", "insurer", "insurers")]);
        let small = more(r#"{"apibase": "https://api.example/"}"#);
        check(&small, &[("config/unknown-field", "apibase", "apiBase")]);
    }

    #[test]
    fn knows_its_return_page() {
        let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (_, page, _) = read(&attributes, Some(&Value::Null), ORIGIN, "https://acente.example/donus?status=success");
        assert!(page.is_return);
    }

    #[test]
    fn refuses_plain_http_pages() {
        let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (setup, page, errors) = read(&attributes, Some(&Value::Null), "http://acente.example", "http://acente.example/");
        assert!(setup.is_none() && errors.iter().any(|error| error.code == "config/insecure-page"));
        // A visitor still reads whom to call.
        assert_eq!(page.phone, "0212 000 00 00");
    }

    #[test]
    fn names_the_permission_that_is_wrong() {
        check(&more(r#"{"insurers": {"12": {"quote": true, "sellOnline": ["https://acente.example"]}}}"#), &[]);
        let path = more(r#"{"insurers": {"12": {"sellOnline": ["https://acente.example/kasko"]}}}"#);
        check(&path, &[("config/insurers", "insurers.12.sellOnline[0]", "https://acente.example")]);
        check(&more(r#"{"insurers": {"12": {"qoute": true}}}"#), &[("config/insurers", "insurers.12.qoute", "quote")]);
        check(&more(r#"{"products": {"61": "sold"}}"#), &[("config/products", "products.61", "sell, call, hidden")]);
    }

    /// The same list is held against the schema (`xtask`).
    #[test]
    fn says_no_where_the_schema_does() {
        let list: Value = serde_json::from_str(include_str!("../../tests/configurations.json")).unwrap();
        for case in list.items() {
            let attributes: Vec<_> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let (_, _, errors) = read(&attributes, Some(case.field("config")), ORIGIN, ORIGIN);
            let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, case.field("wrong").as_text().into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn takes_the_agencys_own_words() {
        let keys: Vec<_> = ["offers.title", "offers.done"].map(str::to_owned).into();
        let reworded = |own: &str| {
            let mut texts: Vec<_> = ["Teklifler", "{n} teklif hazır"].map(str::to_owned).into();
            let own: Value = serde_json::from_str(own).unwrap();
            reword(&own, &keys, "tr", &mut texts).map(|()| texts).map_err(|error| {
                assert!(!error.fatal && error.code == "config/texts");
                (error.field, error.guess)
            })
        };
        let own = reworded(r#"{"tr": {"offers.title": "Size özel", "offers.done": "{n} hazır"}, "en": {"offers.title": "For you"}}"#);
        assert_eq!(own.unwrap(), ["Size özel", "{n} hazır"]);
        for (own, field, guess) in [
            (r#"{"de": {}}"#, "texts.de", "tr, en"),
            (r#"{"tr": {"offers.titel": "x"}}"#, "texts.tr.offers.titel", "offers.title"),
            (r#"{"tr": {"nothing": "x"}}"#, "texts.tr.nothing", "config.schema.json"),
            (r#"{"en": {"offers.title": 7}}"#, "texts.en.offers.title", "Teklifler"),
            (r#"{"tr": {"offers.done": "{m} hazır"}}"#, "texts.tr.offers.done", "{n} teklif hazır"),
        ] {
            assert_eq!(reworded(own).unwrap_err(), (field.to_owned(), guess.to_owned()), "{own}");
        }
    }
}
