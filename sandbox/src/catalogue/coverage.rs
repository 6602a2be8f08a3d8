//! Coverage packages of the agency, and what each insurer makes of them, in the wire's typed values.

pub(crate) mod terms;

use serde_json::{Map, Value, json};

use crate::catalogue::insurers::{Line, Terms};
use crate::model::enums::{ProductBranch, name_of};
use crate::random::hash;

/// A package the agency has put together.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: &'static str,
    /// The number the guides' samples would use.
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) price_percent: u32,
    level: u32,
}

#[rustfmt::skip]
pub(crate) const GROUPS: &[Group] = &[
    Group { id: "65f0c0de0000000000000001", number: "123", name: "Ekonomik", description: "Anlaşmalı özel servis, eşdeğer parça", price_percent: 82, level: 0 },
    Group { id: "65f0c0de0000000000000002", number: "124", name: "Standart", description: "Anlaşmalı yetkili servis, orijinal parça", price_percent: 100, level: 1 },
    Group { id: "65f0c0de0000000000000003", number: "125", name: "Tam", description: "Dilediğiniz yetkili servis, yüksek limitler", price_percent: 127, level: 2 },
];

/// The package for requests that name none.
pub(crate) const DEFAULT_GROUP: &Group = &GROUPS[1];

/// The package that an id, or a guide's number, names.
pub(crate) fn group(id: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.id == id || group.number == id)
}

/// What the product `line` covers under `group`.
pub(crate) fn offered(branch: ProductBranch, group: &Group, line: Option<&Line>) -> Value {
    let chance = hash(11, &[&line.map(Line::key).unwrap_or_default(), group.id]);
    let mut coverage = match branch {
        ProductBranch::Trafik => trafik(),
        ProductBranch::Tss => tss(group),
        _ => kasko(group, chance),
    };
    match line.map(|line| (line, line.terms)) {
        Some((line, Terms::Own)) => terms::own(&mut coverage, branch, line),
        Some((_, Terms::Narrow)) => terms::narrow(&mut coverage, branch),
        Some((_, Terms::Package)) | None => {}
    }
    Value::Object(coverage)
}

fn kasko(group: &Group, chance: u64) -> Map<String, Value> {
    let level = usize::try_from(group.level).unwrap_or_default();
    let mut coverage = begin("kasko", ProductBranch::Kasko);
    coverage.insert("immLimitiAyrimsiz".into(), [decimal(1_000_000), decimal(5_000_000), tagged("LIMITLESS")][level].clone());
    coverage.insert("ferdiKazaVefat".into(), decimal([50_000, 100_000, 250_000][level]));
    coverage.insert("ferdiKazaSakatlik".into(), decimal([50_000, 100_000, 250_000][level]));
    coverage.insert("ferdiKazaTedaviMasraflari".into(), decimal([5_000, 10_000, 25_000][level]));
    coverage.insert("anahtarKaybi".into(), [tagged("NOT_INCLUDED"), decimal(7_500), tagged("INCLUDED")][level].clone());
    coverage.insert("maneviTazminat".into(), [tagged("NOT_INCLUDED"), decimal(50_000), decimal(200_000)][level].clone());
    coverage.insert("onarimServisTuru".into(), Value::from(["ANLASMALI_OZEL_SERVIS", "ANLASMALI_YETKILI_SERVIS", "YETKILI_SERVIS"][level]));
    coverage.insert("yedekParcaTuru".into(), Value::from(["ESDEGER_PARCA", "ORIJINAL_PARCA", "ORIJINAL_PARCA"][level]));
    coverage.insert("camKirilmaMuafeyeti".into(), [percent(25.0), percent(10.0), tagged("NOT_INCLUDED")][level].clone());
    coverage.insert("camOnarimTercihi".into(), Value::from(["ANLASMALI_CAM_SERVISI", "ANLASMALI_CAM_SERVISI", "TUM_SERVISLER"][level]));
    coverage.insert("muafiyetOrani".into(), [percent(2.0), tagged("NOT_INCLUDED"), tagged("NOT_INCLUDED")][level].clone());
    coverage.insert("kiralikArac".into(), rental(level, chance));
    coverage.insert("hukuksalKorumaAracaBagli".into(), decimal([10_000, 25_000, 50_000][level]));
    coverage.insert("hukuksalKorumaSurucuyeBagli".into(), decimal([10_000, 25_000, 50_000][level]));
    coverage.insert("ozelEsya".into(), [tagged("NOT_INCLUDED"), decimal(5_000), decimal(15_000)][level].clone());
    coverage.insert("hasarsizlikIndirimKoruma".into(), tagged(if chance.is_multiple_of(3) { "NOT_INCLUDED" } else { "INCLUDED" }));
    coverage.insert("yurtdisiKasko".into(), tagged(if level == 2 { "INCLUDED" } else { "NOT_INCLUDED" }));
    coverage.insert("miniOnarim".into(), tagged(if chance.is_multiple_of(2) { "INCLUDED" } else { "UNDEFINED" }));
    coverage.insert("yolYardim".into(), json!({ "$type": "NUMBER", "value": 2 + level }));
    coverage.insert("yanlisAkaryakitDolumu".into(), tagged(if level == 0 { "UNDEFINED" } else { "INCLUDED" }));
    coverage.insert("aracCalinmasi".into(), tagged("MARKET_VALUE"));
    for always in ["anahtarCalinmasi", "yanma", "carpma", "carpisma", "glkhhTeror", "grevLokavt", "dogalAfetler", "hirsizlik"] {
        coverage.insert(always.to_owned(), tagged("INCLUDED"));
    }
    coverage
}

fn rental(level: usize, chance: u64) -> Value {
    if level == 0 && chance.is_multiple_of(4) {
        return tagged("NONE");
    }
    json!({
        "$type": "DEFINED",
        "yillikKullanimSayisi": 2,
        "tekSeferlikGunSayisi": ([7, 15, 30][level]),
        "aracSegment": (["B", "C", "SEGMENTE_SEGMENT"][level]),
        "pertDahil": level > 0,
        "kiralikAracTipler": [],
    })
}

fn trafik() -> Map<String, Value> {
    let mut coverage = begin("trafik", ProductBranch::Trafik);
    for (name, limit) in [
        ("maddiHasarAracBasina", 400_000),
        ("maddiHasarKazaBasina", 800_000),
        ("sakatlanmaVeOlumKisiBasina", 3_600_000),
        ("sakatlanmaVeOlumKazaBasina", 18_000_000),
        ("tedaviSaglikGiderleriKisiBasina", 3_600_000),
        ("tedaviSaglikGiderleriKazaBasina", 18_000_000),
    ] {
        coverage.insert(name.to_owned(), decimal(limit));
    }
    coverage.insert("cekiciHizmeti".into(), tagged("INCLUDED"));
    coverage
}

fn tss(group: &Group) -> Map<String, Value> {
    let level = usize::try_from(group.level).unwrap_or_default();
    let mut coverage = begin("tss", ProductBranch::Tss);
    coverage.insert("hastaneAgi".into(), Value::from(["DAR_KAPSAM", "STANDART_KAPSAM", "GENIS_KAPSAM"][level]));
    coverage.insert("saglikPaketi".into(), json!({ "tedaviSekli": "YATARAK_AYAKTA", "ayaktaYillikTedaviSayisi": 8 + 2 * level }));
    for always in ["yatarakTedavi", "ameliyat", "yogunBakim", "ambulans", "kemoterapi", "radyoterapi", "diyaliz"] {
        coverage.insert(always.to_owned(), tagged("LIMITLESS"));
    }
    coverage.insert("dogum".into(), tagged(if level == 2 { "INCLUDED" } else { "NOT_INCLUDED" }));
    coverage
}

fn begin(kind: &str, branch: ProductBranch) -> Map<String, Value> {
    let mut coverage = Map::new();
    coverage.insert("$type".to_owned(), json!(kind));
    coverage.insert("productBranch".to_owned(), json!(name_of(&branch)));
    coverage
}

fn tagged(kind: &str) -> Value {
    json!({ "$type": kind })
}

fn decimal(value: u32) -> Value {
    json!({ "$type": "DECIMAL", "value": f64::from(value) })
}

fn percent(value: f64) -> Value {
    json!({ "$type": "PERCENT", "value": value })
}
