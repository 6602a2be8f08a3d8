//! `GET /__sandbox/phone`: the telephone that receives the codes, details to type and the tag to paste, for a frame on the demo site.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};

use crate::sandbox::Sandbox;

/// The page, in Turkish, or with `?lang=en` in English.
pub(crate) async fn phone(State(sandbox): State<Sandbox>, RawQuery(query): RawQuery) -> impl IntoResponse {
    let english = query.is_some_and(|query| query.split('&').any(|pair| pair == "lang=en"));
    (headers(&sandbox), Html(document(english, &sandbox.addresses().cdn)))
}

/// Its look.
pub(crate) async fn css() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("phone/phone.css"))
}

/// Its script.
pub(crate) async fn js() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("phone/phone.js"))
}

/// Framed by the pages that may call the API, and by no other: it shows codes.
fn headers(sandbox: &Sandbox) -> [(HeaderName, String); 4] {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self' {}; require-trusted-types-for 'script'; trusted-types 'none'",
        sandbox.origins().join(" ")
    );
    [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]
}

fn document(english: bool, cdn: &str) -> String {
    let t = |turkish: &'static str, english_text: &'static str| if english { english_text } else { turkish };
    format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="phone.css">
<script src="phone.js" defer></script>
</head>
<body>
<main aria-label="{title}">
<header><h1>{title}</h1> <p class="cap">{only_here}</p></header>
<div class="screen">
<p class="time" aria-hidden="true"></p>
<div class="sms" role="status"><p>{empty}</p></div>
</div>
<details>
<summary>{details}</summary>
<dl>
<dt>{tckn}</dt><dd>10562272296</dd>
<dt>{birth_date}</dt><dd>15.06.1985</dd>
<dt>{mobile}</dt><dd>0533 765 43 21</dd>
<dt>{plate}</dt><dd>06 ANK 606</dd>
<dt>{serial}</dt><dd>CD 654321</dd>
</dl>
<p class="cap">{known}: 10000000146, 23.04.1990, 0532 123 45 67</p>
</details>
<details class="tag">
<summary>{tag}</summary>
<pre tabindex="0" role="region" aria-label="HTML"><code>&lt;script async
  src="{cdn}/insurup.js"&gt;&lt;/script&gt;
&lt;insurup-checkout
  agent-id="3f2504e0-4f89-41d3-9a0c-0305e82c3301"
  branch="kasko" lang="{language}"
  kvkk-url="/kvkk" consent-url="/acik-riza"&gt;
&lt;/insurup-checkout&gt;</code></pre>
</details>
</main>
</body>
</html>"#,
        language = t("tr", "en"),
        title = t("Deneme telefonu", "Demo phone"),
        only_here = t("Bu panel yalnızca denemede görünür.", "This panel appears in the demo only."),
        empty = t("Yazdığınız numaraya gelen mesajlar burada görünür.", "Messages to the number you type appear here."),
        details = t("Denemek için bilgiler", "Details to try it with"),
        tag = t("Siteye eklenen kod", "What a site pastes"),
        tckn = t("T.C. kimlik no", "ID number"),
        birth_date = t("Doğum tarihi", "Date of birth"),
        mobile = t("Cep telefonu", "Mobile phone"),
        plate = t("Plaka", "Plate"),
        serial = t("Ruhsat seri no", "Registration serial"),
        known = t("Kayıtlı aracı olan müşteri", "A customer with a saved vehicle"),
    )
}
