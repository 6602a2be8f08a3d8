//! What the agency wrote, on the tag or as JSON in its attribute `config`, read into what the sale needs. The names and what each holds are
//! in `insurup_core::options`.
//!
//! Almost no visitor meets a mistake, so here it is only seen that there is one. Which, where, and what was probably meant is said by
//! [`mistakes`], which is loaded later and asks the same questions of the same [`Tag`].

pub(crate) mod mistakes;

use std::rc::Rc;

use insurup_core::domain::normalise::{has, join, parts, split_before, trim};
use insurup_core::domain::{AgentBranchId, AgentId, Channel, CoverageGroupId, is_id};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, Consent};
use insurup_core::json::Value;
use insurup_core::options::{self, Entry, Kind, Name, is_local, is_near, is_secure};

/// A configuration that works.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sale: Rc<Config>,
    pub(crate) api_base: String,
}

/// What of the configuration is shown. Whom to call is shown also when the rest can't be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) agency_name: String,
    pub(crate) phone: String,
    pub(crate) kvkk_url: String,
    pub(crate) consent_url: String,
    /// Empty where there is no such text.
    pub(crate) etk_url: String,
    pub(crate) theme: String,
    /// The page is the one the payment page sends the customer back to.
    pub(crate) is_return: bool,
}

/// Whether there is something to complain about; the later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nothing.
    Right,
    /// Nothing so far: a colour of the page's own for text on the accent has to be seen first.
    Unseen,
    /// Something the widget runs with.
    Odd,
    /// Something it can't run with.
    Wrong,
}

/// What a look at the configuration gives.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Nothing if something is wrong.
    pub(crate) setup: Option<Setup>,
    pub(crate) page: Rc<Page>,
    /// The widget's texts with the agency's own words among them.
    pub(crate) texts: Vec<String>,
    pub(crate) is_turkish: bool,
    pub(crate) verdict: Verdict,
}

/// The configuration as the loader hands it over.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    attributes: &'a Value,
    /// The content of the attribute `config`: an object; or `Null` without one, and anything else if it is not JSON.
    more: &'a Value,
    origin: &'a str,
    href: &'a str,
    language: &'a str,
    /// Names of the texts, in their order.
    keys: &'a Value,
    wire: Wire,
    /// The page has a colour of its own for text on the accent.
    has_ink: bool,
}

/// What is said about an option: one item, or those of a list, or none.
pub(crate) struct Said<'a> {
    items: Vec<&'a str>,
    /// By the member and not by the attribute, which would count.
    by_member: bool,
    /// The member holds another kind of thing.
    is_odd: bool,
    /// The member says something else than the attribute: one of them is a mistake.
    differs: bool,
    /// The first item that can't be; or how many there are, if that is too many or too few.
    refused: Option<usize>,
}

impl<'a> Tag<'a> {
    pub(crate) fn of(config: &'a Value) -> Self {
        let page = config.field("page");
        let mut tag = Self {
            attributes: config.field("attributes"),
            more: config.field("more"),
            origin: text(page.field("origin")),
            href: text(page.field("href")),
            language: text(config.field("language")),
            keys: config.field("keys"),
            wire: Wire::Current,
            has_ink: !text(page.field("ink")).is_empty(),
        };
        if tag.line(Name::Wire) == "guide" {
            tag.wire = Wire::Guide;
        }
        tag
    }

    /// What is said about an option that is no tree of its own. The attribute wins.
    #[inline(never)]
    pub(crate) fn said(&self, entry: &Entry) -> Said<'a> {
        let mut said = Said { items: Vec::new(), by_member: false, is_odd: false, differs: false, refused: None };
        if entry.attribute.is_empty() {
            return said;
        }
        let is_list = is_list(entry);
        said.items = items(self.attributes.field(entry.attribute), is_list, true).unwrap_or_default();
        match items(member(self.more, entry.member), is_list, false) {
            None => said.is_odd = true,
            Some(items) if items.is_empty() => {}
            Some(items) if said.items.is_empty() => (said.items, said.by_member) = (items, true),
            Some(items) => said.differs = items != said.items,
        }
        let count = said.items.len();
        let amiss = if count == 0 { entry.required } else { matches!(entry.kind, Kind::Groups) && count > 3 };
        said.refused = said.items.iter().position(|item| !self.fits(entry.kind, item)).or(amiss.then_some(count));
        said
    }

    /// What is said about an option, if anything is.
    #[inline(never)]
    fn line(&self, name: Name) -> &'a str {
        self.said(&Name::ALL[name as usize]).items.first().copied().unwrap_or_default()
    }

    fn list(&self, name: Name) -> Vec<&'a str> {
        self.said(&Name::ALL[name as usize]).items
    }

    /// An address in full; empty if there is none.
    #[inline(never)]
    fn url(&self, name: Name) -> String {
        let url = self.line(name);
        let origin = if is_path(url) {
            self.origin
        } else if is_full(url) {
            ""
        } else {
            return String::new();
        };
        join(origin, url, "")
    }

    fn fits(&self, kind: Kind, item: &str) -> bool {
        match kind {
            Kind::Agent => AgentId::fits(item, self.wire),
            Kind::Id => is_id(item),
            Kind::Groups => CoverageGroupId::fits(item, self.wire),
            Kind::Word(words) | Kind::Words(words) => words.contains(&item),
            Kind::Base => is_full(item),
            Kind::Url => is_path(item) || is_full(item),
            Kind::Callback => is_path(item) || self.is_own(item),
            _ => true,
        }
    }

    /// Whether an address in full is one of the page's own site.
    fn is_own(&self, url: &str) -> bool {
        is_full(url) && url.strip_prefix(self.origin).is_some_and(|rest| split_before(rest, "/?#").0.is_empty())
    }

    pub(crate) fn is_safe(&self) -> bool {
        is_full(self.origin)
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.more, Value::Null | Value::Object(_))
    }

    /// Whether an attribute looks like a misspelt one of ours. Every element may have others, and frameworks add more: `:lang`, `@phone`.
    pub(crate) fn is_misspelt(name: &str) -> bool {
        let near = |letters| is_near(name, CONFIG, letters) || Name::ALL.iter().any(|entry| is_near(name, entry.attribute, letters));
        // The one attribute of HTML that is nearly ours (`wire`).
        name != "dir" && near(2) && !near(0) && split_before(name, ":@.").1.is_empty()
    }

    /// The names that nothing in `config` may bear.
    pub(crate) fn is_unknown(name: &str) -> bool {
        name != "$schema" && !Name::ALL.iter().any(|entry| entry.member == name)
    }

    /// The place of a text. Some have no key: nobody may put them in words of their own.
    fn number_of(&self, key: &str) -> Option<usize> {
        self.keys.items().iter().position(|known| text(known) == key && !key.is_empty())
    }

    /// The texts with the agency's own words among them, and whether all of those can be used; where they can't be, the widget's stay.
    fn reword(&self, texts: &[String]) -> (Vec<String>, bool) {
        let (mut reworded, mut all) = (texts.to_vec(), true);
        for (language, words) in self.more.field("texts").members() {
            all &= is_language(language);
            for (key, word) in words.members() {
                let number = self.number_of(key).filter(|number| may_stand_for(word, texts.get(*number)));
                all &= number.is_some();
                if let Some(number) = number
                    && language == self.language
                    && let Some(text) = reworded.get_mut(number)
                {
                    self::text(word).clone_into(text);
                }
            }
        }
        (reworded, all)
    }
}

/// Reads the configuration; `texts` are the widget's own.
pub(crate) fn read(tag: &Tag<'_>, texts: &[String]) -> Reading {
    let (texts, are_usable) = tag.reword(texts);
    let mut is_odd = !are_usable;
    let mut is_wrong = !(tag.is_json() && tag.is_safe());
    for (name, _) in tag.attributes.members() {
        is_odd |= Tag::is_misspelt(name);
    }
    for (name, _) in tag.more.members() {
        is_wrong |= Tag::is_unknown(name);
    }
    for entry in Name::ALL {
        let said = tag.said(entry);
        is_odd |= said.differs;
        is_wrong |= said.is_odd || said.refused.is_some();
    }
    let insurers = options::insurers(tag.more.field("insurers"));
    let products = options::products(tag.more.field("products"));
    let callback_url = tag.url(Name::CallbackUrl);
    let theme = tag.line(Name::Theme);
    let page = Page {
        agency_name: tag.line(Name::AgencyName).to_owned(),
        phone: tag.line(Name::Phone).to_owned(),
        kvkk_url: tag.url(Name::KvkkUrl),
        consent_url: tag.url(Name::ConsentUrl),
        theme: if theme.is_empty() { "auto" } else { theme }.to_owned(),
        is_return: path(tag.href) == path(&callback_url),
        etk_url: tag.url(Name::EtkUrl),
    };
    let setup = match (AgentId::new(tag.line(Name::AgentId)), insurers, products) {
        (Some(agent), Some(insurers), Some(products)) if !is_wrong => {
            let written = tag.line(Name::ApiBase);
            let api_base = if written.is_empty() { "https://api.insurup.com/api/" } else { written };
            let (mut coverage_groups, mut required_consents) = (Vec::new(), Vec::new());
            for id in &tag.list(Name::CoverageGroups) {
                if let Some(id) = CoverageGroupId::new(*id) {
                    coverage_groups.push(id);
                }
            }
            for name in &tag.list(Name::RequiredConsents) {
                required_consents.push(if *name == "kvkk" { Consent::Kvkk } else { Consent::Etk });
            }
            Some(Setup {
                sale: Rc::new(Config {
                    agent,
                    agent_branch: AgentBranchId::new(tag.line(Name::AgentBranchId)),
                    channel: if tag.line(Name::Channel) == "mobile-app" { Channel::MobileApp } else { Channel::Website },
                    coverage_groups,
                    callback_url,
                    host_origin: tag.origin.to_owned(),
                    insurers,
                    products,
                    // The page never learns the phone, so it can't verify it.
                    verifies_phone: false,
                    required_consents,
                    offers_etk: !page.etk_url.is_empty(),
                    wire: tag.wire,
                    local: is_local(api_base),
                }),
                api_base: join(without_slash(api_base), "/", ""),
            })
        }
        _ => None,
    };
    let verdict = match setup {
        None => Verdict::Wrong,
        Some(_) if is_odd => Verdict::Odd,
        Some(_) if tag.has_ink => Verdict::Unseen,
        Some(_) => Verdict::Right,
    };
    Reading { setup, page: Rc::new(page), texts, is_turkish: tag.language != "en", verdict }
}

/// The attribute that carries JSON.
const CONFIG: &str = "config";

fn text(value: &Value) -> &str {
    value.as_text().unwrap_or_default()
}

/// The member of exactly this name; the tree itself ignores case, for the API's sake.
fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    object.members().iter().find(|(of, _)| of == name).map_or(&Value::Null, |(_, value)| value)
}

/// What a value says, as a list; nothing if it can't say anything about such an option.
fn items(value: &Value, is_list: bool, is_attribute: bool) -> Option<Vec<&str>> {
    let mut items = Vec::new();
    match value {
        Value::Null => {}
        Value::List(list) if is_list => items.extend(list.iter().map(text)),
        Value::Text(text) => {
            for part in parts(trim(text), if is_list { ", " } else { "" }) {
                // In JSON a list is an array.
                match part {
                    "" => {}
                    _ if is_list && !is_attribute => return None,
                    _ => items.push(part),
                }
            }
        }
        _ => return None,
    }
    Some(items)
}

fn is_list(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Groups | Kind::Words(_))
}

fn is_language(name: &str) -> bool {
    matches!(name, "tr" | "en")
}

/// Whether a word of the agency's own can stand in place of a text: a value may be left out of it, but there is none for a place the widget
/// doesn't know. What is loaded later has no texts before.
pub(crate) fn may_stand_for(word: &Value, text: Option<&String>) -> bool {
    let (Some(text), mut rest) = (text, self::text(word)) else { return true };
    if rest.is_empty() {
        return false;
    }
    loop {
        rest = split_before(rest, "{").1;
        if rest.is_empty() {
            return true;
        }
        // With its brace, if it has one.
        let after = split_before(rest, "}").1;
        let place = &rest[..rest.len() - after.len() + usize::from(!after.is_empty())];
        if !has(text, place) {
            return false;
        }
        rest = after;
    }
}

fn without_slash(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}

fn is_full(url: &str) -> bool {
    is_secure(url) || is_local(url)
}

/// Whether this is an address on the page's own site.
fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

fn path(url: &str) -> &str {
    without_slash(split_before(url, "?#").0)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::mistakes::{ConfigError, mistakes};
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

    const HREF: &str = "https://acente.example/kasko";
    const KEYS: &[&str] = &["offers.title", "offers.done", "later.title", ""];
    const TEXTS: &[&str] = &["Teklifler", "{n} teklif hazır"];

    type Result = (Option<Setup>, Rc<Page>, Vec<ConfigError>);

    fn object(members: impl IntoIterator<Item = (String, Value)>) -> Value {
        Value::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    fn attributes_of(attributes: &[(&str, &str)]) -> Value {
        object(attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())))
    }

    /// Reads it, has its mistakes named, and holds the one against the other.
    fn read_all(attributes: Value, more: Value, (origin, href): (&str, &str)) -> (Reading, Vec<ConfigError>) {
        let mut page = Value::of("origin", origin);
        page.put("href", href);
        let mut config = Value::of("page", page);
        config.put("attributes", attributes);
        config.put("more", more);
        config.put("language", "tr");
        config.put("keys", KEYS.iter().map(|key| Value::from(*key)).collect::<Vec<_>>());
        let (tag, texts) = (Tag::of(&config), TEXTS.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let (reading, errors) = (read(&tag, &texts), mistakes(&tag, &texts));
        let worst = errors.iter().map(|error| error.verdict).max().unwrap_or(Verdict::Right);
        assert_eq!(reading.verdict, worst, "{:?}", said(&errors));
        assert_eq!(reading.setup.is_none(), worst == Verdict::Wrong, "{:?}", said(&errors));
        (reading, errors)
    }

    fn read_both(attributes: &[(&str, &str)], more: &str) -> Result {
        // What the loader makes of a text that is not JSON.
        let more = serde_json::from_str(more).unwrap_or(Value::Bool(false));
        let (Reading { setup, page, .. }, errors) = read_all(attributes_of(attributes), more, (ORIGIN, HREF));
        (setup, page, errors)
    }

    fn with(changes: &[(&str, &str)]) -> Result {
        let mut attributes = GOOD.to_vec();
        for (name, value) in changes {
            attributes.retain(|(of, _)| of != name);
            attributes.push((name, value));
        }
        read_both(&attributes, "null")
    }

    fn more(text: &str) -> Result {
        read_both(GOOD, text)
    }

    fn said(errors: &[ConfigError]) -> Vec<(&str, &str, &str)> {
        errors.iter().map(|error| (error.code.as_str(), error.field.as_str(), error.guess.as_str())).collect()
    }

    #[track_caller]
    fn check((_, _, errors): &Result, expected: &[(&str, &str, &str)]) {
        assert_eq!(said(errors), expected);
    }

    #[test]
    fn reads_a_good_tag() {
        let (setup, page, errors) = with(&[]);
        assert_eq!(said(&errors), []);
        let setup = setup.unwrap();
        assert_eq!(setup.api_base, "https://api.insurup.com/api/");
        assert_eq!(setup.sale.callback_url, "https://acente.example/donus");
        assert_eq!((page.kvkk_url.as_str(), page.theme.as_str()), ("https://acente.example/kvkk", "auto"));
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
        assert_eq!(sale.agent_branch.as_ref().unwrap().as_str(), "kadikoy");
        assert_eq!(sale.required_consents, [Consent::Kvkk]);
        assert_eq!((sale.insurers.len(), sale.products.len(), sale.offers_etk), (1, 1, true));
        assert_eq!((page.agency_name.as_str(), page.theme.as_str()), ("Örnek", "dark"));
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
    fn leaves_the_attributes_of_others_alone() {
        // HTML's, which every element may have, and a few that frameworks leave behind.
        let html =
            "accesskey anchor autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden
            id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex
            title translate virtualkeyboardpolicy writingsuggestions";
        let foreign =
            ":lang @phone v-bind:theme .theme wire:id x-data _ngcontent-abc ng-version data-v-7ba5bd90 data-id data-url data-theme
            data-phone aria-label aria-live";
        for name in html.split_whitespace().chain(foreign.split_whitespace()) {
            assert!(!Tag::is_misspelt(name), "{name}");
        }
        for name in ["agentid", "conifg", "fone", "wir", "agentbranchid"] {
            assert!(Tag::is_misspelt(name), "{name}");
        }
    }

    #[test]
    fn knows_its_return_page() {
        let (reading, _) = read_all(attributes_of(GOOD), Value::Null, (ORIGIN, "https://acente.example/donus?status=success"));
        assert!(reading.page.is_return);
    }

    #[test]
    fn refuses_plain_http_pages() {
        let plain = ("http://acente.example", "http://acente.example/");
        let (Reading { setup, page, .. }, errors) = read_all(attributes_of(GOOD), Value::Null, plain);
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
        let list: Vec<serde_json::Value> = serde_json::from_str(include_str!("../../tests/configurations.json")).unwrap();
        for case in list {
            let more = serde_json::from_value(case["config"].clone()).unwrap();
            let (_, errors) = read_all(attributes_of(GOOD), more, (ORIGIN, ORIGIN));
            let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, case["wrong"].as_str().into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn takes_the_agencys_own_words() {
        let reworded = |own: &str| {
            let more = serde_json::from_str(&format!(r#"{{"texts": {own}}}"#)).unwrap();
            let (reading, errors) = read_all(attributes_of(GOOD), more, (ORIGIN, HREF));
            assert!(reading.is_turkish && errors.iter().all(|error| error.verdict == Verdict::Odd && error.code == "config/texts"));
            let named: Vec<_> = errors.into_iter().map(|error| (error.field, error.guess)).collect();
            (reading.texts, named)
        };
        let own = reworded(r#"{"tr": {"offers.title": "Size özel", "offers.done": "{n} hazır"}, "en": {"offers.title": "For you"}}"#);
        assert_eq!(own, (["Size özel", "{n} hazır"].map(str::to_owned).into(), Vec::new()));
        // A place left out in one language is still there in the other; what is loaded later can't be held against its text yet.
        let less = reworded(r#"{"tr": {"offers.done": "hazır", "later.title": "{m}"}, "en": {"offers.done": "{n} ready"}}"#);
        assert_eq!(less, (["Teklifler", "hazır"].map(str::to_owned).into(), Vec::new()));
        for (own, field, guess) in [
            (r#"{"de": {}}"#, "texts.de", "tr, en"),
            (r#"{"tr": {"offers.titel": "x"}}"#, "texts.tr.offers.titel", "offers.title"),
            (r#"{"tr": {"nothing": "x"}}"#, "texts.tr.nothing", "config.schema.json"),
            // A list, whose parts are read by their places.
            (r#"{"tr": {"": "x"}}"#, "texts.tr.", "config.schema.json"),
            (r#"{"en": {"offers.title": 7}}"#, "texts.en.offers.title", "Teklifler"),
            (r#"{"tr": {"offers.done": "{m} hazır"}}"#, "texts.tr.offers.done", "{n} teklif hazır"),
        ] {
            assert_eq!(reworded(own).1, [(field.to_owned(), guess.to_owned())], "{own}");
        }
        // One that can't be used doesn't take the others with it.
        let (texts, named) = reworded(r#"{"tr": {"offers.done": "", "offers.titel": "x", "offers.title": "Size özel"}}"#);
        assert_eq!((texts, named.len()), (["Size özel", "{n} teklif hazır"].map(str::to_owned).into(), 2));
    }

    #[test]
    fn has_a_colour_of_the_pages_looked_at_unless_worse_is_known() {
        let verdict = |ink: &str, attributes: &[(&str, &str)]| {
            let mut page = Value::of("origin", ORIGIN);
            page.put("ink", ink);
            let mut config = Value::of("page", page);
            config.put("attributes", attributes_of(attributes));
            read(&Tag::of(&config), &[]).verdict
        };
        let odd = [GOOD, &[("pone", "1")]].concat();
        assert_eq!([verdict("", GOOD), verdict("#fff", GOOD)], [Verdict::Right, Verdict::Unseen]);
        assert_eq!([verdict("#fff", &odd), verdict("#fff", &[])], [Verdict::Odd, Verdict::Wrong]);
    }

    /// The reading and the list of mistakes are two programs that ask the same questions: [`read_all`] holds them against each other.
    #[test]
    fn sees_that_something_is_wrong_exactly_if_something_is_named() {
        use serde_json::{Value as Json, from_str, json};

        let odd: Vec<Json> = from_str(
            r#"[null, true, 7, "", " ", "x", "dark", "kvkk etk", "a/b", "/", "//x", "/x", "https://", "https://acente.example", "https://acente.example/",
            "https://other.example/x", "http://localhost:8802/api", "javascript:x", "64b7f1a2c3d4e5f601234567", "7f3f1a52-6c5e-4a55-9a0f-2f4f7a0a9d10",
            "guide", "{n}", "{m}", [], ["kvkk"], ["x", 7], ["64b7f1a2c3d4e5f601234567"], ["https://acente.example"], {}, {"x": "y"}, {"12": {"quote": true}}]"#,
        )
        .unwrap();
        let name = |name: &str| {
            let (first, rest) = name.split_at(1);
            [rest.to_owned(), format!("{name}x"), [rest, first].concat(), name.to_uppercase(), "toto".to_owned(), "texts".to_owned()]
        };
        let mut cases: Vec<(Json, Json)> = Vec::new();
        let good: Json = GOOD.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into();
        let mut trees: Vec<Json> = vec![Json::Null, from_str(GOOD_JSON).unwrap()];
        let list: Vec<Json> = from_str(include_str!("../../tests/configurations.json")).unwrap();
        trees.extend(list.iter().map(|case| case["config"].clone()));
        trees.push(json!({"texts": {"tr": {"offers.title": "a", "offers.done": "{n}"}, "en": {"later.title": "b"}}}));
        // Each attribute is left out, says another thing, or is misspelt, and so is each member of each tree.
        for tree in &trees {
            for attributes in [&good, &json!({})] {
                cases.push((attributes.clone(), tree.clone()));
                cases.extend(mutants(tree, &odd, &name).into_iter().map(|more| (attributes.clone(), more)));
            }
            if tree.as_object().is_none_or(|members| members.len() != 1) {
                let texts: Vec<Json> = odd.iter().filter(|value| value.is_string()).cloned().collect();
                cases.extend(mutants(&good, &texts, &name).into_iter().map(|attributes| (attributes, tree.clone())));
            }
        }
        let mut seen = [0_usize; 4];
        for (attributes, more) in &cases {
            let read = |json: &Json| from_str(&json.to_string()).unwrap();
            for origin in [ORIGIN, "http://acente.example"] {
                let (reading, _) = read_all(read(attributes), read(more), (origin, HREF));
                seen[reading.verdict as usize] += 1;
            }
        }
        let [right, unseen, odd, wrong] = seen;
        assert!([right, odd, wrong].iter().all(|count| *count > 500) && unseen == 0, "{seen:?} of {}", cases.len());
    }

    /// A tree with one thing changed in it, in every way.
    fn mutants(tree: &serde_json::Value, odd: &[serde_json::Value], name: &dyn Fn(&str) -> [String; 6]) -> Vec<serde_json::Value> {
        use serde_json::Value as Json;

        let mut all = odd.to_vec();
        match tree {
            Json::Object(members) => {
                for (of, value) in members {
                    let mut without = members.clone();
                    without.remove(of);
                    all.push(without.clone().into());
                    for other in name(of) {
                        let mut renamed = without.clone();
                        renamed.insert(other, value.clone());
                        all.push(renamed.into());
                    }
                    for mutant in mutants(value, odd, name) {
                        let mut changed = members.clone();
                        changed.insert(of.clone(), mutant);
                        all.push(changed.into());
                    }
                }
            }
            Json::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    for mutant in mutants(item, odd, name) {
                        let mut changed = items.clone();
                        changed[number] = mutant;
                        all.push(changed.into());
                    }
                }
                all.push(items.iter().chain(items).chain(items).chain(items).cloned().collect());
            }
            _ => {}
        }
        all
    }
}
