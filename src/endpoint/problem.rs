//! What the API says when it refuses: problem documents (RFC 9457) with a few members of its own.
//!
//! Whatever echoes the customer's input is dropped here, at the parser: `attemptedValue`, `templateArgs` and `instance` can
//! hold an identity or card number, and what is not read can't be logged.

use crate::{
    domain::normalise::{has, parts, plain_text},
    endpoint::wire::readable,
    json::Value,
};

/// Longest text taken over from a server, in characters.
pub(super) const LONGEST_TEXT: usize = 300;
/// Most entries taken over from each list.
const MOST_ENTRIES: usize = 20;

/// Why the API refused a call, as far as it said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem: what follows `/problems/` in its `type`, for example `resource-duplicate`.
    pub kind: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// A sentence that may be shown to the customer, as plain text.
    pub detail: Option<String>,
    /// Machine codes, for example `PROPOSAL_INSURER_MUST_BE_ADULT`.
    pub codes: Vec<String>,
    /// Advice that may be shown to the customer.
    pub suggestions: Vec<String>,
    /// What is wrong with single fields of the request.
    pub fields: Vec<FieldProblem>,
    /// Names the call in the server's own logs.
    pub trace_id: Option<String>,
    /// How many more times a code may be tried.
    pub remaining_attempts: Option<u32>,
    /// After how many seconds the server wants to be asked again (`Retry-After`), where it said so and the browser may read it.
    pub retry_after_seconds: Option<u32>,
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field, as the API calls it.
    pub name: String,
    /// A sentence about it.
    pub message: String,
}

impl Problem {
    /// Seconds to wait before asking again: what the server named, else a minute.
    #[must_use]
    pub fn wait_seconds(&self) -> u64 {
        self.retry_after_seconds.map_or(60, u64::from)
    }

    /// Reads what there is; a body that is no problem document gives the status alone.
    pub fn decode(body: &Value, status: u16) -> Self {
        let mut problem = Self {
            kind: body.field("type").as_text().and_then(slug),
            status,
            detail: text(body.any_of(&["detail", "message"])),
            codes: texts(body.field("codes")),
            suggestions: texts(body.field("suggestions")),
            fields: field_problems(body.field("validationErrors")),
            trace_id: text(body.field("traceId")),
            retry_after_seconds: None,
            remaining_attempts: body.field("remainingAttempts").as_integer().and_then(|count| u32::try_from(count).ok()),
        };
        // Older answers: `errors` as a list of sentences, or as a map from field to sentences.
        let errors = body.field("errors");
        if problem.suggestions.is_empty() {
            problem.suggestions = texts(errors);
        }
        for (name, messages) in errors.members().iter().take(MOST_ENTRIES) {
            if let Some(message) = messages.items().iter().find_map(text) {
                problem.fields.push(FieldProblem { name: plain_text(name, LONGEST_TEXT), message });
            }
        }
        problem
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_text().map(|text| plain_text(text, LONGEST_TEXT)).filter(|text| !text.is_empty())
}

/// As many entries as anybody would read.
fn first(value: &Value) -> &[Value] {
    let items = value.items();
    &items[..items.len().min(MOST_ENTRIES)]
}

fn texts(value: &Value) -> Vec<String> {
    readable(first(value), text)
}

fn field_problems(value: &Value) -> Vec<FieldProblem> {
    readable(first(value), |entry| {
        Some(FieldProblem { name: text(entry.field("propertyName"))?, message: text(entry.field("errorMessage")).unwrap_or_default() })
    })
}

fn slug(kind: &str) -> Option<String> {
    let slug = parts(kind, "/").pop().filter(|_| has(kind, "/problems/"))?;
    let is_slug = (1..=64).contains(&slug.len()) && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_slug.then(|| slug.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str) -> Problem {
        Problem::decode(&serde_json::from_str(text).unwrap(), 422)
    }

    #[test]
    fn gives_the_status_where_there_is_no_problem_document() {
        for body in ["null", "[]", r#""<html>""#, r#"{"type": 7, "detail": {}, "codes": "X", "validationErrors": [null, {}]}"#] {
            assert_eq!(decode(body), Problem { status: 422, ..Problem::default() });
        }
    }

    #[test]
    fn keeps_nothing_that_echoes_input() {
        let problem = decode(
            r#"{"type": "https://api.insurup.com/problems/input-validation", "instance": "/customers/10000000146",
                "templateArgs": {"value": "10000000146"},
                "validationErrors": [{"propertyName": "identityNumber", "errorMessage": "invalid", "attemptedValue": "10000000146"}]}"#,
        );
        assert!(!format!("{problem:?}").contains("10000000146"));
        assert_eq!(problem.fields, [FieldProblem { name: "identityNumber".to_owned(), message: "invalid".to_owned() }]);
    }

    #[test]
    fn cleans_and_clips_texts() {
        let problem = decode(&format!(r#"{{"detail": "a\u0000\u202eb\n c{}", "suggestions": ["  ", "x\ty", 7]}}"#, "d".repeat(400)));
        let detail = problem.detail.unwrap();
        assert!(detail.starts_with("ab cddd") && detail.chars().count() == 300);
        assert_eq!(problem.suggestions, ["x y"]);
    }

    #[test]
    fn takes_the_slug_of_a_kind_only() {
        #[track_caller]
        fn check(kind: &str, expected: Option<&str>) {
            assert_eq!(slug(kind).as_deref(), expected);
        }
        check("https://api.insurup.com/problems/resource-duplicate", Some("resource-duplicate"));
        check("https://api.insurup.com/problems/Rate-Limit-Exceeded", Some("rate-limit-exceeded"));
        check("about:blank", None);
        check("https://api.insurup.com/problems/", None);
        check("https://api.insurup.com/problems/<script>", None);
    }

    #[test]
    fn reads_older_answers() {
        let problem = decode(r#"{"message": "Kod hatalı", "errors": ["Tekrar deneyin"], "remainingAttempts": "3"}"#);
        assert_eq!((problem.detail.as_deref(), problem.remaining_attempts), (Some("Kod hatalı"), Some(3)));
        assert_eq!(problem.suggestions, ["Tekrar deneyin"]);
        let problem = decode(r#"{"errors": {"plate.code": ["geçersiz", "x"], "y": []}}"#);
        assert_eq!(problem.fields, [FieldProblem { name: "plate.code".to_owned(), message: "geçersiz".to_owned() }]);
    }
}
