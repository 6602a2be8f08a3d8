//! What insurers offer, for building packages of covers.

pub(crate) mod choices;
