//! What is wrong with the configuration, for the developer of the page. Loaded later.

use insurup_core::json::Value;

use crate::config::Tag;
use crate::config::mistakes;
use crate::element::Piece;
use crate::format::strings;
use crate::parts::{Icon, div, item, list, note, nothing, paragraph, part, text};
use crate::signal::Signal;
use crate::texts::Text;
use crate::ui::{Ui, next_frame};
use insurup_core::domain::normalise::{decimal, join};

/// What is wrong with the colour of text on the accent, once there is such text to be seen.
pub(crate) fn contrast(ui: Ui) -> Piece {
    let ratio = Signal::new(0);
    next_frame(move || ratio.set(ratio_of(&ui.colours(".btn:not(.alt)")).unwrap_or_default()));
    part(move || match ratio.get() {
        0 | ENOUGH.. => nothing(),
        ratio => {
            if ui.is_first_complaint() {
                ui.tell("error", &[("code", "config/contrast"), ("field", "--insurup-on-accent")]);
            }
            let point = if ui.is_turkish() { "," } else { "." };
            let ratio = join(&decimal(ratio / 100), point, &decimal(ratio % 100 / 10));
            let said = paragraph("mono", parts![text(ui.fill(Text::CfgContrast, &[("ratio", &ratio)]))]);
            div("stack said", parts![note("warn", Icon::Alert, parts![said])])
        }
    })
}

/// WCAG 2, 1.4.3, in hundredths.
const ENOUGH: u32 = 450;

/// Contrast of two colours in hundredths, written one behind the other as browsers compute them: `rgb(0, 0, 0)`, `color(srgb 0 0 0)`.
/// Nothing for colours in other spaces: what can't be told is not complained about.
fn ratio_of(colours: &str) -> Option<u32> {
    let mut bright = Vec::new();
    for colour in colours.split_inclusive(')') {
        let (kind, numbers) = colour.split_once('(')?;
        let (numbers, whole) = match (kind, numbers.strip_prefix("srgb ")) {
            ("color", Some(numbers)) => (numbers, 1.0),
            ("rgb", None) => (numbers, 255.0),
            _ => return None,
        };
        let mut parts = numbers.split([' ', ',', ')']).filter(|part| !part.is_empty());
        let mut light = || Some(linear(number(parts.next()?)? / whole));
        let luminance = 0.2126 * light()? + 0.7152 * light()? + 0.0722 * light()?;
        bright.push(luminance + 0.05);
    }
    let &[one, other] = &bright[..] else { return None };
    let ratio = if one > other { one / other } else { other / one };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a ratio is from 1 to 21")]
    let hundredths = (ratio * 100.0) as u32;
    Some(hundredths)
}

/// A number as browsers write parts of colours, `0.25`; the library reads what no browser writes, with tables of powers.
fn number(text: &str) -> Option<f64> {
    let (mut number, mut unit) = (0.0, 0.0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = number * 10.0 + f64::from(byte - b'0');
                unit *= 10.0;
            }
            b'.' if unit == 0.0 => unit = 1.0,
            _ => return None,
        }
    }
    Some(if unit == 0.0 { number } else { number / unit })
}

/// A part of a colour as light. The power of 2.4 is a square and a fifth root of another, by Newton's method.
fn linear(part: f64) -> f64 {
    if part <= 0.04045 {
        return part / 12.92;
    }
    let square = ((part + 0.055) / 1.055) * ((part + 0.055) / 1.055);
    let mut root = 1.0;
    for _ in 0..20 {
        root = (4.0 * root + square / (root * root * root * root)) / 5.0;
    }
    square * root
}

/// Draws them, and tells the page of each, once. They are named anew each time: what the widget began with stays the same, and a list of them
/// would be a burden to every sale that has none.
pub(crate) fn mistakes(ui: Ui) -> Piece {
    let (config, texts) = ui.given();
    let config = Value::from_js(&config);
    let errors = mistakes::mistakes(&Tag::of(&config), &strings(&texts));
    if ui.is_first_complaint() {
        for error in &errors {
            ui.tell("error", &[("code", &error.code), ("field", &error.field)]);
        }
    }
    let lines: Piece = errors
        .iter()
        .map(|error| item("mono", parts![text(ui.fill(error.text, &[("name", &error.field), ("guess", &error.guess)]))]))
        .collect();
    let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
    div(
        "stack",
        parts![
            note("bad", Icon::Alert, parts![paragraph("sub", parts![ui.say(Text::CfgTitle)]), list("", lines)]),
            paragraph("small muted", parts![text(join("insurup:error · ", &codes.join(", "), ""))]),
        ],
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::ratio_of;

    #[test]
    fn tells_the_contrast_of_what_browsers_compute() {
        for (colours, ratio) in [
            ("rgb(0, 0, 0)rgb(255, 255, 255)", Some(2100)),
            ("rgb(255, 255, 255)rgb(255, 255, 255)", Some(100)),
            ("rgb(255, 255, 255)rgb(255, 255, 0)", Some(107)),
            ("rgb(119, 119, 119)rgb(255, 255, 255)", Some(447)),
            ("color(srgb 1 1 1)rgb(11, 92, 99)", Some(777)),
            ("rgba(0, 0, 0, 0.5)rgb(255, 255, 255)", None),
            ("oklch(0.5 0.1 20)rgb(0, 0, 0)", None),
            ("color(display-p3 1 1 1)rgb(0, 0, 0)", None),
            ("rgb(0, 0, 0)", None),
            ("", None),
            ("rgb(0)rgb(0, 0, 0)", None),
            ("color(srgb 1e-7 0 0)rgb(0, 0, 0)", None),
        ] {
            assert_eq!(ratio_of(colours), ratio, "{colours}");
        }
    }
}
