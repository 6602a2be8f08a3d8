//! Colours of the agency's: they follow the page at once, and whatever they are, everything can be read.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::harness::stage::{Play, Stage, journey};
use crate::pages::{Consents, Identify, RETURNING};

/// Of each kind one: hardly any luminance, nearly all of it, and the middle, where neither black nor white is written easily.
const ACCENTS: [&str; 8] = ["#fff6bf", "#ffffff", "#000000", "#ff0000", "#808080", "#ffd400", "#0000ff", "#00c853"];

const READ: &str = r"
    const { shadowRoot } = witness.widget();
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const luminance = (colour) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (part) => (part / 255 <= .04045 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4));
      return .2126 * red + .7152 * green + .0722 * blue;
    };
    const contrast = (one, other) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((one, other) => one - other);
      return (light + .05) / (dark + .05);
    };
    const style = (part, pseudo) => getComputedStyle(shadowRoot.querySelector(part), pseudo);
    const ground = style('.box').backgroundColor;
    const button = style('.btn:not(.alt)');
    const ratios = { button: contrast(button.color, button.backgroundColor), edge: contrast(button.borderTopColor, ground), step: contrast(style('.steps [aria-current]').borderTopColor, ground) };
    const tick = shadowRoot.querySelector('[type=checkbox]:checked, [type=radio]:checked');
    if (tick?.checkVisibility({ opacityProperty: true })) {
      ratios.box = contrast(getComputedStyle(tick).borderTopColor, ground);
      ratios.tick = contrast(getComputedStyle(tick, '::before').backgroundColor, getComputedStyle(tick).backgroundColor);
    }
    const link = shadowRoot.querySelector('.link');
    if (link) ratios.underline = contrast(getComputedStyle(link).textDecorationColor, ground);
    return ratios";

/// What is text, and what has to be told from its surroundings.
fn least(part: &str) -> f64 {
    if part == "button" { 4.5 } else { 3.0 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stays_readable_on_any_accent_that_a_page_sets_while_it_runs() -> Result<()> {
    journey(Play::new("themed"), async |stage| {
        let stage = &*stage;
        let identify = Identify::open(stage).await?;
        look_at_all(stage, &["button", "edge", "step"]).await?;
        identify.send(RETURNING).await?.enter().await?;
        Consents::reached(stage).await?;
        stage.press("checkbox", "consent.etk").await?;
        look_at_all(stage, &["button", "edge", "step", "box", "tick", "underline"]).await?;
        // Its own words about its colours count.
        set(stage, "--insurup-on-accent", "rgb(1, 2, 3)").await?;
        theme(stage, "light").await?;
        let written = "return getComputedStyle(witness.widget().shadowRoot.querySelector('.btn:not(.alt)')).color";
        let written = stage.browser.script(written, json!([])).await?;
        ensure!(written == "rgb(1, 2, 3)", "the page's own colour is not taken: {written}");
        stage.expect_quiet()
    })
    .await
}

async fn look_at_all(stage: &Stage, parts: &[&str]) -> Result<()> {
    let mut wrong = vec![];
    for look in ["light", "dark"] {
        theme(stage, look).await?;
        let mut before = Value::Null;
        for accent in ACCENTS {
            set(stage, "--insurup-accent", accent).await?;
            let ratios = stage.browser.script(READ, json!([])).await?;
            ensure!(ratios != before, "{accent} changes nothing at once");
            for part in parts {
                let ratio = ratios[part].as_f64().unwrap_or_default();
                if ratio < least(part) {
                    wrong.push(format!("{part} on {accent}, {look}: {ratio:.2}"));
                }
            }
            before = ratios;
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Sets a property as a page does that lets its visitors choose.
async fn set(stage: &Stage, property: &str, value: &str) -> Result<()> {
    stage.browser.page_script("witness.widget().style.setProperty(...arguments)", json!([property, value])).await?;
    stage.takes_over(property, value).await?;
    let finish = "for (const one of [...document.getAnimations(), ...witness.widget().shadowRoot.getAnimations()])
        if (one.effect.getComputedTiming().iterations !== Infinity) one.finish()";
    stage.browser.script(finish, json!([])).await?;
    Ok(())
}

/// Another look, which the widget takes over as soon as it hears of it.
async fn theme(stage: &Stage, look: &str) -> Result<()> {
    stage.browser.page_script("witness.widget().setAttribute('theme', arguments[0])", json!([look])).await?;
    let taken = "return witness.widget().shadowRoot.querySelector('.ins').dataset.theme === arguments[0]";
    crate::harness::until("the look to be taken over", async || {
        Ok(stage.browser.script(taken, json!([look])).await?.as_bool().filter(|taken| *taken))
    })
    .await?;
    Ok(())
}
