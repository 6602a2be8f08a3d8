//! The sandbox from outside: each module mirrors the routes it asks.

mod auth;
mod cases;
mod control;
mod cors;
mod customers;
mod documents;
mod enums;
mod family;
mod faults;
mod fixtures;
mod hosts;
mod market;
mod mine;
mod offers;
mod program;
mod properties;
mod purchase;
mod replay;
mod sale;
mod scenarios;
mod support;
mod vehicles;
mod wire;
