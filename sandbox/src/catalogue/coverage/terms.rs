//! Covers in which products differ, with the values that insurers offer for them.

use serde_json::{Map, Value, json};

use crate::catalogue::insurers::Line;
use crate::model::enums::ProductBranch;
use crate::random::hash;

/// A value of a cover.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cover {
    /// A value that is nothing but its tag.
    Tag(&'static str),
    Lira(u32),
    Number(u32),
    Percent(u32),
    /// A value of the cover's own enum.
    Word(&'static str),
    /// A replacement car for so many days.
    Rental(u32),
}

use Cover::{Lira, Number, Percent, Rental, Tag, Word};

/// A cover's wire name and its values, the smallest first.
type Choice = (&'static str, &'static [Cover]);

const IN_OR_OUT: &[Cover] = &[Tag("NOT_INCLUDED"), Tag("INCLUDED")];

#[rustfmt::skip]
const KASKO: &[Choice] = &[
    ("immLimitiAyrimsiz",       &[Lira(1_000_000), Lira(3_000_000), Lira(5_000_000), Lira(10_000_000), Tag("LIMITLESS")]),
    ("maneviTazminat",          &[Tag("NOT_INCLUDED"), Lira(50_000), Lira(100_000), Tag("HIGHEST_LIMIT")]),
    ("onarimServisTuru",        &[Word("ANLASMALI_OZEL_SERVIS"), Word("ANLASMALI_YETKILI_SERVIS"), Word("OZEL_SERVIS"), Word("YETKILI_SERVIS"), Word("SIGORTALI_BELIRLER")]),
    ("yedekParcaTuru",          &[Word("ESDEGER_PARCA"), Word("ORIJINAL_PARCA")]),
    ("camKirilmaMuafeyeti",     &[Percent(25), Percent(10), Tag("NOT_INCLUDED")]),
    ("camOnarimTercihi",        &[Word("HAYIR"), Word("ANLASMALI_CAM_SERVISI"), Word("TUM_SERVISLER")]),
    ("kiralikArac",             &[Tag("NONE"), Rental(7), Rental(15), Rental(30)]),
    ("yolYardim",               &[Number(1), Number(2), Number(4), Tag("LIMITLESS")]),
    ("sigaraMaddeZarari",       IN_OR_OUT),
    ("kemirgenZarari",          IN_OR_OUT),
    ("eskime",                  &[Tag("UNDEFINED"), Tag("NOT_INCLUDED"), Tag("INCLUDED")]),
    ("hasarsizlikIndirimKoruma", IN_OR_OUT),
];

#[rustfmt::skip]
const TRAFIK: &[Choice] = &[
    ("immKombine",                   &[Tag("NOT_INCLUDED"), Lira(250_000), Lira(500_000)]),
    ("ferdiKaza",                    &[Tag("NOT_INCLUDED"), Lira(5_000), Lira(25_000)]),
    ("hukuksalKorumaAracaBagli",     &[Tag("NOT_INCLUDED"), Lira(7_500), Lira(15_000)]),
    ("acilSaglik",                   IN_OR_OUT),
    ("cekiciHizmeti",                IN_OR_OUT),
    ("aracBakimPlani",               &[Tag("UNDEFINED"), Tag("INCLUDED")]),
];

#[rustfmt::skip]
const TSS: &[Choice] = &[
    ("hastaneAgi",               &[Word("DAR_KAPSAM"), Word("STANDART_KAPSAM"), Word("GENIS_KAPSAM")]),
    ("disPaketi",                IN_OR_OUT),
    ("gozPaketi",                IN_OR_OUT),
    ("diyetisyenHizmeti",        &[Tag("NOT_INCLUDED"), Number(2), Number(6)]),
    ("psikolojikDanismanlik",    &[Tag("NOT_INCLUDED"), Number(4)]),
    ("checkUpHizmeti",           &[Tag("NOT_INCLUDED"), Number(1)]),
    ("fizikTedavi",              &[Number(20), Number(30), Tag("LIMITLESS")]),
    ("dogum",                    IN_OR_OUT),
];

/// What insurers offer for the covers of a branch.
pub(crate) const fn choices(branch: ProductBranch) -> &'static [Choice] {
    match branch {
        ProductBranch::Kasko => KASKO,
        ProductBranch::Trafik => TRAFIK,
        ProductBranch::Tss => TSS,
        _ => &[],
    }
}

/// Replaces about half of a package's covers by the insurer's own values. Which ones and by what depends on the product alone.
pub(super) fn own(coverage: &mut Map<String, Value>, branch: ProductBranch, line: &Line) {
    for (name, values) in choices(branch) {
        let chance = hash(13, &[&line.key(), name]);
        let place = usize::try_from((chance >> 8) % values.len() as u64).unwrap_or_default();
        if chance.is_multiple_of(2) || !coverage.contains_key(*name) {
            coverage.insert((*name).to_owned(), values[place].to_json());
        }
    }
}

/// The least of everything, and nothing against theft, storms and what happens abroad.
pub(super) fn narrow(coverage: &mut Map<String, Value>, branch: ProductBranch) {
    for (name, values) in choices(branch) {
        coverage.insert((*name).to_owned(), values[0].to_json());
    }
    for left_out in ["hirsizlik", "dogalAfetler", "anahtarCalinmasi", "yurtdisiKasko", "miniOnarim", "ozelEsya"] {
        coverage.insert(left_out.to_owned(), Tag("NOT_INCLUDED").to_json());
    }
    coverage.insert("muafiyetOrani".to_owned(), Percent(5).to_json());
}

impl Cover {
    /// The value as offers carry it.
    pub(crate) fn to_json(self) -> Value {
        match self {
            Tag(kind) => json!({ "$type": kind }),
            Lira(value) => json!({ "$type": "DECIMAL", "value": f64::from(value) }),
            Number(value) => json!({ "$type": "NUMBER", "value": value }),
            Percent(value) => json!({ "$type": "PERCENT", "value": f64::from(value) }),
            Word(word) => json!(word),
            Rental(days) => json!({
                "$type": "DEFINED",
                "yillikKullanimSayisi": 2,
                "tekSeferlikGunSayisi": days,
                "aracSegment": "C",
                "pertDahil": days > 7,
                "kiralikAracTipler": [],
            }),
        }
    }
}
