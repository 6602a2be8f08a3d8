//! Two hosts of plain files: the demo agency's site and the CDN of the widget's assets.

pub(crate) mod cdn;
mod compressed;
mod files;
mod filled;
pub(crate) mod site;
