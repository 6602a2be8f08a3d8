//! Values that must not leave by accident.

use std::fmt;

/// A token, a code, card data: readable only through [`Secret::expose`], so that every place that reads one can be found.
///
/// It has no `Clone`, no comparison and no serde implementation on purpose, and prints as `[REDACTED]`. The memory is wiped by
/// the browser build's allocator when it is freed, so this type needs no `Drop` of its own.
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Takes the value in.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Say at the call why it is needed there.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nothing() {
        let secret = Secret::new("eyJhbGciOi".to_owned());
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "[REDACTED] Some([REDACTED])");
        assert_eq!(secret.expose(), "eyJhbGciOi");
    }
}
