//! `frame.html`: the document that the widget runs in, apart from the page's scripts.
//!
//! It is a form: `{{api}}` and `{{site}}` are filled in by whoever serves it (the sandbox, or a host that has agencies of its own). Its
//! script stands in it: a file of its own would be one more answer to wait for before anything else is asked for, a sixth of the time to the
//! first field on a slow line. Its policy lets this one script run, by its hash, and none beside it.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{asset::integrity, site, workspace::Workspace};

const SOURCE: &str = "www/frame/frame.html";

pub(crate) fn document(workspace: &Workspace, script: &[u8]) -> Result<String> {
    let form = fs::read_to_string(workspace.path(SOURCE)).context(SOURCE)?;
    let script = str::from_utf8(script).context("the frame's script")?.trim_end();
    around(&site::minified(&form), script)
}

/// The form with its script and that script's hash.
fn around(form: &str, script: &str) -> Result<String> {
    let end = script.to_ascii_lowercase();
    // What ends a script, or begins another way to read one, to a browser; and what is filled in by whoever serves the document.
    for part in ["</script", "<script", "<!--", "{{"] {
        ensure!(!end.contains(part), "the frame's script has `{part}` in it");
    }
    Ok(form.replace("{{integrity}}", &integrity(script.as_bytes())).replace("{{script}}", script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_the_script_in_it_run_and_no_other() {
        let form = "<meta content=\"script-src '{{integrity}}'\"><script>{{script}}</script>";
        let document = around(form, "1\n+1").expect("a document");
        let hash = integrity(b"1\n+1");
        assert_eq!(document, format!("<meta content=\"script-src '{hash}'\"><script>1\n+1</script>"));
    }

    #[test]
    fn refuses_a_script_that_a_browser_would_read_otherwise() {
        for script in ["'</SCRIPT>'", "'<!--'", "'{{api}}'"] {
            assert!(around("{{script}}", script).is_err(), "{script}");
        }
    }
}
