//! From the last look to the policy.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::PaymentPage;
use crate::harness::stage::Stage;
use crate::harness::until;
use crate::harness::verdict::PROPOSAL;

/// The last look before paying.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Review<'a>(&'a Stage);

/// The payment page is ready to be opened.
#[derive(Debug, Clone)]
pub(crate) struct Ready<'a>(&'a Stage, String);

/// The customer is at the payment page, in another window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Away<'a>(&'a Stage);

/// The insurer is asked for the result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checking<'a>(&'a Stage);

/// The API said that nothing was bought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NotTaken<'a>(&'a Stage);

/// Bought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy<'a>(&'a Stage);

impl<'a> Review<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "review.title").await?;
        stage.see_text("link", "offers.document").await?;
        stage.see_text("link", "review.info").await?;
        stage.look("review").await?;
        Ok(Self(stage))
    }

    pub(crate) fn stage(&self) -> &'a Stage {
        self.0
    }

    /// Has both documents sent to an address, where none is on file.
    pub(crate) async fn send_by_email(self, address: &str) -> Result<Self> {
        let Self(stage) = self;
        stage.witnessed().secrets.add("email", address);
        stage.press("button", "review.send").await?;
        stage.fill("policy.email.label", address).await?;
        ensure!(stage.count("documentsSent") == 0, "sent before the address was typed");
        stage.press("button", "policy.email").await?;
        stage.see("status", &stage.words.pattern("review.sent")).await?;
        ensure!(stage.count("documentsSent") == 2, "{} messages for two documents", stage.count("documentsSent"));
        stage.look("review-sent").await?;
        Ok(self)
    }

    /// Presses on without having read: nothing is sent.
    pub(crate) async fn pay_unread(self) -> Result<Self> {
        let Self(stage) = self;
        stage.press("button", "review.submit").await?;
        stage.see_text("alert", "err.ack").await?;
        stage.look("review-unread").await?;
        ensure!(stage.count("purchases") == 0, "a purchase went out without the documents acknowledged");
        Ok(self)
    }

    /// Confirms an amount that is not the insurer's any more: nothing is sent before the new one is confirmed too.
    pub(crate) async fn pay_after_a_change(self, percent: i32) -> Result<Ready<'a>> {
        let Self(stage) = self;
        stage.control("prices", &json!({ "percent": percent }))?;
        let before = stage.count("purchases");
        stage.press("checkbox", "review.ack").await?;
        stage.press("button", "review.submit").await?;
        stage.see_text("heading", "review.changed.title").await?;
        stage.look("price-changed").await?;
        ensure!(stage.count("purchases") == before, "a purchase went out at a price nobody had seen");
        // The old amount stands above the new one.
        let words = stage.all_words().await?;
        let amount = words.lines().rfind(|line| line.contains('₺')).context("no amount is shown")?.to_owned();
        stage.press("button", "review.changed.accept").await?;
        stage.see_text("heading", "away.ready.title").await?;
        Ok(Ready(stage, amount))
    }

    /// Confirms, while another window is paying for the same.
    pub(crate) async fn pay_is_elsewhere(self) -> Result<Self> {
        let Self(stage) = self;
        stage.press("checkbox", "review.ack").await?;
        stage.press("button", "review.submit").await?;
        stage.see_text("status", "away.elsewhere").await?;
        stage.look("review-elsewhere").await?;
        Ok(self)
    }

    /// Confirms once more: another window has bought it meanwhile.
    pub(crate) async fn finds_it_bought(self) -> Result<()> {
        self.0.press("button", "review.submit").await?;
        Policy::reached(self.0).await?;
        Ok(())
    }

    /// Confirms while there is no network: the customer is told, nothing is sent, and what was ticked stays.
    pub(crate) async fn pay_offline(self) -> Result<Self> {
        let Self(stage) = self;
        let before = stage.count("purchases");
        stage.press("checkbox", "review.ack").await?;
        stage.press("button", "review.submit").await?;
        stage.see_text("status", "net.offline").await?;
        stage.look("review-offline").await?;
        ensure!(stage.value("checkbox", &stage.words.pattern("review.ack")).await? == "true", "the tick was lost with the network");
        ensure!(stage.count("purchases") == before, "a purchase went out without a network");
        Ok(self)
    }

    /// What the button says that pays.
    pub(crate) async fn amount(&self) -> Result<String> {
        let button = self.0.see_text("button", "review.submit").await?;
        Ok(self.0.browser.spoken(&button).await?.1)
    }

    /// Back to the offers.
    pub(crate) async fn leave(self) -> Result<()> {
        self.0.press("button", "common.back").await
    }

    /// Confirms the documents and the amount.
    pub(crate) async fn pay(self) -> Result<Ready<'a>> {
        self.0.press("checkbox", "review.ack").await?;
        self.pay_acknowledged().await
    }

    /// The same where the API does not say where to pay, or says what nobody may be sent to.
    pub(crate) async fn pay_to_the_check(self) -> Result<Checking<'a>> {
        self.0.press("checkbox", "review.ack").await?;
        self.0.press("button", "review.submit").await?;
        Checking::reached(self.0).await
    }

    /// The same where the documents are ticked already.
    pub(crate) async fn pay_acknowledged(self) -> Result<Ready<'a>> {
        let amount = self.amount().await?;
        let Self(stage) = self;
        stage.press("button", "review.submit").await?;
        stage.see_text("heading", "away.ready.title").await?;
        stage.look("ready").await?;
        Ok(Ready(stage, amount))
    }
}

impl<'a> Ready<'a> {
    /// Follows the link; the payment page opens in a window of its own.
    pub(crate) async fn open(self) -> Result<(Away<'a>, PaymentPage<'a>)> {
        let Self(stage, amount) = self;
        let (shop, known) = (stage.browser.window().await?, stage.browser.windows().await?);
        stage.press("link", "away.open").await?;
        let page = PaymentPage::reached(stage, shop, &known, &amount).await?;
        page.go_back().await?;
        Ok((Away::reached(stage).await?, page))
    }
}

impl<'a> Away<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "away.title").await?;
        stage.look("away").await?;
        Ok(Self(stage))
    }

    /// "I've finished, check the result."
    pub(crate) async fn check(self) -> Result<Checking<'a>> {
        self.0.press("button", "away.check").await?;
        Checking::reached(self.0).await
    }

    /// "I decided not to pay."
    pub(crate) async fn give_up(self) -> Result<Checking<'a>> {
        self.0.press("button", "away.leave").await?;
        Checking::reached(self.0).await
    }
}

impl<'a> Checking<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "check.title").await?;
        stage.look("checking").await?;
        Ok(Self(stage))
    }

    /// Waits until the result was asked for once more, looks at what that brought, and says whether the widget is still only checking.
    pub(crate) async fn is_all_there_is(self) -> Result<bool> {
        let Self(stage) = self;
        let reads = || stage.calls().iter().filter(|call| call.route == PROPOSAL && call.status == 200).count();
        let before = reads();
        until("another question", async || {
            stage.let_pass(1_000).await?;
            Ok((reads() > before).then_some(()))
        })
        .await?;
        stage.look("checking").await?;
        stage.shows("heading", "check.title").await
    }
}

impl Checking<'_> {
    /// After a quarter of an hour without a result, which is no failure.
    pub(crate) async fn comes_to_no_end(self) -> Result<()> {
        let Self(stage) = self;
        stage.let_pass_here(16 * 60_000).await?;
        stage.see_text("heading", "unknown.title").await?;
        stage.look("unknown").await
    }
}

impl<'a> NotTaken<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "failed.title").await?;
        stage.look("not-completed").await?;
        Ok(Self(stage))
    }

    /// The reason as the insurer gave it.
    pub(crate) async fn says(self, reason: &str) -> Result<Self> {
        let said = self.0.all_words().await?;
        ensure!(said.contains(reason), "`{reason}` is not among: {said}");
        Ok(self)
    }

    pub(crate) async fn pay_again(self) -> Result<Review<'a>> {
        self.0.press("button", "failed.retry").await?;
        Review::reached(self.0).await
    }
}

impl<'a> Policy<'a> {
    /// With its document at hand.
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "policy.title").await?;
        stage.see_text("link", "policy.download").await?;
        stage.look("policy").await?;
        Ok(Self(stage))
    }

    /// Has the policy sent to the address on file, which is shown masked; then to another one, which fails first.
    pub(crate) async fn send_by_email(self, masked: &str, other: &str) -> Result<Self> {
        let Self(stage) = self;
        let before = stage.count("documentsSent");
        let sent = || stage.count("documentsSent") - before;
        // The first press brings the address, the second sends.
        stage.press("button", "policy.email").await?;
        until("the masked address on file", async || Ok(stage.all_words().await?.contains(masked).then_some(()))).await?;
        ensure!(sent() == 0, "sent before the address was seen");
        stage.press("button", "policy.email").await?;
        stage.see("status", &stage.words.pattern("policy.email.sent")).await?;
        ensure!(sent() == 1, "{} messages for one press", sent());
        stage.look("policy-sent").await?;
        stage.provokes(503, "/document/send");
        stage.control("faults", &json!({ "route": "POST /policies/{id}/document/send", "status": 503 }))?;
        stage.witnessed().secrets.add("email", other);
        stage.press("button", "common.change").await?;
        stage.fill("policy.email.label", other).await?;
        stage.press("button", "policy.email").await?;
        stage.see_text("alert", "policy.email.failed").await?;
        stage.look("policy-unsent").await?;
        stage.press("button", "policy.email").await?;
        stage.see("status", &stage.words.pattern("policy.email.sent")).await?;
        ensure!(sent() == 2, "{} messages for two presses that were taken", sent());
        Ok(self)
    }

    /// The page around the widget heard of it, once.
    pub(crate) async fn is_told(self) -> Result<Self> {
        let Self(stage) = self;
        let told = stage.browser.page_script("return witness.events.filter(({ type }) => type === 'completed').length", json!([])).await?;
        ensure!(told == 1, "insurup:completed came {told} times");
        Ok(self)
    }

    /// Nothing of the customer's is left on the screen.
    pub(crate) async fn sign_out(self) -> Result<()> {
        let Self(stage) = self;
        stage.press("button", "common.signout").await?;
        stage.see_text("button", "signedout.again").await?;
        let said = stage.all_words().await?;
        ensure!(!said.contains(stage.words.text("policy.number")), "after signing out there is still: {said}");
        stage.look("signed-out").await
    }
}
