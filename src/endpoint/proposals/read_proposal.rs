//! `GET proposals/{id}`

use super::{Product, product::products};
use crate::domain::normalise::join;
use crate::{
    domain::{ProductState, ProposalId},
    endpoint::{Access, Endpoint, Method, Safety, wire::encoded},
    json::{DecodeError, Value},
};

/// Asks how a proposal stands, with all offers so far. This is what is polled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProposal {
    /// Which.
    pub proposal: ProposalId,
}

/// How a proposal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Nothing where the answer leaves it out.
    pub id: Option<ProposalId>,
    /// The sum of its offers' states, if the answer says so.
    pub state: Option<ProductState>,
    /// How many offers there will be; more may still be added.
    pub total_products: Option<u32>,
    /// The offers so far.
    pub products: Vec<Product>,
    /// Whether the answer has offers in it at all. An older server leaves them out; then ask
    /// [`ListProducts`](super::ListProducts).
    pub products_embedded: bool,
}

impl Endpoint for ReadProposal {
    type Response = Proposal;
    const NAME: &'static str = "read_proposal";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("proposals/", &encoded(self.proposal.as_str()), "")
    }

    fn decode(body: &Value) -> Result<Proposal, DecodeError> {
        if body.members().is_empty() {
            return Err(DecodeError { path: "proposalId" });
        }
        let list = body.field("products");
        Ok(Proposal {
            id: body.any_of(&["proposalId", "id"]).text().and_then(ProposalId::new),
            state: body.any_of(&["state", "status"]).as_text().map(ProductState::parse),
            total_products: body.field("totalProductsCount").as_integer().and_then(|count| u32::try_from(count).ok()),
            products: products(list.items()),
            products_embedded: matches!(list, Value::List(_)),
        })
    }
}
