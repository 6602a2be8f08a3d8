//! Makes the list of texts from the tables in `texts/`: a name for each, in their order. The words themselves are not compiled in; a visitor
//! downloads those of one language, and those of `later.tsv` only with the screens that say them. A text that lacks a language stops the
//! build, and so does one that is never used.

use std::{env, fs, path::Path};

fn main() {
    let mut names = Vec::new();
    for path in ["texts/texts.tsv", "texts/later.tsv"] {
        read(path, &mut names);
    }
    let code = format!(
        "/// A text of the catalogue; the words come in the visitor's language.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub(crate) enum Text {{\n{}}}\n",
        names.concat()
    );
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("texts.rs"), code).expect("the build folder can be written");
}

fn read(path: &str, names: &mut Vec<String>) {
    println!("cargo::rerun-if-changed={path}");
    let table = fs::read_to_string(path).expect("the table of texts is beside this file");
    for (number, line) in table.lines().enumerate() {
        let columns: Vec<_> = line.split('\t').collect();
        let [key, turkish, english] = columns[..] else { panic!("{path}:{}: not three columns", number + 1) };
        assert!(!turkish.is_empty() && !english.is_empty(), "{path}:{}: `{key}` lacks a language", number + 1);
        assert!(
            placeholders(turkish) == placeholders(english),
            "{path}:{}: `{key}` has other placeholders in the other language",
            number + 1
        );
        names.push(format!("    /// {turkish}\n    {},\n", name(key)));
    }
}

/// `id.tckn.hint` becomes `IdTcknHint`.
fn name(key: &str) -> String {
    key.split('.').map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found
}
