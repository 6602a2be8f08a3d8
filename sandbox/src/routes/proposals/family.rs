//! The rules of health cover for several people. They are checked in a fixed order and the first one broken is reported.

use time::Date;

use crate::clock::years_later;
use crate::error::AppError;
use crate::model::customer::Customer;
use crate::model::relationship::{Relation, between};
use crate::world::World;

/// People in one proposal, the main insured among them.
const MOST: usize = 5;
/// From this age on a person is an adult.
const ADULT: i32 = 20;

/// Who is to be insured.
#[derive(Debug)]
pub(super) struct Family<'a> {
    /// Who pays.
    pub(super) insurer: &'a str,
    /// The main insured.
    pub(super) insured: &'a str,
    pub(super) others: &'a [String],
}

/// Refuses families that cannot be insured together.
pub(super) fn check(world: &World, family: &Family<'_>, today: Date) -> Result<(), AppError> {
    let adult = |id: &str| world.customer(id).is_none_or(|customer| is_adult(customer, today));
    let refuse = |code, detail| Err(AppError::bad_request(code, detail));
    if !adult(family.insurer) {
        return refuse("PROPOSAL_INSURER_MUST_BE_ADULT", "Sigorta ettiren 20 yaşından küçük olamaz.");
    }
    healthy(world, family.insured)?;
    if family.others.len() >= MOST {
        return refuse("PROPOSAL_MAX_FAMILY_MEMBERS_EXCEEDED", "En fazla beş kişi birlikte sigortalanabilir.");
    }
    for (place, id) in family.others.iter().enumerate() {
        if id == family.insured || family.others[..place].contains(id) {
            return refuse("PROPOSAL_ADDITIONAL_INSURED_DUPLICATE", "Bir kişi birden fazla kez eklenmiş.");
        }
    }
    let relation = |id: &String| between(&world.relationships, family.insured, id);
    if family.others.iter().any(|id| relation(id).is_none()) {
        return refuse("PROPOSAL_ADDITIONAL_INSURED_NOT_RELATIVE", "Eklenen kişi sigortalının yakını değil.");
    }
    if family.others.iter().any(|id| relation(id) == Some(Relation::Child) && adult(id)) {
        return refuse("PROPOSAL_ADDITIONAL_INSURED_CHILD_TOO_OLD", "20 yaşını dolduran çocuklar eklenemez.");
    }
    for id in family.others {
        healthy(world, id)?;
    }
    if !family.others.is_empty() && !adult(family.insured) && !family.others.iter().any(|id| adult(id)) {
        return refuse("PROPOSAL_FAMILY_REQUIRES_ADULT", "Sigortalılardan en az biri yetişkin olmalıdır.");
    }
    Ok(())
}

fn healthy(world: &World, id: &str) -> Result<(), AppError> {
    if world.customer(id).is_some_and(|customer| customer.health.is_some()) {
        return Ok(());
    }
    Err(AppError::bad_request("PROPOSAL_HEIGHT_REQUIRED", "Boy ve kilo bilgisi gereklidir.").code("PROPOSAL_WEIGHT_REQUIRED"))
}

/// Somebody whose birth date is not known, like a company, counts as one.
fn is_adult(customer: &Customer, today: Date) -> bool {
    customer.birth_date.is_none_or(|born| years_later(born, ADULT) <= today)
}
