//! Letters from everybody who has a handle of a window: the page, a frame of its own, the window that opened it, one that it opened.
//! In the frame none is taken but the page's first; inline there is nobody to take one.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::pages::{Identify, NEW};

/// So many from each sender, at one time so many.
const LETTERS: u64 = 10_000;
const AT_ONCE: u64 = 1_000;

/// Letters of every shape, with ports and without, to the window of the page and to all frames in it: those that look right come too late,
/// or from somebody else.
const SEND: &str = r"
    const [count, from] = arguments;
    const shop = { page: window, frame: parent, opener: window.opened, popup: window.opener }[from];
    const targets = [shop, ...Array.from({ length: shop.length }, (_, at) => shop[at])];
    window.state ??= 7;
    const next = (below) => (window.state = (window.state * 1103515245 + 12345) % 2147483648) % below;
    const pick = (list) => list[next(list.length)];
    const words = ['', 'insurup', 'height', 'show', 'type', 'completed', '{', '[]', 'null', '1', '3d-secure-result', 'CLOSE_PAYMENT_MODAL', 'x'.repeat(1000), '\u0000\ud800'];
    const tree = (depth) => pick([() => null, () => next(9), () => -1, () => NaN, () => pick(words), () => true, () => new Date(0), () => new Map([[1, 2]]), () => new ArrayBuffer(8),
      ...(depth ? [() => Array.from({ length: next(4) }, () => tree(depth - 1)), () => Object.fromEntries(Array.from({ length: next(4) }, () => [pick(words), tree(depth - 1)]))] : [])])();
    const attributes = { 'agent-id': 'x', 'api-base': 'https://evil.example/api/', lang: 'en', phone: '0900', config: '{' };
    const letter = () => ({ insurup: pick([1, 1, 2, '1']), attributes: pick([attributes, {}, null, 'x', tree(2)]), more: tree(3), page: tree(1), look: { accent: pick(['red', 'url(https://evil.example)', ';}']) }, above: tree(0) });
    window.answers ??= 0;
    for (let sent = 0; sent < count; sent++) {
      const message = pick([letter, () => tree(3)])();
      for (const target of targets) {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.answers++;
        target.postMessage(message, '*', sent % 2 ? [port2] : []);
      }
    }
    // As many turns as there are letters.
    return new Promise((done) => setTimeout(() => done(window.answers), 100))";

/// One letter that is right in every point but its sender, again and again, from before the page sends its own.
const AHEAD: &str = "
    window.ahead = 0;
    const attributes = arguments[0];
    setInterval(() => {
      for (let at = 0; at < opened.length; at++) {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (window.answers = (window.answers ?? 0) + 1);
        opened[at].postMessage({ insurup: 1, attributes, page: {}, language: 'en', look: {} }, '*', [port2]);
        window.ahead++;
      }
    }, 5)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobodys_letters_change_anything() -> Result<()> {
    let play = Play { looks: Looks::Laid(&[]), ..Play::new("letters") };
    journey(play, async |stage| {
        let stage = &*stage;
        // Another origin opens the shop, and writes first.
        stage.browser.open(&format!("{}/__sandbox/phone", stage.at.api)).await?;
        let opener = stage.browser.window().await?;
        let shop = stage.browser.open_from_here(&format!("{}/index.html", stage.at.site)).await?;
        let attributes = "return Object.fromEntries(Array.from(witness.widget().attributes, ({ name, value }) => [name, value]))";
        let attributes = stage.browser.page_script(attributes, json!([])).await?;
        stage.browser.turn_to(&opener).await?;
        stage.browser.page_script(AHEAD, json!([attributes])).await?;
        let ahead = async || Ok(stage.browser.page_script("return window.ahead", json!([])).await?.as_u64().filter(|sent| *sent > 50));
        until("letters ahead of the page's", ahead).await?;
        stage.browser.turn_to(&shop).await?;
        stage.browser.reload().await?;
        Identify::reached(stage).await?.fill(NEW).await?;

        stage.browser.open_from_here(&format!("{}/kvkk.html", stage.at.site)).await?;
        let popup = stage.browser.window().await?;
        stage.browser.turn_to(&shop).await?;
        let within = "const within = document.createElement('iframe'); within.id = 'within'; document.body.append(within)";
        stage.browser.page_script(within, json!([])).await?;
        stage.browser.script("witness.letters = 0; addEventListener('message', () => witness.letters++)", json!([])).await?;
        let before = standing(stage).await?;
        for (from, window) in [("page", &shop), ("frame", &shop), ("opener", &opener), ("popup", &popup)] {
            stage.browser.turn_to(window).await?;
            for _ in 0..LETTERS / AT_ONCE {
                let arguments = json!([AT_ONCE, from]);
                let sent = if from == "frame" {
                    stage.browser.script_within("#within", SEND, arguments).await?
                } else {
                    stage.browser.page_script(SEND, arguments).await?
                };
                ensure!(sent == 0, "{sent} letters of the {from} were answered");
            }
            stage.browser.turn_to(&shop).await?;
            let after = standing(stage).await?;
            ensure!(after == before, "after the letters of the {from} there is\n{after:#?}\nand before there was\n{before:#?}");
        }
        let came =
            async || Ok(stage.browser.script("return witness.letters", json!([])).await?.as_u64().filter(|came| *came >= 4 * LETTERS));
        until("all letters to have come", came).await?;

        // And the sale goes on, with the API it had.
        stage.press("button", "id.submit").await?;
        stage.see_text("heading", "code.title").await?;
        for window in [&shop, &opener, &popup] {
            stage.browser.turn_to(window).await?;
            let answers = stage.browser.page_script("return window.answers", json!([])).await?;
            ensure!(answers == 0 || answers.is_null(), "{answers} letters were answered");
            stage.gather().await?;
        }
        stage.expect_no_other_host()?;
        ensure!(stage.count("smsSent") == 1, "{} codes were sent", stage.count("smsSent"));
        Ok(())
    })
    .await
}

/// What letters must leave as it is: documents, words, what is typed, and what was asked of whom.
async fn standing(stage: &Stage) -> Result<Vec<Value>> {
    let document = "return [location.href, performance.timeOrigin, history.length]";
    let (page, widget) = (stage.browser.page_script(document, json!([])).await?, stage.browser.script(document, json!([])).await?);
    stage.gather().await?;
    let requests = stage.witnessed().network.requests.clone();
    // The demo's telephone looks for messages all the time.
    let asked: Vec<_> = requests.iter().map(|request| request.url.clone()).filter(|url| !url.contains("/__sandbox/")).collect();
    Ok(vec![page, widget, json!(stage.all_words().await?), json!(stage.everything_typed().await?), json!(asked)])
}
