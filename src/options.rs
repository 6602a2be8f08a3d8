//! What an agency may configure, by name and kind: one table for the readers, for "did you mean", and for the schema that editors use.
//!
//! Each option says in its first lines what it is for. Those words are for the schema alone and are not compiled into what a visitor
//! downloads.

mod grants;
mod mistake;
mod origin;

pub use grants::{insurers, products};
pub use mistake::{Mistake, listed, nearest};
pub use origin::{is_exact, is_local, is_secure};

/// An option, or a member of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// As an attribute of the tag; empty where it can only be written in JSON.
    pub attribute: &'static str,
    /// As a member in JSON.
    pub member: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether nothing starts without it.
    pub required: bool,
}

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Id of the agency: a GUID, or anything in the guides' form of the API.
    Agent,
    /// Any id.
    Id,
    /// One to three ids of cover packages.
    Groups,
    /// One of these words, the first if nothing is said.
    Word(&'static [&'static str]),
    /// Some of these words.
    Words(&'static [&'static str]),
    /// A language; what begins with `en` is English, everything else Turkish.
    Language,
    /// A line to be read.
    Line,
    /// Address of a text.
    Url,
    /// Address of a page on the site itself.
    Callback,
    /// Address of the API.
    Base,
    /// Yes or no.
    Flag,
    /// Exact origins.
    Origins,
    /// Permissions by insurer, see [`Permission`].
    Insurers,
    /// Words by product.
    Products(&'static [&'static str]),
    /// Texts by language and key.
    Texts,
}

const REQUIRED: bool = true;
const OPTIONAL: bool = false;

macro_rules! table {
    ($(#[$about_all:meta])* $table:ident { $($(#[doc = $about:literal])+ $name:ident: $attribute:literal $member:literal $kind:expr, $required:expr;)+ }) => {
        $(#[$about_all])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table {
            $($(#[doc = $about])+ $name,)+
        }

        impl $table {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [Entry] =
                &[$(Entry { attribute: $attribute, member: $member, kind: $kind, required: $required },)+];

            /// Their names in JSON, in the same order.
            #[must_use]
            pub fn members() -> Vec<&'static str> {
                Self::ALL.iter().map(|entry| entry.member).collect()
            }

            /// Their names as attributes, in the same order; empty where it can only be written in JSON.
            #[must_use]
            pub fn attributes() -> Vec<&'static str> {
                Self::ALL.iter().map(|entry| entry.attribute).collect()
            }

            /// What each is for, in the same order.
            #[cfg(not(target_arch = "wasm32"))]
            pub const ABOUT: &'static [&'static str] = &[$(concat!($($about),+),)+];

            /// The one of this name in JSON; names are exact.
            #[must_use]
            pub fn of_member(name: &str) -> Option<Self> {
                match name {
                    $($member => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

table! {
    /// What an agency may say to one element.
    Name {
        /// `current`, or `guide` for the older form of the API.
        Wire: "wire" "wire" Kind::Word(&["current", "guide"]), OPTIONAL;
        /// GUID of the agency, from InsurUp.
        AgentId: "agent-id" "agentId" Kind::Agent, REQUIRED;
        /// The branch office, in agencies that have several.
        AgentBranchId: "agent-branch-id" "agentBranchId" Kind::Id, OPTIONAL;
        /// What is sold.
        Branch: "branch" "branch" Kind::Word(&["kasko"]), REQUIRED;
        /// One to three ids of cover packages to ask insurers for, 24 hexadecimal digits each.
        CoverageGroups: "coverage-groups" "coverageGroups" Kind::Groups, REQUIRED;
        /// Where the widget runs: `frame`, in a document of its own, or `inline`, in the page's, where the page's scripts can read it.
        Isolation: "isolation" "isolation" Kind::Word(&["frame", "inline"]), OPTIONAL;
        /// What becomes of the customer's session during the payment: `newtab` pays in a new tab, `resume` in the same tab, with a record in
        /// the tab's storage that leads back for twenty minutes, `strict` in the same tab, with another code afterwards; `auto` is `resume` on
        /// phones and `newtab` elsewhere.
        Session: "session" "session" Kind::Word(&["auto", "newtab", "resume", "strict"]), OPTIONAL;
        /// Where the page is shown: on a website or in an app.
        Channel: "channel" "channel" Kind::Word(&["website", "mobile-app"]), OPTIONAL;
        /// Address of the API, `https://api.insurup.com/api/` if nothing is said.
        ApiBase: "api-base" "apiBase" Kind::Base, OPTIONAL;
        /// A page of the site itself to which the payment page sends the customer back.
        CallbackUrl: "callback-url" "callbackUrl" Kind::Callback, REQUIRED;
        /// Address of the privacy notice.
        KvkkUrl: "kvkk-url" "kvkkUrl" Kind::Url, REQUIRED;
        /// Address of the explicit consent's text.
        ConsentUrl: "consent-url" "consentUrl" Kind::Url, REQUIRED;
        /// Address of the text on commercial messages; with it, that consent is offered.
        EtkUrl: "etk-url" "etkUrl" Kind::Url, OPTIONAL;
        /// Consents without which the sale doesn't go on.
        RequiredConsents: "required-consents" "requiredConsents" Kind::Words(&["kvkk", "etk"]), OPTIONAL;
        /// The agency's name, shown on every screen.
        AgencyName: "agency-name" "agencyName" Kind::Line, REQUIRED;
        /// The agency's telephone, shown on every screen.
        Phone: "phone" "phone" Kind::Line, REQUIRED;
        /// `tr` or `en`.
        Lang: "lang" "lang" Kind::Language, OPTIONAL;
        /// The look: as the visitor's system has it, light, or dark.
        Theme: "theme" "theme" Kind::Word(&["auto", "light", "dark"]), OPTIONAL;
        /// What the agency may do with each insurer, by the insurer's id. Nothing is granted that is not written here.
        Insurers: "" "insurers" Kind::Insurers, OPTIONAL;
        /// What is done with a product, by the API's `productId`: it is sold (as far as it may be), can only be bought by calling the
        /// agency, or is not shown.
        Products: "" "products" Kind::Products(DISPLAYS), OPTIONAL;
        /// Words of the agency's own in place of the widget's, by language and key.
        Texts: "" "texts" Kind::Texts, OPTIONAL;
    }
}

table! {
    /// What an agency may do with one insurer, or must.
    Permission {
        /// The agency holds the web-service permission: prices may be shown.
        Quote: "" "quote" Kind::Flag, OPTIONAL;
        /// Exact origins on which the insurer's products may be bought; a subdomain needs its own entry.
        SellOnline: "" "sellOnline" Kind::Origins, OPTIONAL;
        /// The agency may show the insurer's logo.
        Logo: "" "logo" Kind::Flag, OPTIONAL;
        /// The agency has a contract with a third-party 3-D Secure provider.
        ThirdParty: "" "thirdParty" Kind::Flag, OPTIONAL;
        /// The insurer requires 3-D Secure: an offer that can only be paid otherwise is not sold here.
        ThreeDSecure: "" "threeDSecure" Kind::Flag, OPTIONAL;
    }
}

/// What can be done with a product.
const DISPLAYS: &[&str] = &["sell", "call", "hidden"];

/// Whether a name is this known one with at most so many letters wrong, missing or too many.
#[must_use]
pub fn is_near(name: &str, known: &str, letters: u32) -> bool {
    !known.is_empty() && is_alike(name.as_bytes(), known.as_bytes(), letters)
}

/// A way to go for each letter that may be wrong: there are two of them at most, and the words are short.
fn is_alike(a: &[u8], b: &[u8], letters: u32) -> bool {
    if let ([first_a, a @ ..], [first_b, b @ ..]) = (a, b)
        && first_a == first_b
    {
        return is_alike(a, b, letters);
    }
    if letters == 0 {
        return a.is_empty() && b.is_empty();
    }
    let (less_a, less_b) = (a.get(1..).unwrap_or(a), b.get(1..).unwrap_or(b));
    let letters = letters - 1;
    is_alike(less_a, less_b, letters) || is_alike(less_a, b, letters) || is_alike(a, less_b, letters)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_and_its_member_are_one_name() {
        for entry in Name::ALL.iter().filter(|entry| !entry.attribute.is_empty()) {
            let mut kebab = String::new();
            for letter in entry.member.chars() {
                if letter.is_ascii_uppercase() {
                    kebab.push('-');
                }
                kebab.push(letter.to_ascii_lowercase());
            }
            assert_eq!(kebab, entry.attribute);
        }
    }

    #[test]
    fn each_is_found_by_its_member_and_says_what_it_is_for() {
        for (number, entry) in Name::ALL.iter().enumerate() {
            assert_eq!(Name::of_member(entry.member).unwrap() as usize, number);
            assert!(Name::ABOUT[number].trim().ends_with('.'));
        }
        for (number, entry) in Permission::ALL.iter().enumerate() {
            assert_eq!(Permission::of_member(entry.member).unwrap() as usize, number);
            assert!(Permission::ABOUT[number].trim().ends_with('.'));
        }
        assert_eq!((Name::of_member("agentid"), Permission::of_member("Quote")), (None, None));
    }

    #[test]
    fn knows_a_name_that_is_nearly_another() {
        for (name, known, letters) in [
            ("logo", "logo", 0),
            ("loog", "logo", 2),
            ("log", "logo", 1),
            ("alogo", "logo", 1),
            ("agentbranchid", "agent-branch-id", 2),
            ("fire", "wire", 1),
            ("fired", "wire", 2),
            ("quot", "quote", 1),
            ("", "id", 2),
        ] {
            assert!(is_near(name, known, letters), "{name}");
            assert!(letters == 0 || !is_near(name, known, letters - 1), "{name}");
            // At most so many.
            assert!(is_near(name, known, 2), "{name}");
        }
        assert!(!is_near("price", "quote", 2) && !is_near("a", "", 2) && !is_near("", "", 0));
    }
}
