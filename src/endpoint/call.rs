//! Every operation as one type, so that a command, a queue or a log can hold "a call".

use super::{Access, Endpoint, Method, Safety, Wire, addresses, auth, cases, customers, mine, policies, proposals, purchase, vehicles};
use crate::json::{DecodeError, Value};

macro_rules! calls {
    ($($name:ident($endpoint:ty)),* $(,)?) => {
        /// A call to the API, ready to be carried.
        #[derive(Debug)]
        pub enum Call {
            $(#[doc = concat!("See [`", stringify!($endpoint), "`].")] $name($endpoint),)*
        }

        /// What a [`Call`] was answered, in the variant of the same name.
        #[derive(Debug)]
        pub enum Answer {
            $(#[doc = concat!("Answer to [`", stringify!($endpoint), "`].")] $name(<$endpoint as Endpoint>::Response),)*
        }

        /// Which operation a call is, without its content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CallKind {
            $(#[doc = concat!("See [`", stringify!($endpoint), "`].")] $name,)*
        }

        impl CallKind {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The operation's name, for errors and logs.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => <$endpoint>::NAME,)* }
            }

            /// How it is requested.
            pub fn method(self) -> Method {
                match self { $(Self::$name => <$endpoint>::METHOD,)* }
            }

            /// Who may request it.
            pub fn access(self) -> Access {
                match self { $(Self::$name => <$endpoint>::ACCESS,)* }
            }

            /// What repeating it would do.
            pub fn safety(self) -> Safety {
                match self { $(Self::$name => <$endpoint>::SAFETY,)* }
            }

            /// Reads a successful answer, `Null` for an empty one.
            ///
            /// # Errors
            ///
            /// The answer lacks something that can't be done without.
            pub fn decode(self, body: &Value) -> Result<Answer, DecodeError> {
                match self { $(Self::$name => <$endpoint>::decode(body).map(Answer::$name),)* }
            }
        }

        impl Call {
            /// Which operation this is.
            pub fn kind(&self) -> CallKind {
                match self { $(Self::$name(_) => CallKind::$name,)* }
            }

            /// Path and query, relative to the REST base.
            pub fn path(&self) -> String {
                match self { $(Self::$name(endpoint) => endpoint.path(),)* }
            }

            /// The body in this wire form; nothing for a request without one.
            pub fn body(&self, wire: Wire) -> Option<Value> {
                match self { $(Self::$name(endpoint) => endpoint.body(wire),)* }
            }
        }

        $(
            impl From<$endpoint> for Call {
                fn from(endpoint: $endpoint) -> Self {
                    Self::$name(endpoint)
                }
            }
        )*
    };
}

calls! {
    SignIn(auth::SignIn),
    VerifyCode(auth::VerifyCode),
    Refresh(auth::Refresh),
    Me(customers::Me),
    ReadConsents(customers::ReadConsents),
    GiveConsent(customers::GiveConsent),
    UpdateCustomer(Box<customers::UpdateCustomer>),
    Cities(addresses::Cities),
    ListVehicles(vehicles::ListVehicles),
    LookUpVehicle(vehicles::LookUpVehicle),
    CreateVehicle(Box<vehicles::CreateVehicle>),
    Brands(vehicles::Brands),
    Models(vehicles::Models),
    OpenCases(cases::OpenCases),
    CreateCase(cases::CreateCase),
    CreateProposal(proposals::CreateProposal),
    ReadProposal(proposals::ReadProposal),
    ListProducts(proposals::ListProducts),
    RetryProduct(proposals::RetryProduct),
    ReadCoverage(proposals::ReadCoverage),
    OfferDocument(proposals::OfferDocument),
    InformationForm(proposals::InformationForm),
    StartPurchase(purchase::StartPurchase),
    ReadPolicy(policies::ReadPolicy),
    PolicyDocument(policies::PolicyDocument),
    SendPolicy(policies::SendPolicy),
    SendProductDocument(proposals::SendProductDocument),
    ListMine(mine::ListMine),
}

impl Call {
    /// The operation's name, for errors and logs.
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// How it is requested.
    pub fn method(&self) -> Method {
        self.kind().method()
    }

    /// Who may request it.
    pub fn access(&self) -> Access {
        self.kind().access()
    }

    /// What repeating it would do.
    pub fn safety(&self) -> Safety {
        self.kind().safety()
    }

    /// Whether the bearer goes with the call although it has expired; see [`auth::Refresh::needs_old_bearer`].
    pub fn needs_old_bearer(&self, wire: Wire) -> bool {
        matches!(self, Self::Refresh(_)) && auth::Refresh::needs_old_bearer(wire)
    }

    /// Reads a successful answer, `Null` for an empty one.
    ///
    /// # Errors
    ///
    /// The answer lacks something that can't be done without.
    pub fn decode(&self, body: &Value) -> Result<Answer, DecodeError> {
        self.kind().decode(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reads_are_safe_and_only_the_purchase_is_a_purchase() {
        for kind in CallKind::ALL {
            match kind.safety() {
                Safety::Safe => {
                    let reads = matches!(kind, CallKind::OpenCases | CallKind::ListMine);
                    assert!(reads || kind.method() == Method::Get, "{kind:?}");
                }
                Safety::Purchase => assert_eq!(*kind, CallKind::StartPurchase),
                Safety::Idempotent | Safety::Once => assert_ne!(kind.method(), Method::Get, "{kind:?}"),
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = CallKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CallKind::ALL.len());
    }

    #[test]
    fn only_signing_in_is_public() {
        let public: Vec<_> = CallKind::ALL.iter().filter(|kind| kind.access() == Access::Public).copied().collect();
        assert_eq!(public, [CallKind::SignIn, CallKind::VerifyCode, CallKind::Refresh]);
    }
}
