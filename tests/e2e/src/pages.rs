//! Screens as a customer meets them. An act returns the screen it leads to where there is only one; on arrival each is looked at.

mod offers;
mod payment;
mod payment_page;
mod sign_in;
mod vehicle;

pub(crate) use offers::{Offers, passes, reads};
pub(crate) use payment::{Away, Checking, NotTaken, Policy, Review};
pub(crate) use payment_page::{PaymentPage, digits};
pub(crate) use sign_in::{COMPANY, Code, Consents, FOREIGNER, Identify, NEW, Person, Profile, RETURNING, newest_code};
pub(crate) use vehicle::{ByHand, Found, Lookup, Vehicles};
