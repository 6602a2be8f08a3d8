//! Who are you.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;

use crate::harness::stage::Stage;
use crate::harness::until;

/// An invented customer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// What is chosen on the form where it isn't chosen already, and the label of the number.
    kind: (Option<&'static str>, &'static str),
    pub(crate) number: &'static str,
    /// As it is typed: dd.mm.yyyy. A company has none.
    pub(crate) birth_date: &'static str,
    /// Ten digits.
    pub(crate) phone: &'static str,
}

/// Nobody the sandbox knows.
pub(crate) const NEW: Person = Person::citizen("10562272296", "15.06.1985", "5337654321");
/// Known to the sandbox, with a car on file.
pub(crate) const RETURNING: Person = Person::citizen("10000000146", "23.04.1990", "5321234567");
/// Somebody with a passport, whom the sandbox doesn't know.
pub(crate) const FOREIGNER: Person =
    Person { kind: (Some("id.foreign"), "id.ykn"), number: "U7654321", birth_date: "02.11.1979", phone: "5359876543" };
/// A company, which the sandbox doesn't know.
pub(crate) const COMPANY: Person =
    Person { kind: (Some("id.company"), "id.vkn"), number: "4540536920", birth_date: "", phone: "5426543210" };

impl Person {
    /// Somebody with an identity number.
    pub(crate) const fn citizen(number: &'static str, birth_date: &'static str, phone: &'static str) -> Self {
        Self { kind: (None, "id.tckn"), number, birth_date, phone }
    }
}

/// Identity number, birth date, phone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identify<'a>(&'a Stage);

/// The code from the message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code<'a>(&'a Stage, Person);

/// What the API lacks about the customer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile<'a>(&'a Stage);

/// What the customer agrees to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Consents<'a>(&'a Stage);

impl<'a> Identify<'a> {
    /// Opens the agency's page.
    pub(crate) async fn open(stage: &'a Stage) -> Result<Self> {
        stage.visit("index.html").await?;
        Self::reached(stage).await
    }

    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "id.title.kasko").await?;
        stage.see_text("button", "id.submit").await?;
        stage.look("identify").await?;
        Ok(Self(stage))
    }

    /// After a reload while a payment was under way.
    pub(crate) async fn reached_again(stage: &'a Stage) -> Result<Self> {
        stage.see_text("paragraph", "again.payment.lead").await?;
        stage.see_text("button", "id.submit").await?;
        stage.look("identify-again").await?;
        Ok(Self(stage))
    }

    /// Sends an empty form: each field says what it wants.
    pub(crate) async fn send_empty(self) -> Result<Self> {
        self.0.press("button", "id.submit").await?;
        self.0.see_text("alert", "err.summary").await?;
        self.0.look("identify-errors").await?;
        Ok(self)
    }

    /// Sends the number of another kind of customer, is told so, and finds it again after looking elsewhere.
    pub(crate) async fn confuse_kinds(self, person: Person) -> Result<Self> {
        let Self(stage) = self;
        let (Some(kind), number) = person.kind else { return Ok(self) };
        for kind in [if kind == "id.company" { "id.foreign" } else { "id.company" }, kind] {
            stage.press("radio", kind).await?;
            stage.look(screen_of(kind)).await?;
        }
        stage.fill(number, RETURNING.number).await?;
        stage.press("button", "id.submit").await?;
        stage.see_text("paragraph", "err.vkn.tckn").await?;
        stage.press("radio", "id.individual").await?;
        // What was wrong with a field that is gone is not said any more.
        ensure!(!stage.shows("paragraph", "err.vkn.tckn").await?, "the other number is still said to be wrong");
        stage.press("radio", kind).await?;
        let field = stage.see_text("textbox", number).await?;
        let typed = stage.browser.script("return arguments[0].value", json!([field.argument()])).await?;
        ensure!(typed == RETURNING.number, "what was typed is gone: {typed}");
        Ok(self)
    }

    /// Where whoever is not meant by the code goes on, after the session ended.
    pub(crate) async fn reached_after_the_session(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "session.title").await?;
        stage.see_text("button", "id.submit").await?;
        stage.look("session-ended-other").await?;
        Ok(Self(stage))
    }

    pub(crate) async fn fill(self, person: Person) -> Result<Self> {
        let Self(stage) = self;
        stage.witnessed().secrets.add_person(&person);
        let (kind, number) = person.kind;
        if let Some(kind) = kind {
            stage.press("radio", kind).await?;
        }
        stage.fill(number, person.number).await?;
        if !person.birth_date.is_empty() {
            stage.fill("id.birth", person.birth_date).await?;
        }
        if let Some(kind) = kind {
            stage.look(screen_of(kind)).await?;
        }
        stage.fill("id.phone", person.phone).await?;
        Ok(self)
    }

    pub(crate) async fn send(self, person: Person) -> Result<Code<'a>> {
        self.fill(person).await?.send_as_it_is(person).await
    }

    /// Sends an empty form, and goes from the list of what is wrong to the first field.
    pub(crate) async fn go_to_mistake(self) -> Result<Self> {
        let Self(stage) = self.send_empty().await?;
        stage.press("link", "id.tckn").await?;
        let focused = "return witness.widget().shadowRoot.activeElement?.localName ?? ''";
        ensure!(stage.browser.script(focused, json!([])).await? == "input", "the mistake did not lead to its field");
        Ok(self)
    }

    /// Sends with the key that sends forms.
    pub(crate) async fn send_by_enter(self, person: Person) -> Result<Code<'a>> {
        let Self(stage) = self.fill(person).await?;
        stage.browser.press_keys("\u{e007}").await?;
        stage.see_text("heading", "code.title").await?;
        stage.look("code").await?;
        Ok(Code(stage, person))
    }

    /// Sends while there is no network: the customer is told, and everything typed stays.
    pub(crate) async fn send_offline(self, person: Person) -> Result<Self> {
        let Self(stage) = self;
        stage.press("button", "id.submit").await?;
        stage.see_text("status", "net.offline").await?;
        stage.look("identify-offline").await?;
        let typed = stage.everything_typed().await?.join(", ");
        // The phone is in groups once the field was left.
        for text in [person.number, person.birth_date, &person.phone[..3], &person.phone[8..]] {
            ensure!(typed.contains(text), "{text} is lost with the network: {typed}");
        }
        Ok(self)
    }

    /// Sends what is typed already.
    pub(crate) async fn send_as_it_is(self, person: Person) -> Result<Code<'a>> {
        let Self(stage) = self;
        stage.press("button", "id.submit").await?;
        stage.see_text("heading", "code.title").await?;
        stage.look("code").await?;
        Ok(Code(stage, person))
    }
}

impl<'a> Code<'a> {
    /// After the session ended in the middle of something: a code has come by itself.
    pub(crate) async fn reached_after_the_session(stage: &'a Stage, person: Person) -> Result<Self> {
        stage.see_text("paragraph", "session.lead").await?;
        stage.see_text("heading", "code.title").await?;
        stage.look("session-ended").await?;
        Ok(Self(stage, person))
    }

    /// After a session that was left alone: no code has come, and this asks for one.
    pub(crate) async fn asked_for_after_the_session(stage: &'a Stage, person: Person) -> Result<Self> {
        let before = stage.count("smsSent");
        stage.press("button", "code.resend").await?;
        until("another code", async || Ok((stage.count("smsSent") > before).then_some(()))).await?;
        Ok(Self(stage, person))
    }

    /// It is somebody else who goes on.
    pub(crate) async fn change_number(self) -> Result<Identify<'a>> {
        self.0.press("button", "code.phone").await?;
        Identify::reached_after_the_session(self.0).await
    }

    /// Types a code nobody sent.
    pub(crate) async fn mistype(self) -> Result<Self> {
        let Self(stage, _) = self;
        stage.provokes(422, "/auth/customer/verify-mfa");
        let wrong = if self.read()? == "111111" { "222222" } else { "111111" };
        stage.fill("code.label", wrong).await?;
        stage.press("button", "code.submit").await?;
        stage.see_text("alert", "code.wrong").await?;
        stage.look("code-wrong").await?;
        Ok(self)
    }

    /// Asks for another code, which the server refuses with a time of its own: that is the time that is shown, and the code that came
    /// before still works.
    pub(crate) async fn ask_too_often(self) -> Result<Self> {
        let Self(stage, _) = self;
        stage.provokes(429, "/auth/customer/login-or-register");
        let headers = json!({ "retry-after": "150", "access-control-expose-headers": "retry-after" });
        stage.control(
            "faults",
            &json!({ "route": "POST /auth/customer/login-or-register", "status": 429, "body": {}, "headers": headers }),
        )?;
        ensure!(!stage.shows("button", "code.resend").await?, "another code can be asked for at once");
        stage.let_pass_here(61_000).await?;
        stage.press("button", "code.resend").await?;
        let said = stage.words.pattern("code.rate");
        let alert = stage.see("alert", &said).await?;
        let words = stage.browser.script("return arguments[0].innerText", json!([alert.argument()])).await?.to_string();
        ensure!(words.contains("2:30"), "the server said 150 s, and the screen says {words}");
        stage.see_text("paragraph", "code.wait").await?;
        let left = stage.all_words().await?;
        ensure!(["150 ", "149 ", "148 "].iter().any(|seconds| left.contains(seconds)), "the wait is another one: {left}");
        stage.look("code-rate").await?;
        stage.let_pass_here(151_000).await?;
        stage.see_text("button", "code.resend").await?;
        Ok(self)
    }

    /// Types the code that came. Where it leads depends on what was before.
    pub(crate) async fn enter(self) -> Result<()> {
        let Self(stage, _) = self;
        let code = self.read()?;
        stage.witnessed().secrets.add("code", &code);
        stage.fill("code.label", &code).await?;
        stage.press("button", "code.submit").await?;
        until("the code to be accepted", async || Ok((!stage.shows("heading", "code.title").await?).then_some(()))).await
    }

    fn read(&self) -> Result<String> {
        newest_code(self.0, self.1)
    }
}

/// What the form of this kind of customer is called among the pictures.
fn screen_of(kind: &str) -> &'static str {
    if kind == "id.company" { "identify-company" } else { "identify-foreign" }
}

/// The newest message to this person's phone.
pub(crate) fn newest_code(stage: &Stage, person: Person) -> Result<String> {
    let messages = stage.sandbox.state().sms();
    let newest = messages.iter().find(|message| message.to.replace(' ', "").ends_with(person.phone));
    Ok(newest.context("no message came")?.code.clone())
}

impl<'a> Profile<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "profile.title").await?;
        stage.look("profile").await?;
        Ok(Self(stage))
    }

    /// Types what is missing, wrongly first; it is on file afterwards.
    pub(crate) async fn complete(self, name: &str, email: &str) -> Result<()> {
        let Self(stage) = self;
        stage.witnessed().secrets.add("email", email);
        stage.press("button", "common.continue").await?;
        stage.see_text("alert", "err.summary").await?;
        stage.fill("profile.name", name).await?;
        stage.fill("policy.email.label", "ayse@").await?;
        stage.press("button", "common.continue").await?;
        stage.see_text("paragraph", "err.email").await?;
        stage.look("profile-errors").await?;
        stage.fill("policy.email.label", email).await?;
        stage.choose("profile.city", "Eskişehir").await?;
        stage.press("button", "common.continue").await
    }
}

impl<'a> Consents<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "consent.legend").await?;
        stage.look("consents").await?;
        Ok(Self(stage))
    }

    /// Agrees to the processing, not to messages, and goes on.
    pub(crate) async fn agree(self) -> Result<()> {
        self.0.press("checkbox", "consent.kvkk").await?;
        self.pass().await
    }

    /// The processing was agreed to in an earlier sale and is not asked for again. Agrees to messages: the page is told what was recorded,
    /// with the text it was shown beside and the time, and not whose it is.
    pub(crate) async fn agree_to_messages_alone(self) -> Result<()> {
        let Self(stage) = self;
        ensure!(!stage.shows("checkbox", "consent.kvkk").await?, "a consent that is on file is asked for again");
        stage.look("consents-on-file").await?;
        stage.press("checkbox", "consent.etk").await?;
        stage.press("button", "common.continue").await?;
        let read = "return witness.events.filter(({ type }) => type === 'consent').map(({ detail }) => detail)";
        let told = until("the page to be told of the consent", async || {
            Ok(Some(stage.browser.page_script(read, json!([])).await?).filter(|told| told != &json!([])))
        })
        .await?;
        let [told] = &told.as_array().cloned().unwrap_or_default()[..] else { bail!("told more than once: {told}") };
        let (url, time) = (told["url"].as_str().unwrap_or_default(), told["time"].as_str().unwrap_or_default());
        ensure!(told["type"] == "etk" && url.ends_with("ticari-ileti.html") && time.ends_with('Z'), "told {told}");
        ensure!(told.as_object().is_some_and(|told| told.len() == 3), "more is told than what, where and when: {told}");
        Ok(())
    }

    /// Goes on without agreeing to anything.
    pub(crate) async fn pass(self) -> Result<()> {
        self.go_on().await?;
        let Self(stage) = self;
        // Who is asked for an address passes that on too.
        let left = async || Ok((!stage.shows("heading", "consent.legend").await?).then_some(()));
        until("the consents to be left", left).await?;
        if stage.shows("heading", "profile.title").await? {
            stage.press("button", "profile.skip").await?;
        }
        Ok(())
    }

    /// The same, and nothing more.
    pub(crate) async fn go_on(self) -> Result<()> {
        self.0.press("button", "common.continue").await
    }
}
