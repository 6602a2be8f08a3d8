//! The provinces of Türkiye, by the number that begins a plate.

use super::Plate;

/// Their names, from 01 to 81.
const NAMES: [&str; 81] = [
    "Adana",
    "Adıyaman",
    "Afyonkarahisar",
    "Ağrı",
    "Amasya",
    "Ankara",
    "Antalya",
    "Artvin",
    "Aydın",
    "Balıkesir",
    "Bilecik",
    "Bingöl",
    "Bitlis",
    "Bolu",
    "Burdur",
    "Bursa",
    "Çanakkale",
    "Çankırı",
    "Çorum",
    "Denizli",
    "Diyarbakır",
    "Edirne",
    "Elazığ",
    "Erzincan",
    "Erzurum",
    "Eskişehir",
    "Gaziantep",
    "Giresun",
    "Gümüşhane",
    "Hakkâri",
    "Hatay",
    "Isparta",
    "Mersin",
    "İstanbul",
    "İzmir",
    "Kars",
    "Kastamonu",
    "Kayseri",
    "Kırklareli",
    "Kırşehir",
    "Kocaeli",
    "Konya",
    "Kütahya",
    "Malatya",
    "Manisa",
    "Kahramanmaraş",
    "Mardin",
    "Muğla",
    "Muş",
    "Nevşehir",
    "Niğde",
    "Ordu",
    "Rize",
    "Sakarya",
    "Samsun",
    "Siirt",
    "Sinop",
    "Sivas",
    "Tekirdağ",
    "Tokat",
    "Trabzon",
    "Tunceli",
    "Şanlıurfa",
    "Uşak",
    "Van",
    "Yozgat",
    "Zonguldak",
    "Aksaray",
    "Bayburt",
    "Karaman",
    "Kırıkkale",
    "Batman",
    "Şırnak",
    "Bartın",
    "Ardahan",
    "Iğdır",
    "Yalova",
    "Karabük",
    "Kilis",
    "Osmaniye",
    "Düzce",
];

/// Every province, as the plate of a vehicle that has no more of one yet, with its name.
pub fn provinces() -> impl Iterator<Item = (Plate, &'static str)> {
    (1..).zip(NAMES).filter_map(|(city, name)| Some((Plate::without_code(city).ok()?, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_81_and_each_has_its_number() {
        let all: Vec<_> = provinces().map(|(plate, name)| (plate.compact(), name)).collect();
        assert_eq!(all.len(), 81);
        for known in
            [("01", "Adana"), ("06", "Ankara"), ("33", "Mersin"), ("34", "İstanbul"), ("35", "İzmir"), ("67", "Zonguldak"), ("81", "Düzce")]
        {
            assert!(all.contains(&(known.0.to_owned(), known.1)), "{known:?}");
        }
    }
}
