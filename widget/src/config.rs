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
use insurup_core::flow::{Config, Consent, SessionProfile};
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
    /// The page is the one the payment page sends the customer back to, in a tab of its own.
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
    pub(crate) origin: &'a str,
    href: &'a str,
    language: &'a str,
    /// Names of the texts, in their order.
    keys: &'a Value,
    wire: Wire,
    /// A finger is what it is mostly pointed with; nothing where the tab can keep nothing for its next page.
    pub(crate) is_phone: Option<bool>,
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
            is_phone: None,
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

    /// Phones show one tab at a time, and browsers inside apps have one. The guides' form of the API can't be gone on with on another page. In
    /// a tab that keeps nothing the way back would lead nowhere.
    fn session(&self) -> SessionProfile {
        match (self.line(Name::Session), self.is_phone) {
            ("newtab", _) | (_, None) => SessionProfile::NewTab,
            ("resume", _) => SessionProfile::Resume,
            ("strict", _) => SessionProfile::Strict,
            (_, Some(true)) if self.wire == Wire::Current => SessionProfile::Resume,
            _ => SessionProfile::NewTab,
        }
    }

    /// Address of the API.
    pub(crate) fn api_base(&self) -> &'a str {
        let written = self.line(Name::ApiBase);
        if written.is_empty() { "https://api.insurup.com/api/" } else { written }
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
        is_return: path(tag.href) == path(&callback_url) && tag.session() == SessionProfile::NewTab,
        etk_url: tag.url(Name::EtkUrl),
    };
    let setup = match (AgentId::new(tag.line(Name::AgentId)), insurers, products) {
        (Some(agent), Some(insurers), Some(products)) if !is_wrong => {
            let api_base = tag.api_base();
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
                    session: tag.session(),
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
mod tests;
