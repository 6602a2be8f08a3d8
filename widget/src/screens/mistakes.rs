//! What is wrong with the configuration, for the developer of the page. Loaded later.

use crate::element::Piece;
use crate::parts::{Icon, div, item, list, note, paragraph, text};
use crate::texts::Text;
use crate::ui::Ui;
use insurup_core::domain::normalise::join;

pub(crate) fn mistakes(ui: Ui) -> Piece {
    let lines: Piece = ui
        .config_errors()
        .iter()
        .map(|error| item("mono", parts![text(ui.fill(error.text, &[("name", &error.field), ("guess", &error.guess)]))]))
        .collect();
    let codes: Vec<_> = ui.config_errors().iter().map(|error| error.code.clone()).collect();
    div(
        "stack",
        parts![
            note("bad", Icon::Alert, parts![paragraph("sub", parts![ui.say(Text::CfgTitle)]), list("", lines)]),
            paragraph("small muted", parts![text(join("insurup:error · ", &codes.join(", "), ""))]),
        ],
    )
}
