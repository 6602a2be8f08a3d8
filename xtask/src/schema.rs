//! `config.schema.json`: what an agency may configure, for editors and checks, from the table the widget itself reads by
//! (`insurup_core::options`).

use std::{fs, path::Path};

use anyhow::{Context, Result};
use insurup_core::options::{Entry, Kind, Name, Permission};
use serde_json::{Map, Value, json};

use crate::{content::Texts, workspace::Workspace};

const FILE: &str = "config.schema.json";

const ID: &str = r"^[^/?#\u0000-\u001f\u007f]{1,128}$";
const GUID: &str = "^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$";
const OBJECT_ID: &str = "^[0-9A-Fa-f]{24}$";
const ADDRESS: &str = r"^(https://.|http://(localhost|127\.0\.0\.1)([:/?#]|$))";
const ADDRESS_OR_PATH: &str = r"^(https://.|http://(localhost|127\.0\.0\.1)([:/?#]|$)|/([^/]|$))";
const ORIGIN: &str = r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(localhost|127\.0\.0\.1))(:[1-9][0-9]{0,4})?$";
/// Browsers leave the usual port out of an origin, so one that has it would never be met.
const USUAL_PORT: &str = r"^(https://.*:443|http://.*:80)$";

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dist = workspace.path("dist");
    fs::create_dir_all(&dist)?;
    write(workspace, &dist)?;
    println!("dist/{FILE}");
    Ok(())
}

pub(crate) fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    let schema = schema(&Texts::all(workspace)?);
    fs::write(folder.join(FILE), serde_json::to_string_pretty(&schema)? + "\n").with_context(|| format!("writing {FILE}"))
}

/// What JSON may hold. Nothing is required in it, as the tag's attributes may say the rest.
fn schema(texts: &Texts) -> Value {
    let mut properties = object(Name::ALL, Name::ABOUT, texts);
    properties.insert("$schema".to_owned(), json!({ "type": "string", "description": "Address of this schema, for editors." }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "insurup-checkout",
        "description": "What an agency configures: the attribute `config` of <insurup-checkout>. An attribute of the same name wins.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        // The guides' form of the API has ids of any form.
        "if": { "properties": { "wire": { "const": "guide" } }, "required": ["wire"] },
        "else": {
            "properties": { "agentId": { "pattern": GUID }, "coverageGroups": { "items": { "pattern": OBJECT_ID } } },
        },
    })
}

fn object(entries: &[Entry], about: &[&str], texts: &Texts) -> Map<String, Value> {
    let describe = |(entry, about): (&Entry, &&str)| {
        let mut property = holds(entry.kind, texts);
        property["description"] = about.split_whitespace().collect::<Vec<_>>().join(" ").into();
        (entry.member.to_owned(), property)
    };
    entries.iter().zip(about).map(describe).collect()
}

fn holds(kind: Kind, texts: &Texts) -> Value {
    match kind {
        Kind::Agent | Kind::Id => json!({ "type": "string", "pattern": ID }),
        Kind::Groups => json!({ "type": "array", "minItems": 1, "maxItems": 3, "items": { "type": "string", "pattern": ID } }),
        Kind::Word(words) => json!({ "enum": words, "default": words[0] }),
        Kind::Words(words) => json!({ "type": "array", "items": { "enum": words } }),
        Kind::Language => json!({ "type": "string", "pattern": "^(tr|en)", "default": "tr" }),
        Kind::Line => json!({ "type": "string", "minLength": 1 }),
        Kind::Url | Kind::Callback => json!({ "type": "string", "pattern": ADDRESS_OR_PATH }),
        Kind::Base => json!({ "type": "string", "pattern": ADDRESS }),
        Kind::Flag => json!({ "type": "boolean", "default": false }),
        Kind::Origins => {
            json!({ "type": "array", "items": { "type": "string", "pattern": ORIGIN, "not": { "pattern": USUAL_PORT } } })
        }
        Kind::Insurers => by_id(&json!({
            "type": "object",
            "additionalProperties": false,
            "properties": object(Permission::ALL, Permission::ABOUT, texts),
        })),
        Kind::Products(words) => by_id(&json!({ "enum": words })),
        Kind::Texts => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": { "tr": words(texts, &texts.turkish), "en": words(texts, &texts.english) },
        }),
    }
}

fn by_id(of: &Value) -> Value {
    json!({ "type": "object", "propertyNames": { "pattern": ID }, "additionalProperties": of })
}

fn words(texts: &Texts, own: &[String]) -> Value {
    let word = |(key, text): (String, &String)| (key, json!({ "type": "string", "minLength": 1, "default": text }));
    let properties: Map<_, _> = texts.own().into_iter().zip(own).filter(|(key, _)| !key.is_empty()).map(word).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

#[cfg(test)]
mod tests {
    use jsonschema::Validator;

    use super::*;
    use crate::site::{Language, in_language};

    /// Documents whose JSON is configuration …
    const ABOUT_CONFIGURATION: [&str; 3] = ["README.md", "docs/embedding.md", "docs/compliance.md"];
    /// … and such with other JSON too.
    const OTHERS: [&str; 3] = ["docs/npm.md", "docs/sandbox.md", "docs/architecture.md"];
    /// Pages with a whole tag, as the sandbox delivers them.
    const PAGES: [&str; 2] = ["www/site/index.html", "www/site/return.html"];

    fn read(path: &str) -> String {
        let workspace = Workspace::here().expect("cargo runs this");
        let mut text = fs::read_to_string(workspace.path(path)).expect(path);
        if PAGES.contains(&path) {
            text = in_language(&text, Language::Turkish).expect(path);
        }
        [("{{site}}", "https://acente.example"), ("{{api}}", "http://localhost:8802"), ("{{cdn}}", "https://cdn.example")]
            .into_iter()
            .fold(text, |text, (place, value)| text.replace(place, value))
    }

    /// For JSON alone, or for all that a tag says.
    fn validator(whole: bool) -> Validator {
        let workspace = Workspace::here().expect("cargo runs this");
        let mut schema = schema(&Texts::all(&workspace).expect("the texts"));
        if whole {
            let required: Vec<_> = Name::ALL.iter().filter(|entry| entry.required).map(|entry| entry.member).collect();
            schema["required"] = json!(required);
        }
        jsonschema::meta::validate(&schema).expect("a schema");
        jsonschema::validator_for(&schema).expect("a schema")
    }

    /// Where it is wrong, as the widget writes it, and why.
    fn faults(validator: &Validator, value: &Value) -> Vec<(String, String)> {
        let place = |pointer: &str| {
            let (mut place, mut at) = (String::new(), value);
            for step in pointer.split('/').skip(1) {
                let step = step.replace("~1", "/").replace("~0", "~");
                place = match step.parse::<usize>() {
                    Ok(number) if at.is_array() => format!("{place}[{number}]"),
                    _ if place.is_empty() => step.clone(),
                    _ => format!("{place}.{step}"),
                };
                at = step.parse::<usize>().ok().and_then(|number| at.get(number)).or_else(|| at.get(&step)).unwrap_or(&Value::Null);
            }
            place
        };
        validator.iter_errors(value).map(|error| (place(error.instance_path().as_str()), error.to_string())).collect()
    }

    /// The attributes of each `<insurup-checkout …>`, as JSON.
    fn tags(text: &str) -> Vec<Value> {
        text.split("<insurup-checkout").skip(1).filter(|rest| rest.starts_with(char::is_whitespace)).map(tag).collect()
    }

    fn tag(mut rest: &str) -> Value {
        let mut said = json!({});
        let mut more = json!({});
        loop {
            rest = rest.trim_start();
            let Some((name, after)) = rest.split_once('=').filter(|_| !rest.starts_with('>')) else { break };
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')).expect("a quoted value");
            let (value, after) = after[1..].split_once(quote).expect("the other quote");
            rest = after;
            match Name::ALL.iter().find(|entry| entry.attribute == name.trim()) {
                _ if name == "config" => more = serde_json::from_str(value).expect("JSON in `config`"),
                Some(Entry { member, kind: Kind::Groups | Kind::Words(_), .. }) => {
                    said[member] = value.split([',', ' ']).filter(|item| !item.is_empty()).collect();
                }
                Some(entry) => said[entry.member] = value.into(),
                None => panic!("<insurup-checkout> has no attribute `{name}`"),
            }
        }
        more.as_object_mut().expect("an object in `config`").extend(said.as_object().expect("an object").clone());
        more
    }

    /// The configurations among the JSON examples; the API's bodies are none.
    fn examples(path: &str, text: &str) -> Vec<Value> {
        let blocks = text.split("```json").skip(1).filter_map(|rest| rest.split("```").next());
        if ABOUT_CONFIGURATION.contains(&path) {
            return blocks.map(|block| serde_json::from_str(block).unwrap_or_else(|error| panic!("{path}: {error}: {block}"))).collect();
        }
        let known = |value: &Value| Name::ALL.iter().any(|entry| value.get(entry.member).is_some());
        blocks.filter_map(|block| serde_json::from_str(block).ok()).filter(known).collect()
    }

    #[test]
    fn every_configuration_in_the_documents_is_valid() {
        let (part, whole) = (validator(false), validator(true));
        let (mut blocks, mut elements) = (0, 0);
        for path in ABOUT_CONFIGURATION.iter().chain(&OTHERS).chain(&PAGES) {
            let text = read(path);
            for example in examples(path, &text) {
                assert_eq!(faults(&part, &example), [], "{path}: {example}");
                blocks += 1;
            }
            for tag in tags(&text) {
                assert_eq!(faults(&whole, &tag), [], "{path}: {tag}");
                elements += 1;
            }
        }
        assert!(blocks >= 1 && elements >= 4, "only {blocks} examples and {elements} tags were found");
    }

    /// The same list is read by the widget's own tests.
    #[test]
    fn says_no_where_the_widget_does() {
        let validator = validator(false);
        let list: Vec<Value> = serde_json::from_str(&read("tests/configurations.json")).expect("JSON");
        for case in &list {
            let faults = faults(&validator, &case["config"]);
            match case["wrong"].as_str() {
                None => assert_eq!(faults, [], "{case}"),
                // A member of an unknown name is complained about where it stands.
                Some(field) => assert!(faults.iter().any(|(place, _)| field.starts_with(place.as_str())), "{case}: {faults:?}"),
            }
        }
        assert!(list.len() > 20);
    }

    #[test]
    fn finds_what_is_wrong_with_a_tag() {
        let tags = tags(
            r#"<p><insurup-checkout branch="trafik" coverage-groups="65f0c0de0000000000000002 x" config='{"insurers": {"12": {"qoute": true}}}'></insurup-checkout>"#,
        );
        let faults = faults(&validator(true), &tags[0]);
        for place in ["branch", "coverageGroups[1]", "insurers.12"] {
            assert!(faults.iter().any(|(of, _)| of == place), "{place}: {faults:?}");
        }
        assert!(faults.iter().any(|(_, why)| why.contains("agentId") && why.contains("required")), "{faults:?}");
    }
}
