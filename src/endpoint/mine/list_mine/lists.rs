//! How the question is asked, and what its answer holds.

use super::{Insured, Mine, OwnPolicy, OwnProposal};
use crate::{
    domain::{PolicyId, PolicyState, ProductBranch, ProductState, ProposalId, VehicleId, normalise::plain_text},
    endpoint::{
        Wire,
        problem::LONGEST_TEXT,
        wire::{date, plate, readable},
    },
    json::{DecodeError, Value},
    later::Apart,
};

pub(super) fn body(wire: Wire) -> Option<Value> {
    Some(Value::of(
        "query",
        match wire {
            Wire::Current => include_str!("../list_mine.graphql"),
            Wire::Guide => include_str!("../list_mine_guide.graphql"),
        },
    ))
}

/// One list that could not be had leaves the other. Neither is not "nothing there".
pub(super) fn decode(body: &Value) -> Result<Apart<Mine>, DecodeError> {
    let proposals = items(body, "proposals").map(|items| readable(items, proposal));
    let policies = items(body, "policies").map(|items| readable(items, policy));
    if proposals.is_none() && policies.is_none() {
        return Err(DecodeError { path: "items" });
    }
    Ok(Apart::new(Mine { proposals, policies }))
}

fn items<'a>(body: &'a Value, root: &'static str) -> Option<&'a [Value]> {
    if let Value::List(items) = body.at(&["data", root, "items"]) { Some(items) } else { None }
}

fn proposal(value: &Value) -> Option<OwnProposal> {
    Some(OwnProposal {
        id: value.field("id").text().and_then(ProposalId::new)?,
        branch: branch(value),
        state: text(value, "state").map(|word| ProductState::parse(&word)),
        created: date(value.field("createdAt")),
        vehicle: value.field("vehicleId").text().and_then(VehicleId::new),
        offers: value.field("count").as_integer().and_then(|count| u32::try_from(count).ok()),
        insured: insured(value),
    })
}

fn policy(value: &Value) -> Option<OwnPolicy> {
    Some(OwnPolicy {
        id: value.field("id").text().and_then(PolicyId::new)?,
        branch: branch(value),
        state: text(value, "state").map(|word| PolicyState::parse(&word)),
        insurer: text(value, "insuranceCompanyName"),
        number: text(value, "policyNumber"),
        start: date(value.field("startDate")),
        end: date(value.field("endDate")),
        insured: insured(value),
    })
}

fn branch(value: &Value) -> Option<ProductBranch> {
    text(value, "productBranch").map(|word| ProductBranch::parse(&word))
}

fn insured(value: &Value) -> Insured {
    let year = value.field("year").as_integer().and_then(|year| u16::try_from(year).ok());
    Insured { plate: plate(value), brand: text(value, "brand"), model: text(value, "model"), year }
}

/// A server's words as plain text; nothing for none.
fn text(value: &Value, member: &str) -> Option<String> {
    value.field(member).text().map(|text| plain_text(&text, LONGEST_TEXT)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::mine::LONGEST;

    #[test]
    fn asks_for_as_many_of_each_as_a_full_list_has() {
        for wire in [Wire::Current, Wire::Guide] {
            let query = body(wire).and_then(|body| body.field("query").text()).unwrap_or_default();
            assert_eq!(query.matches(&format!("take: {LONGEST},")).count(), 2, "{query}");
        }
    }
}
