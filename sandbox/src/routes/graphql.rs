//! `POST /graphql`: the lists. A real engine answers, so a misspelt field is an error here as it is there.

mod cases;
mod filters;
mod mine;

use std::sync::LazyLock;

use async_graphql::{EmptyMutation, EmptySubscription, MergedObject, Request};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::caller::Caller;
use crate::error::AppError;
use crate::sandbox::Sandbox;

/// The root of all queries.
#[derive(Debug, Default, MergedObject)]
struct Query(cases::CasesQuery, mine::MineQuery);

type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::build(Query::default(), EmptyMutation, EmptySubscription).limit_depth(12).limit_complexity(400).finish());

/// Runs a query for the caller, who sees nothing but their own.
pub(crate) async fn execute(State(sandbox): State<Sandbox>, caller: Caller, Json(request): Json<Request>) -> Response {
    let mut response = SCHEMA.execute(request.data(sandbox).data(caller)).await;
    // The original finds out what is wrong with a query before it answers any of it.
    if !response.errors.is_empty() {
        response.data = async_graphql::Value::Null;
    }
    Json(response).into_response()
}

/// The schema, open to everybody as in the original.
pub(crate) async fn schema() -> Result<String, AppError> {
    Ok(SCHEMA.sdl())
}
