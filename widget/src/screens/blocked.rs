//! What keeps the widget from the API, for the developer of the page. Loaded later.

use insurup_core::domain::normalise::join_with;
use insurup_core::flow::Notice;
use insurup_core::json::Value;

use crate::config::Tag;
use crate::element::Piece;
use crate::parts::{nothing, paragraph, text};
use crate::texts::Text;
use crate::ui::Ui;

/// What to add, and to what.
pub(crate) fn blocked(ui: Ui) -> Piece {
    let Some(Notice::Blocked { by_page }) = ui.view_now().notice else { return nothing() };
    let (config, _) = ui.given();
    let config = Value::from_js(&config);
    let tag = Tag::of(&config);
    let line = if by_page {
        ui.fill(Text::CfgCsp, &[("directive", "connect-src"), ("source", &origin(tag.api_base()))])
    } else {
        ui.fill(Text::CfgCors, &[("origin", tag.origin)])
    };
    paragraph("mono small", text(line))
}

/// `https://api.example` of `https://api.example/api/`.
fn origin(url: &str) -> String {
    let parts: Vec<&str> = url.split('/').take(3).collect();
    join_with("/", &parts)
}
