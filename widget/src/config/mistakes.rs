//! What is wrong with the configuration, by name, for the developer of the page. Loaded later, and only where the reading saw that
//! something is: this asks the same questions, and names what they refuse.

use insurup_core::domain::normalise::decimal;
use insurup_core::options::{self, Entry, Kind, Mistake, Name, nearest};

use super::{CONFIG, Said, Tag, Verdict, is_language, is_list, may_stand_for};
use crate::texts::Text;

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
    /// How much it matters.
    pub(crate) verdict: Verdict,
}

impl ConfigError {
    fn new(code: &str, text: Text, field: &str, guess: &str) -> Self {
        Self { code: ["config/", code].concat(), text, field: field.to_owned(), guess: guess.to_owned(), verdict: Verdict::Wrong }
    }

    fn of(code: &str, mistake: &Mistake) -> Self {
        let text = if mistake.unknown { Text::CfgUnknown } else { Text::CfgValue };
        Self::new(code, text, &mistake.field, &mistake.guess)
    }

    fn mild(self) -> Self {
        Self { verdict: Verdict::Odd, ..self }
    }
}

/// All mistakes; `texts` are the widget's own.
pub(crate) fn mistakes(tag: &Tag<'_>, texts: &[String]) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let (names, members) = (Name::attributes(), Name::members());
    for (name, _) in tag.attributes.members().iter().filter(|(name, _)| Tag::is_misspelt(name)) {
        let guess = nearest(name, &names).unwrap_or(CONFIG);
        errors.push(ConfigError::new("unknown-attribute", Text::CfgUnknown, name, guess).mild());
    }
    if !tag.is_json() {
        errors.push(ConfigError::new("config", Text::CfgConfig, "config", ""));
    }
    for (name, _) in tag.more.members().iter().filter(|(name, _)| Tag::is_unknown(name)) {
        errors.push(ConfigError::of("unknown-field", &Mistake::unknown((**name).to_owned(), name, &members)));
    }
    for entry in Name::ALL {
        let Said { items, by_member, is_odd, differs, refused } = tag.said(entry);
        if is_odd {
            errors.push(complaint(entry, entry.member));
        }
        if differs {
            errors.push(ConfigError::new("conflict", Text::CfgConflict, entry.attribute, &["config.", entry.member].concat()).mild());
        }
        if let Some(number) = refused {
            let field = if by_member { entry.member } else { entry.attribute };
            let is_item = is_list(entry) && number < items.len();
            let item = if is_item { ["[", &decimal(number), "]"].concat() } else { String::new() };
            errors.push(complaint(entry, &[field, &item].concat()));
        }
    }
    if !tag.is_safe() {
        errors.push(ConfigError::new("insecure-page", Text::CfgInsecure, "", ""));
    }
    errors.extend(Mistake::in_insurers(tag.more.field("insurers")).map(|mistake| ConfigError::of("insurers", &mistake)));
    errors.extend(Mistake::in_products(tag.more.field("products")).map(|mistake| ConfigError::of("products", &mistake)));
    errors.extend(in_texts(tag, texts).iter().map(|mistake| ConfigError::of("texts", mistake).mild()));
    errors
}

fn complaint(entry: &Entry, field: &str) -> ConfigError {
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
    ConfigError::new(entry.attribute, text, field, &options::listed(words))
}

/// The agency's own words that can't be used.
fn in_texts(tag: &Tag<'_>, texts: &[String]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (language, words) in tag.more.field("texts").members() {
        let place = ["texts.", language].concat();
        if !is_language(language) {
            mistakes.push(Mistake { field: place.clone(), unknown: true, guess: "tr, en".to_owned() });
        }
        for (key, word) in words.members() {
            let field = [&*place, ".", key].concat();
            match tag.number_of(key) {
                None => mistakes.push(unknown_text(tag, field, key)),
                Some(number) if !may_stand_for(word, texts.get(number)) => mistakes.push(Mistake::wrong(field, &texts[number])),
                Some(_) => {}
            }
        }
    }
    mistakes
}

/// All keys would fill the page; the schema lists them.
fn unknown_text(tag: &Tag<'_>, field: String, key: &str) -> Mistake {
    let known: Vec<_> = tag.keys.items().iter().map(super::text).filter(|key| !key.is_empty()).collect();
    Mistake { field, unknown: true, guess: nearest(key, &known).unwrap_or("config.schema.json").to_owned() }
}
