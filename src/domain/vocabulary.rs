//! Lists of words the API uses. Releases add words, so every list has an `Unknown` that keeps the word as it came.

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
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),*];

            /// Reads a word, ignoring case.
            pub fn parse(word: &str) -> Self {
                let known = Self::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
                known.map_or_else(|| Self::Unknown(word.to_owned()), |(_, value)| value.clone())
            }

            /// The word as the API spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Unknown(word) => word,
                    known => Self::WORDS.iter().find(|(_, value)| value == known).map_or("", |(word, _)| word),
                }
            }
        }

        #[cfg(test)]
        impl $name {
            fn round_trip() {
                for (word, value) in Self::WORDS {
                    assert_eq!(value.as_str(), *word);
                    assert_eq!(Self::parse(word), *value);
                    assert_eq!(Self::parse(&word.to_lowercase()), *value);
                    assert!(!matches!(value, Self::Unknown(_)));
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
    /// What a vehicle is used as. The place in this list, from 0, is the number some answers carry instead of the word.
    UtilizationStyle {
        Undetermined = "UNKNOWN",
        PrivateCar = "PRIVATE_CAR",
        Taxi = "TAXI",
        RouteBasedMinibus = "ROUTE_BASED_MINIBUS",
        MediumBus = "MEDIUM_BUS",
        LargeBus = "LARGE_BUS",
        PickupTruck = "PICKUP_TRUCK",
        ClosedBedPickup = "CLOSED_BED_PICKUP",
        Truck = "TRUCK",
        ConstructionMachinery = "CONSTRUCTION_MACHINERY",
        Tractor = "TRACTOR",
        Trailer = "TRAILER",
        Motorcycle = "MOTORCYCLE",
        Tanker = "TANKER",
        TowTruck = "TOW_TRUCK",
        MotorizedCaravan = "MOTORIZED_CARAVAN",
        TowableCaravan = "TOWABLE_CARAVAN",
        AgriculturalMachineExcludingTractor = "AGRICULTURAL_MACHINE_EXCLUDING_TRACTOR",
        OpenBodyTruck = "OPEN_BODY_TRUCK",
        RentalCar = "RENTAL_CAR",
        ArmoredVehicle = "ARMORED_VEHICLE",
        MinibusSharedTaxi = "MINIBUS_SHARED_TAXI",
        Jeep = "JEEP",
        JeepSav = "JEEP_SAV",
        JeepSuv = "JEEP_SUV",
        JeepRental = "JEEP_RENTAL",
        JeepTaxi = "JEEP_TAXI",
        Ambulance = "AMBULANCE",
        FirefighterCar = "FIREFIGHTER_CAR",
        Hearse = "HEARSE",
        ChauffeuredRentalCar = "CHAUFFEURED_RENTAL_CAR",
        OperationalRental = "OPERATIONAL_RENTAL",
        PrivateMinibus = "PRIVATE_MINIBUS",
        RouteMinibus = "ROUTE_MINIBUS",
        ServiceMinibus = "SERVICE_MINIBUS",
        CompanyMinibus = "COMPANY_MINIBUS",
        RentalMinibus = "RENTAL_MINIBUS",
        AmbulanceMinibus = "AMBULANCE_MINIBUS",
        MinibusBroadcastingVehicle = "MINIBUS_BROADCASTING_VEHICLE",
        MinibusArmoredTransport = "MINIBUS_ARMORED_TRANSPORT",
        SmallBus15To35Passengers = "SMALL_BUS_15_35_PASSENGERS",
        SmallBusService = "SMALL_BUS_SERVICE",
        SmallBusCity = "SMALL_BUS_CITY",
        SmallBusRoute = "SMALL_BUS_ROUTE",
        LargeBus36Plus = "LARGE_BUS_36_PLUS",
        DumpTruck = "DUMP_TRUCK",
        RefrigeratedTruck = "REFRIGERATED_TRUCK",
        TruckWithConcreteMixer = "TRUCK_WITH_CONCRETE_MIXER",
        SiloTruck = "SILO_TRUCK",
        TruckWithConcretePump = "TRUCK_WITH_CONCRETE_PUMP",
        RockTruck = "ROCK_TRUCK",
        TruckWithCrane = "TRUCK_WITH_CRANE",
        HeavyMachinery = "HEAVY_MACHINERY",
        Excavator = "EXCAVATOR",
        Loader = "LOADER",
        Bulldozer = "BULLDOZER",
        Scraper = "SCRAPER",
        Grader = "GRADER",
        RoadRoller = "ROAD_ROLLER",
        MobileCrane = "MOBILE_CRANE",
        IndoorForklift = "INDOOR_FORKLIFT",
        OutdoorForklift = "OUTDOOR_FORKLIFT",
        MobileCompressor = "MOBILE_COMPRESSOR",
        MobilePump = "MOBILE_PUMP",
        MobileWeldingMachine = "MOBILE_WELDING_MACHINE",
        CombineHarvester = "COMBINE_HARVESTER",
        TankerAcidCarrier = "TANKER_ACID_CARRIER",
        TankerWaterFuelCarrier = "TANKER_WATER_FUEL_CARRIER",
        TankerExplosiveFlammable = "TANKER_EXPLOSIVE_FLAMMABLE",
        TowTruckTractor = "TOW_TRUCK_TRACTOR",
        TowTruckTanker = "TOW_TRUCK_TANKER",
        // The wire spells it so.
        PanelGlassVanMinibus = "PANEL_GLASS_VAN_MINUBUS",
    }
}

impl UtilizationStyle {
    /// The style at this place of the list.
    pub fn from_ordinal(ordinal: i64) -> Option<Self> {
        Self::WORDS.get(usize::try_from(ordinal).ok()?).map(|(_, style)| style.clone())
    }
}

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
            assert_eq!(UtilizationStyle::from_ordinal(ordinal).unwrap().as_str(), word);
        }
        assert_eq!(UtilizationStyle::from_ordinal(71), Some(UtilizationStyle::PanelGlassVanMinibus));
        assert_eq!((UtilizationStyle::from_ordinal(72), UtilizationStyle::from_ordinal(-1)), (None, None));
    }

    #[test]
    fn the_apis_own_unknown_payment_is_unknown() {
        assert_eq!(PaymentOption::parse("UNKNOWN"), PaymentOption::Unknown("UNKNOWN".to_owned()));
    }
}
