//! Values that cannot be wrong: each is parsed once, at the edge, and trusted from then on.
//!
//! Nothing here does I/O, knows the wire's spelling of a body, or reads a clock: today's date comes in as an argument. Parsing
//! is comfort for the customer (it saves SMS, quotes and a second try), not security; the server decides.
//!
//! What a customer typed is personal data: `Debug` of such a value says which type it is, never what it holds.

pub mod normalise;

mod birth_date;
mod body;
pub mod card;
mod coverage;
mod date;
mod document_serial;
mod email;
mod foreign_id;
mod iban;
mod ids;
mod money;
mod phone;
mod plate;
mod secret;
mod tckn;
mod vehicle;
mod vkn;
mod vocabulary;

pub use birth_date::{BirthDate, BirthDateError};
pub use body::{Height, MeasureError, Weight, fits};
pub use coverage::CoverageValue;
pub use date::{Date, DateError};
pub use document_serial::{DocumentSerial, DocumentSerialError};
pub use email::{Email, EmailError};
pub use foreign_id::{ForeignId, ForeignIdError};
pub use iban::{Iban, IbanError};
pub use ids::{
    AgentBranchId, AgentId, BrandRef, CaseId, CatalogueId, CoverageGroupId, CustomerId, InsurerId, ModelRef, PolicyId, ProductId,
    ProposalId, VehicleId, is_id,
};
pub(crate) use money::hundredths;
pub use money::{Currency, Money};
pub use phone::{MobilePhone, PhoneError};
pub use plate::{Plate, PlateError};
pub use secret::Secret;
pub use tckn::{Tckn, TcknError};
pub use vehicle::{Chassis, ChassisError, Engine, EngineError, ModelYear, ModelYearError};
pub use vkn::{Vkn, VknError};
pub use vocabulary::{
    CaseStatus, CaseType, Channel, ConsentType, FuelType, PaymentOption, PolicyState, ProductBranch, ProductState, ProductType,
    UtilizationStyle,
};
