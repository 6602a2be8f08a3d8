//! What must not be found where others could read it: who the customer is, and every code and token of the sale.

use serde_json::Value;

use super::network::Request;
use crate::pages::Person;

/// Secrets by what they are.
#[derive(Debug, Default)]
pub(crate) struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    pub(crate) fn add(&mut self, what: &'static str, value: &str) {
        let known = (what, value.to_owned());
        // Anything shorter would be found by chance.
        if value.len() >= 6 && !self.0.contains(&known) {
            self.0.push(known);
        }
    }

    /// A person's data, in every spelling that is typed or sent.
    pub(crate) fn add_person(&mut self, person: &Person) {
        let phone = person.phone;
        self.add("identity number", person.number);
        for spelling in [phone.to_owned(), format!("{} {} {} {}", &phone[..3], &phone[3..6], &phone[6..8], &phone[8..])] {
            self.add("phone", &spelling);
        }
        let [day, month, year] = person.birth_date.split('.').collect::<Vec<_>>()[..] else {
            assert!(person.birth_date.is_empty(), "a date as a person types it");
            return;
        };
        for spelling in [person.birth_date.to_owned(), format!("{year}-{month}-{day}"), format!("{day}{month}{year}")] {
            self.add("birth date", &spelling);
        }
    }

    /// The tokens that a request carries.
    pub(crate) fn add_request(&mut self, request: &Request) {
        let bearer = request.headers.as_object().into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some(token) = bearer.and_then(|(_, value)| value.as_str()?.strip_prefix("Bearer ")) {
            self.add("access token", token);
        }
        if let Ok(body) = serde_json::from_str(&request.body) {
            self.add_tokens(&body);
        }
    }

    /// The tokens in the body of a request or an answer.
    pub(crate) fn add_tokens(&mut self, body: &Value) {
        for (name, what) in [("token", "MFA token"), ("accessToken", "access token"), ("refreshToken", "refresh token")] {
            if let Some(token) = body[name].as_str() {
                self.add(what, token);
            }
        }
    }

    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.0.iter().map(|(what, _)| *what).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// All kinds of which one is in the text.
    pub(crate) fn kinds_in(&self, text: &str) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.0.iter().filter(|(_, secret)| stands_alone(text, secret)).map(|(what, _)| *what).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// What of it stands in a text. Digits count only where no other letter or digit is next to them: ids contain all kinds of digits.
    pub(crate) fn found_in(&self, text: &str) -> Option<&'static str> {
        self.0.iter().find(|(_, secret)| stands_alone(text, secret)).map(|(what, _)| *what)
    }
}

fn stands_alone(text: &str, secret: &str) -> bool {
    let is_long = secret.len() > 11;
    text.match_indices(secret).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + secret.len()..].chars().next();
        is_long || ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[test]
fn finds_what_stands_alone_and_no_part_of_an_id() {
    let mut secrets = Secrets::default();
    secrets.add("code", "123456");
    for (text, found) in [("?code=123456", true), ("123456", true), ("id=a123456f", false), ("1234567", false), ("\"123456\"", true)] {
        assert_eq!(secrets.found_in(text).is_some(), found, "{text}");
    }
}
