//! Fourteen invented insurers, each with its way of being difficult.

use crate::catalogue::insurers::{Insurer, Line, Temper, Terms};
use crate::model::enums::ProductBranch;

const REDIRECT: &[&str] = &["SYNC_CREDIT_CARD", "ASYNC_INSURANCE_COMPANY_REDIRECT"];
const REDIRECT_ONLY: &[&str] = &["ASYNC_INSURANCE_COMPANY_REDIRECT"];
const REDIRECT_OR_THIRD_PARTY: &[&str] = &["SYNC_CREDIT_CARD", "ASYNC_INSURANCE_COMPANY_REDIRECT", "ASYNC_THIRD_PARTY_3D_SECURE"];
const THREE_D_SECURE: &[&str] = &["ASYNC_3D_SECURE"];
const SYNC: &[&str] = &["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT"];
/// What a robot's offer can be paid with.
const ROBOT: &[&str] = &[];

const INVESTIGATES: Temper = Temper::Investigates("Araç fotoğrafları incelendikten sonra poliçe düzenlenebilir.");
const SLOW: Temper = Temper::FailsOnce("Sigorta şirketi servisine ulaşılamadı.");
const CHOOSY: Temper = Temper::FailsOlderThan(15, "15 yaşından büyük araçlar için teklif verilmemektedir.");
const REFUSES: Temper = Temper::Fails("Sigortalının hasar geçmişi nedeniyle teklif verilemedi.");

#[rustfmt::skip]
pub(super) const LINES: &[Line] = &[
    line(&Insurer { id: 4107, name: "Poyraz Sigorta"  }, 61, REDIRECT,                &[1, 3, 6, 9], Temper::Sells),
    line(&Insurer { id: 4112, name: "Çınar Sigorta"   }, 64, REDIRECT,                &[1, 3, 6],    Temper::Sells),
    line(&Insurer { id: 4118, name: "Liman Sigorta"   }, 67, THREE_D_SECURE,          &[1, 3, 6],    Temper::Sells),
    line(&Insurer { id: 4123, name: "Yakamoz Sigorta" }, 70, REDIRECT_ONLY,           &[1],          Temper::Sells),
    line(&Insurer { id: 4131, name: "Kumsal Sigorta"  }, 73, REDIRECT_OR_THIRD_PARTY, &[1, 3, 6, 9], Temper::Sells),
    line(&Insurer { id: 4136, name: "Ardıç Sigorta"   }, 76, THREE_D_SECURE,          &[1, 3],       Temper::Sells),
    line(&Insurer { id: 4144, name: "Zeytin Sigorta"  }, 79, SYNC,                    &[1, 6],       Temper::Sells),
    line(&Insurer { id: 4149, name: "Meltem Sigorta"  }, 82, REDIRECT,                &[1, 3],       INVESTIGATES),
    line(&Insurer { id: 4155, name: "Lodos Sigorta"   }, 85, ROBOT,                   &[1],          Temper::Sells),
    line(&Insurer { id: 4160, name: "Kervan Sigorta"  }, 88, REDIRECT,                &[1, 3, 6],    SLOW),
    line(&Insurer { id: 4168, name: "Pusula Sigorta"  }, 91, REDIRECT_OR_THIRD_PARTY, &[1, 6, 9],    Temper::Sells),
    line(&Insurer { id: 4173, name: "Doruk Sigorta"   }, 94, REDIRECT,                &[1, 3, 6, 9], CHOOSY),
    line(&Insurer { id: 4179, name: "Fener Sigorta"   }, 97, REDIRECT_ONLY,           &[1, 3],       Temper::Sells),
    line(&Insurer { id: 4186, name: "Ceviz Sigorta"   }, 99, REDIRECT,                &[1, 3],       REFUSES),
];

const fn line(insurer: &'static Insurer, product_id: u32, options: &'static [&'static str], plans: &'static [u32], temper: Temper) -> Line {
    Line {
        insurer,
        product_id,
        name: None,
        branches: &[ProductBranch::Kasko, ProductBranch::Trafik, ProductBranch::Tss],
        robot: options.is_empty(),
        options,
        plans,
        terms: Terms::Package,
        temper,
    }
}
