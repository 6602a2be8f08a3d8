//! `POST /api/auth/customer/refresh`

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::bearer;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::session::Refreshed;
use crate::routes::auth::tokens;
use crate::sandbox::Sandbox;
use crate::wire::WireMode;

/// Renews a pair. In the guides' form the access token, expired or not, must come along.
pub(crate) async fn refresh(State(sandbox): State<Sandbox>, request: Request) -> Result<Json<Value>, AppError> {
    let (parts, content) = request.into_parts();
    let access = bearer(&parts).map(str::to_owned);
    let body = Body::from_request(Request::from_parts(parts, content), &sandbox).await?;
    let mut checks = body.checks();
    let token = checks.required_text("refreshToken");
    checks.done()?;
    let mut world = sandbox.world();
    if sandbox.wire() == WireMode::Guide && !access.is_some_and(|access| world.sessions.related(&access, token)) {
        return Err(AppError::unauthorized("TOKEN_MISSING", "The expired access token must accompany the refresh token."));
    }
    let now = world.clock.now();
    let world = &mut *world;
    let refreshed = world.sessions.refresh(token, now, &mut world.random);
    let reused = matches!(refreshed, Refreshed::Reused);
    let renewed = matches!(refreshed, Refreshed::Renewed(_));
    world.ledger.note(List::Refreshes, now, json!({ "reused": reused, "renewed": renewed }));
    match refreshed {
        Refreshed::Renewed(issued) => Ok(Json(tokens(&issued, issued.form))),
        Refreshed::Reused => {
            Err(AppError::unauthorized("REFRESH_TOKEN_REUSED", "The refresh token was used before; the session has ended."))
        }
        Refreshed::Ended => Err(AppError::unauthorized("SESSION_ENDED", "The session has ended.")),
        Refreshed::Unknown => Err(AppError::unauthorized("REFRESH_TOKEN_UNKNOWN", "The refresh token is not known.")),
    }
}
