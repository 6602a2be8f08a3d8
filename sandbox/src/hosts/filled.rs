//! Files that name the other hosts: `{{site}}`, `{{cdn}}`, `{{api}}` and `{{pay}}` stand for their origins.

use axum::body::Bytes;

use crate::options::Addresses;

/// The content with the origins in their places, if it is a text of a kind that has some.
pub(super) fn filled(name: &str, bytes: Vec<u8>, addresses: &Addresses) -> Bytes {
    let text = [".html", ".js", ".css", ".json", ".policy"].iter().any(|end| name.ends_with(end));
    match String::from_utf8(bytes) {
        Ok(content) if text => {
            let Addresses { site, cdn, api, pay } = addresses;
            let places = [("{{site}}", site), ("{{cdn}}", cdn), ("{{api}}", api), ("{{pay}}", pay)];
            places.iter().fold(content, |content, (place, origin)| content.replace(place, origin)).into()
        }
        Ok(content) => content.into(),
        Err(binary) => binary.into_bytes().into(),
    }
}
