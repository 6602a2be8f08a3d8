//! The page itself: who is paid, for what, how much, and three ways to leave.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::clock::Millis;
use crate::model::attempt::{Attempt, Method, PAGE_LIFE, ReturnBy, State as AttemptState};
use crate::model::product::Product;
use crate::model::proposal::Proposal;
use crate::money::turkish;
use crate::pay::act::{callback, parameters};
use crate::world::World;

/// A payment that is under way, or how it ended.
pub(super) fn page(world: &World, attempt_id: &str) -> Response {
    let found = world.attempts.iter().find(|attempt| attempt.id == attempt_id).and_then(|attempt| {
        let proposal = world.proposals.iter().find(|proposal| proposal.id == attempt.proposal_id)?;
        Some((attempt, proposal, proposal.product(&attempt.product_id)?))
    });
    let Some((attempt, proposal, product)) = found else {
        return (StatusCode::NOT_FOUND, headers("'self'"), Html(document("Ödeme", MISSING))).into_response();
    };
    let body = body(attempt, proposal, product, world.clock.now());
    (headers(origin(&attempt.callback_url)), Html(document(product.insurer().name, &body))).into_response()
}

const MISSING: &str = "<h1>Ödeme bulunamadı</h1><p>Bu ödeme bağlantısı geçerli değil.</p>";

fn body(attempt: &Attempt, proposal: &Proposal, product: &Product, now: Millis) -> String {
    let heading = match attempt.method {
        Method::CompanyRedirect => format!("{} güvenli ödeme", product.insurer().name),
        Method::ThreeDSecure => "3D Secure doğrulama".to_owned(),
        Method::ThirdPartyThreeDSecure => "Ödeme kuruluşu 3D Secure doğrulama".to_owned(),
    };
    let plan = match attempt.installment_number {
        1 => "Peşin".to_owned(),
        count => format!("{count} taksit"),
    };
    let open = attempt.state == AttemptState::Open && now - attempt.opened_at < PAGE_LIFE;
    let foot = if open { forms(&attempt.id) } else { ended(attempt) };
    format!(
        r#"<p class="sandbox">Deneme ortamı: gerçek para çekilmez.</p>
<h1>{heading}</h1>
<dl>
<div><dt>Sigorta şirketi</dt><dd id="insurer">{insurer}</dd></div>
<div><dt>Ürün</dt><dd>{group}</dd></div>
<div><dt>{label}</dt><dd id="subject">{subject}</dd></div>
<div><dt>Ödeme planı</dt><dd id="plan">{plan}</dd></div>
<div class="total"><dt>Ödenecek tutar</dt><dd id="amount">{amount}</dd></div>
</dl>
{foot}"#,
        insurer = escape(product.insurer().name),
        group = escape(product.group.name),
        label = if proposal.vehicle_id.is_some() { "Plaka" } else { "Sigortalı" },
        subject = escape(&proposal.subject.label),
        amount = turkish(attempt.amount),
    )
}

fn forms(id: &str) -> String {
    let form = |act: &str, class: &str, text: &str| {
        format!(r#"<form method="post" action="/odeme/{id}/{act}"><button id="{act}" class="{class}" type="submit">{text}</button></form>"#)
    };
    let [approve, decline, abandon] = [form("approve", "pay", "Öde"), form("decline", "", "Reddet"), form("abandon", "", "Vazgeç")];
    format!(r#"<div class="acts">{approve}{decline}{abandon}</div>"#)
}

fn ended(attempt: &Attempt) -> String {
    let text = match attempt.state {
        AttemptState::Approved => "Ödemeniz alındı.",
        AttemptState::Declined => "Ödeme reddedildi.",
        AttemptState::Abandoned => "Ödemeden vazgeçildi.",
        AttemptState::Open => "Bu ödeme sayfasının süresi doldu.",
    };
    format!(r#"<p role="status" class="ended">{text}</p>{}"#, way_back(attempt, attempt.state))
}

/// What the browser is shown on its way back when that leads through a form. There is a button and no script, for the page's policy has
/// no room for one.
pub(super) fn leaving(attempt: &Attempt, state: AttemptState) -> Response {
    let body = format!("<h1>İşlem tamamlandı</h1><p>Siteye dönmek için devam edin.</p>{}", way_back(attempt, state));
    (headers(origin(&attempt.callback_url)), Html(document("Ödeme", &body))).into_response()
}

fn way_back(attempt: &Attempt, state: AttemptState) -> String {
    if attempt.return_by == ReturnBy::Get {
        return format!(r#"<p><a id="back" href="{}">Siteye dön</a></p>"#, escape(&callback(attempt, state)));
    }
    let field = |(name, value): (&str, String)| format!(r#"<input type="hidden" name="{name}" value="{}">"#, escape(&value));
    let fields: String = parameters(attempt, state).into_iter().map(field).collect();
    let action = escape(&attempt.callback_url);
    format!(r#"<form method="post" action="{action}">{fields}<button id="back" class="pay" type="submit">Siteye dön</button></form>"#)
}

fn document(title: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="tr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – Güvenli ödeme</title>
<link rel="stylesheet" href="/odeme.css">
</head>
<body><main>{body}</main></body>
</html>"#
    )
}

/// The way back leads through a form, so its origin must be among the form's targets.
fn headers(back: &str) -> [(HeaderName, String); 4] {
    let policy = format!("default-src 'none'; style-src 'self'; form-action 'self' {back}; base-uri 'none'; frame-ancestors 'none'");
    [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, "DENY".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]
}

fn origin(url: &str) -> &str {
    let path = url.find("://").and_then(|at| url[at + 3..].find(['/', '?', '#']).map(|end| at + 3 + end));
    &url[..path.unwrap_or(url.len())]
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds_the_origin_of_the_way_back() {
        for (url, origin) in [
            ("https://acente.example/donus?x=1", "https://acente.example"),
            ("http://localhost:8800", "http://localhost:8800"),
            ("http://localhost:8800?a=b", "http://localhost:8800"),
        ] {
            assert_eq!(super::origin(url), origin);
        }
    }
}
