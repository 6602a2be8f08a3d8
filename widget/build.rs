//! Makes the list of texts from `texts/texts.tsv`: a name for each, in the order of the file. The words themselves are not compiled in;
//! a visitor downloads those of one language. A text that lacks a language stops the build, and so does one that is never used.

use std::{env, fs, path::Path};

fn main() {
    let path = "texts/texts.tsv";
    println!("cargo::rerun-if-changed={path}");
    let table = fs::read_to_string(path).expect("the table of texts is beside this file");
    let mut names = Vec::new();
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
    let code = format!(
        "/// A text of the catalogue; the words come in the visitor's language.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub(crate) enum Text {{\n{}}}\n",
        names.concat()
    );
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("texts.rs"), code).expect("the build folder can be written");
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
