//! Who wants to sign in, as typed, and what the server says of it.

use super::event::{IdentityForm, IdentityKind};
use super::field::{Field, FieldError, Wrong};
use super::notice::Notice;
use super::state::{CodeSent, SigningIn};
use crate::domain::normalise::has;
use crate::domain::{BirthDate, Date, MobilePhone};
use crate::endpoint;
use crate::transport::Failure;

/// Who wants to sign in. Kept until the code is accepted, for sending another one.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) id: endpoint::Identity,
    /// A company has none.
    pub(super) birth_date: Option<BirthDate>,
    pub(super) phone: MobilePhone,
}

pub(super) fn read_identity(form: &IdentityForm, today: Date) -> Result<Identity, Vec<FieldError>> {
    // EXPOSE: parsed into values that don't print themselves.
    let mut errors = Vec::new();
    let mut wrong = |field, wrong| errors.push(FieldError { field, wrong });
    let number = form.number.expose();
    let id = match form.kind {
        IdentityKind::Individual => number.parse().map(endpoint::Identity::Individual).map_err(Wrong::from),
        IdentityKind::Foreign => number.parse().map(endpoint::Identity::Foreign).map_err(Wrong::from),
        IdentityKind::Company => number.parse().map(endpoint::Identity::Company).map_err(Wrong::from),
    };
    let id = id.map_err(|error| wrong(form.kind.field(), error));
    let birth_date = match form.kind {
        IdentityKind::Company => Ok(None),
        _ => BirthDate::parse(form.birth_date.expose(), today).map(Some).map_err(|error| wrong(Field::BirthDate, error.into())),
    };
    let phone = form.phone.expose().parse::<MobilePhone>().map_err(|error| wrong(Field::Phone, error.into()));
    match (id, birth_date, phone) {
        (Ok(id), Ok(birth_date), Ok(phone)) => Ok(Identity { id, birth_date, phone }),
        _ => Err(errors),
    }
}

/// What the server found wrong with the identity, at the field where it can be put right.
pub(super) fn identity_refused(mut signing_in: Box<SigningIn>, identity: &Identity, failure: &Failure) -> Box<SigningIn> {
    let number = match identity.id {
        endpoint::Identity::Individual(_) => Field::Tckn,
        endpoint::Identity::Foreign(_) => Field::ForeignId,
        endpoint::Identity::Company(_) => Field::Vkn,
    };
    let mut errors = Vec::new();
    if let Failure::Refused(problem) = failure {
        for said in &problem.fields {
            let name = said.name.to_ascii_lowercase();
            let field = if has(&name, "identity") || has(&name, "tax") || has(&name, "passport") {
                number
            } else if has(&name, "birth") {
                Field::BirthDate
            } else if has(&name, "phone") {
                Field::Phone
            } else {
                continue;
            };
            errors.push(FieldError { field, wrong: Wrong::NotAccepted });
        }
    }
    let notice = match failure {
        _ if !errors.is_empty() => None,
        Failure::Refused(problem) if problem.status == 429 => Some(Notice::TooManyCodes(problem.wait_seconds())),
        Failure::Refused(problem) if problem.status >= 500 => Some(Notice::CodeUnsent),
        failure => Some(Notice::from(failure)),
    };
    signing_in.errors = errors;
    signing_in.notice = notice;
    signing_in
}

pub(super) fn code_refused(mut code: Box<CodeSent>, failure: &Failure) -> Box<CodeSent> {
    let Failure::Refused(problem) = failure else {
        // The answer was lost: whether the code was used up is not known, so a new one is the way on.
        let notice = if matches!(failure, Failure::Offline | Failure::Unreachable) { Notice::from(failure) } else { Notice::CodeExpired };
        code.notice = Some(notice);
        return code;
    };
    let says = |word: &str| problem.codes.iter().any(|code| has(code, word));
    let notice = match problem.status {
        _ if says("SUPERSEDED") => Notice::CodeOld,
        _ if says("EXPIRED") => Notice::CodeExpired,
        _ if says("LOCKED") => Notice::CodeLocked,
        429 => Notice::Rate(problem.wait_seconds()),
        500.. => Notice::Server,
        _ => {
            code.tries_left = problem.remaining_attempts.unwrap_or(code.tries_left.saturating_sub(1));
            if code.tries_left == 0 { Notice::CodeLocked } else { Notice::CodeWrong(code.tries_left) }
        }
    };
    if notice == Notice::CodeLocked {
        code.tries_left = 0;
    }
    code.notice = Some(notice);
    code
}
