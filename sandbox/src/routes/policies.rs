//! What was bought.

pub(crate) mod document;
pub(crate) mod show;

use crate::caller::Caller;
use crate::error::AppError;
use crate::model::policy::Policy;
use crate::world::World;

/// The caller's policy.
pub(super) fn own<'a>(world: &'a World, caller: &Caller, policy_id: &str) -> Result<&'a Policy, AppError> {
    let mut policies = world.policies.iter();
    let policy = policies.find(|policy| policy.id == policy_id && policy.customer_id == caller.customer_id);
    policy.ok_or_else(|| AppError::not_found("Poliçe"))
}
