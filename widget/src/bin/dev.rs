//! What Trunk builds for `make dev`: it wants a program, and the widget is a library.

use insurup_widget as _;

fn main() {}
