//! What is said above a screen now and then, when the network is there: what happened to a record or in another tab. Loaded later.

use insurup_core::flow::Notice;

use crate::element::Piece;
use crate::parts::{Icon, note, nothing, paragraph};
use crate::texts::Text;
use crate::ui::Ui;

/// The message of the moment, if it is one of these.
pub(crate) fn aside(ui: Ui) -> Piece {
    let (kind, sign, said) = match ui.view_now().notice {
        Some(Notice::Gone) => ("warn", Icon::Info, Text::NetGone),
        Some(Notice::Conflict) => ("warn", Icon::Info, Text::NetConflict),
        Some(Notice::AlreadyOnFile) => ("", Icon::Info, Text::SrvDuplicate),
        Some(Notice::NoDocument) => ("warn", Icon::Document, Text::ReviewNodoc),
        Some(Notice::PaidElsewhere) => ("warn", Icon::Lock, Text::AwayElsewhere),
        Some(Notice::SignedOutElsewhere) => ("", Icon::Info, Text::SessionElsewhere),
        _ => return nothing(),
    };
    note(kind, sign, paragraph("", ui.say(said)))
}
