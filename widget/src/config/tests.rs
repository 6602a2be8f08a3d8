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
    "agentBranchId": "kadikoy", "channel": "mobile-app", "isolation": "inline", "session": "strict", "apiBase": "http://localhost:8802/api", "theme": "dark", "lang": "en",
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
    let mut tag = Tag::of(&config);
    tag.is_phone = Some(false);
    let texts = TEXTS.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
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
fn a_phone_pays_in_the_same_tab_unless_the_agency_says_otherwise() {
    use SessionProfile::{NewTab, Resume, Strict};
    for (said, wire, on_desk, on_phone) in [
        ("", "", NewTab, Resume),
        ("auto", "current", NewTab, Resume),
        // Its sessions can't be gone on with on another page.
        ("auto", "guide", NewTab, NewTab),
        ("newtab", "", NewTab, NewTab),
        ("resume", "", Resume, Resume),
        ("strict", "", Strict, Strict),
    ] {
        let attributes = serde_json::json!({ "session": said, "wire": wire });
        let attributes: Value = serde_json::from_value(attributes).unwrap();
        let config = Value::of("attributes", attributes);
        let mut tag = Tag::of(&config);
        assert_eq!(tag.session(), NewTab, "{said} {wire}: nothing can be kept");
        tag.is_phone = Some(false);
        assert_eq!(tag.session(), on_desk, "{said} {wire}");
        tag.is_phone = Some(true);
        assert_eq!(tag.session(), on_phone, "{said} {wire}");
    }
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
    assert_eq!(sale.session, SessionProfile::Strict);
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
    let html = "accesskey anchor autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden
        id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex
        title translate virtualkeyboardpolicy writingsuggestions";
    let foreign = ":lang @phone v-bind:theme .theme wire:id x-data _ngcontent-abc ng-version data-v-7ba5bd90 data-id data-url data-theme
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
    let list: Vec<serde_json::Value> = serde_json::from_str(include_str!("../../../tests/configurations.json")).unwrap();
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
    let list: Vec<Json> = from_str(include_str!("../../../tests/configurations.json")).unwrap();
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
