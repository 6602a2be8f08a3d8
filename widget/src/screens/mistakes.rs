//! What is wrong with the configuration, for the developer of the page. Loaded later.

use insurup_core::json::Value;

use crate::config::Tag;
use crate::config::mistakes;
use crate::element::Piece;
use crate::format::strings;
use crate::parts::{Icon, div, item, list, note, paragraph, text};
use crate::texts::Text;
use crate::ui::Ui;
use insurup_core::domain::normalise::join;

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
