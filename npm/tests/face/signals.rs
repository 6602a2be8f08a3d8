//! Giving a call up.

use js_sys::{Error, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::fetch_stub::{Override, Reply, pause, until};
use super::package::{ClientError, Instance, Outcome, Pending, bearer, call, code, get, json, me, object, server, signed_in};

const PURCHASE: &str = r#"{"proposalId": "68f0c0ffee0123456789ad01", "productId": "68f0c0ffee0123456789ae01", "instalments": 1,
    "callbackUrl": "https://agency.example/return", "method": "insuranceCompanyRedirect"}"#;

fn controller() -> AbortController {
    AbortController::new().expect("a controller")
}

fn with(controller: &AbortController) -> JsValue {
    object("signal", &controller.signal())
}

fn me_with(client: &Instance, controller: &AbortController) -> Pending {
    call(client, "me", &[with(controller)])
}

/// Anything may be a reason.
fn reasons() -> [JsValue; 7] {
    let error = Error::new("mine").into();
    [JsValue::UNDEFINED, JsValue::NULL, "bye".into(), 7.into(), false.into(), Object::new().into(), error]
}

/// A real error that says what happened; the reason itself is its cause, `AbortError` where none was given.
#[track_caller]
fn check(outcome: &Outcome, reason: &JsValue) {
    assert_eq!(code(outcome), "aborted");
    let error: &ClientError = outcome.as_ref().expect_err("an error");
    assert!(error.is_instance_of::<Error>() && error.name().as_deref() == Some("ClientError"));
    if reason.is_undefined() {
        assert_eq!(get(&error.cause(), "name").as_string().as_deref(), Some("AbortError"));
    } else {
        assert!(Object::is(&error.cause(), reason), "{:?} for {reason:?}", error.cause());
    }
}

#[wasm_bindgen_test]
async fn nothing_is_sent_for_who_has_given_up_before() {
    let (stub, _) = server(|_| None);
    let client = signed_in().await;
    let sent = stub.sent().len();
    for reason in reasons() {
        let controller = controller();
        controller.abort_with_reason(&reason);
        check(&me_with(&client, &controller).await, &reason);
    }
    assert_eq!(stub.sent().len(), sent);
    client.close();
}

#[wasm_bindgen_test]
async fn a_call_that_is_given_up_ends_at_once_and_so_does_its_request() {
    for reason in reasons() {
        for reply in [Reply::Never, Reply::Stalls] {
            let (stub, _) = server(move |request| request.url().ends_with("/me").then(|| reply.clone()));
            let client = signed_in().await;
            let controller = controller();
            let waiting = me_with(&client, &controller);
            until("it is sent", || stub.sent_to("/me").len() == 1).await;
            controller.abort_with_reason(&reason);
            check(&waiting.await, &reason);
            assert!(stub.sent_to("/me")[0].aborted());
            pause(10).await;
            assert_eq!(stub.sent_to("/me").len(), 1);
            assert!(client.signed_in());
            client.close();
        }
    }
}

#[wasm_bindgen_test]
async fn one_signal_ends_its_calls_and_no_others() {
    let (stub, _) = server(|request| request.url().ends_with("/me").then(|| Reply::After(60, Box::new(Reply::json(r#"{"id": "c"}"#)))));
    let client = signed_in().await;
    let controller = controller();
    let others: Vec<_> = (0..3).map(|_| me(&client)).collect();
    let given_up: Vec<_> = (0..3).map(|_| me_with(&client, &controller)).collect();
    until("all are sent", || stub.sent_to("/me").len() == 6).await;
    controller.abort();
    for outcome in given_up {
        check(&outcome.await, &JsValue::UNDEFINED);
    }
    for outcome in others {
        assert!(outcome.await.is_ok());
    }
    assert_eq!(stub.sent_to("/me").iter().filter(|request| request.aborted()).count(), 3);
    client.close();
}

#[wasm_bindgen_test]
async fn who_gives_up_while_the_session_is_renewed_loses_nobody_the_new_tokens() {
    let (stub, _) = server(|request| match () {
        () if request.url().ends_with("/refresh") => {
            Some(Reply::After(40, Box::new(Reply::json(r#"{"accessToken": "access-2", "refreshToken": "refresh-2"}"#))))
        }
        () if bearer(request) == "access-1" => Some(Reply::Json(401, "{}".to_owned())),
        () => None,
    });
    let client = signed_in().await;
    let controller = controller();
    let waiting = me_with(&client, &controller);
    until("it is renewed", || stub.sent_to("/refresh").len() == 1).await;
    controller.abort();
    check(&waiting.await, &JsValue::UNDEFINED);
    assert!(!stub.sent_to("/refresh")[0].aborted());
    assert!(me(&client).await.is_ok());
    assert_eq!(
        (stub.sent_to("/refresh").len(), stub.sent_to("/me").iter().map(bearer).collect::<Vec<_>>().join(" ")),
        (1, "access-1 access-2".to_owned())
    );
    client.close();
}

#[wasm_bindgen_test]
async fn a_purchase_that_was_sent_stays_sent() {
    let (stub, _) = server(|request| request.url().ends_with("/purchase/async").then(|| Reply::After(30, Box::new(Reply::json("{}")))));
    let client = signed_in().await;
    let controller = controller();
    let waiting = call(&client, "startPurchase", &[json(PURCHASE), with(&controller)]);
    until("it is sent", || stub.sent_to("/purchase/async").len() == 1).await;
    controller.abort();
    check(&waiting.await, &JsValue::UNDEFINED);
    assert!(!stub.sent_to("/purchase/async")[0].aborted());
    pause(60).await;
    assert_eq!(stub.sent_to("/purchase/async").len(), 1);
    // Its answer was let in, and nobody was disturbed by it.
    assert!(me(&client).await.is_ok());
    client.close();
}

#[wasm_bindgen_test]
async fn a_purchase_that_waits_for_tokens_is_not_sent_for_who_has_given_up() {
    let (stub, _) = server(|request| match () {
        () if request.url().ends_with("/refresh") => {
            Some(Reply::After(60, Box::new(Reply::json(r#"{"accessToken": "access-2", "refreshToken": "refresh-2"}"#))))
        }
        () if bearer(request) == "access-1" => Some(Reply::Json(401, "{}".to_owned())),
        () => None,
    });
    let client = signed_in().await;
    let renewing = me(&client);
    until("it is renewed", || stub.sent_to("/refresh").len() == 1).await;
    let controller = controller();
    let waiting = call(&client, "startPurchase", &[json(PURCHASE), with(&controller)]);
    controller.abort();
    check(&waiting.await, &JsValue::UNDEFINED);
    assert!(renewing.await.is_ok());
    pause(30).await;
    assert!(stub.sent_to("/purchase/async").is_empty(), "it was sent after all");
    client.close();
}

#[wasm_bindgen_test]
async fn no_try_follows_for_who_gave_up_between_two() {
    let (stub, _) = server(|request| request.url().ends_with("/me").then(|| Reply::Json(503, "{}".to_owned())));
    let client = signed_in().await;
    let controller = controller();
    let waiting = me_with(&client, &controller);
    until("it was tried", || !stub.sent_to("/me").is_empty()).await;
    pause(5).await;
    controller.abort();
    check(&waiting.await, &JsValue::UNDEFINED);
    let tries = stub.sent_to("/me").len();
    pause(1100).await;
    assert_eq!(stub.sent_to("/me").len(), tries);
    client.close();
}

#[wasm_bindgen_test]
async fn a_signal_is_listened_to_only_while_a_call_is_under_way() {
    let (_stub, _) = server(|_| None);
    let client = signed_in().await;
    let controller = controller();
    let signal = controller.signal();
    let count = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = |name: &str, by: i32| {
        let real: Function = get(&signal, name).unchecked_into();
        let count = std::rc::Rc::clone(&count);
        let signal = signal.clone();
        Override::new(&signal.clone(), name, move || {
            count.set(count.get() + by);
            Ok(real.bind0(&signal).into())
        })
    };
    let _listeners = [counted("addEventListener", 1), counted("removeEventListener", -1)];
    let waiting = me_with(&client, &controller);
    assert_eq!(count.get(), 1);
    assert!(waiting.await.is_ok());
    assert_eq!(count.get(), 0);
    let wrong = call(&client, "readPolicy", &[json("{}"), with(&controller)]).await;
    assert_eq!((code(&wrong).as_str(), count.get()), ("invalid-argument", 0));
    // Too late to give anything up.
    controller.abort();
    assert!(client.signed_in() && me(&client).await.is_ok());
    client.close();
}
