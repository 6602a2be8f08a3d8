//! `frame.html`: the document that the widget runs in, apart from the page's scripts.
//!
//! It is a form: `{{api}}` and `{{site}}` are filled in by whoever serves it (the sandbox, or a host that has agencies of its own).

use std::fs;

use anyhow::{Context, Result};

use crate::{asset::Asset, site, workspace::Workspace};

const SOURCE: &str = "www/frame/frame.html";

pub(crate) fn document(workspace: &Workspace, script: &Asset) -> Result<String> {
    let source = fs::read_to_string(workspace.path(SOURCE)).context(SOURCE)?;
    Ok(site::minified(&source.replace("{{script}}", &script.name()).replace("{{integrity}}", &script.1)))
}
