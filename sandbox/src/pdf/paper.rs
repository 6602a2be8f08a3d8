//! What stands on each paper.

use crate::catalogue::prices;
use crate::clock::turkish_date;
use crate::model::product::Product;
use crate::model::proposal::Proposal;
use crate::money::turkish;
use crate::world::World;

/// A paper's content, without its looks.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) title: &'static str,
    pub(super) insurer: &'static str,
    pub(super) rows: Vec<(&'static str, String)>,
    pub(super) paragraphs: &'static [&'static str],
}

pub(super) fn policy(world: &World, id: &str) -> Option<Paper> {
    let policy = world.policies.iter().find(|policy| policy.id == id)?;
    let (proposal, product) = find(world, &policy.product_id)?;
    let mut rows = vec![("Poliçe No", policy.number.clone())];
    rows.extend(common(world, proposal, product));
    rows.push(("Taksit", plan_text(policy.installment_number)));
    rows.push(("Brüt prim", turkish(prices::plan(product.price, policy.installment_number))));
    Some(Paper { title: "SİGORTA POLİÇESİ", insurer: product.insurer().name, rows, paragraphs: POLICY })
}

pub(super) fn offer(world: &World, id: &str) -> Option<Paper> {
    let (proposal, product) = find(world, id)?;
    let mut rows = common(world, proposal, product);
    for count in product.line.plans {
        rows.push(("Brüt prim", format!("{} ({})", turkish(prices::plan(product.price, *count)), plan_text(*count))));
    }
    Some(Paper { title: "SİGORTA TEKLİFİ", insurer: product.insurer().name, rows, paragraphs: OFFER })
}

pub(super) fn information_form(world: &World, id: &str) -> Option<Paper> {
    let (proposal, product) = find(world, id)?;
    let mut rows = common(world, proposal, product);
    rows.push(("Peşin prim", turkish(product.price)));
    Some(Paper { title: "ÖN BİLGİLENDİRME FORMU", insurer: product.insurer().name, rows, paragraphs: INFORMATION })
}

fn find<'a>(world: &'a World, product_id: &str) -> Option<(&'a Proposal, &'a Product)> {
    world.proposals.iter().find_map(|proposal| Some((proposal, proposal.product(product_id)?)))
}

fn common(world: &World, proposal: &Proposal, product: &Product) -> Vec<(&'static str, String)> {
    let customer = world.customer(&proposal.customer_id);
    let subject = &proposal.subject;
    let mut rows = vec![
        ("Sigortalı", customer.map_or("Sayın Müşterimiz", |customer| customer.display_name()).to_owned()),
        ("Şehir", customer.and_then(|customer| customer.city.clone()).map_or_else(|| "İstanbul".to_owned(), |(_, text)| text)),
    ];
    if proposal.vehicle_id.is_some() {
        rows.push(("Plaka", subject.label.clone()));
        rows.push(("Araç", format!("{} ({})", subject.brand, subject.model_year)));
    }
    rows.push(("Teminat grubu", format!("{}: {}", product.group.name, product.group.description)));
    rows.push(("Başlangıç", turkish_date(proposal.start)));
    rows.push(("Bitiş", turkish_date(proposal.end)));
    rows
}

fn plan_text(count: u32) -> String {
    if count == 1 { "peşin".to_owned() } else { format!("{count} taksit") }
}

pub(super) const SAMPLE: &str = "ÖRNEK BELGE: Deneme ortamında üretilmiştir, hukuken geçersizdir. Şirketler ve kişiler hayalidir.";

const POLICY: &[&str] = &[
    "İşbu poliçe, ilgili sigortanın genel şartları çerçevesinde yukarıda yazılı teminatları sağlar.",
    "Hasar hâlinde beş iş günü içinde sigorta şirketine bildirimde bulunulmalıdır.",
    SAMPLE,
];
const OFFER: &[&str] = &["Bu teklif düzenlendiği gün geçerlidir. Prim, ödeme sırasında yeniden hesaplanabilir.", SAMPLE];
const INFORMATION: &[&str] = &[
    "Bu form, sigorta sözleşmesi yapılmadan önce sigorta ettireni bilgilendirmek amacıyla düzenlenmiştir.",
    "Sigorta ettiren, sözleşmeden on dört gün içinde cayabilir. Ödenen prim, işlemiş günlere ait kısım düşülerek iade edilir.",
    "Beyan yükümlülüğüne uyulmaması hâlinde tazminat ödenmeyebilir veya azaltılabilir.",
    "Şikâyetler için Sigorta Tahkim Komisyonuna başvurulabilir.",
    SAMPLE,
];
