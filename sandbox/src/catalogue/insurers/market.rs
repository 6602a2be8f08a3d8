//! The insurers of the payment table: what they sell and how they are paid is the published table's, everything else is invented.
//!
//! Names are there so that an agency sees the list it will meet. Ids, prices, plans, covers and tempers are made up and say nothing about
//! these companies. InsurUp does not publish its numbers of insurers, so a client has to take them from answers, here as there.

use crate::catalogue::insurers::{Insurer, Line, Temper, Terms};
use crate::model::enums::ProductBranch::{self, Kasko, Trafik, Tss};

/// An insurer's row.
struct Row {
    insurer: Insurer,
    pays: &'static [&'static str],
    /// Branches sold through a web service, which is what can be bought online.
    live: &'static [ProductBranch],
    /// Branches in which a robot reads an offer off the insurer's screen.
    robot: &'static [ProductBranch],
    plans: &'static [u32],
    /// Whether there is a second, narrower kasko.
    narrow: bool,
    /// Where the web service is difficult.
    tempers: &'static [(ProductBranch, Temper)],
}

const REDIRECT: &[&str] = &["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT", "ASYNC_INSURANCE_COMPANY_REDIRECT", "ASYNC_THIRD_PARTY_3D_SECURE"];
const THREE_D: &[&str] = &["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT", "ASYNC_3D_SECURE", "ASYNC_THIRD_PARTY_3D_SECURE"];
const CARD_ONLY: &[&str] = &["SYNC_CREDIT_CARD"];

const ALL: &[ProductBranch] = &[Kasko, Trafik, Tss];
const CARS: &[ProductBranch] = &[Kasko, Trafik];
const KASKO: &[ProductBranch] = &[Kasko];
const TRAFIK: &[ProductBranch] = &[Trafik];
const TSS: &[ProductBranch] = &[Tss];
const KASKO_TSS: &[ProductBranch] = &[Kasko, Tss];
const NONE: &[ProductBranch] = &[];

const ONCE: &[u32] = &[1];
const QUARTERS: &[u32] = &[1, 3, 6, 9];
const HALF_YEAR: &[u32] = &[1, 2, 3, 4, 5, 6];
const SEASONS: &[u32] = &[1, 3, 6, 9, 12];
const YEAR: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

const PHOTOS: Temper = Temper::Investigates("Araç fotoğrafları incelendikten sonra poliçe düzenlenebilir.");
const DECLARATION: Temper = Temper::Investigates("Sağlık beyanı incelendikten sonra poliçe düzenlenebilir.");
const UNREACHABLE: Temper = Temper::FailsOnce("Sigorta şirketi servisine ulaşılamadı.");
const OLD_CARS: Temper = Temper::FailsOlderThan(12, "12 yaşından büyük araçlar için teklif verilmemektedir.");
const CLAIMS: Temper = Temper::Fails("Sigortalının hasar geçmişi nedeniyle teklif verilemedi.");
const NO_AUTHORITY: Temper = Temper::Fails("Acentenin bu ürün için yetkisi bulunmamaktadır.");

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row(501, "AK Sigorta",              REDIRECT,  KASKO,     CARS,   YEAR,      true,  &[]),
    row(502, "Allianz Sigorta",         REDIRECT,  ALL,       ALL,    SEASONS,   true,  &[(Tss, DECLARATION)]),
    row(503, "Anadolu Sigorta",         REDIRECT,  ALL,       TSS,    QUARTERS,  true,  &[]),
    row(504, "Ankara Sigorta",          REDIRECT,  KASKO,     ALL,    HALF_YEAR, false, &[]),
    row(505, "AXA Sigorta",             REDIRECT,  ALL,       NONE,   SEASONS,   true,  &[]),
    row(506, "Bereket Sigorta",         REDIRECT,  CARS,      CARS,   QUARTERS,  false, &[(Kasko, PHOTOS)]),
    row(507, "Corpus Sigorta",          REDIRECT,  NONE,      TRAFIK, ONCE,      false, &[]),
    row(508, "Doğa Sigorta",            THREE_D,   ALL,       CARS,   YEAR,      true,  &[]),
    row(509, "Eureko Sigorta",          REDIRECT,  CARS,      CARS,   QUARTERS,  false, &[(Kasko, CLAIMS)]),
    row(510, "Gulf Sigorta",            REDIRECT,  KASKO,     NONE,   HALF_YEAR, false, &[(Kasko, PHOTOS)]),
    row(511, "HDI Katılım Sigorta",     REDIRECT,  KASKO,     NONE,   QUARTERS,  false, &[]),
    row(512, "HDI Sigorta",             REDIRECT,  CARS,      ALL,    SEASONS,   true,  &[]),
    row(513, "Koru Sigorta",            REDIRECT,  CARS,      CARS,   HALF_YEAR, false, &[(Kasko, OLD_CARS)]),
    row(514, "Magdeburger Sigorta",     CARD_ONLY, KASKO_TSS, CARS,   ONCE,      false, &[]),
    row(515, "Mapfre Sigorta",          REDIRECT,  CARS,      CARS,   SEASONS,   false, &[(Trafik, PHOTOS)]),
    row(516, "Neova Sigorta",           REDIRECT,  CARS,      NONE,   QUARTERS,  false, &[(Kasko, UNREACHABLE)]),
    row(517, "Nippon Sigorta",          REDIRECT,  NONE,      NONE,   ONCE,      false, &[]),
    row(518, "Quick Sigorta",           REDIRECT,  CARS,      ALL,    HALF_YEAR, true,  &[]),
    row(519, "Ray Sigorta",             REDIRECT,  CARS,      CARS,   QUARTERS,  false, &[(Trafik, UNREACHABLE)]),
    row(520, "Sompo Sigorta",           REDIRECT,  ALL,       ALL,    YEAR,      false, &[(Tss, NO_AUTHORITY)]),
    row(521, "Türkiye Katılım Sigorta", REDIRECT,  CARS,      ALL,    QUARTERS,  false, &[(Trafik, CLAIMS)]),
    row(522, "Türkiye Sigorta",         THREE_D,   ALL,       ALL,    SEASONS,   true,  &[]),
    row(523, "Unico Sigorta",           REDIRECT,  CARS,      CARS,   HALF_YEAR, false, &[]),
    row(524, "Zurich Sigorta",          REDIRECT,  CARS,      NONE,   SEASONS,   false, &[(Kasko, NO_AUTHORITY)]),
];

#[expect(clippy::too_many_arguments, reason = "one argument per column of the table above")]
const fn row(
    id: u32,
    name: &'static str,
    pays: &'static [&'static str],
    live: &'static [ProductBranch],
    robot: &'static [ProductBranch],
    plans: &'static [u32],
    narrow: bool,
    tempers: &'static [(ProductBranch, Temper)],
) -> Row {
    Row { insurer: Insurer { id, name }, pays, live, robot, plans, narrow, tempers }
}

/// Every product of every row, in the table's order.
pub(super) fn lines() -> Vec<Line> {
    ROWS.iter().flat_map(products).collect()
}

fn products(row: &'static Row) -> Vec<Line> {
    let mut lines = Vec::new();
    for (branch, number) in [(KASKO, 1), (TRAFIK, 2), (TSS, 3)] {
        let sold = |list: &[ProductBranch]| branch.iter().all(|one| list.contains(one));
        let id = row.insurer.id * 10 + number;
        if sold(row.live) {
            let temper = row.tempers.iter().find(|(odd, _)| branch.contains(odd)).map_or(Temper::Sells, |(_, temper)| *temper);
            lines.push(Line { temper, ..line(row, id, branch) });
        }
        if sold(row.robot) {
            lines.push(Line { robot: true, options: &[], plans: ONCE, ..line(row, id + 3, branch) });
        }
    }
    if row.narrow {
        lines.push(Line { name: Some("Dar Kasko"), terms: Terms::Narrow, ..line(row, row.insurer.id * 10 + 7, KASKO) });
    }
    lines
}

const fn line(row: &'static Row, product_id: u32, branches: &'static [ProductBranch]) -> Line {
    Line {
        insurer: &row.insurer,
        product_id,
        name: None,
        branches,
        robot: false,
        options: row.pays,
        plans: row.plans,
        terms: Terms::Own,
        temper: Temper::Sells,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn sells_what_the_published_table_says() {
        let lines = lines();
        for (branch, live, robots) in [(Kasko, 22, 16), (Trafik, 17, 17), (Tss, 7, 8)] {
            let sold =
                |robot| lines.iter().filter(|one| one.branches.contains(&branch) && one.robot == robot && one.name.is_none()).count();
            assert_eq!((sold(false), sold(true)), (live, robots), "{branch:?}");
        }
        assert_eq!(ROWS.len(), 24);
    }

    #[test]
    fn numbers_every_product_once() {
        let lines = lines();
        let numbers: BTreeSet<u32> = lines.iter().map(|line| line.product_id).collect();
        assert_eq!(numbers.len(), lines.len());
        assert!(lines.iter().all(|line| line.robot == line.options.is_empty() && line.plans[0] == 1));
    }
}
