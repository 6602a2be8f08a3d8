//! What a purchase asks for, in either form. Card data is looked at and forgotten here.

use crate::body::{Body, Checks};
use crate::error::AppError;
use crate::model::attempt::Method;
use crate::sandbox::Sandbox;
use crate::wire::WireMode;

/// A wish to pay.
#[derive(Debug)]
pub(super) struct PurchaseRequest {
    pub(super) method: Method,
    pub(super) installment_number: u32,
    pub(super) callback_url: String,
}

pub(super) fn read(body: &Body, sandbox: &Sandbox, (proposal_id, product_id): (&str, &str)) -> Result<PurchaseRequest, AppError> {
    let method = method(body, sandbox.wire())?;
    let mut checks = body.checks();
    for (name, in_path) in [("proposalId", proposal_id), ("proposalProductId", product_id)] {
        let same = checks.text(name).is_none_or(|id| id == in_path);
        if !same {
            checks.refuse(name, &format!("'{name}' yol ile aynı olmalıdır."));
        }
    }
    let installment_number = checks.number("installmentNumber");
    if installment_number.is_none() && checks.get("installmentNumber").is_none() {
        checks.refuse("installmentNumber", "'installmentNumber' boş olamaz.");
    }
    let callback_url = checks.required_text("callbackUrl").to_owned();
    if !callback_url.is_empty() && !is_callback(&callback_url, sandbox) {
        checks.refuse("callbackUrl", "Dönüş adresi izin verilen bir https adresi olmalıdır.");
    }
    if method.needs_card() {
        check_card(&mut checks, method);
    }
    checks.done()?;
    Ok(PurchaseRequest { method, installment_number: installment_number.unwrap_or_default(), callback_url })
}

/// The guides have two spellings of the method, one of them under `$type` as today.
fn method(body: &Body, wire: WireMode) -> Result<Method, AppError> {
    let tag = |name| body.get(name).and_then(serde_json::Value::as_str);
    let method = match (wire, tag("$type"), tag("type")) {
        (WireMode::Guide, Some(kind), _) => Method::of_request(kind),
        (WireMode::Guide, None, Some(kind)) => Method::of_guide(kind),
        (WireMode::Both, None, Some(kind)) => Method::of_guide(kind),
        (WireMode::Guide, None, None) => return Err(AppError::malformed("type", "the body needs a `$type` or `type`")),
        (WireMode::Current | WireMode::Both, ..) => Method::of_request(WireMode::Current.discriminated(body)?.1),
    };
    method.ok_or_else(|| AppError::malformed("$type", "unknown way to pay"))
}

/// Where a browser may be sent back to: a page of an allowed origin, by https unless it is this machine.
fn is_callback(url: &str, sandbox: &Sandbox) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let safe = scheme == "https" || (scheme == "http" && matches!(name, "localhost" | "127.0.0.1"));
    safe && !host.contains('@') && !url.contains(char::is_whitespace) && sandbox.allows_origin(&format!("{scheme}://{host}"))
}

/// A year has four digits; payment providers are also known to take two.
fn check_card(checks: &mut Checks<'_>, method: Method) {
    let year_lengths: &[usize] = if method == Method::ThirdPartyThreeDSecure { &[2, 4] } else { &[4] };
    let read = checks.object("card", |card| {
        if !is_card_number(card.required_text("number")) {
            card.refuse("number", "Kart numarası geçersiz.");
        }
        let digits = |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(card.required_text("cvc"), &[3, 4]) {
            card.refuse("cvc", "Güvenlik kodu geçersiz.");
        }
        let month = card.required_text("expiryMonth");
        if !digits(month, &[2]) || !(1..=12).contains(&month.parse().unwrap_or(0)) {
            card.refuse("expiryMonth", "Son kullanma ayı geçersiz.");
        }
        if !digits(card.required_text("expiryYear"), year_lengths) {
            card.refuse("expiryYear", "Son kullanma yılı dört haneli olmalıdır.");
        }
        card.required_text("holderName");
    });
    if read.is_none() && checks.get("card").is_none() {
        checks.refuse("card", "'card' boş olamaz.");
    }
}

/// The check that all card numbers pass (Luhn).
fn is_card_number(text: &str) -> bool {
    let digit = |(index, byte): (usize, u8)| {
        let value = u32::from(byte - b'0') * if index % 2 == 1 { 2 } else { 1 };
        if value > 9 { value - 9 } else { value }
    };
    (12..=19).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.bytes().rev().enumerate().map(digit).sum::<u32>().is_multiple_of(10)
}
