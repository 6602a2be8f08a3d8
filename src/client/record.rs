//! The one record in this tab's storage (decision 4): the ids of a purchase whose end is not known, and, only while its customer is at the
//! payment page in this very tab, what leads back into the session. For whom that is, and for how long, is kept by `journal.js`.

use std::rc::Rc;

use super::Left;
use crate::domain::normalise::{decimal, join_with, parts, small};
use crate::domain::{ProductId, ProposalId, Secret};
use crate::flow::Journal;

/// A record of ids.
pub(super) fn ids(journal: &Journal) -> String {
    let Journal { proposal, product, instalments, failed_before } = journal;
    join_with("\n", &["1", proposal.as_str(), product.as_str(), &decimal(*instalments), if *failed_before { "1" } else { "0" }])
}

/// What stands in a record, as far as it is this page's.
pub(super) fn read(record: &str) -> Option<(Journal, Option<Left>)> {
    let lines = parts(record, "\n");
    let &["1", proposal, product, instalments, failed_before, ref session @ ..] = &lines[..] else { return None };
    let journal = Journal {
        proposal: ProposalId::new(proposal.to_owned())?,
        product: ProductId::new(product.to_owned())?,
        instalments: small(instalments)?,
        failed_before: failed_before == "1",
    };
    let left = match *session {
        [began, refresh] => small(began).map(|began_unix_ms| Left {
            journal: journal.clone(),
            refresh: Rc::new(Secret::new(refresh.to_owned())),
            began_unix_ms,
        }),
        _ => None,
    };
    Some((journal, left))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let (proposal, product) = (ProposalId::new("q1").expect("an id"), ProductId::new("o1").expect("an id"));
        Journal { proposal, product, instalments: 3, failed_before: true }
    }

    #[test]
    fn ids_say_nothing_else_and_come_back() {
        assert_eq!(ids(&journal()), "1\nq1\no1\n3\n1");
        for journal in [journal(), Journal { failed_before: false, ..journal() }] {
            let (found, left) = read(&ids(&journal)).unwrap();
            assert!(found == journal && left.is_none());
        }
    }

    #[test]
    fn a_session_comes_with_them_if_it_is_whole() {
        let left = |rest: &str| read(&format!("1\nq1\no1\n3\n1\n{rest}")).unwrap().1;
        let whole = left("1700000000000\nr1").unwrap();
        assert_eq!((whole.refresh.expose().as_str(), whole.began_unix_ms, whole.journal), ("r1", 1_700_000_000_000, journal()));
        assert!(["", "1", "never\nr1", "1\nr\nr"].iter().all(|rest| left(rest).is_none()));
    }

    #[test]
    fn what_is_no_record_is_none() {
        for text in ["", "1", "2\nq1\no1\n3\n0", "1\nq1\no1\nthree\n0", "1\n\no1\n3\n0"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
