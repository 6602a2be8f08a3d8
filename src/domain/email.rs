//! E-mail addresses.

use std::{fmt, str::FromStr};

/// An address a policy can be sent to. Checked for what is surely wrong and no further: only a message that arrives proves an address.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(Box<str>);

/// Why text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was given.
    #[error("no e-mail address")]
    Empty,
    /// There is not exactly one `@` with something on both sides.
    #[error("an e-mail address has one @, and something before and after it")]
    At,
    /// What follows the `@` is no domain.
    #[error("what follows the @ is no domain")]
    Domain,
    /// White space, control characters, or more than 254 characters.
    #[error("an e-mail address has no spaces and at most 254 characters")]
    Shape,
}

impl Email {
    /// The address as typed, without white space around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `a•••@ornek.com`: enough to know one's own by.
    pub fn masked(&self) -> String {
        let place = self.0.bytes().position(|byte| byte == b'@').unwrap_or_default();
        let mut masked = String::from_iter(self.0.chars().next());
        masked.push_str("•••");
        masked.push_str(&self.0[place..]);
        masked
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > 254 || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(EmailError::Shape);
        }
        let place = text.bytes().position(|byte| byte == b'@').ok_or(EmailError::At)?;
        let (local, domain) = (&text[..place], &text[place + 1..]);
        if local.is_empty() || domain.is_empty() || domain.bytes().any(|byte| byte == b'@') {
            return Err(EmailError::At);
        }
        let labels = super::normalise::parts(domain, ".");
        let is_label = |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
        if labels.len() < 2 || !labels.iter().all(is_label) {
            return Err(EmailError::Domain);
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_could_arrive() {
        for text in ["a@b.co", "ayşe.yılmaz+kasko@örnek.com.tr", "x@xn--rnek-5qa.com", " o'neil@mail.example \n", "\"a\"@b.c"] {
            assert_eq!(text.parse::<Email>().unwrap().as_str(), text.trim());
        }
        let longest = format!("{}@b.co", "a".repeat(249));
        assert!(longest.parse::<Email>().is_ok());
    }

    #[test]
    fn refuses_what_cannot_and_says_why() {
        for (text, error) in [
            ("", EmailError::Empty),
            ("  ", EmailError::Empty),
            ("ab.co", EmailError::At),
            ("@b.co", EmailError::At),
            ("a@", EmailError::At),
            ("a@b@c.co", EmailError::At),
            ("a@b", EmailError::Domain),
            ("a@b..co", EmailError::Domain),
            ("a@.co", EmailError::Domain),
            ("a@b.", EmailError::Domain),
            ("a@-b.co", EmailError::Domain),
            ("a b@c.co", EmailError::Shape),
            ("a@b\u{0}.co", EmailError::Shape),
        ] {
            assert_eq!(text.parse::<Email>(), Err(error), "{text}");
        }
        assert_eq!(format!("{}@b.co", "a".repeat(250)).parse::<Email>(), Err(EmailError::Shape));
    }

    #[test]
    fn is_masked_for_whoever_looks_over_a_shoulder() {
        for (text, masked) in [("ayse.yilmaz@ornek.com", "a•••@ornek.com"), ("ş@örnek.com.tr", "ş•••@örnek.com.tr")] {
            assert_eq!(text.parse::<Email>().unwrap().masked(), masked);
        }
    }

    #[test]
    fn is_secret_in_a_log() {
        assert_eq!(format!("{:?}", "a@b.co".parse::<Email>().unwrap()), "Email(***)");
    }
}
