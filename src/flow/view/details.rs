//! What stands in place of the list of offers.

use super::draw::support_code;
use super::offers::{document, offer, plans};
use super::{CalledView, Compared, ComparedView, ComparisonView, CoveragesView, PlanView, Screen};
use crate::domain::Money;
use crate::endpoint::proposals::Product;
use crate::flow::Flow;
use crate::flow::details::{Ask, Detail};
use crate::flow::state::Sale;

pub(super) fn detail(flow: &Flow, sale: &Sale, detail: &Detail) -> Screen {
    match detail {
        Detail::Coverages(product) => {
            sale.product(product).map_or(Screen::Blank, |product| Screen::Coverages(Box::new(coverages(flow, sale, product))))
        }
        Detail::Comparison => Screen::Comparison(comparison(flow, sale)),
        Detail::Called(product) => {
            let product = sale.product(product);
            Screen::Called(CalledView {
                insurer: product.map(|product| product.insurer_name.clone()).unwrap_or_default(),
                product: product.map(|product| product.product_name.clone()).unwrap_or_default(),
                phone: flow.identity.as_ref().map(|identity| identity.phone.masked()).unwrap_or_default(),
                support_code: support_code(sale.proposal.as_str()),
            })
        }
    }
}

fn coverages(flow: &Flow, sale: &Sale, product: &Product) -> CoveragesView {
    let (details, id) = (&flow.details, &product.id);
    let busy = details.is_asking(id, Ask::Coverage);
    let covers = if busy { Vec::new() } else { details.coverage(product).to_vec() };
    CoveragesView {
        offer: offer(flow, sale, product),
        // What the list says of an offer does instead of what can't be read by itself.
        failed: !busy && covers.is_empty(),
        covers,
        busy,
        information: document(flow, product, Ask::Information),
        document_failed: details.has_failed(id, Ask::Offer) || details.has_failed(id, Ask::Information),
    }
}

fn comparison(flow: &Flow, sale: &Sale) -> ComparisonView {
    let products: Vec<_> = flow.compared(sale).collect();
    let busy = products.iter().any(|product| flow.details.is_asking(&product.id, Ask::Coverage));
    let covers: Vec<_> = products.iter().map(|product| if busy { &[] } else { flow.details.coverage(product) }).collect();
    let mut rows = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in covers.iter().copied().flatten() {
        if names.contains(&name.as_str()) {
            continue;
        }
        names.push(name);
        let values: Vec<_> = covers.iter().map(|covers| covers.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone())).collect();
        rows.push(ComparedView { differs: differ(&values), row: Compared::Cover(name.clone(), values) });
    }
    let plans: Vec<_> = products.iter().map(|product| plans(product)).collect();
    for instalments in 2..=u8::MAX {
        let values: Vec<_> = plans.iter().map(|plans| one_of(plans, instalments)).collect();
        if values.iter().any(Option::is_some) {
            rows.push(ComparedView { differs: differ(&values), row: Compared::Plan(instalments, values) });
        }
    }
    let failed = !busy && covers.iter().any(|covers| covers.is_empty());
    ComparisonView { offers: products.iter().map(|product| offer(flow, sale, product)).collect(), rows, busy, failed }
}

/// One instalment of so many, where they are offered.
fn one_of(plans: &[PlanView], instalments: u8) -> Option<Money> {
    plans.iter().find(|plan| plan.instalments == instalments).map(|plan| plan.each)
}

fn differ<T: PartialEq>(values: &[T]) -> bool {
    values.iter().any(|value| Some(value) != values.first())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CoverageValue;

    #[test]
    fn what_only_some_have_differs() {
        assert!(!differ::<Option<CoverageValue>>(&[]));
        assert!(!differ(&[Some(CoverageValue::Included), Some(CoverageValue::Included)]));
        assert!(differ(&[Some(CoverageValue::Included), None]));
        assert!(differ(&[Some(CoverageValue::Amount(1)), Some(CoverageValue::Amount(1)), Some(CoverageValue::Amount(2))]));
    }
}
