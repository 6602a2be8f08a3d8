//! What must never be delivered.
//!
//! Code: JSON, numbers, dates and addresses are the browser's work, and each of these crates would cost more than a screen of the
//! widget. Leptos has some of them in its dependency graph, so what counts is the linked module. Words: those of the agency's
//! server side, which has secrets (`security.md`, T-26).

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::{direct_dependencies, module::Part, workspace::Workspace};

const CRATES: [&str; 4] = ["serde_json", "regex", "url", "chrono"];

/// Printing a float pulls in the last three; the traits' own functions are often inlined.
const FLOAT_FORMATTING: [&str; 5] =
    ["core::fmt::float::", "core::num::flt2dec::", "core::num::imp::flt2dec::", "<f64 as core::fmt::", "<f32 as core::fmt::"];

const WORDS: [&str; 9] = [
    "agent-user",
    "client_credentials",
    "client_secret",
    "connect/token",
    "purchase/sync",
    "open-account",
    "credit-card",
    "x-agent-id",
    "x-webhook-signature",
];

pub(crate) fn run(workspace: &Workspace, part: Part, folder: &str) -> Result<()> {
    let mut complaints = direct_dependencies::complaints(workspace, &CRATES)?;
    let module = fs::read(part.linked(workspace)).context("the linked module; `make dist` builds it")?;
    let functions = functions(&module)?;
    if functions.is_empty() {
        bail!("the linked module names no function, so nothing can be said about it: the release profile must not strip");
    }
    complaints.extend(functions.iter().filter(|name| is_forbidden(name)).map(|name| format!("linked into the module: {name}")));
    complaints.extend(words(&workspace.path(folder))?);
    if !complaints.is_empty() {
        bail!("not to be delivered:\n  {}", complaints.join("\n  "));
    }
    println!("Checked {} functions: none of {}, no float formatting, no word of the server side.", functions.len(), CRATES.join(", "));
    Ok(())
}

/// The names of the module's functions, readable.
fn functions(module: &[u8]) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for part in names {
            let Name::Function(functions) = part? else { continue };
            for function in functions {
                found.insert(format!("{:#}", rustc_demangle::demangle(function?.name)));
            }
        }
    }
    Ok(found)
}

fn is_forbidden(function: &str) -> bool {
    FLOAT_FORMATTING.iter().any(|part| function.contains(part)) || CRATES.iter().any(|name| mentions_crate(function, name))
}

/// Whether the path of some item in it begins with that crate: `url::parser::…`, but not `web_sys::url::…` or `data_url::…`.
fn mentions_crate(function: &str, name: &str) -> bool {
    let begins = |index: usize| !function[..index].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':');
    function.match_indices(name).any(|(index, _)| begins(index) && function[index + name.len()..].starts_with("::"))
}

fn words(folder: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}; `make dist` builds it", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let content = fs::read(&path)?.to_ascii_lowercase();
        let found = WORDS.iter().filter(|word| content.windows(word.len()).any(|window| window == word.as_bytes()));
        complaints.extend(found.map(|word| format!("`{word}` in {}", path.display())));
    }
    complaints.sort();
    Ok(complaints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_of_the_server_side() {
        let folder = std::env::temp_dir().join(format!("insurup-forbidden-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("good.js"), "POST proposals/1/products/2/purchase/async").expect("a file");
        assert_eq!(words(&folder).expect("readable"), Vec::<String>::new());
        for word in WORDS {
            fs::write(folder.join("bad.wasm"), [b"\0asm", word.to_ascii_uppercase().as_bytes(), b"\xff"].concat()).expect("a file");
            let found = words(&folder).expect("readable");
            assert!(found.len() == 1 && found[0].starts_with(&format!("`{word}` in ")), "{found:?}");
        }
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn tells_forbidden_functions_apart() {
        for function in [
            "serde_json::de::from_str",
            "<regex::Regex as core::str::FromStr>::from_str",
            "core::ptr::drop_in_place::<url::Url>",
            "core::num::flt2dec::strategy::grisu::format_shortest_opt",
            "core::fmt::float::float_to_decimal_common_exact::<f64>",
            "<f64 as core::fmt::Display>::fmt",
        ] {
            assert!(is_forbidden(function), "{function}");
        }
        for function in [
            "web_sys::url::Url::new",
            "data_url::parse",
            "serde_wasm_bindgen::from_value",
            "core::fmt::num::imp::fmt_u64",
            "insurup_core::domain::money::parse",
        ] {
            assert!(!is_forbidden(function), "{function}");
        }
    }
}
