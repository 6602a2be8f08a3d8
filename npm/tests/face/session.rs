//! One session, renewed once for everybody, and begun by nobody but a code.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::Api;
use super::fetch_stub::{Reply, Sent, Stub, pause};
use super::package::{Instance, WHO, bearer, call, client, client_options, code, create, get, json, me, server, sign_in, signed_in};

const MANY: usize = 20;

fn refused() -> Reply {
    Reply::Json(401, "{}".to_owned())
}

fn later(milliseconds: u32, reply: Reply) -> Reply {
    Reply::After(milliseconds, Box::new(reply))
}

fn is_refresh(request: &Sent) -> bool {
    request.url().ends_with("/refresh")
}

fn tokens(number: u32) -> String {
    format!(r#"{{"accessToken": "access-{number}", "refreshToken": "refresh-{number}", "expiresIn": 600}}"#)
}

/// A server that takes one access token only, counts them up, and gives the next one for a refresh token it has not seen.
struct Rotating {
    valid: Cell<u32>,
    seen: RefCell<Vec<String>>,
}

impl Rotating {
    fn serve() -> (Rc<Self>, Stub) {
        let rotating = Rc::new(Self { valid: Cell::new(1), seen: RefCell::default() });
        let theirs = Rc::clone(&rotating);
        let calls = Cell::new(0);
        let (stub, _) = server(move |request| {
            if is_refresh(request) {
                return Some(later(30, theirs.refresh(request)));
            }
            if bearer(request).is_empty() {
                return None;
            }
            // Not all answers come at once, and some refusals only after the renewal they call for.
            calls.set((calls.get() + 1) % 5);
            let is_valid = bearer(request) == format!("access-{}", theirs.valid.get());
            Some(later(calls.get() * 15, if is_valid { Api::default().answer(request) } else { refused() }))
        });
        (rotating, stub)
    }

    fn refresh(&self, request: &Sent) -> Reply {
        let body = request.body().unwrap_or_default();
        if self.seen.borrow().contains(&body) {
            return refused();
        }
        self.seen.borrow_mut().push(body);
        Reply::json(&tokens(self.valid.get()))
    }

    /// The token that is valid is no longer.
    fn expire(&self) {
        self.valid.set(self.valid.get() + 1);
    }
}

async fn many(client: &Instance) -> Vec<super::package::Outcome> {
    let calls: Vec<_> = (0..MANY).map(|_| me(client)).collect();
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await);
    }
    outcomes
}

#[wasm_bindgen_test]
async fn many_refusals_at_once_are_one_renewal_and_one_more_try_each() {
    let (server, stub) = Rotating::serve();
    let client = signed_in().await;
    server.expire();
    for outcome in many(&client).await {
        assert!(get(&outcome.expect("an answer"), "id").is_string());
    }
    assert_eq!(stub.sent_to("/refresh").len(), 1);
    let by = |token: &str| stub.sent_to("/me").iter().filter(|request| bearer(request) == token).count();
    assert_eq!((by("access-1"), by("access-2"), stub.sent_to("/me").len()), (MANY, MANY, 2 * MANY));
    assert!(client.signed_in());
    client.close();
}

#[wasm_bindgen_test]
async fn no_refresh_token_is_used_twice() {
    let (server, stub) = Rotating::serve();
    let client = signed_in().await;
    for _ in 0..4 {
        server.expire();
        for outcome in many(&client).await {
            assert!(outcome.is_ok(), "{}", code(&outcome));
        }
    }
    let bodies: Vec<_> = stub.sent_to("/refresh").iter().filter_map(Sent::body).collect();
    assert_eq!((bodies.len(), bodies.iter().collect::<BTreeSet<_>>().len()), (4, 4), "{bodies:?}");
    client.close();
}

#[wasm_bindgen_test]
async fn a_second_refusal_ends_the_session() {
    let (stub, _) = server(|request| request.url().ends_with("/me").then(refused));
    let client = signed_in().await;
    for outcome in many(&client).await {
        assert_eq!(code(&outcome), "session-ended");
    }
    assert!(!client.signed_in());
    assert_eq!((stub.sent_to("/refresh").len(), stub.sent_to("/me").len() <= 2 * MANY), (1, true));
    let sent = stub.sent().len();
    assert_eq!(code(&me(&client).await), "session-ended");
    assert_eq!(stub.sent().len(), sent);
    client.close();
}

#[wasm_bindgen_test]
async fn a_renewal_that_fails_ends_the_session_and_is_not_tried_again() {
    let html = Reply::Other(200, Some("text/html"), "<h1>".into(), None);
    let failures = [refused(), Reply::Json(500, "{}".to_owned()), Reply::json("{}"), Reply::Lost, html];
    for failure in failures {
        let (stub, _) = server(move |request| match () {
            () if is_refresh(request) => Some(failure.clone()),
            () if request.url().ends_with("/me") => Some(refused()),
            () => None,
        });
        let client = signed_in().await;
        for outcome in many(&client).await {
            assert_eq!(code(&outcome), "session-ended");
        }
        pause(20).await;
        let refreshes = stub.sent_to("/refresh").iter().filter(|request| request.method().as_deref() == Some("POST")).count();
        assert_eq!((client.signed_in(), refreshes), (false, 1));
        client.close();
    }
}

/// The server signs in at once.
fn without_code(request: &Sent) -> Option<Reply> {
    request.url().ends_with("/login-or-register").then(|| Reply::json(&tokens(7)))
}

#[wasm_bindgen_test]
async fn tokens_that_no_code_was_asked_for_are_refused() {
    let (stub, _) = server(without_code);
    let client = client().await;
    assert_eq!(code(&call(&client, "signIn", &[json(WHO)]).await), "no-code-asked");
    assert!(!client.signed_in());
    assert_eq!(code(&me(&client).await), "session-ended");
    assert_eq!(stub.sent().len(), 1);
    client.close();
}

#[wasm_bindgen_test]
async fn a_code_for_one_customer_lets_no_other_one_in() {
    let asked = Cell::new(0);
    let (_stub, _) = server(move |request| {
        let first = request.url().ends_with("/login-or-register") && asked.replace(asked.get() + 1) == 0;
        if first { None } else { without_code(request) }
    });
    let client = client().await;
    let sent = call(&client, "signIn", &[json(WHO)]).await.expect("a code was sent");
    assert_eq!(get(&sent, "codeSent"), JsValue::TRUE);
    assert_eq!(code(&call(&client, "signIn", &[json(WHO)]).await), "no-code-asked");
    assert!(!client.signed_in());
    client.close();
}

#[wasm_bindgen_test]
async fn an_agency_that_verifies_the_phone_itself_may_say_so() {
    let (stub, _) = server(without_code);
    let client = create("Client", &client_options(r#", "withoutCode": true"#)).await.expect("a client");
    let answer = call(&client, "signIn", &[json(WHO)]).await.expect("a session");
    assert_eq!((get(&answer, "codeSent"), client.signed_in()), (JsValue::FALSE, true));
    assert!(me(&client).await.is_ok());
    assert_eq!(bearer(&stub.sent_to("/me")[0]), "access-7");
    client.close();
}

#[wasm_bindgen_test]
async fn who_signs_out_takes_everything_along() {
    for on_its_way in ["/me", "/refresh"] {
        let (stub, _) = server(move |request| match () {
            () if request.url().ends_with(on_its_way) => Some(later(40, Api::default().answer(request))),
            () if request.url().ends_with("/me") && bearer(request) == "access-1" => Some(refused()),
            () => None,
        });
        let client = signed_in().await;
        let waiting = me(&client);
        super::fetch_stub::until("it is on its way", || !stub.sent_to(on_its_way).is_empty()).await;
        client.sign_out();
        assert_eq!(code(&waiting.await), "session-ended");
        // What comes now comes too late.
        pause(80).await;
        assert!(!client.signed_in());
        assert_eq!(code(&me(&client).await), "session-ended");
        client.close();
    }
}

#[wasm_bindgen_test]
async fn the_next_customers_session_is_not_replaced_by_a_renewal_of_the_first_ones() {
    let (stub, _) = server(|request| match () {
        () if is_refresh(request) => Some(later(80, Reply::json(&tokens(2)))),
        () if bearer(request) == "access-1" => Some(refused()),
        () => None,
    });
    let client = signed_in().await;
    let first = me(&client);
    super::fetch_stub::until("it is renewed", || !stub.sent_to("/refresh").is_empty()).await;
    // The same golden answers, but for what the second one is let in with.
    let (stub, _) = server(|request| match () {
        () if request.url().ends_with("/verify-mfa") => Some(Reply::json(&tokens(9))),
        () => None,
    });
    sign_in(&client).await;
    assert_eq!(code(&first.await), "session-ended");
    pause(120).await;
    assert!(me(&client).await.is_ok());
    assert_eq!(bearer(&stub.sent_to("/me")[0]), "access-9");
    client.close();
}
