//! The `cases` list.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::caller::Caller;
use crate::clock::iso;
use crate::model::case::Case;
use crate::model::enums::{AssetType, CaseMainState, CaseStatus, CaseSubState, CaseType, Channel, ProductBranch, SaleOpportunitySubType};
use crate::routes::graphql::filters::{CaseModelFilterInput, CaseModelSortInput, DateTime, Looked, SortEnumType, Uuid, too_many};
use crate::sandbox::Sandbox;
use crate::wire::Form;
use crate::world::World;

/// What is going on with the caller.
#[derive(Debug, Default)]
pub(super) struct CasesQuery;

/// One page of cases.
#[derive(Debug, SimpleObject)]
struct CasesCollectionSegment {
    total_count: usize,
    items: Vec<CaseModel>,
}

/// A case as lists show it.
#[derive(Debug, Clone, SimpleObject)]
struct CaseModel {
    id: String,
    #[graphql(name = "ref")]
    reference: String,
    product_branch: ProductBranch,
    #[graphql(name = "type")]
    kind: CaseType,
    status: CaseStatus,
    main_state: CaseMainState,
    sub_state: CaseSubState,
    sale_opportunity_sub_type: SaleOpportunitySubType,
    channel: Channel,
    created_at: DateTime,
    customer_id: Uuid,
    asset_type: Option<AssetType>,
    asset_id: Option<String>,
    proposal_count: usize,
    policy_count: usize,
    last_proposal_date: Option<DateTime>,
    last_policy_date: Option<DateTime>,
    last_update_date: DateTime,
}

#[Object]
impl CasesQuery {
    /// The caller's cases.
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 0)] skip: usize,
        #[graphql(default = 50)] take: usize,
        #[graphql(name = "where")] filter: Option<CaseModelFilterInput>,
        order: Option<Vec<CaseModelSortInput>>,
    ) -> Result<CasesCollectionSegment> {
        too_many(take)?;
        let (sandbox, caller) = (ctx.data::<Sandbox>()?, ctx.data::<Caller>()?);
        let world = sandbox.world();
        let filter = filter.unwrap_or_default();
        let mut own: Vec<&Case> = world
            .cases
            .iter()
            .filter(|case| case.customer_id == caller.customer_id)
            .filter(|case| filter.holds(&looked(case, &world, caller.form)))
            .collect();
        if order.iter().flatten().any(|order| order.created_at == Some(SortEnumType::Desc)) {
            own.reverse();
        }
        let items = own.iter().skip(skip).take(take).map(|case| model(case, &world, caller.form)).collect();
        Ok(CasesCollectionSegment { total_count: own.len(), items })
    }
}

fn looked(case: &Case, world: &World, form: Form) -> Looked {
    Looked {
        customer_id: Uuid(case.customer_id.clone()),
        status: case.status(form),
        sub_state: case.sub_state(&world.proposals, world.clock.now()),
        kind: CaseType::SaleOpportunity,
        branch: case.branch,
    }
}

fn model(case: &Case, world: &World, form: Form) -> CaseModel {
    let sub_state = case.sub_state(&world.proposals, world.clock.now());
    let proposals = || world.proposals.iter().filter(|proposal| case.proposal_ids.contains(&proposal.id));
    let policies = || world.policies.iter().filter(|policy| case.proposal_ids.contains(&policy.proposal_id));
    CaseModel {
        id: case.id.clone(),
        reference: case.reference.clone(),
        product_branch: case.branch,
        kind: CaseType::SaleOpportunity,
        status: case.status(form),
        main_state: sub_state.main(),
        sub_state,
        sale_opportunity_sub_type: SaleOpportunitySubType::NewSale,
        channel: case.channel,
        created_at: DateTime(iso(case.created_at)),
        customer_id: Uuid(case.customer_id.clone()),
        asset_type: case.asset_type,
        asset_id: case.asset_id.clone(),
        proposal_count: proposals().count(),
        policy_count: policies().count(),
        last_proposal_date: proposals().next_back().map(|proposal| DateTime(iso(proposal.created_at))),
        last_policy_date: policies().next_back().map(|policy| DateTime(iso(policy.created_at))),
        last_update_date: DateTime(iso(case.updated_at)),
    }
}
