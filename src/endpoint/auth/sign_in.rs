//! `POST auth/customer/login-or-register`

use super::{Tokens, token};
use crate::{
    domain::{AgentBranchId, AgentId, BirthDate, ConsentType, MobilePhone, Secret},
    endpoint::{Access, Endpoint, Identity, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Signs a person or a company in, registering them where the agency doesn't know them yet. Usually an SMS code follows.
///
/// The agency is named here and nowhere else: later calls are bound to it through the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Who signs in.
    pub identity: Identity,
    /// Needed to register a person; a known one may do without, and a company has none.
    pub birth_date: Option<BirthDate>,
    /// Where the code goes.
    pub phone: MobilePhone,
    /// The agency.
    pub agent: AgentId,
    /// The agency's branch, where it has branches. The same goes with case and proposal.
    pub agent_branch: Option<AgentBranchId>,
    /// Consents given before signing in; usually none.
    pub consents: Vec<ConsentType>,
}

/// What signing in led to.
#[derive(Debug)]
pub enum SignInResponse {
    /// A code was sent.
    CodeNeeded {
        /// Goes with the code. It is no bearer token.
        token: Secret<String>,
    },
    /// No code is needed: the agency has its own, or none.
    SignedIn(Tokens),
}

impl Endpoint for SignIn {
    type Response = SignInResponse;
    const NAME: &'static str = "sign_in";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Public;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        "auth/customer/login-or-register".to_owned()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let birth_date = match wire {
            Wire::Current => "birthDate",
            Wire::Guide => "birthday",
        };
        let mut body = Value::of(wire.tag(), self.identity.kind(wire));
        match (&self.identity, wire) {
            // The one number among them; the guides have text and one name for all three.
            (Identity::Individual(number), Wire::Current) => body.put("identityNumber", number.to_number()),
            (Identity::Company(number), Wire::Current) => body.put("taxNumber", number.as_str()),
            (identity, _) => body.put("identityNumber", identity.as_str()),
        }
        body.put_some(birth_date, self.birth_date.map(|born| wire.date(born.date())));
        body.put("phoneNumber", wire.phone(&self.phone));
        body.put("agentId", self.agent.as_str());
        body.put_some("agentBranchId", self.agent_branch.as_ref().map(AgentBranchId::as_str));
        if !self.consents.is_empty() {
            let consents: Vec<Value> = self.consents.iter().map(|consent| consent.as_str().into()).collect();
            body.put("approvedConsentTypes", consents);
        }
        Some(body)
    }

    /// Three shapes are known: a token for the code alone; a pair of tokens; and a pair with a flag that says a code is needed
    /// all the same, where any token counts as the one for the code.
    fn decode(body: &Value) -> Result<SignInResponse, DecodeError> {
        let is_code_needed = ["mfaRequired", "requiresTwoFactor"].iter().any(|flag| body.field(flag).as_bool() == Some(true));
        if !is_code_needed && let Ok(tokens) = Tokens::decode(body) {
            return Ok(SignInResponse::SignedIn(tokens));
        }
        let token = token(body, "token").or_else(|| token(body, "accessToken"));
        token.map(|token| SignInResponse::CodeNeeded { token }).ok_or(DecodeError { path: "token" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_shapes_of_an_answer_apart() {
        #[track_caller]
        fn check(body: &str, expected: Result<&str, &str>) {
            let response = SignIn::decode(&serde_json::from_str(body).unwrap());
            let seen = response.as_ref().map(|response| match response {
                SignInResponse::CodeNeeded { token } => ["code ", token.expose()].concat(),
                SignInResponse::SignedIn(tokens) => ["in ", tokens.access.expose()].concat(),
            });
            assert_eq!(seen.as_deref().map_err(|error| error.path), expected);
        }
        check(r#"{"token": "t"}"#, Ok("code t"));
        check(r#"{"token": "t", "customerId": "c"}"#, Ok("code t"));
        check(r#"{"accessToken": "a"}"#, Ok("in a"));
        check(r#"{"accessToken": "a", "mfaRequired": false, "requiresTwoFactor": null}"#, Ok("in a"));
        check(r#"{"accessToken": "a", "mfaRequired": true}"#, Ok("code a"));
        check(r#"{"accessToken": "a", "token": "t", "requiresTwoFactor": true}"#, Ok("code t"));
        check(r#"{"requiresTwoFactor": true}"#, Err("token"));
        check(r#"{"token": "", "accessToken": null}"#, Err("token"));
        check("null", Err("token"));
    }
}
