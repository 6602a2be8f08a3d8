//! What a program is told when something fails: one function makes it, and a test walks every kind of failure.

use insurup_core::endpoint::Problem;
use insurup_core::json::Value;
use insurup_core::transport::Failure;

use crate::arguments::Invalid;
use crate::shape::{Shape, shapes};

/// Why a call of a program failed.
#[derive(Debug)]
pub(crate) enum CallError {
    /// The program asked wrongly; nothing was sent.
    Invalid(Invalid),
    /// The client was closed.
    Closed,
    /// The server signed in without asking for a code, and the configuration does not say that the agency verifies the phone itself.
    NoCodeAsked,
    /// A code was shown before one was asked for.
    NoCodeSent,
    /// Nothing came of the call.
    Failed(Failure),
}

impl From<Invalid> for CallError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

shapes! {
    Problem { kind, status, detail, codes, suggestions, fields, trace_id, remaining_attempts, retry_after_seconds }
    insurup_core::endpoint::FieldProblem { name, message }
}

impl CallError {
    fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid-argument",
            Self::Closed => "closed",
            Self::NoCodeAsked => "no-code-asked",
            Self::NoCodeSent => "no-code-sent",
            Self::Failed(failure) => failure.code(),
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Invalid(Invalid { field, why }) => format!("`{field}` {why}"),
            Self::Closed => "the client is closed".to_owned(),
            Self::NoCodeAsked => "the server asked for no code; say `withoutCode` if the agency verifies the phone itself".to_owned(),
            Self::NoCodeSent => "no code was asked for: call `signIn` first".to_owned(),
            Self::Failed(failure) => failure.to_string(),
        }
    }
}

/// `{ code, message, field?, status?, problem?, directive? }`: what `ClientError` of the package is made from.
impl Shape for CallError {
    fn shape(&self) -> Value {
        let mut object = Value::of("code", self.code());
        object.put("message", self.message());
        match self {
            Self::Invalid(Invalid { field, .. }) => object.put("field", field.as_str()),
            Self::Failed(Failure::Refused(problem)) => {
                object.put("status", i64::from(problem.status));
                object.put("problem", problem.shape());
            }
            Self::Failed(Failure::BlockedByHostCsp { directive }) => object.put("directive", directive.as_str()),
            _ => {}
        }
        object
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn text(error: &CallError) -> String {
        serde_json::to_string(&error.shape()).expect("JSON")
    }

    #[test]
    fn every_failure_has_a_code_of_its_own() {
        let invalid = || Invalid::new("card.number", "is missing");
        let failures = [
            Failure::Aborted,
            Failure::Timeout,
            Failure::Offline,
            Failure::BlockedByHostCsp { directive: "connect-src".to_owned() },
            Failure::CorsDenied,
            Failure::Unreachable,
            Failure::Refused(Box::default()),
            Failure::NotJson,
            Failure::Malformed,
            Failure::TooLarge,
            Failure::Unexpected { path: "proposalId" },
            Failure::SessionEnded,
        ];
        let ours = [CallError::Invalid(invalid()), CallError::Closed, CallError::NoCodeAsked, CallError::NoCodeSent];
        let all: Vec<_> = failures.into_iter().map(CallError::Failed).chain(ours).collect();
        let mut codes: Vec<_> = all.iter().map(CallError::code).collect();
        for code in &codes {
            assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
            assert!(include_str!("../../www/npm/index.d.ts").contains(&format!("'{code}'")), "index.d.ts does not name '{code}'");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        assert_eq!(text(&all[12]), r#"{"code":"invalid-argument","message":"`card.number` is missing","field":"card.number"}"#);
        assert_eq!(
            text(&all[3]),
            r#"{"code":"blocked-by-host-csp","message":"the page's content security policy blocks `connect-src`","directive":"connect-src"}"#
        );
    }

    #[test]
    fn a_refusal_carries_what_the_server_said() {
        let problem = Problem { status: 422, codes: vec!["MFA_CODE_WRONG".to_owned()], remaining_attempts: Some(4), ..Problem::default() };
        assert_eq!(
            text(&CallError::Failed(Failure::Refused(Box::new(problem)))),
            concat!(
                r#"{"code":"refused","message":"the server answered 422","status":422,"problem":{"status":422,"codes":["MFA_CODE_WRONG"],"#,
                r#""suggestions":[],"fields":[],"remainingAttempts":4}}"#
            )
        );
    }
}
