//! The comparisons that a `where` may ask for.

use async_graphql::{Enum, ErrorExtensions, InputObject, InputType, Result, scalar};
use serde::{Deserialize, Serialize};

use crate::model::enums::{CaseMainState, CaseStatus, CaseSubState, CaseType, ProductBranch};
use crate::routes::graphql::mine::{ListState, PolicyState};

/// An id of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Uuid(pub(super) String);
scalar!(Uuid, "UUID");

/// An instant in ISO 8601.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DateTime(pub(super) String);
scalar!(DateTime, "DateTime");

/// Comparisons of one field; all that are given must hold.
#[derive(Debug, InputObject)]
#[graphql(concrete(name = "UuidOperationFilterInput", params(Uuid)))]
#[graphql(concrete(name = "CaseStatusOperationFilterInput", params(CaseStatus)))]
#[graphql(concrete(name = "CaseMainStateOperationFilterInput", params(CaseMainState)))]
#[graphql(concrete(name = "CaseSubStateOperationFilterInput", params(CaseSubState)))]
#[graphql(concrete(name = "CaseTypeOperationFilterInput", params(CaseType)))]
#[graphql(concrete(name = "ProductBranchOperationFilterInput", params(ProductBranch)))]
#[graphql(concrete(name = "ProposalStateOperationFilterInput", params(ListState)))]
#[graphql(concrete(name = "PolicyStateOperationFilterInput", params(PolicyState)))]
pub(super) struct Operation<T: InputType + PartialEq> {
    eq: Option<T>,
    neq: Option<T>,
    #[graphql(name = "in")]
    among: Option<Vec<T>>,
    nin: Option<Vec<T>>,
}

impl<T: InputType + PartialEq> Operation<T> {
    pub(super) fn holds(&self, value: &T) -> bool {
        self.eq.as_ref().is_none_or(|wanted| wanted == value)
            && self.neq.as_ref().is_none_or(|unwanted| unwanted != value)
            && self.among.as_ref().is_none_or(|wanted| wanted.contains(value))
            && self.nin.as_ref().is_none_or(|unwanted| !unwanted.contains(value))
    }
}

/// Which cases to list.
#[derive(Debug, Default, InputObject)]
pub(super) struct CaseModelFilterInput {
    and: Option<Vec<CaseModelFilterInput>>,
    or: Option<Vec<CaseModelFilterInput>>,
    pub(super) customer_id: Option<Operation<Uuid>>,
    pub(super) status: Option<Operation<CaseStatus>>,
    pub(super) main_state: Option<Operation<CaseMainState>>,
    pub(super) sub_state: Option<Operation<CaseSubState>>,
    #[graphql(name = "type")]
    pub(super) kind: Option<Operation<CaseType>>,
    pub(super) product_branch: Option<Operation<ProductBranch>>,
}

/// What a filter looks at.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) customer_id: Uuid,
    pub(super) status: CaseStatus,
    pub(super) sub_state: CaseSubState,
    pub(super) kind: CaseType,
    pub(super) branch: ProductBranch,
}

impl CaseModelFilterInput {
    pub(super) fn holds(&self, case: &Looked) -> bool {
        self.customer_id.as_ref().is_none_or(|filter| filter.holds(&case.customer_id))
            && self.status.as_ref().is_none_or(|filter| filter.holds(&case.status))
            && self.main_state.as_ref().is_none_or(|filter| filter.holds(&case.sub_state.main()))
            && self.sub_state.as_ref().is_none_or(|filter| filter.holds(&case.sub_state))
            && self.kind.as_ref().is_none_or(|filter| filter.holds(&case.kind))
            && self.product_branch.as_ref().is_none_or(|filter| filter.holds(&case.branch))
            && self.and.as_ref().is_none_or(|all| all.iter().all(|filter| filter.holds(case)))
            && self.or.as_ref().is_none_or(|any| any.iter().any(|filter| filter.holds(case)))
    }
}

/// Refuses a page that is too long.
pub(super) fn too_many(take: usize) -> Result<()> {
    if take <= 100 {
        return Ok(());
    }
    Err(async_graphql::Error::new("The maximum allowed items per page were exceeded.")
        .extend_with(|_, extensions| extensions.set("code", "BAD_USER_INPUT")))
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum SortEnumType {
    Asc,
    Desc,
}

/// By what a list of cases runs.
#[derive(Debug, InputObject)]
pub(super) struct CaseModelSortInput {
    pub(super) created_at: Option<SortEnumType>,
}
