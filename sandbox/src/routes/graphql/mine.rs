//! The `proposals` and `policies` lists.

use async_graphql::{ComplexObject, Context, Enum, InputObject, Object, Result, SimpleObject};

use crate::caller::Caller;
use crate::catalogue::brands;
use crate::clock::{Millis, iso, iso_date, istanbul_date};
use crate::model::enums::{Channel, ProductBranch};
use crate::model::policy::Policy;
use crate::model::proposal::Proposal;
use crate::routes::graphql::filters::{DateTime, Operation, SortEnumType, too_many};
use crate::sandbox::Sandbox;
use crate::wire::Form;
use crate::world::World;

/// What belongs to the caller.
#[derive(Debug, Default)]
pub(super) struct MineQuery;

/// One page of proposals.
#[derive(Debug, SimpleObject)]
struct ProposalsCollectionSegment {
    total_count: usize,
    items: Vec<ProposalModel>,
}

/// One page of policies.
#[derive(Debug, SimpleObject)]
struct PoliciesCollectionSegment {
    total_count: usize,
    items: Vec<PolicyModel>,
}

/// A proposal as lists show it.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
struct ProposalModel {
    id: String,
    product_branch: ProductBranch,
    channel: Channel,
    created_at: DateTime,
    insurer_customer_id: String,
    insured_customer_id: String,
    products_count: usize,
    succeed_products_count: usize,
    vehicle_id: Option<String>,
    agent_branch_id: Option<String>,
    #[graphql(flatten)]
    vehicle: ListedVehicle,
    #[graphql(skip)]
    standing: ListState,
    #[graphql(skip)]
    form: Form,
}

/// A policy as lists show it.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
struct PolicyModel {
    id: String,
    product_branch: Option<ProductBranch>,
    installment_number: u32,
    created_at: DateTime,
    start_date: String,
    end_date: String,
    insurer_customer_id: String,
    vehicle_id: Option<String>,
    product_id: Option<u32>,
    insurance_company_id: Option<u32>,
    insurance_company_name: Option<&'static str>,
    #[graphql(flatten)]
    vehicle: ListedVehicle,
    #[graphql(skip)]
    number: String,
    #[graphql(skip)]
    standing: PolicyState,
    #[graphql(skip)]
    form: Form,
}

/// A vehicle, flat among what it belongs to.
#[derive(Debug, Default, SimpleObject)]
struct ListedVehicle {
    vehicle_plate_city: Option<u8>,
    vehicle_plate_code: Option<String>,
    vehicle_model_brand_text: Option<&'static str>,
    vehicle_model_type_text: Option<&'static str>,
    vehicle_model_year: Option<u16>,
}

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ProposalState")]
pub(super) enum ListState {
    Waiting,
    Active,
    Purchasing,
    Purchased,
    Failed,
}

/// Whether a policy is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum PolicyState {
    Active,
    EndOfLife,
}

/// Which proposals to list.
#[derive(Debug, Default, InputObject)]
struct ProposalModelFilterInput {
    state: Option<Operation<ListState>>,
    status: Option<Operation<ListState>>,
    product_branch: Option<Operation<ProductBranch>>,
}

/// Which policies to list.
#[derive(Debug, Default, InputObject)]
struct PolicyModelFilterInput {
    state: Option<Operation<PolicyState>>,
}

/// By what a list runs.
#[derive(Debug, InputObject)]
struct ProposalModelSortInput {
    created_at: Option<SortEnumType>,
}

/// By what a list runs.
#[derive(Debug, InputObject)]
struct PolicyModelSortInput {
    created_at: Option<SortEnumType>,
}

/// A field that only one form of the service has: in the other it is a mistake, like a misspelt one.
fn only(of: Form, is: Form, name: &str) -> Result<()> {
    if of == is { Ok(()) } else { Err(async_graphql::Error::new(format!("The field `{name}` does not exist in this form."))) }
}

#[ComplexObject]
impl ProposalModel {
    async fn state(&self) -> Result<ListState> {
        only(Form::Current, self.form, "state").map(|()| self.standing)
    }

    async fn status(&self) -> Result<ListState> {
        only(Form::Guide, self.form, "status").map(|()| self.standing)
    }
}

#[ComplexObject]
impl PolicyModel {
    async fn state(&self) -> Result<PolicyState> {
        only(Form::Current, self.form, "state").map(|()| self.standing)
    }

    async fn insurance_company_policy_number(&self) -> Result<&str> {
        only(Form::Current, self.form, "insuranceCompanyPolicyNumber").map(|()| &*self.number)
    }

    async fn policy_number(&self) -> Result<&str> {
        only(Form::Guide, self.form, "policyNumber").map(|()| &*self.number)
    }
}

#[Object]
impl MineQuery {
    /// The caller's proposals.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 0)] skip: usize,
        #[graphql(default = 50)] take: usize,
        #[graphql(name = "where")] filter: Option<ProposalModelFilterInput>,
        order: Option<Vec<ProposalModelSortInput>>,
    ) -> Result<ProposalsCollectionSegment> {
        too_many(take)?;
        let (sandbox, caller) = (ctx.data::<Sandbox>()?, ctx.data::<Caller>()?);
        let mut world = sandbox.world();
        let now = world.clock.now();
        world.proposals.iter_mut().for_each(|proposal| proposal.settle(now));
        let filter = filter.unwrap_or_default();
        let holds = |model: &ProposalModel| {
            filter.state.as_ref().is_none_or(|filter| filter.holds(&model.standing))
                && filter.status.as_ref().is_none_or(|filter| filter.holds(&model.standing))
                && filter.product_branch.as_ref().is_none_or(|filter| filter.holds(&model.product_branch))
        };
        let own = world.proposals.iter().filter(|proposal| proposal.customer_id == caller.customer_id);
        let mut own: Vec<_> = own.map(|proposal| proposal_model(proposal, &world, now, caller.form)).filter(holds).collect();
        if order.iter().flatten().any(|order| order.created_at == Some(SortEnumType::Desc)) {
            own.reverse();
        }
        Ok(ProposalsCollectionSegment { total_count: own.len(), items: own.into_iter().skip(skip).take(take).collect() })
    }

    /// The caller's policies.
    async fn policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 0)] skip: usize,
        #[graphql(default = 50)] take: usize,
        #[graphql(name = "where")] filter: Option<PolicyModelFilterInput>,
        order: Option<Vec<PolicyModelSortInput>>,
    ) -> Result<PoliciesCollectionSegment> {
        too_many(take)?;
        let (sandbox, caller) = (ctx.data::<Sandbox>()?, ctx.data::<Caller>()?);
        let world = sandbox.world();
        let now = world.clock.now();
        let filter = filter.unwrap_or_default();
        let holds = |model: &PolicyModel| filter.state.as_ref().is_none_or(|filter| filter.holds(&model.standing));
        let own = world.policies.iter().filter(|policy| policy.customer_id == caller.customer_id);
        let mut own: Vec<_> = own.map(|policy| policy_model(policy, &world, now, caller.form)).filter(holds).collect();
        if order.iter().flatten().any(|order| order.created_at == Some(SortEnumType::Desc)) {
            own.reverse();
        }
        Ok(PoliciesCollectionSegment { total_count: own.len(), items: own.into_iter().skip(skip).take(take).collect() })
    }
}

fn proposal_model(proposal: &Proposal, world: &World, now: Millis, form: Form) -> ProposalModel {
    ProposalModel {
        id: proposal.id.clone(),
        product_branch: proposal.branch,
        channel: proposal.channel,
        created_at: DateTime(iso(proposal.created_at)),
        insurer_customer_id: proposal.customer_id.clone(),
        insured_customer_id: proposal.insured_id.clone(),
        products_count: proposal.products.len(),
        succeed_products_count: proposal.products.iter().filter(|product| !product.plans(now).is_empty()).count(),
        vehicle_id: proposal.vehicle_id.clone(),
        agent_branch_id: proposal.agent_branch_id.clone(),
        vehicle: vehicle(proposal.vehicle_id.as_deref(), world),
        standing: match proposal.state(now) {
            "PURCHASED" => ListState::Purchased,
            "PURCHASING" => ListState::Purchasing,
            "ACTIVE" => ListState::Active,
            "WAITING" => ListState::Waiting,
            _ => ListState::Failed,
        },
        form,
    }
}

fn policy_model(policy: &Policy, world: &World, now: Millis, form: Form) -> PolicyModel {
    let proposal = world.proposals.iter().find(|proposal| proposal.id == policy.proposal_id);
    let product = proposal.and_then(|proposal| proposal.product(&policy.product_id));
    let vehicle_id = proposal.and_then(|proposal| proposal.vehicle_id.clone());
    PolicyModel {
        id: policy.id.clone(),
        product_branch: proposal.map(|proposal| proposal.branch),
        installment_number: policy.installment_number,
        created_at: DateTime(iso(policy.created_at)),
        start_date: iso_date(policy.start),
        end_date: iso_date(policy.end),
        insurer_customer_id: policy.customer_id.clone(),
        vehicle: vehicle(vehicle_id.as_deref(), world),
        vehicle_id,
        product_id: product.map(|product| product.line.product_id),
        insurance_company_id: product.map(|product| product.insurer().id),
        insurance_company_name: product.map(|product| product.insurer().name),
        number: policy.number.clone(),
        standing: if policy.end < istanbul_date(now) { PolicyState::EndOfLife } else { PolicyState::Active },
        form,
    }
}

fn vehicle(id: Option<&str>, world: &World) -> ListedVehicle {
    let Some(vehicle) = world.vehicles.iter().find(|vehicle| Some(&*vehicle.id) == id) else { return ListedVehicle::default() };
    let brand = vehicle.brand_reference.as_deref().and_then(brands::by_reference);
    let model = vehicle.model_reference.as_deref().zip(brand).and_then(|(model, brand)| Some(brand.models[brand.model_index(model)?]));
    ListedVehicle {
        vehicle_plate_city: Some(vehicle.plate_city),
        vehicle_plate_code: vehicle.plate_code.clone(),
        vehicle_model_brand_text: brand.map(|brand| brand.name),
        vehicle_model_type_text: model,
        vehicle_model_year: vehicle.model_year,
    }
}
