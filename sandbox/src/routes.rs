//! The routes that this sale needs. Whatever is not here is answered 404 and remembered.
#![expect(clippy::unused_async, reason = "axum takes async functions, also where there is nothing to wait for")]

mod address_parameters;
mod auth;
mod cases;
mod control;
mod coverage;
mod customers;
mod files;
mod graphql;
mod hub;
mod policies;
mod properties;
mod proposals;
mod purchase;
mod relationships;
mod sending;
mod vehicle_parameters;
mod vehicles;

use axum::Router;
use axum::routing::{any, delete, get, post};

use crate::sandbox::Sandbox;

/// Everything the original answers.
pub(crate) fn api() -> Router<Sandbox> {
    Router::new()
        .route("/auth/customer/login-or-register", post(auth::login_or_register::login_or_register))
        .route("/auth/customer/verify-mfa", post(auth::verify_mfa::verify_mfa))
        .route("/auth/customer/refresh", post(auth::refresh::refresh))
        .route("/customers/me", get(customers::me::me))
        .route("/customers/me/vehicles", get(vehicles::list::list_own))
        .route("/customers/{customer_id}", get(customers::me::by_id).put(customers::update::update))
        .route("/customers/{customer_id}/consents", get(customers::consents::list).post(customers::consents::give))
        .route("/customers/{customer_id}/consents/{purpose}", delete(customers::consents::revoke))
        .route("/customers/{customer_id}/health-info", get(customers::health_info::show).put(customers::health_info::replace))
        .route("/customers/{customer_id}/vehicles", get(vehicles::list::list).post(vehicles::create::create))
        .route("/customers/{customer_id}/vehicles/{vehicle_id}", get(vehicles::show::show))
        .route("/customers/{customer_id}/vehicles/external-lookup", post(vehicles::external_lookup::external_lookup))
        .route("/customers/me/properties", get(properties::list::list_own))
        .route("/customers/{customer_id}/properties", get(properties::list::list).post(properties::create::create))
        .route("/properties/query-address-by-property-number", post(properties::address::query).get(properties::address::query_by_get))
        .route("/address-parameters/{level}", get(address_parameters::list))
        .route("/customers/{customer_id}/relationships", get(relationships::list).post(relationships::add))
        .route("/customers/{customer_id}/relationships/{relationship_id}", delete(relationships::remove))
        .route("/vehicle-parameters/brands", get(vehicle_parameters::brands::brands))
        .route("/vehicle-parameters/models", get(vehicle_parameters::models::models))
        .route("/coverage-choices:kasko", get(coverage::choices::list))
        .route("/coverage-choices:tss", get(coverage::choices::list))
        .route("/coverage-choices:konut", get(coverage::choices::list))
        .route("/coverage-choices:imm", get(coverage::choices::list))
        .route("/cases:new-sale-opportunity", post(cases::new_sale_opportunity::new_sale_opportunity))
        .route("/cases/{case}", get(cases::linked::show))
        .route("/cases/{case}/proposals", get(cases::linked::proposals))
        .route("/cases/{case}/policies", get(cases::linked::policies))
        .route("/graphql", post(graphql::execute))
        .route("/graphql/schema", get(graphql::schema))
        .route("/proposals", post(proposals::create::create))
        .route("/proposals/{proposal_id}", get(proposals::show::show))
        .route("/proposals/{proposal_id}/products", get(proposals::products::list))
        .route("/proposals/{proposal_id}/products/compare-pdf", post(proposals::compare::compare).get(proposals::compare::compare_by_get))
        .route("/proposals/{proposal_id}/products/{product_id}", get(proposals::products::show))
        .route("/proposals/{proposal_id}/products/{product_id}/premiums/{count}", get(proposals::premium::premium))
        .route("/proposals/{proposal_id}/products/{product_id}/coverage", get(proposals::coverage::coverage))
        .route("/proposals/{proposal_id}/products/{product_id}/document", get(proposals::documents::offer))
        .route("/proposals/{proposal_id}/products/{product_id}/information-form-document", get(proposals::documents::information_form))
        .route("/proposals/{proposal_id}/products/{product_id}/retry", post(proposals::retry::retry).get(proposals::retry::retry_by_get))
        .route("/proposals/{proposal_id}/products/{product_id}/purchase/async", post(purchase::start::start))
        .route("/policies/{policy_id}", get(policies::show::show))
        .route("/policies/{policy_id}/document", get(policies::document::document))
        .route("/policies/{policy_id}/document/send", post(sending::policy))
        .route("/proposals/{proposal_id}/products/{product_id}/document/send", post(sending::offer))
        .route("/proposals/{proposal_id}/products/{product_id}/information-form-document/send", post(sending::information_form))
        .route("/files/{kind}/{id}", get(files::file))
        .route("/hubs/proposal-detail", any(hub::refuse))
        .route("/hubs/proposal-detail/negotiate", any(hub::refuse))
}

/// The sandbox's own controls.
pub(crate) fn control() -> Router<Sandbox> {
    Router::new()
        .route("/__sandbox/", get(control::summary::summary))
        .route("/__sandbox/ledger", get(control::ledger::ledger))
        .route("/__sandbox/sms", get(control::sms::sms))
        .route("/__sandbox/cases", post(control::cases::put))
        .route("/__sandbox/clock", get(control::clock::show).post(control::clock::set))
        .route("/__sandbox/faults", get(control::faults::list).post(control::faults::add).delete(control::faults::clear))
        .route("/__sandbox/phone", get(control::phone::phone))
        .route("/__sandbox/phone.css", get(control::phone::css))
        .route("/__sandbox/phone.js", get(control::phone::js))
        .route("/__sandbox/prices", post(control::prices::change))
        .route("/__sandbox/scenarios", get(control::scenarios::list))
        .route("/__sandbox/settings", get(control::settings::show).post(control::settings::change))
        .route("/__sandbox/reset", post(control::reset::reset))
}
