//! The policy: its details and its document, which may come later, and the end of the session beside it.

use super::Flow;
use super::event::{Command, Event, Now};
use super::mail::Mail;
use super::state::{Issued, Sale, State};
use crate::domain::{Money, PolicyId};
use crate::endpoint::policies::{PolicyDocument, ReadPolicy};
use crate::endpoint::{Answer, Call};
use crate::later::later;

/// The policy's details and document are asked for so often, so many milliseconds apart.
const POLICY_TRIES: u8 = 60;
const POLICY_WAIT_MS: u32 = 5_000;

impl Flow {
    pub(super) fn next_issued(
        &mut self,
        sale: Box<Sale>,
        mut issued: Box<Issued>,
        event: Event,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        match event {
            Event::Answered(of, outcome) if issued.details_pending == Some(of) => {
                issued.details_pending = None;
                if let Ok(Answer::ReadPolicy(policy)) = outcome {
                    issued.details = Some(policy);
                }
            }
            Event::Answered(of, outcome) if issued.document_pending == Some(of) => {
                issued.document_pending = None;
                if let Ok(Answer::PolicyDocument(url)) = outcome {
                    issued.document = Some(url);
                }
            }
            Event::Answered(of, outcome) if issued.mail.pending() == Some(of) => {
                issued.mail = match std::mem::take(&mut issued.mail) {
                    Mail::Sending(_, to) if outcome.is_ok() => Mail::Sent(to),
                    _ => Mail::Failed,
                };
                return State::Issued(sale, issued);
            }
            Event::SendPolicy(address) if !issued.signed_out && issued.mail.pending().is_none() => {
                later(Self::send_policy as fn(_, &mut Issued, _, _))(self, &mut issued, address, commands);
                return State::Issued(sale, issued);
            }
            Event::TimerFired(of) if issued.wait == Some(of) => {
                issued.wait = None;
                self.ask_policy(&mut issued, commands);
                return State::Issued(sale, issued);
            }
            Event::Retry if issued.signed_out => return self.sign_in_again(State::Issued(sale, issued), false, now, commands),
            Event::Retry | Event::Shown
                if !issued.signed_out && issued.document.is_none() && issued.wait.is_none() && !issued.is_reading() =>
            {
                issued.tries = 0;
                self.ask_policy(&mut issued, commands);
                return State::Issued(sale, issued);
            }
            _ => return State::Issued(sale, issued),
        }
        // The document may take minutes: asked for again while it is missing, and then by the customer.
        if !issued.is_reading() && (issued.details.is_none() || issued.document.is_none()) && issued.tries < POLICY_TRIES {
            issued.wait = Some(self.wait(POLICY_WAIT_MS, commands));
        }
        State::Issued(sale, issued)
    }

    pub(super) fn read_policy(&mut self, sale: Box<Sale>, mut issued: Box<Issued>, commands: &mut Vec<Command>) -> State {
        issued.signed_out = false;
        self.ask_policy(&mut issued, commands);
        State::Issued(sale, issued)
    }

    pub(super) fn ask_policy(&mut self, issued: &mut Issued, commands: &mut Vec<Command>) {
        issued.tries += 1;
        if issued.details.is_none() {
            issued.details_pending = Some(self.call(Call::ReadPolicy(ReadPolicy { policy: issued.policy.clone() }), commands));
        }
        if issued.document.is_none() {
            issued.document_pending = Some(self.call(Call::PolicyDocument(PolicyDocument { policy: issued.policy.clone() }), commands));
        }
    }
}

impl Issued {
    pub(super) fn new(policy: PolicyId, insurer: String, paid: Option<Money>) -> Box<Self> {
        let (details, document) = (None, None);
        Box::new(Self {
            policy,
            insurer,
            paid,
            details,
            document,
            details_pending: None,
            document_pending: None,
            wait: None,
            tries: 0,
            mail: Mail::Unsent,
            signed_out: false,
        })
    }

    /// The session ended. What was bought stays on the screen; signing in again is for the document only.
    pub(super) fn without_session(mut self: Box<Self>) -> Box<Self> {
        (self.details_pending, self.document_pending, self.wait) = (None, None, None);
        // Whether it was sent is not known.
        if self.mail.pending().is_some() {
            self.mail = Mail::Failed;
        }
        self.signed_out = true;
        self
    }

    fn is_reading(&self) -> bool {
        self.details_pending.is_some() || self.document_pending.is_some()
    }
}
