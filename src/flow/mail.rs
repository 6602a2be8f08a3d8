//! Documents by e-mail: the policy, and before paying those of the offer.

use super::Flow;
use super::event::{Attempt, Command};
use super::field::Wrong;
use super::purchase::Deal;
use super::state::{Issued, Sale};
use crate::domain::{CustomerId, Email};
use crate::endpoint::policies::SendPolicy;
use crate::endpoint::proposals::{ProductDocument, SendProductDocument};
use crate::endpoint::{Call, Communication};

/// Where sending something by e-mail stands. Addresses are as they are shown.
#[derive(Default)]
pub(super) enum Mail {
    #[default]
    Unsent,
    /// The address is none.
    Wrong(Wrong),
    Sending(Attempt, String),
    Sent(String),
    Failed,
}

impl Mail {
    pub(super) fn pending(&self) -> Option<Attempt> {
        if let Self::Sending(of, _) = self { Some(*of) } else { None }
    }
}

/// No address.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unsent => "Unsent",
            Self::Wrong(_) => "Wrong",
            Self::Sending(..) => "Sending",
            Self::Sent(_) => "Sent",
            Self::Failed => "Failed",
        })
    }
}

impl Flow {
    /// To the address that was typed, or the one on file: the customer's own either way, and shown as typed or masked.
    pub(super) fn send_policy(&mut self, issued: &mut Issued, address: Option<String>, commands: &mut Vec<Command>) {
        issued.mail = match self.addressee(address) {
            Err(mail) => mail,
            Ok((customer, shown, communication)) => {
                let call = SendPolicy { policy: issued.policy.clone(), customer, communication };
                Mail::Sending(self.call(Call::SendPolicy(call), commands), shown)
            }
        };
    }

    /// Both documents, each in a message of its own: the API has no other way.
    pub(super) fn send_offer(&mut self, sale: &Sale, deal: &mut Deal, address: Option<String>, commands: &mut Vec<Command>) {
        let Deal { choice, documents } = deal;
        documents.mail = match self.addressee(address) {
            Err(mail) => mail,
            Ok((customer, shown, communication)) => {
                documents.mailing = [ProductDocument::Offer, ProductDocument::InformationForm]
                    .map(|document| {
                        let (proposal, product) = (sale.proposal.clone(), choice.product.clone());
                        let (customer, communication) = (customer.clone(), communication.clone());
                        let call = SendProductDocument { proposal, product, document, customer, communication };
                        self.call(Call::SendProductDocument(call), commands)
                    })
                    .into();
                Mail::Sending(documents.mailing[0], shown)
            }
        };
    }

    /// Whom to send something to, how the address is shown, and the address: the typed one, or the one on file.
    fn addressee(&self, address: Option<String>) -> Result<(CustomerId, String, Communication), Mail> {
        let account = self.account.as_ref().ok_or(Mail::Failed)?;
        let (shown, email) = match address {
            Some(typed) => typed.parse::<Email>().map(|email| (email.as_str().to_owned(), email)).map_err(Wrong::from),
            None => account.email().map(|email| (email.masked(), email)).ok_or(Wrong::Required),
        }
        .map_err(Mail::Wrong)?;
        Ok((account.customer.id.clone(), shown, Communication::Email(email)))
    }
}
