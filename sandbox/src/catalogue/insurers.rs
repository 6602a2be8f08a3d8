//! Fourteen invented insurers, each with its way of being difficult.

/// An insurer.
#[derive(Debug)]
pub(crate) struct Insurer {
    pub(crate) id: u32,
    pub(crate) product_id: u32,
    pub(crate) name: &'static str,
    pub(crate) options: &'static [&'static str],
    /// Numbers of instalments on offer.
    pub(crate) plans: &'static [u32],
    pub(crate) temper: Temper,
}

/// What an insurer does with a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Temper {
    Sells,
    /// Wants to look at the case before it sells.
    Investigates(&'static str),
    /// Its offer was read off a screen and cannot be bought online.
    Robot,
    Fails(&'static str),
    FailsOnce(&'static str),
    FailsOlderThan(u16, &'static str),
}

const REDIRECT: &[&str] = &["SYNC_CREDIT_CARD", "ASYNC_INSURANCE_COMPANY_REDIRECT"];
const REDIRECT_ONLY: &[&str] = &["ASYNC_INSURANCE_COMPANY_REDIRECT"];
const REDIRECT_OR_THIRD_PARTY: &[&str] = &["SYNC_CREDIT_CARD", "ASYNC_INSURANCE_COMPANY_REDIRECT", "ASYNC_THIRD_PARTY_3D_SECURE"];
const THREE_D_SECURE: &[&str] = &["ASYNC_3D_SECURE"];
const SYNC: &[&str] = &["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT"];

const INVESTIGATES: Temper = Temper::Investigates("Araç fotoğrafları incelendikten sonra poliçe düzenlenebilir.");
const SLOW: Temper = Temper::FailsOnce("Sigorta şirketi servisine ulaşılamadı.");
const CHOOSY: Temper = Temper::FailsOlderThan(15, "15 yaşından büyük araçlar için teklif verilmemektedir.");
const REFUSES: Temper = Temper::Fails("Sigortalının hasar geçmişi nedeniyle teklif verilemedi.");

#[rustfmt::skip]
pub(crate) const INSURERS: &[Insurer] = &[
    Insurer { id: 4107, product_id: 61, name: "Poyraz Sigorta",  options: REDIRECT,                plans: &[1, 3, 6, 9], temper: Temper::Sells },
    Insurer { id: 4112, product_id: 64, name: "Çınar Sigorta",   options: REDIRECT,                plans: &[1, 3, 6],    temper: Temper::Sells },
    Insurer { id: 4118, product_id: 67, name: "Liman Sigorta",   options: THREE_D_SECURE,          plans: &[1, 3, 6],    temper: Temper::Sells },
    Insurer { id: 4123, product_id: 70, name: "Yakamoz Sigorta", options: REDIRECT_ONLY,           plans: &[1],          temper: Temper::Sells },
    Insurer { id: 4131, product_id: 73, name: "Kumsal Sigorta",  options: REDIRECT_OR_THIRD_PARTY, plans: &[1, 3, 6, 9], temper: Temper::Sells },
    Insurer { id: 4136, product_id: 76, name: "Ardıç Sigorta",   options: THREE_D_SECURE,          plans: &[1, 3],       temper: Temper::Sells },
    Insurer { id: 4144, product_id: 79, name: "Zeytin Sigorta",  options: SYNC,                    plans: &[1, 6],       temper: Temper::Sells },
    Insurer { id: 4149, product_id: 82, name: "Meltem Sigorta",  options: REDIRECT,                plans: &[1, 3],       temper: INVESTIGATES },
    Insurer { id: 4155, product_id: 85, name: "Lodos Sigorta",   options: &[],                     plans: &[1],          temper: Temper::Robot },
    Insurer { id: 4160, product_id: 88, name: "Kervan Sigorta",  options: REDIRECT,                plans: &[1, 3, 6],    temper: SLOW },
    Insurer { id: 4168, product_id: 91, name: "Pusula Sigorta",  options: REDIRECT_OR_THIRD_PARTY, plans: &[1, 6, 9],    temper: Temper::Sells },
    Insurer { id: 4173, product_id: 94, name: "Doruk Sigorta",   options: REDIRECT,                plans: &[1, 3, 6, 9], temper: CHOOSY },
    Insurer { id: 4179, product_id: 97, name: "Fener Sigorta",   options: REDIRECT_ONLY,           plans: &[1, 3],       temper: Temper::Sells },
    Insurer { id: 4186, product_id: 99, name: "Ceviz Sigorta",   options: REDIRECT,                plans: &[1, 3],       temper: REFUSES },
];

pub(crate) fn by_id(id: u32) -> Option<&'static Insurer> {
    INSURERS.iter().find(|insurer| insurer.id == id)
}
