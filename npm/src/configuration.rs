//! What a program configures.

use insurup_core::domain::{AgentBranchId, AgentId, Channel, CoverageGroupId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, Consent, SessionProfile};
use insurup_core::json::Value;
use insurup_core::options::{self, Mistake, is_local, is_secure};

use crate::arguments::{Arguments, Invalid};

/// Where the API is, unless it is said otherwise.
const USUAL_BASE: &str = "https://api.insurup.com/api/";

/// What becomes of the session during the payment.
const SESSIONS: &[(&str, SessionProfile)] =
    &[("newtab", SessionProfile::NewTab), ("resume", SessionProfile::Resume), ("strict", SessionProfile::Strict)];

/// What every client needs.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) agent: AgentId,
    pub(crate) agent_branch: Option<AgentBranchId>,
    pub(crate) channel: Channel,
    pub(crate) base: String,
    pub(crate) wire: Wire,
    pub(crate) language: &'static str,
    /// The API is on this machine: payment pages may be too.
    pub(crate) local: bool,
}

fn common(arguments: &Arguments<'_>) -> Result<Common, Invalid> {
    let wire = arguments.optional_one_of("wire", &[("current", Wire::Current), ("guide", Wire::Guide)])?.unwrap_or(Wire::Current);
    let base = arguments.optional_text("apiBase")?.unwrap_or(USUAL_BASE);
    if !(is_secure(base) || is_local(base)) {
        return Err(arguments.wrong("apiBase", "is not an https address"));
    }
    let agent = AgentId::parse(arguments.text("agentId")?, wire).ok_or_else(|| arguments.wrong("agentId", "is not the id of an agency"))?;
    Ok(Common {
        agent,
        agent_branch: arguments.optional_id("agentBranchId", AgentBranchId::new)?,
        channel: arguments
            .optional_one_of("channel", &[("website", Channel::Website), ("mobileApp", Channel::MobileApp)])?
            .unwrap_or(Channel::Website),
        local: is_local(base),
        base: if base.ends_with('/') { base.to_owned() } else { format!("{base}/") },
        wire,
        language: arguments.optional_one_of("language", &[("tr", "tr-TR"), ("en", "en-US")])?.unwrap_or("tr-TR"),
    })
}

/// Options of a client of single calls; with whether the agency verifies the phone itself.
pub(crate) fn client(value: &Value) -> Result<(Common, bool), Invalid> {
    let arguments = Arguments::of(value)?;
    let read = (common(&arguments)?, arguments.flag("withoutCode")?);
    arguments.finish()?;
    Ok(read)
}

/// Options of a sale.
pub(crate) fn checkout(value: &Value) -> Result<(Common, Config), Invalid> {
    let arguments = Arguments::of(value)?;
    let common = common(&arguments)?;
    let coverage_groups = arguments.ids("coverageGroups", CoverageGroupId::new)?;
    if !(1..=3).contains(&coverage_groups.len()) {
        return Err(arguments.wrong("coverageGroups", "does not hold one to three ids"));
    }
    let callback_url = arguments.text("callbackUrl")?;
    if !(is_secure(callback_url) || is_local(callback_url)) {
        return Err(arguments.wrong("callbackUrl", "is not an https address"));
    }
    let host_origin = arguments.text("hostOrigin")?.trim_end_matches('/');
    let mut required_consents = Vec::new();
    for name in arguments.texts("requiredConsents")? {
        required_consents.push(match name.as_str() {
            "kvkk" => Consent::Kvkk,
            "etk" => Consent::Etk,
            _ => return Err(arguments.wrong("requiredConsents", "holds something else than 'kvkk' and 'etk'")),
        });
    }
    let (insurers, products) = (arguments.get("insurers"), arguments.get("products"));
    if let Some(mistake) = Mistake::in_insurers(insurers).or_else(|| Mistake::in_products(products)) {
        return Err(invalid(mistake));
    }
    let config = Config {
        agent: common.agent.clone(),
        agent_branch: common.agent_branch.clone(),
        channel: common.channel,
        coverage_groups,
        callback_url: callback_url.to_owned(),
        host_origin: host_origin.to_owned(),
        // Read in full, as nothing in them is a mistake.
        insurers: options::insurers(insurers).unwrap_or_default(),
        products: options::products(products).unwrap_or_default(),
        verifies_phone: arguments.flag("withoutCode")?,
        required_consents,
        offers_etk: arguments.flag("offersEtk")?,
        session: arguments.optional_one_of("session", SESSIONS)?.unwrap_or(SessionProfile::NewTab),
        wire: common.wire,
        local: common.local,
    };
    arguments.finish()?;
    Ok((common, config))
}

/// A mistake in what is granted or held back, as a program is told of mistakes.
fn invalid(mistake: Mistake) -> Invalid {
    let Mistake { field, unknown, guess } = mistake;
    let why = if unknown { format!("is not known here; known is {guess}") } else { format!("can't be that; it can be {guess}") };
    Invalid { field, why }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use insurup_core::domain::CatalogueId;
    use insurup_core::flow::Display;

    const AGENT: &str = r#""agentId": "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90""#;
    const SALE: &str =
        r#""coverageGroups": ["65f0c0de0000000000000001"], "callbackUrl": "https://a.example/donus", "hostOrigin": "https://a.example""#;

    fn value(members: &[&str]) -> Value {
        serde_json::from_str(&format!("{{{}}}", members.join(", "))).expect("JSON")
    }

    #[test]
    fn says_which_option_is_wrong() {
        for (members, why) in [
            (vec![SALE], "agentId is missing"),
            (vec![SALE, r#""agentId": "x""#], "agentId is not the id of an agency"),
            (vec![AGENT, SALE, r#""apiBase": "http://api.example/""#], "apiBase is not an https address"),
            (vec![AGENT, SALE, r#""wire": "old""#], "wire is none of 'current', 'guide'"),
            (vec![AGENT, SALE, r#""channel": "app""#], "channel is none of 'website', 'mobileApp'"),
            (vec![AGENT, SALE, r#""insurers": {"12": {"quote": "yes"}}"#], "insurers.12.quote can't be that; it can be true, false"),
            (vec![AGENT, SALE, r#""insurers": {"12": {"qoute": true}}"#], "insurers.12.qoute is not known here; known is quote"),
            (
                vec![AGENT, SALE, r#""insurers": {"12": {"sellOnline": ["https://a.example/"]}}"#],
                "insurers.12.sellOnline[0] can't be that; it can be https://a.example",
            ),
            (vec![AGENT, SALE, r#""products": {"61": "sold"}"#], "products.61 can't be that; it can be sell, call, hidden"),
            (vec![AGENT, SALE, r#""requiredConsents": ["gdpr"]"#], "requiredConsents holds something else than 'kvkk' and 'etk'"),
            (vec![AGENT, r#""coverageGroups": []"#], "coverageGroups does not hold one to three ids"),
            (vec![AGENT, SALE, r#""callbackURL": "https://a.example""#], "callbackURL is not known here"),
        ] {
            let invalid = checkout(&value(&members)).map(|_| ()).unwrap_err();
            assert_eq!(format!("{} {}", invalid.field, invalid.why), why);
        }
    }

    #[test]
    fn reads_a_whole_configuration() {
        let insurers = r#""insurers": {"12": {"quote": true, "sellOnline": ["https://a.example"]}}, "products": {"61": "call"}"#;
        let (common, config) =
            checkout(&value(&[AGENT, SALE, insurers, r#""apiBase": "http://localhost:8802/api""#, r#""language": "en""#])).unwrap();
        assert_eq!((common.base.as_str(), common.language, common.local), ("http://localhost:8802/api/", "en-US", true));
        assert!(config.may_sell(&config.insurers[0].0) && config.local);
        assert_eq!(config.products, [(CatalogueId::new("61").unwrap(), Display::Call)]);
        let (common, without_code) = client(&value(&[AGENT, r#""withoutCode": true"#])).unwrap();
        assert_eq!((common.base.as_str(), without_code, common.local), (USUAL_BASE, true, false));
    }
}
