//! Offers side by side.

use serde_json::Value;

use crate::catalogue::coverage;
use crate::clock::Millis;
use crate::model::product::Product;
use crate::model::proposal::Proposal;
use crate::money::turkish;
use crate::pdf::paper::{Paper, SAMPLE};
use crate::world::World;

/// Covers that people compare, by wire name.
const COVERS: [(&str, &str); 8] = [
    ("immLimitiAyrimsiz", "İMM limiti"),
    ("onarimServisTuru", "Onarım"),
    ("yedekParcaTuru", "Yedek parça"),
    ("maddiHasarAracBasina", "Maddi hasar, araç başına"),
    ("sakatlanmaVeOlumKisiBasina", "Sakatlanma ve ölüm, kişi başına"),
    ("hastaneAgi", "Hastane ağı"),
    ("yatarakTedavi", "Yatarak tedavi"),
    ("dogum", "Doğum"),
];

/// The comparison whose name is that of the proposal and the places of the offers in it.
pub(super) fn comparison(world: &World, id: &str) -> Option<Paper> {
    let mut parts = id.split('-');
    let proposal_id = parts.next()?;
    let proposal = world.proposals.iter().find(|proposal| proposal.id == proposal_id)?;
    let mut rows = Vec::new();
    for place in parts {
        let product = proposal.products.get(place.parse::<usize>().ok()?)?;
        rows.extend(offer(proposal, product, world.clock.now())?);
    }
    Some(Paper { title: "TEKLİF KARŞILAŞTIRMASI", insurer: "Teklif karşılaştırması", rows, paragraphs: &[SAMPLE] })
}

/// Who, for how much, and the covers that the branch has.
fn offer(proposal: &Proposal, product: &Product, now: Millis) -> Option<Vec<(&'static str, String)>> {
    let plans = product.plans(now);
    let (_, price) = plans.first()?;
    let mut rows = vec![(product.insurer().name, format!("{} · {} · {} ödeme planı", product.group.name, turkish(*price), plans.len()))];
    let coverage = coverage::offered(proposal.branch, product.group, Some(product.line));
    let covers = COVERS.iter().filter_map(|(name, label)| Some(("", format!("{label}: {}", words(coverage.get(name)?)))));
    rows.extend(covers.take(3));
    Some(rows)
}

/// A cover's value as people read it.
fn words(value: &Value) -> String {
    let amount = value["value"].as_f64().map(|value| format!("{value}"));
    match value["$type"].as_str().or(value.as_str()) {
        Some("DECIMAL") => format!("{} TL", amount.unwrap_or_default()),
        Some("LIMITLESS") => "limitsiz".to_owned(),
        Some("INCLUDED") => "dahil".to_owned(),
        Some("NOT_INCLUDED") => "dahil değil".to_owned(),
        Some(word) => amount.unwrap_or_else(|| word.replace('_', " ").to_lowercase()),
        None => "–".to_owned(),
    }
}
