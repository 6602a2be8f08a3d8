//! The style sheet and the texts, made ready for delivery.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context, Result, bail};

use crate::{tool, workspace::Workspace};

/// In this order: the sheet uses what the tokens declare.
const STYLES: [&str; 2] = ["widget/css/tokens.css", "widget/css/widget.css"];

/// The look of the screens that most customers never meet.
const LATER_STYLES: [&str; 1] = ["widget/css/later.css"];

/// What the widget says.
pub(crate) const WIDGET_TEXTS: &str = "widget/texts/texts.tsv";

/// What it says on the screens that most customers never meet; numbered on from the others.
pub(crate) const LATER_TEXTS: &str = "widget/texts/later.tsv";

/// What the loader says when the widget can't be had.
pub(crate) const LOADER_TEXTS: &str = "www/loader/texts.tsv";

/// The widget's style sheet, minified.
pub(crate) fn styles(workspace: &Workspace) -> Result<String> {
    minified(workspace, &STYLES)
}

/// The one for what is loaded later.
pub(crate) fn later_styles(workspace: &Workspace) -> Result<String> {
    minified(workspace, &LATER_STYLES)
}

fn minified(workspace: &Workspace, sheets: &[&str]) -> Result<String> {
    let read = |paths: &[&str]| -> Result<String> {
        paths.iter().map(|path| fs::read_to_string(workspace.path(path)).with_context(|| (*path).to_owned())).collect()
    };
    // Named by all sheets, as the second uses what the first declares.
    let all = read(&STYLES)? + &read(&LATER_STYLES)?;
    let names = private_names(&all);
    let joined = workspace.build_folder().join("widget.css");
    fs::write(&joined, read(sheets)?)?;
    let css = tool::output(tool::npm(workspace, "esbuild").arg(joined).args(["--minify", "--log-level=warning"]))?;
    shortened(&String::from_utf8(css)?, &names)
}

/// The properties by which a page says how the widget looks, without what all begin with.
pub(crate) fn public_properties(workspace: &Workspace) -> Result<Vec<String>> {
    const BEGIN: &str = "var(--insurup-";
    let mut names = BTreeSet::new();
    for path in STYLES.iter().chain(&LATER_STYLES) {
        let css = fs::read_to_string(workspace.path(path)).with_context(|| (*path).to_owned())?;
        names.extend(css.split(BEGIN).skip(1).map(|part| part[..end_of_name(part)].to_owned()));
    }
    Ok(names.into_iter().collect())
}

/// What begins a property that no page knows of.
const PRIVATE: &str = "--_";

/// Every private property, the most used first.
fn private_names(css: &str) -> Vec<&str> {
    let mut counts = BTreeMap::new();
    for part in css.split(PRIVATE).skip(1) {
        *counts.entry(&part[..end_of_name(part)]).or_insert(0_u32) += 1;
    }
    let mut names: Vec<_> = counts.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    names.sort_by_key(|(_, count)| Reverse(*count));
    names.into_iter().map(|(name, _)| name).collect()
}

/// The sheet with one letter for each private property, and without the space before its value: 0.1 kB of brotli.
fn shortened(css: &str, names: &[&str]) -> Result<String> {
    let mut parts = css.split(PRIVATE);
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_at(end_of_name(part));
        let letter = names.iter().zip(('a'..='z').chain('A'..='Z')).find(|(of, _)| **of == name);
        let (_, letter) = letter.with_context(|| format!("there is no letter for `{PRIVATE}{name}`"))?;
        short.extend(["--", letter.encode_utf8(&mut [0; 4]), if rest.starts_with(": ") { ":" } else { "" }]);
        short += rest.strip_prefix(": ").unwrap_or(rest);
    }
    Ok(short)
}

fn end_of_name(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len())
}

/// Every text in both languages, in the order of the file, which is the order the widget numbers them by.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) keys: Vec<String>,
    pub(crate) turkish: Vec<String>,
    pub(crate) english: Vec<String>,
}

impl Texts {
    pub(crate) fn read(workspace: &Workspace, path: &str) -> Result<Self> {
        fs::read_to_string(workspace.path(path)).map_err(Into::into).and_then(|table| Self::parse(&table)).with_context(|| path.to_owned())
    }

    /// All that the widget may say, those of the second module behind the others.
    pub(crate) fn all(workspace: &Workspace) -> Result<Self> {
        let (mut all, later) = (Self::read(workspace, WIDGET_TEXTS)?, Self::read(workspace, LATER_TEXTS)?);
        all.keys.extend(later.keys);
        all.turkish.extend(later.turkish);
        all.english.extend(later.english);
        Ok(all)
    }

    /// The keys in their order; an empty one for a text that an agency can't put in its own words, as the widget reads its parts by
    /// their places.
    pub(crate) fn own(&self) -> Vec<String> {
        self.keys.iter().map(|key| if key.starts_with("list.") { String::new() } else { key.clone() }).collect()
    }

    fn parse(table: &str) -> Result<Self> {
        let mut texts = Self { keys: Vec::new(), turkish: Vec::new(), english: Vec::new() };
        for (line, row) in table.lines().enumerate() {
            // What else could be wrong with a row of the widget, its build has refused already.
            let columns: Vec<&str> = row.split('\t').collect();
            let [key, turkish, english] = columns[..] else {
                bail!("line {}: expected key, Turkish and English, with tabs between them", line + 1)
            };
            texts.keys.push(key.to_owned());
            texts.turkish.push(turkish.to_owned());
            texts.english.push(english.to_owned());
        }
        Ok(texts)
    }

    /// The text of a key, Turkish and English.
    pub(crate) fn get(&self, key: &str) -> Result<(&str, &str)> {
        let index = self.keys.iter().position(|other| other == key).with_context(|| format!("there is no text `{key}`"))?;
        Ok((&self.turkish[index], &self.english[index]))
    }
}

#[cfg(test)]
mod tests {
    use super::{Texts, private_names, shortened};

    #[test]
    fn shortens_private_properties_alike_in_all_sheets() {
        let (first, second) =
            (".ins{--_ink: var(--insurup-ink, #000);--_line-x: red;color:var(--_ink)}", ".cover{color:var(--_line-x);fill:var(--_ink)}");
        let all = first.to_owned() + second;
        let names = private_names(&all);
        assert_eq!(names, ["ink", "line-x"]);
        assert_eq!(shortened(first, &names).expect("known"), ".ins{--a:var(--insurup-ink, #000);--b:red;color:var(--a)}");
        assert_eq!(shortened(second, &names).expect("known"), ".cover{color:var(--b);fill:var(--a)}");
        assert!(shortened("a{color:var(--_other)}", &names).is_err());
    }

    #[test]
    fn reads_texts_in_order() {
        let texts = Texts::parse("b\tİki {n}\tTwo {n}\na\tBir\tOne\n").expect("parses");
        assert_eq!(texts.turkish, ["İki {n}", "Bir"]);
        assert_eq!(texts.get("a").expect("is there"), ("Bir", "One"));
    }

    #[test]
    fn names_the_line_that_is_no_text() {
        let error = Texts::parse("a\tBir\tOne\nb\tİki\n").expect_err("a column is missing").to_string();
        assert!(error.contains("line 2: expected key"), "{error}");
    }
}
