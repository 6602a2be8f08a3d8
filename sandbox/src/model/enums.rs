//! The API's enums in their wire spelling. Where a list's order matters it is the original's, whose ordinals are accepted too.

use async_graphql::Enum;
use async_graphql::resolver_utils::EnumType;

use crate::wire::Form;

/// The wire spelling of an enum that GraphQL knows as well.
pub(crate) fn name_of<T: EnumType + PartialEq>(value: &T) -> &'static str {
    T::items().iter().find(|item| item.value == *value).map_or("UNKNOWN", |item| item.name)
}

/// The value spelled `name`, in any case when `relaxed`.
pub(crate) fn named<T: EnumType>(name: &str, relaxed: bool) -> Option<T> {
    T::items().iter().find(|item| item.name == name || (relaxed && item.name.eq_ignore_ascii_case(name))).map(|item| item.value)
}

/// The channel spelled `name`. The guides' form has any case, and an older word for the app.
pub(crate) fn channel(name: &str, form: Form) -> Option<Channel> {
    let guide = form == Form::Guide;
    if guide && name.eq_ignore_ascii_case("MOBILE") { Some(Channel::MobileApp) } else { named(name, guide) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ProductBranch {
    Kasko,
    Dask,
    Konut,
    Trafik,
    Tss,
    Imm,
    YesilKart,
    FerdiKaza,
    GrupHayat,
    Saglik,
    KartKimlikKoruma,
    UcuncuSahisMaliSorumluluk,
    IsyeriYangin,
    Seyahat,
    ElektronikCihaz,
    Pet,
    Bes,
    InsaatAllRisk,
    LeasingAllRisk,
    MontajAllRisk,
    Nakliyat,
    OzelGuvenlikMaliSorumluluk,
    AkilliTelefon,
    TehlikeliMaddelerMaliSorumluluk,
    YatGemiGezintiTeknesi,
    Tarim,
    MeslekiSorumluluk,
    Alacak,
    IsverenMaliMesuliyet,
    Muhendislik,
    HukuksalKoruma,
    IlkAtesKonut,
    Kefalet,
    OzelSaglik,
    YabanciSaglik,
    IncomingSeyahatSaglik,
    TehlikeliHastaliklar,
    Ferdi,
    Isyeri,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum CaseType {
    SaleOpportunity,
    Endorsement,
    Cancel,
    Complaint,
}

/// Today's states, and those of the guides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum CaseStatus {
    Open,
    Delayed,
    Success,
    Fail,
    InProgress,
    ClosedWon,
    ClosedLost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum CaseMainState {
    Fail,
    Open,
    InProgress,
    Success,
}

/// Where exactly a case stands. A sale passes through few of these by itself; the agency's people choose among the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum CaseSubState {
    FailNoResponse,
    FailInvalidCase,
    FailCustomerWithdrawn,
    FailPaymentError,
    FailDeclinedCardInformation,
    FailForeignUser,
    FailTakenElsewhere,
    FailPriceTooHigh,
    FailAssetAcquisition,
    FailAssetSold,
    FailUnresolved,
    FailReferredToLegal,
    FailCustomerUnsatisfied,
    FailMissingDocuments,
    FailInsurerDenied,
    FailConditionsNotMet,
    OpenInitial,
    OpenCollectingInformation,
    OpenDelayed,
    OpenWaiting,
    InProgressUnderAnalysis,
    InProgressProposalPrepared,
    InProgressAwaitingApproval,
    InProgressToBeRecontacted,
    SuccessCompleted,
}

impl CaseSubState {
    /// The main state it belongs to, which its name begins with.
    pub(crate) fn main(self) -> CaseMainState {
        let states = [CaseMainState::Fail, CaseMainState::Open, CaseMainState::InProgress, CaseMainState::Success];
        let own = states.into_iter().find(|state| name_of(&self).starts_with(name_of(state)));
        own.unwrap_or(CaseMainState::Open)
    }
}

/// How a sale opportunity came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum SaleOpportunitySubType {
    NewSale,
    CrossSale,
    Renewal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AssetType {
    Vehicle,
    Property,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Channel {
    Unknown,
    Manual,
    Website,
    GoogleAds,
    CallCenter,
    SocialMedia,
    MobileApp,
    OfflineProposalForm,
    Field,
    PrintMedia,
    FairEvent,
    BusinessPartner,
    Chatbot,
    Api,
    Partner,
}

pub(crate) const GENDER: &[&str] = &["UNKNOWN", "MALE", "FEMALE", "OTHER"];
pub(crate) const MARITAL_STATUS: &[&str] = &["UNKNOWN", "SINGLE", "MARRIED"];
pub(crate) const NATIONALITY: &[&str] = &["UNKNOWN", "TURK", "OTHER"];
pub(crate) const EDUCATION_STATUS: &[&str] =
    &["UNKNOWN", "PRIMARY_SCHOOL", "MIDDLE_SCHOOL", "HIGH_SCHOOL", "UNIVERSITY", "POSTGRADUATE", "DOCTORATE", "OTHER"];
#[rustfmt::skip]
pub(crate) const JOB: &[&str] = &[
    "UNKNOWN", "BANKER", "CORPORATE_EMPLOYEE", "LTD_EMPLOYEE", "POLICE", "MILITARY_PERSONNEL", "RETIRED_SPOUSE", "TEACHER", "DOCTOR",
    "PHARMACIST", "NURSE", "HEALTHCARE_WORKER", "LAWYER", "JUDGE", "PROSECUTOR", "FREELANCER", "FARMER", "INSTRUCTOR",
    "RELIGIOUS_OFFICIAL", "ASSOCIATION_MANAGER", "OFFICER", "RETIRED", "HOUSEWIFE",
];
pub(crate) const CONSENT_TYPE: &[&str] = &["KVKK", "ETK"];
pub(crate) const CONSENT_CHANNEL: &[&str] = &["MANUAL", "WEB", "CHATBOT", "SMS", "EMAIL", "EXTERNAL"];
pub(crate) const SURGERY: &[&str] = &["OTHER", "ORGAN_TRANSPLANT", "BONE_MARROW_TRANSPLANT", "HEART_SURGERY", "BRAIN_SURGERY"];
#[rustfmt::skip]
pub(crate) const DISEASE: &[&str] = &[
    "OTHER", "KIDNEY_FAILURE", "CANCER", "LIVER_DISEASE", "HEART_FAILURE", "HEART_RHYTHM_AND_CONDUCTION_DISORDERS",
    "IMMUNE_SYSTEM_DISORDERS",
];
pub(crate) const PROPERTY_UTILIZATION_STYLE: &[&str] = &["UNKNOWN", "HOUSE", "BUSINESS", "OTHER"];
pub(crate) const PROPERTY_OWNERSHIP: &[&str] = &["UNKNOWN", "PROPRIETOR", "TENANT"];
pub(crate) const PROPERTY_STRUCTURE: &[&str] = &["UNKNOWN", "STEEL_REINFORCED_CONCRETE", "OTHER"];
pub(crate) const PROPERTY_DAMAGE: &[&str] = &["UNKNOWN", "NONE", "SLIGHTLY_DAMAGED", "MODERATELY_DAMAGED", "SEVERELY_DAMAGED"];
pub(crate) const FUEL: &[&str] = &["GASOLINE", "DIESEL", "LPG", "ELECTRIC", "LPG_GASOLINE", "HYBRID"];
#[rustfmt::skip]
pub(crate) const UTILIZATION_STYLE: &[&str] = &[
    "UNKNOWN", "PRIVATE_CAR", "TAXI", "ROUTE_BASED_MINIBUS", "MEDIUM_BUS", "LARGE_BUS", "PICKUP_TRUCK", "CLOSED_BED_PICKUP", "TRUCK",
    "CONSTRUCTION_MACHINERY", "TRACTOR", "TRAILER", "MOTORCYCLE", "TANKER", "TOW_TRUCK", "MOTORIZED_CARAVAN", "TOWABLE_CARAVAN",
    "AGRICULTURAL_MACHINE_EXCLUDING_TRACTOR", "OPEN_BODY_TRUCK", "RENTAL_CAR", "ARMORED_VEHICLE", "MINIBUS_SHARED_TAXI", "JEEP",
    "JEEP_SAV", "JEEP_SUV", "JEEP_RENTAL", "JEEP_TAXI", "AMBULANCE", "FIREFIGHTER_CAR", "HEARSE", "CHAUFFEURED_RENTAL_CAR",
    "OPERATIONAL_RENTAL", "PRIVATE_MINIBUS", "ROUTE_MINIBUS", "SERVICE_MINIBUS", "COMPANY_MINIBUS", "RENTAL_MINIBUS",
    "AMBULANCE_MINIBUS", "MINIBUS_BROADCASTING_VEHICLE", "MINIBUS_ARMORED_TRANSPORT", "SMALL_BUS_15_35_PASSENGERS",
    "SMALL_BUS_SERVICE", "SMALL_BUS_CITY", "SMALL_BUS_ROUTE", "LARGE_BUS_36_PLUS", "DUMP_TRUCK", "REFRIGERATED_TRUCK",
    "TRUCK_WITH_CONCRETE_MIXER", "SILO_TRUCK", "TRUCK_WITH_CONCRETE_PUMP", "ROCK_TRUCK", "TRUCK_WITH_CRANE", "HEAVY_MACHINERY",
    "EXCAVATOR", "LOADER", "BULLDOZER", "SCRAPER", "GRADER", "ROAD_ROLLER", "MOBILE_CRANE", "INDOOR_FORKLIFT", "OUTDOOR_FORKLIFT",
    "MOBILE_COMPRESSOR", "MOBILE_PUMP", "MOBILE_WELDING_MACHINE", "COMBINE_HARVESTER", "TANKER_ACID_CARRIER",
    "TANKER_WATER_FUEL_CARRIER", "TANKER_EXPLOSIVE_FLAMMABLE", "TOW_TRUCK_TRACTOR", "TOW_TRUCK_TANKER", "PANEL_GLASS_VAN_MINUBUS",
];
