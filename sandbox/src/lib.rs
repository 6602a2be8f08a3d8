//! A local InsurUp: the API, the payment page it sends customers to, and two static hosts for the demo.
//!
//! It exists so that a whole sale can be made, and broken on purpose, on one machine. It reads requests with types of its own and shares
//! nothing with the client, so that the two cannot agree on the same mistake. It holds invented people only and listens on loopback only.

mod app;
mod body;
mod caller;
mod catalogue;
mod clock;
mod error;
mod hosts;
mod identity;
mod listener;
mod middleware;
mod model;
mod money;
mod options;
mod pay;
mod pdf;
mod random;
mod routes;
mod running;
mod sandbox;
mod scenarios;
mod wire;
mod world;

pub use app::app;
pub use catalogue::insurers::Panel;
pub use middleware::faults::Fault;
pub use model::challenge::Sms;
pub use options::{Addresses, Options, Ports};
pub use pay::payment_page;
pub use running::{Running, StartError, start};
pub use sandbox::{Sandbox, Setup};
pub use scenarios::{How, SCENARIOS, Scenario};
pub use wire::WireMode;
