//! `dist/site`: the demo agency's pages, one for each language, and as small as they go.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{tool, workspace::Workspace};

const FOLDER: &str = "www/site";

/// What the pages of the second language have at the end of their names.
const SECOND: &str = "-en";

/// Which text of a pair `[[Türkçe|English]]` a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Turkish,
    English,
}

pub(crate) fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(workspace.path(FOLDER)).context(FOLDER)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).context("a name in UTF-8")?;
        if let Some(stem) = name.strip_suffix(".html") {
            let source = fs::read_to_string(&path)?;
            let page = |language| Ok::<_, anyhow::Error>(minified(&in_language(&source, language).with_context(|| name.to_owned())?));
            fs::write(folder.join(name), page(Language::Turkish)?)?;
            // A page without a text of its own is for both.
            if source.contains("[[") {
                fs::write(folder.join(format!("{stem}{SECOND}.html")), page(Language::English)?)?;
            }
        } else {
            let mut esbuild = tool::npm(workspace, "esbuild");
            fs::write(folder.join(name), tool::output(esbuild.arg(&path).args(["--minify", "--charset=utf8", "--log-level=warning"]))?)?;
        }
    }
    Ok(())
}

/// The source with one text of each pair.
pub(crate) fn in_language(source: &str, language: Language) -> Result<String> {
    let mut parts = source.split("[[");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (pair, after) = part.split_once("]]").with_context(|| format!("`[[` without `]]`: {part}"))?;
        let (turkish, english) = pair.split_once('|').with_context(|| format!("a pair without `|`: {pair}"))?;
        page += if language == Language::Turkish { turkish } else { english };
        page += after;
    }
    Ok(page)
}

/// Without indentation and without the line breaks that stand between two tags: the site's sheet gives no such space a width.
pub(crate) fn minified(page: &str) -> String {
    let mut short = String::with_capacity(page.len());
    for line in page.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !(short.is_empty() || short.ends_with('>') && line.starts_with('<')) {
            short.push(' ');
        }
        short += line;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{Language, in_language, minified};

    #[test]
    fn takes_one_text_of_each_pair() {
        let source = "<p lang=[[tr|en]]>[[Merhaba|Hello]] <a href=\"kvkk[[|-en]].html\">";
        assert_eq!(in_language(source, Language::Turkish).expect("pairs"), "<p lang=tr>Merhaba <a href=\"kvkk.html\">");
        assert_eq!(in_language(source, Language::English).expect("pairs"), "<p lang=en>Hello <a href=\"kvkk-en.html\">");
        assert!(in_language("[[Merhaba]]", Language::Turkish).is_err());
        assert!(in_language("[[Merhaba|Hello", Language::Turkish).is_err());
    }

    #[test]
    fn keeps_the_spaces_between_words_and_attributes() {
        assert_eq!(
            minified("<p>\n<a\n  href=\"x\">one\n  two</a> <b>three</b>\n</p>\n\n<p>"),
            "<p><a href=\"x\">one two</a> <b>three</b></p><p>"
        );
    }
}
