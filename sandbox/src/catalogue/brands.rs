//! Brands on sale in Türkiye with some of their models. References are opaque to clients, as in the original.

/// A brand and its models.
#[derive(Debug)]
pub(crate) struct Brand {
    pub(crate) reference: &'static str,
    pub(crate) name: &'static str,
    /// What a comprehensive policy costs for a new car of this brand, in lira before everything else.
    pub(crate) tier: u32,
    pub(crate) models: &'static [&'static str],
}

impl Brand {
    /// The reference of the model at `index`.
    pub(crate) fn model_reference(&self, index: usize) -> String {
        format!("{}{:04}", self.reference, 1001 + index * 7)
    }

    /// The index of the model that `reference` names.
    pub(crate) fn model_index(&self, reference: &str) -> Option<usize> {
        (0..self.models.len()).find(|index| self.model_reference(*index) == reference)
    }

    /// Whether the model at `index` was sold in `year`: electric ones are young, the last of a list was dropped.
    pub(crate) fn sold_in(&self, index: usize, year: u16) -> bool {
        let electric = self.models.get(index).is_some_and(|model| model.contains("Elektrik") || model.contains("kWh"));
        (year >= 1990) && (!electric || year >= 2021) && (index + 1 < self.models.len() || index == 0 || year <= 2023)
    }
}

pub(crate) fn by_reference(reference: &str) -> Option<&'static Brand> {
    BRANDS.iter().find(|brand| brand.reference == reference)
}

#[rustfmt::skip]
pub(crate) const BRANDS: &[Brand] = &[
    Brand { reference: "007", name: "Alfa Romeo", tier: 24_000, models: &["Giulietta 1.6 JTDm Super TCT", "Tonale 1.5 Hybrid Veloce", "Giulia 2.0 Veloce AT8"] },
    Brand { reference: "013", name: "Audi", tier: 34_000, models: &["A3 Sportback 35 TFSI Advanced", "A4 Sedan 40 TDI quattro", "Q3 35 TFSI S line", "Q2 30 TFSI Design"] },
    Brand { reference: "019", name: "BMW", tier: 36_000, models: &["116d One Edition", "320i M Sport", "520i Luxury Line", "X1 sDrive18i xLine"] },
    Brand { reference: "024", name: "Chery", tier: 19_000, models: &["Omoda 5 1.6 TGDI Excellent", "Tiggo 7 Pro 1.6T Luxury", "Tiggo 8 Pro 1.6T Excellent"] },
    Brand { reference: "031", name: "Citroën", tier: 16_500, models: &["C3 1.2 PureTech Shine", "C4 1.5 BlueHDi Feel Bold", "C5 Aircross 1.5 BlueHDi Shine", "C-Elysée 1.6 HDi Live"] },
    Brand { reference: "036", name: "Cupra", tier: 25_000, models: &["Formentor 1.5 TSI", "Leon 1.5 eTSI Supreme"] },
    Brand { reference: "038", name: "Dacia", tier: 13_800, models: &["Sandero Stepway 1.0 TCe Prestige X-tronic", "Duster 1.3 TCe Journey EDC", "Jogger 1.0 Eco-G Extreme", "Lodgy 1.5 dCi Stepway"] },
    Brand { reference: "045", name: "DS", tier: 24_500, models: &["DS 4 1.5 BlueHDi Rivoli", "DS 7 1.5 BlueHDi Opéra"] },
    Brand { reference: "051", name: "Fiat", tier: 13_200, models: &["Egea Sedan 1.4 Fire Easy", "Egea Cross 1.6 MultiJet Lounge DCT", "Panda 1.0 Hybrid Cross", "Doblo Combi 1.6 MultiJet Premio Plus", "Linea 1.3 MultiJet Pop"] },
    Brand { reference: "056", name: "Ford", tier: 17_300, models: &["Focus 1.5 EcoBlue Titanium", "Puma 1.0 EcoBoost ST-Line", "Kuga 1.5 EcoBlue Style", "Tourneo Courier 1.0 EcoBoost Titanium", "Fiesta 1.1 Trend"] },
    Brand { reference: "064", name: "Honda", tier: 18_900, models: &["Civic 1.5 VTEC Turbo Executive+", "HR-V 1.5 e:HEV Style", "City 1.5 i-VTEC Executive", "Jazz 1.5 e:HEV Crosstar"] },
    Brand { reference: "067", name: "Hyundai", tier: 15_900, models: &["i20 1.4 MPI Style AT", "Bayon 1.0 T-GDI Elite DCT", "Tucson 1.6 CRDi Elite", "Kona Elektrik 64 kWh Progressive", "Accent Blue 1.6 CRDi Mode"] },
    Brand { reference: "072", name: "Jeep", tier: 23_800, models: &["Renegade 1.3 T4 Limited", "Compass 1.3 GSE Summit", "Avenger Elektrik 54 kWh Altitude", "Cherokee 2.2 MJet Limited"] },
    Brand { reference: "078", name: "Kia", tier: 16_800, models: &["Sportage 1.6 T-GDI Elegance", "Stonic 1.0 T-GDI Elegance", "Ceed 1.6 CRDi Prestige", "Niro 1.6 GDI Hybrid", "Rio 1.4 CVVT Cool"] },
    Brand { reference: "083", name: "Mercedes-Benz", tier: 41_000, models: &["A 180 AMG", "C 200 4MATIC AMG", "E 200 d Exclusive", "GLA 200 AMG", "CLA 180 d AMG"] },
    Brand { reference: "088", name: "MG", tier: 17_600, models: &["HS 1.5T Luxury", "ZS 1.5 Comfort", "MG4 Elektrik 64 kWh Luxury"] },
    Brand { reference: "091", name: "Mini", tier: 26_500, models: &["Cooper 1.5 Signature", "Countryman 1.5 Chili"] },
    Brand { reference: "097", name: "Nissan", tier: 18_300, models: &["Qashqai 1.3 DIG-T Platinum", "Juke 1.0 DIG-T Tekna", "X-Trail 1.5 e-Power Platinum", "Micra 1.0 IG-T Tekna"] },
    Brand { reference: "102", name: "Opel", tier: 16_200, models: &["Corsa 1.2 Edition", "Astra 1.5 D Elegance", "Mokka 1.2 Turbo Ultimate", "Crossland 1.5 D Elegance", "Insignia 1.6 CDTi Design"] },
    Brand { reference: "108", name: "Peugeot", tier: 17_000, models: &["208 1.2 PureTech Allure", "308 1.5 BlueHDi Active Prime", "2008 1.2 PureTech GT", "3008 1.5 BlueHDi Allure Selection", "301 1.6 HDi Active"] },
    Brand { reference: "117", name: "Renault", tier: 14_600, models: &["Clio 1.0 TCe Touch X-Tronic", "Megane Sedan 1.3 TCe Icon EDC", "Captur 1.3 mHEV Techno EDC", "Austral 1.3 mHEV Techno Esprit Alpine", "Taliant 1.0 Turbo Touch", "Symbol 1.5 dCi Joy"] },
    Brand { reference: "123", name: "Seat", tier: 17_400, models: &["Leon 1.5 eTSI FR", "Ibiza 1.0 EcoTSI Xcellence", "Arona 1.0 EcoTSI FR", "Toledo 1.6 TDI Reference"] },
    Brand { reference: "127", name: "Škoda", tier: 18_100, models: &["Octavia 1.5 TSI e-TEC Premium", "Superb 1.5 TSI Prestige", "Kamiq 1.0 TSI Premium", "Fabia 1.0 TSI Ambition", "Rapid 1.6 TDI Elegance"] },
    Brand { reference: "131", name: "Suzuki", tier: 16_000, models: &["Vitara 1.4 Hybrid GLX", "Swift 1.2 Hybrid GL Techno", "S-Cross 1.4 Hybrid GLX"] },
    Brand { reference: "138", name: "TOGG", tier: 27_500, models: &["T10X V1 RWD Standart Menzil Elektrik 52 kWh", "T10X V2 RWD Uzun Menzil Elektrik 88 kWh"] },
    Brand { reference: "141", name: "Toyota", tier: 17_900, models: &["Corolla 1.5 Dream Multidrive S", "Corolla Hybrid 1.8 Passion X-Pack", "Yaris 1.5 Hybrid Style X-Pack", "C-HR 1.8 Hybrid Passion", "Auris 1.4 D-4D Comfort"] },
    Brand { reference: "153", name: "Volkswagen", tier: 20_400, models: &["Golf 1.5 eTSI Style", "Polo 1.0 TSI Life", "T-Roc 1.5 TSI Style", "Tiguan 1.5 TSI Elegance", "Passat 1.6 TDI Impression"] },
    Brand { reference: "158", name: "Volvo", tier: 35_000, models: &["XC40 B3 Plus Bright", "XC60 B5 Ultimate Dark", "S60 B4 Plus"] },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_brand_and_model_once() {
        let mut references: Vec<String> = BRANDS.iter().map(|brand| brand.reference.to_owned()).collect();
        for brand in BRANDS {
            references.extend((0..brand.models.len()).map(|index| brand.model_reference(index)));
            assert!(brand.models.len() >= 2, "{}", brand.name);
            assert!((0..brand.models.len()).any(|index| brand.sold_in(index, 2026)), "{}", brand.name);
        }
        let all = references.len();
        references.sort();
        references.dedup();
        assert_eq!(references.len(), all);
        assert!(BRANDS.len() >= 25);
    }
}
