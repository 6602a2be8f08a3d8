//! The insurer takes no money, and then does.

use anyhow::{Result, ensure};

use super::{INSURER, come_back};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::Outcome;
use crate::pages::{NotTaken, Offers, Policy, RETURNING};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_not_taken_only_after_the_api_and_sells_at_the_second_try() -> Result<()> {
    journey(Play::new("declined"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let (away, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;

        // "I decided not to pay" proves nothing: the payment page is still open, and the API says the payment is under way.
        let checking = away.give_up().await?;
        stage.let_pass(5 * 60_000).await?;
        ensure!(checking.is_all_there_is().await?, "something else than checking is shown while the payment is under way");
        ensure!(stage.count("charges") == 0, "charged before anybody paid");

        // The API says that the offer can be bought again, but that alone is no answer yet: a payment may still be on its way.
        page.decline().await?;
        ensure!(checking.is_all_there_is().await?, "not taken is shown before the quiet time was over");
        stage.let_pass(61_000).await?;
        let not_taken = NotTaken::reached(stage).await?.says("Ödeme banka tarafından reddedildi.").await?;
        page.close().await?;

        let (_, page) = not_taken.pay_again().await?.pay_after_a_change(4).await?.open().await?;
        page.approve().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome { purchases: 2, ..Outcome::returning() }).await
    })
    .await
}
