//! Papers: the offer, offers side by side, the information form, the policy. Real PDFs whose text can be searched.

mod comparison;
mod paper;
mod sheet;

use crate::error::AppError;
use crate::world::World;

/// The paper `kind` of a product or policy.
pub(crate) fn of(world: &World, kind: &str, id: &str) -> Result<Vec<u8>, AppError> {
    let paper = match kind {
        "policy" => paper::policy(world, id),
        "offer" => paper::offer(world, id),
        "comparison" => comparison::comparison(world, id),
        "information-form" => paper::information_form(world, id),
        _ => None,
    };
    let paper = paper.ok_or_else(|| AppError::not_found("Dosya"))?;
    sheet::print(&paper).ok_or_else(|| AppError::upstream("DOCUMENT_FAILED", "Belge oluşturulamadı."))
}
