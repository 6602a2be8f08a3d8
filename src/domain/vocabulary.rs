//! Lists of words the API uses. Releases add words, so every list has an `Unknown` that keeps the word as it came.

use std::borrow::Cow;

use super::normalise::{decimal, parts, small};
use crate::json::Value;

// Lists are one text each, with a comma after each word: a table of texts takes a browser more room.

/// Where a word stands in a list, whatever its case.
fn place_of(words: &str, word: &str) -> Option<usize> {
    parts(words, ",").iter().position(|known| known.eq_ignore_ascii_case(word)).filter(|_| !word.is_empty())
}

fn word_at(words: &'static str, place: usize) -> Option<&'static str> {
    parts(words, ",").get(place).copied().filter(|word| !word.is_empty())
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)*
            /// A word this version doesn't know, kept as it came.
            Unknown(String),
        }

        impl $name {
            const WORDS: &'static str = concat!($($word, ","),*);

            /// Reads a word, ignoring case.
            pub fn parse(word: &str) -> Self {
                enum Place { $($variant),* }
                match place_of(Self::WORDS, word) {
                    $(Some(place) if place == Place::$variant as usize => Self::$variant,)*
                    _ => Self::Unknown(word.to_owned()),
                }
            }

            /// The word as the API spells it.
            pub fn as_str(&self) -> &str {
                enum Place { $($variant),* }
                match self {
                    $(Self::$variant => word_at(Self::WORDS, Place::$variant as usize).unwrap_or_default(),)*
                    Self::Unknown(word) => word,
                }
            }
        }

        #[cfg(test)]
        impl $name {
            fn round_trip() {
                for (word, value) in [$(($word, Self::$variant)),*] {
                    assert_eq!(value.as_str(), word);
                    assert_eq!(Self::parse(word), value);
                    assert_eq!(Self::parse(&word.to_lowercase()), value);
                }
                for word in ["", ","] {
                    assert_eq!(Self::parse(word), Self::Unknown(word.to_owned()));
                }
                let unknown = Self::parse("Brand_New");
                assert_eq!((unknown.as_str(), &unknown), ("Brand_New", &Self::Unknown("Brand_New".to_owned())));
            }
        }
    )*

        #[cfg(test)]
        #[test]
        fn every_word_comes_back_as_it_went() {
            $($name::round_trip();)*
        }
    };
}

vocabulary! {
    /// Where one insurer's offer stands, and in sum where a proposal stands. An unknown state is "not finished yet".
    ProductState {
        Waiting = "WAITING",
        Active = "ACTIVE",
        Purchasing = "PURCHASING",
        Purchased = "PURCHASED",
        Failed = "FAILED",
        PurchaseFailed = "PURCHASE_FAILED",
    }
    /// A way of paying that an insurer supports for an offer. The API's own `UNKNOWN` is an unknown word here too.
    PaymentOption {
        SyncCreditCard = "SYNC_CREDIT_CARD",
        SyncOpenAccount = "SYNC_OPEN_ACCOUNT",
        Async3dSecure = "ASYNC_3D_SECURE",
        AsyncInsuranceCompanyRedirect = "ASYNC_INSURANCE_COMPANY_REDIRECT",
        AsyncThirdParty3dSecure = "ASYNC_THIRD_PARTY_3D_SECURE",
    }
    /// How an insurer is connected. Offers of a robot can't be bought online.
    ProductType {
        WebService = "WEB_SERVICE",
        Robot = "ROBOT",
    }
    /// What a vehicle runs on.
    FuelType {
        Gasoline = "GASOLINE",
        Diesel = "DIESEL",
        Lpg = "LPG",
        Electric = "ELECTRIC",
        LpgGasoline = "LPG_GASOLINE",
        Hybrid = "HYBRID",
    }
    /// The branches of insurance this client sells or may meet in a case.
    ProductBranch {
        Kasko = "KASKO",
        Trafik = "TRAFIK",
        Imm = "IMM",
        Dask = "DASK",
        Konut = "KONUT",
        Tss = "TSS",
    }
    /// What a customer agrees to: processing of personal data, or commercial messages.
    ConsentType {
        Kvkk = "KVKK",
        Etk = "ETK",
    }
    /// Where a case of the agency's CRM stands. (The guides print other names; they are nowhere else.)
    CaseStatus {
        Open = "OPEN",
        Delayed = "DELAYED",
        Success = "SUCCESS",
        Fail = "FAIL",
    }
    /// What a case of the agency's CRM is about.
    CaseType {
        SaleOpportunity = "SALE_OPPORTUNITY",
        Endorsement = "ENDORSEMENT",
        Cancel = "CANCEL",
        Complaint = "COMPLAINT",
    }
    /// Whether a policy is in force.
    PolicyState {
        Active = "ACTIVE",
        EndOfLife = "END_OF_LIFE",
        Cancelled = "CANCELLED",
    }
}

/// Where a sale is made; goes with case and proposal. The API knows more channels, which are not a customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// An agency's website.
    Website,
    /// An agency's app, which shows the page or has screens of its own.
    MobileApp,
}

/// What a vehicle is used as, as one of the API's words.
///
/// A word, not one variant for each of the 72: all but a handful are only passed on, and copying and comparing so many variants cost
/// a visitor more than comparing words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UtilizationStyle(Cow<'static, str>);

impl UtilizationStyle {
    /// The API's own word for "not known".
    pub const UNDETERMINED: Self = Self::known("UNKNOWN");
    /// A private car.
    pub const PRIVATE_CAR: Self = Self::known("PRIVATE_CAR");
    /// A taxi.
    pub const TAXI: Self = Self::known("TAXI");
    /// A pickup truck.
    pub const PICKUP_TRUCK: Self = Self::known("PICKUP_TRUCK");
    /// A motorcycle.
    pub const MOTORCYCLE: Self = Self::known("MOTORCYCLE");
    /// A car for hire.
    pub const RENTAL_CAR: Self = Self::known("RENTAL_CAR");
    /// A sport utility vehicle.
    pub const JEEP_SUV: Self = Self::known("JEEP_SUV");
    /// A minibus for private use.
    pub const PRIVATE_MINIBUS: Self = Self::known("PRIVATE_MINIBUS");

    const fn known(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Reads a word; whatever its case where it is one of these, and else as it came.
    pub fn parse(word: &str) -> Self {
        place_of(UTILIZATION_STYLES, word)
            .and_then(|place| word_at(UTILIZATION_STYLES, place))
            .map_or_else(|| Self(Cow::Owned(word.to_owned())), Self::known)
    }

    /// The style of this number in the API's list, from 0: some answers carry it instead of the word. The API takes the number of one that has
    /// no name here as well as its word.
    pub fn from_ordinal(ordinal: i64) -> Option<Self> {
        let number = u8::try_from(ordinal).ok()?;
        let word = ORDINALS.iter().position(|known| *known == number).and_then(|place| word_at(UTILIZATION_STYLES, place));
        Some(word.map_or_else(|| Self(Cow::Owned(decimal(number))), Self::known))
    }

    /// As the API takes it: a word, or the number that came in place of one.
    pub(crate) fn value(&self) -> Value {
        small::<u8>(&self.0).map_or_else(|| self.as_str().into(), |number| i64::from(number).into())
    }

    /// The word as the API spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Those a customer can choose from, and what stands for none.
const UTILIZATION_STYLES: &str = "UNKNOWN,PRIVATE_CAR,TAXI,PICKUP_TRUCK,MOTORCYCLE,RENTAL_CAR,JEEP_SUV,PRIVATE_MINIBUS,";

/// Their numbers, in the same order.
const ORDINALS: [u8; 8] = [0, 1, 2, 6, 12, 19, 24, 32];

#[cfg(test)]
mod tests {
    use super::*;

    /// The list as the API's client library numbers it, taken over apart from the table above.
    #[test]
    fn utilization_styles_have_their_ordinals() {
        let words = "
            UNKNOWN PRIVATE_CAR TAXI ROUTE_BASED_MINIBUS MEDIUM_BUS LARGE_BUS PICKUP_TRUCK CLOSED_BED_PICKUP TRUCK
            CONSTRUCTION_MACHINERY TRACTOR TRAILER MOTORCYCLE TANKER TOW_TRUCK MOTORIZED_CARAVAN TOWABLE_CARAVAN
            AGRICULTURAL_MACHINE_EXCLUDING_TRACTOR OPEN_BODY_TRUCK RENTAL_CAR ARMORED_VEHICLE MINIBUS_SHARED_TAXI JEEP JEEP_SAV
            JEEP_SUV JEEP_RENTAL JEEP_TAXI AMBULANCE FIREFIGHTER_CAR HEARSE CHAUFFEURED_RENTAL_CAR OPERATIONAL_RENTAL
            PRIVATE_MINIBUS ROUTE_MINIBUS SERVICE_MINIBUS COMPANY_MINIBUS RENTAL_MINIBUS AMBULANCE_MINIBUS
            MINIBUS_BROADCASTING_VEHICLE MINIBUS_ARMORED_TRANSPORT SMALL_BUS_15_35_PASSENGERS SMALL_BUS_SERVICE SMALL_BUS_CITY
            SMALL_BUS_ROUTE LARGE_BUS_36_PLUS DUMP_TRUCK REFRIGERATED_TRUCK TRUCK_WITH_CONCRETE_MIXER SILO_TRUCK
            TRUCK_WITH_CONCRETE_PUMP ROCK_TRUCK TRUCK_WITH_CRANE HEAVY_MACHINERY EXCAVATOR LOADER BULLDOZER SCRAPER GRADER
            ROAD_ROLLER MOBILE_CRANE INDOOR_FORKLIFT OUTDOOR_FORKLIFT MOBILE_COMPRESSOR MOBILE_PUMP MOBILE_WELDING_MACHINE
            COMBINE_HARVESTER TANKER_ACID_CARRIER TANKER_WATER_FUEL_CARRIER TANKER_EXPLOSIVE_FLAMMABLE TOW_TRUCK_TRACTOR
            TOW_TRUCK_TANKER PANEL_GLASS_VAN_MINUBUS
        ";
        for (ordinal, word) in (0..).zip(words.split_whitespace()) {
            let style = UtilizationStyle::from_ordinal(ordinal).unwrap();
            // What has no name here goes back as it came.
            let (text, value) = match place_of(UTILIZATION_STYLES, word) {
                Some(_) => (word.to_owned(), word.into()),
                None => (ordinal.to_string(), Value::from(ordinal)),
            };
            assert_eq!((style.as_str(), format!("{:?}", style.value())), (text.as_str(), format!("{value:?}")));
        }
        assert_eq!(UtilizationStyle::parse("DUMP_TRUCK").value().as_text(), Some("DUMP_TRUCK"));
        assert_eq!(UtilizationStyle::parse("jeep_suv"), UtilizationStyle::JEEP_SUV);
        assert_eq!(UtilizationStyle::parse("Hovercraft").as_str(), "Hovercraft");
        assert_eq!((UtilizationStyle::from_ordinal(256), UtilizationStyle::from_ordinal(-1)), (None, None));
    }

    #[test]
    fn the_apis_own_unknown_payment_is_unknown() {
        assert_eq!(PaymentOption::parse("UNKNOWN"), PaymentOption::Unknown("UNKNOWN".to_owned()));
    }
}
