//! The client under test, as the simulation drives it.

use std::rc::Rc;

use insurup_core::client::{Engine, Input, Left, Output};
use insurup_core::domain::{AgentId, Channel, CoverageGroupId, InsurerId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Config, FlowView, Now, Permissions, SessionProfile};

/// A client: the engine, or the engine with a mistake around it.
pub(crate) trait Client {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output>;
    fn view(&self) -> FlowView;

    /// The page goes, and the browser says so.
    fn leave(&mut self) -> Option<Left> {
        None
    }

    /// Goes on with what the page before left.
    fn resume(&mut self, _left: Left, _now: Now) -> Vec<Output> {
        unreachable!("it leaves nothing")
    }
}

/// Makes a client for a page; called again after a reload.
pub(crate) type Make = dyn Fn(u64) -> Box<dyn Client>;

/// The engine as it is.
pub(crate) struct Faithful(Engine);

impl Faithful {
    pub(crate) fn make(seed: u64) -> Box<dyn Client> {
        Box::new(Self(engine(seed)))
    }
}

impl Client for Faithful {
    fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        self.0.handle(input, now)
    }

    fn view(&self) -> FlowView {
        FlowView::clone(&self.0.view())
    }

    fn leave(&mut self) -> Option<Left> {
        self.0.leave()
    }

    fn resume(&mut self, left: Left, now: Now) -> Vec<Output> {
        self.0.resume(left, now)
    }
}

pub(crate) fn engine(seed: u64) -> Engine {
    let origin = "https://acente.example";
    let sold = || Permissions { quote: true, sell_online: vec![origin.to_owned()], ..Permissions::default() };
    let shown = Permissions { quote: true, ..Permissions::default() };
    let insurer = |number: u32| InsurerId::new(number.to_string()).expect("an id");
    // The same for all pages of a run: the high half tells those apart.
    let session = match (seed & 0xffff_ffff) % 3 {
        0 => SessionProfile::NewTab,
        1 => SessionProfile::Resume,
        _ => SessionProfile::Strict,
    };
    let config = Config {
        agent: AgentId::new("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90").expect("an id"),
        agent_branch: None,
        channel: Channel::Website,
        coverage_groups: vec![CoverageGroupId::new("68f0c0ffee0123456789aa01").expect("an id")],
        callback_url: format!("{origin}/donus"),
        host_origin: origin.to_owned(),
        insurers: (1..=6).map(|number| (insurer(number), sold())).chain([(insurer(7), shown)]).collect(),
        products: Vec::new(),
        required_consents: Vec::new(),
        verifies_phone: false,
        offers_etk: true,
        wire: Wire::Current,
        session,
        local: false,
    };
    Engine::new(Rc::new(config), seed)
}
