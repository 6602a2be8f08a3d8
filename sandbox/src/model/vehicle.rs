//! Vehicles that customers have saved.

use time::Date;

/// A saved vehicle.
#[derive(Debug, Clone)]
pub(crate) struct Vehicle {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    pub(crate) plate_city: u8,
    /// Absent for a vehicle that has no plate yet.
    pub(crate) plate_code: Option<String>,
    pub(crate) model_year: Option<u16>,
    pub(crate) brand_reference: Option<String>,
    pub(crate) model_reference: Option<String>,
    pub(crate) utilization_style: &'static str,
    pub(crate) fuel: Option<&'static str>,
    pub(crate) engine: Option<String>,
    pub(crate) chassis: Option<String>,
    pub(crate) document_serial: Option<(String, String)>,
    pub(crate) registration_date: Option<Date>,
    pub(crate) seat_number: Option<u8>,
}

impl Vehicle {
    /// `34 ABC 123`, as people write it.
    pub(crate) fn plate_text(&self) -> String {
        match &self.plate_code {
            Some(code) => {
                let (letters, digits) = code.split_at(code.bytes().take_while(u8::is_ascii_alphabetic).count());
                format!("{:02} {letters} {digits}", self.plate_city)
            }
            None => format!("{:02} (yeni kayıt)", self.plate_city),
        }
    }
}
