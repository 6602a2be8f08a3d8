//! What a customer can do about a problem, by its code. The sentences are made to be shown.

#[rustfmt::skip]
const SUGGESTIONS: &[(&str, &str)] = &[
    ("SMS_LIMIT_EXCEEDED",                       "Bir dakika bekleyip yeniden deneyin."),
    ("MFA_CODE_WRONG",                           "Son mesajdaki kodu yeniden yazın."),
    ("MFA_CODE_SUPERSEDED",                      "Son gelen mesajdaki kodu girin."),
    ("MFA_CODE_EXPIRED",                         "Yeni bir kod isteyin."),
    ("MFA_CODE_LOCKED",                          "Yeni bir kod isteyin."),
    ("CUSTOMER_PHONE_MISMATCH",                  "Kayıtlı telefon numaranızla deneyin veya acentenizi arayın."),
    ("CUSTOMER_BIRTH_DATE_REQUIRED",             "Doğum tarihinizi ekleyin."),
    ("VEHICLE_NOT_FOUND",                        "Plakayı ve belge seri numarasını kontrol edin veya aracı elle ekleyin."),
    ("VEHICLE_LOOKUP_UNAVAILABLE",               "Daha sonra yeniden deneyin veya aracı elle ekleyin."),
    ("VEHICLE_ALREADY_EXISTS",                   "Kayıtlı araçlarınızdan seçin."),
    ("VEHICLE_MODEL_REQUIRED",                   "Aracın markasını, modelini ve model yılını ekleyin."),
    ("PROPERTY_NOT_FOUND",                       "Adres numarasını kontrol edin."),
    ("PROPERTY_ALREADY_EXISTS",                  "Kayıtlı konutlarınızdan seçin."),
    ("PROPOSAL_INSURER_MUST_BE_ADULT",           "Sigorta ettiren olarak yetişkin bir kişi seçin."),
    ("PROPOSAL_MAX_FAMILY_MEMBERS_EXCEEDED",     "En az bir kişiyi çıkarın."),
    ("PROPOSAL_ADDITIONAL_INSURED_DUPLICATE",    "Yinelenen kişiyi çıkarın."),
    ("PROPOSAL_ADDITIONAL_INSURED_NOT_RELATIVE", "Önce yakınlık bilgisini ekleyin."),
    ("PROPOSAL_ADDITIONAL_INSURED_CHILD_TOO_OLD", "20 yaşını dolduran çocuk için ayrı teklif alın."),
    ("PROPOSAL_FAMILY_REQUIRES_ADULT",           "Sigortalılara eş veya ebeveyn ekleyin."),
    ("PROPOSAL_HEIGHT_REQUIRED",                 "Sağlık bilgilerini tamamlayın."),
    ("PRODUCT_PREMIUM_CHANGED",                  "Yeni primi kontrol edip ödemeyi yeniden başlatın."),
    ("PRODUCT_PURCHASING",                       "Açık ödeme sayfasını tamamlayın veya birkaç dakika bekleyin."),
    ("PRODUCT_NOT_ACTIVE",                       "Başka bir teklif seçin."),
    ("PRODUCT_NEEDS_INVESTIGATION",              "Başka bir teklif seçin veya acentenizi arayın."),
    ("PAYMENT_OPTION_NOT_SUPPORTED",             "Başka bir ödeme yöntemi veya teklif seçin."),
    ("INSTALLMENT_NOT_AVAILABLE",                "Başka bir taksit seçeneği seçin."),
    ("POLICY_DOCUMENT_NOT_READY",                "Birkaç dakika sonra yeniden deneyin."),
];

/// What to do about a problem with this code, if anything.
pub(super) fn of(code: &str) -> Option<&'static str> {
    SUGGESTIONS.iter().find(|(known, _)| *known == code).map(|(_, what)| *what)
}
