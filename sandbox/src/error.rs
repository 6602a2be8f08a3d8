//! The one error of the API: a problem document, shaped as the original's.

mod suggestions;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::middleware::trace;

/// Why the API refuses.
#[derive(Debug)]
pub(crate) struct AppError(Box<Problem>);

#[derive(Debug)]
struct Problem {
    status: StatusCode,
    slug: &'static str,
    title: &'static str,
    detail: String,
    codes: Vec<&'static str>,
    validation: Vec<Invalid>,
    extra: Map<String, Value>,
    retry_after: Option<u32>,
}

/// Marks an answer to a route that the played form of the API does not have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoSuchEndpoint;

/// One wrong property of a request, in the original's words.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Invalid {
    pub(crate) property_name: String,
    pub(crate) error_message: String,
    pub(crate) attempted_value: Value,
}

impl AppError {
    fn new(status: StatusCode, slug: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        let (codes, validation, extra) = (Vec::new(), Vec::new(), Map::new());
        Self(Box::new(Problem { status, slug, title, detail: detail.into(), codes, validation, extra, retry_after: None }))
    }

    /// Adds a code that programs may branch on. What the customer can do about it follows from it.
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.0.codes.push(code);
        self
    }

    /// Adds a property of this sandbox's own.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.extra.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn unauthorized(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "Unauthorized", detail).code(code)
    }

    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "access-denied", "Access denied", detail)
    }

    /// What is missing, or belongs to somebody else: the caller must not learn which.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "resource-not-found", "Resource not found", format!("{what} bulunamadı."))
    }

    pub(crate) fn no_such_endpoint() -> Self {
        Self::new(StatusCode::NOT_FOUND, "endpoint-not-found", "Endpoint not found", "The requested endpoint does not exist.")
    }

    pub(crate) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "Method not allowed",
            "The endpoint does not answer to this method.",
        )
    }

    pub(crate) fn unsupported_media_type() -> Self {
        let detail = "The body must be application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", detail)
    }

    pub(crate) fn duplicate(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "resource-duplicate", "Resource already exists", detail).code(code)
    }

    pub(crate) fn invalid_state(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "resource-invalid-state", "Resource is in an invalid state", detail).code(code)
    }

    /// A rule of the business; the detail may be shown to the customer.
    pub(crate) fn rule(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "business-validation", "Business rule violated", detail).code(code)
    }

    /// A rule that the original reports as a bad request.
    pub(crate) fn bad_request(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "business-validation", "Business rule violated", detail).code(code)
    }

    pub(crate) fn unsupported(detail: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "feature-not-supported", "Feature not supported", detail)
    }

    /// Asked too often; after so many seconds it may be asked again.
    pub(crate) fn too_many(code: &'static str, detail: &str, seconds: u32) -> Self {
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate-limit-exceeded", "Too many requests", detail).code(code);
        error.0.retry_after = Some(seconds);
        error
    }

    pub(crate) fn upstream(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "upstream-service", "Upstream service failed", detail).code(code)
    }

    /// Properties that have the right shape and break a rule.
    pub(crate) fn invalid(validation: Vec<Invalid>) -> Self {
        let detail = validation.iter().map(|one| one.error_message.as_str()).collect::<Vec<_>>().join(" ");
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "input-validation", "Input validation failed", detail);
        error.0.validation = validation;
        error
    }

    /// Properties of the wrong shape.
    pub(crate) fn misshapen(validation: Vec<Invalid>) -> Self {
        let mut error = Self::invalid(validation);
        error.0.status = StatusCode::BAD_REQUEST;
        error.0.title = "Malformed request";
        error
    }

    /// One property of the wrong shape.
    pub(crate) fn malformed(property: &str, message: &str) -> Self {
        Self::misshapen(vec![Invalid {
            property_name: property.to_owned(),
            error_message: message.to_owned(),
            attempted_value: Value::Null,
        }])
    }

    /// A polymorphic body whose `$type` is missing or not first. The original's JSON reader fails on it, and answers 500.
    pub(crate) fn late_discriminator() -> Self {
        let detail = "The JSON payload for polymorphic type must specify a type discriminator as its first property.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", "An error occurred while processing your request", detail)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let this = *self.0;
        let mut problem = Map::new();
        problem.insert("type".to_owned(), json!(format!("https://api.insurup.com/problems/{}", this.slug)));
        problem.insert("title".to_owned(), json!(this.title));
        problem.insert("status".to_owned(), json!(this.status.as_u16()));
        problem.insert("detail".to_owned(), json!(this.detail));
        problem.insert("instance".to_owned(), json!(trace::path()));
        problem.insert("traceId".to_owned(), json!(trace::id()));
        if !this.codes.is_empty() {
            problem.insert("codes".to_owned(), json!(this.codes));
        }
        let suggestions: Vec<_> = this.codes.iter().filter_map(|code| suggestions::of(code)).collect();
        if !suggestions.is_empty() {
            problem.insert("suggestions".to_owned(), json!(suggestions));
        }
        if !this.validation.is_empty() {
            problem.insert("validationErrors".to_owned(), json!(this.validation));
        }
        problem.extend(this.extra);
        let mut response = (this.status, Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if this.slug == "endpoint-not-found" {
            response.extensions_mut().insert(NoSuchEndpoint);
        }
        let headers = response.headers_mut();
        if this.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = this.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
