//! The widget's texts, read from where the widget has them.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::repository;

/// A language of the widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Turkish,
    English,
}

/// The texts of one language.
#[derive(Debug)]
pub(crate) struct Words(BTreeMap<String, String>);

/// A text in which any value may stand at each `{…}`.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Vec<String>);

impl Words {
    pub(crate) fn read(language: Language) -> Result<Self> {
        let mut table = String::new();
        for name in ["texts.tsv", "later.tsv"] {
            let path = repository("widget/texts").join(name);
            table += &fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        }
        let rows = table.lines().filter_map(|line| {
            let [key, turkish, english] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
            Some((key.to_owned(), if language == Language::Turkish { turkish } else { english }.to_owned()))
        });
        Ok(Self(rows.collect()))
    }

    #[track_caller]
    pub(crate) fn text(&self, key: &str) -> &str {
        self.0.get(key).unwrap_or_else(|| panic!("there is no text `{key}`"))
    }

    #[track_caller]
    pub(crate) fn pattern(&self, key: &str) -> Pattern {
        Pattern::of(self.text(key))
    }
}

impl Pattern {
    /// The pieces between the values.
    pub(crate) fn of(text: &str) -> Self {
        let mut pieces = vec![];
        let mut rest = text;
        while let Some((piece, value)) = rest.split_once('{') {
            pieces.push(piece.to_owned());
            rest = value.split_once('}').map_or("", |(_, rest)| rest);
        }
        pieces.push(rest.to_owned());
        Self(pieces)
    }

    /// The pattern with something after it.
    pub(crate) fn then(mut self, more: &str) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.push_str(more);
        }
        self
    }

    /// Whether `said` begins like this.
    pub(crate) fn begins(&self, said: &str) -> bool {
        let Some(mut rest) = said.strip_prefix(self.0[0].as_str()) else { return false };
        for piece in &self.0[1..] {
            let Some(at) = rest.find(piece.as_str()) else { return false };
            rest = &rest[at + piece.len()..];
        }
        true
    }

    /// The same for what a screen reader is told, which sets blocks inside a name apart with spaces.
    pub(crate) fn begins_spoken(&self, said: &str) -> bool {
        let dense = |text: &str| text.split_whitespace().collect::<String>();
        Self(self.0.iter().map(|piece| dense(piece)).collect()).begins(&dense(said))
    }

    pub(crate) fn argument(&self) -> Value {
        json!(self.0)
    }
}

#[test]
fn knows_a_text_whatever_value_stands_in_it() {
    let pattern = Pattern::of("{amount} için ödemeye geç");
    for (said, begins) in [("₺18.450,00 için ödemeye geç", true), ("ödemeye geç", false), ("₺1 için ödemeye geç (yeni sekmede)", true)]
    {
        assert_eq!(pattern.begins(said), begins, "{said}");
    }
    assert!(!Pattern::of("Devam et").begins("Sonra devam et"));
}
