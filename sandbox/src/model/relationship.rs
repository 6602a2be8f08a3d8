//! Who is whose relative, and the rules of families.

use crate::clock::Millis;
use crate::random::Random;

/// One person's view of another. Most come in pairs.
#[derive(Debug, Clone)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    pub(crate) related_id: String,
    pub(crate) relation: Relation,
    pub(crate) created_at: Millis,
}

/// What a relative is to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Spouse,
    Child,
    Parent,
    Sibling,
}

impl Relation {
    /// The wire spelling.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Spouse => "SPOUSE",
            Self::Child => "CHILD",
            Self::Parent => "PARENT",
            Self::Sibling => "SIBLING",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Spouse, Self::Child, Self::Parent, Self::Sibling].into_iter().find(|relation| relation.name() == name)
    }
}

/// Why two people cannot be related like this: a code and a sentence.
pub(crate) type Refusal = (&'static str, &'static str);

/// What `related` is to `customer`, if anything.
pub(crate) fn between(all: &[Relationship], customer: &str, related: &str) -> Option<Relation> {
    all.iter().find(|one| one.customer_id == customer && one.related_id == related).map(|one| one.relation)
}

/// Those whom `customer` has as `relation`.
fn relatives(all: &[Relationship], customer: &str, relation: Relation) -> Vec<String> {
    let own = all.iter().filter(|one| one.customer_id == customer && one.relation == relation);
    own.map(|one| one.related_id.clone()).collect()
}

/// Whether `related` may become `customer`'s spouse or child.
pub(crate) fn check(all: &[Relationship], (customer, related): (&str, &str), relation: Relation) -> Result<(), Refusal> {
    let has_spouse = |person: &str| !relatives(all, person, Relation::Spouse).is_empty();
    let parents = relatives(all, related, Relation::Parent);
    let stranger = |parent: &String| between(all, customer, parent) != Some(Relation::Spouse);
    match relation {
        _ if customer == related => Err(("CUSTOMER_RELATIONSHIP_SELF", "Kişi kendisiyle ilişkilendirilemez.")),
        Relation::Parent => Err(("CUSTOMER_RELATIONSHIP_PARENT_MANUAL", "Ebeveyn ilişkisi elle eklenemez.")),
        Relation::Sibling => Err(("CUSTOMER_RELATIONSHIP_SIBLING_MANUAL", "Kardeş ilişkisi elle eklenemez.")),
        _ if between(all, customer, related).is_some() => Err(("CUSTOMER_RELATIONSHIP_DUPLICATE", "Bu ilişki zaten kayıtlı.")),
        Relation::Spouse if has_spouse(customer) || has_spouse(related) => {
            Err(("CUSTOMER_RELATIONSHIP_SPOUSE_EXISTS", "Kişinin kayıtlı bir eşi var."))
        }
        Relation::Child if parents.len() >= 2 || parents.iter().any(stranger) => {
            Err(("CUSTOMER_RELATIONSHIP_CHILD_OTHER_FAMILY", "Çocuk başka bir aileye kayıtlı."))
        }
        Relation::Spouse | Relation::Child => Ok(()),
    }
}

/// Relates two people, and whoever is related through them: the other way round, the spouse, the other children. Gives the id of the
/// relationship asked for.
pub(crate) fn relate(
    all: &mut Vec<Relationship>,
    (customer, related): (&str, &str),
    relation: Relation,
    random: &mut Random,
    now: Millis,
) -> String {
    let mut wanted = vec![(customer.to_owned(), related.to_owned(), relation)];
    match relation {
        Relation::Child => {
            let parents = [vec![customer.to_owned()], relatives(all, customer, Relation::Spouse)].concat();
            let siblings = relatives(all, customer, Relation::Child);
            for parent in parents {
                wanted.push((parent.clone(), related.to_owned(), Relation::Child));
                wanted.push((related.to_owned(), parent, Relation::Parent));
            }
            for sibling in siblings {
                wanted.push((sibling.clone(), related.to_owned(), Relation::Sibling));
                wanted.push((related.to_owned(), sibling, Relation::Sibling));
            }
        }
        _ => wanted.push((related.to_owned(), customer.to_owned(), relation)),
    }
    for (customer_id, related_id, relation) in wanted {
        if between(all, &customer_id, &related_id).is_none() {
            all.push(Relationship { id: random.guid(), customer_id, related_id, relation, created_at: now });
        }
    }
    let asked = all.iter().find(|one| one.customer_id == customer && one.related_id == related);
    asked.map(|one| one.id.clone()).unwrap_or_default()
}

/// Ends a relationship both ways; nothing when there is none.
pub(crate) fn part(all: &mut Vec<Relationship>, customer: &str, id: &str) -> Option<()> {
    let related = all.iter().find(|one| one.id == id && one.customer_id == customer)?.related_id.clone();
    let theirs = |one: &Relationship, a: &str, b: &str| one.customer_id == a && one.related_id == b;
    all.retain(|one| !theirs(one, customer, &related) && !theirs(one, &related, customer));
    Some(())
}
