//! The list. `--help` and `/__sandbox/scenarios` print it, and a test compares it with `docs/sandbox.md`.

use crate::scenarios::How::{Header, Identity, Plate};
use crate::scenarios::effect::Effect::{Code, Offers, Ordinary, Payment, Register, Session, SmsRefused, Spoilt};
use crate::scenarios::effect::Spoil::{AnswerLost, Dropped, Page, Slow, Status, TooMany, Truncated};
use crate::scenarios::{How, Scenario, effect};

const ONE_MINUTE: effect::Session = effect::Session { access_seconds: 60, family_seconds: 60 };
const SHORT_TOKENS: effect::Session = effect::Session { access_seconds: 60, family_seconds: 24 * 60 * 60 };

const EVERYTHING: &str = "* /**";
const LOOK_UP: &str = "POST /customers/*/vehicles/external-lookup";
const PURCHASE: &str = "POST /proposals/*/products/*/purchase/async";
const READ: &str = "GET /proposals/*";

/// Every scenario.
#[rustfmt::skip]
pub static SCENARIOS: &[Scenario] = &[
    new("returning-customer",     Identity("10000000146"), "known already, with phone 532 123 45 67, a name, KVKK consent and one car", Ordinary),
    new("guide-person",           Identity("11111111110"), "the guides' test person, new here, with any mobile number", Ordinary),
    new("guide-car",              Plate(&["ABC123"]),      "the guides' test car, with serial A/1234567 in the guides' form and AB/123456 today", Ordinary),

    new("sms-refused",            Identity("30000000182"), "no code is sent: 429, try again after 60 s", SmsRefused(60)),
    new("code-refused",           Identity("30000000250"), "no code is right, and the fifth try locks", Code(effect::Code::Refused)),
    new("code-expired",           Identity("30000000328"), "every code has expired when it is typed", Code(effect::Code::Expired)),
    new("session-60s",            Identity("30000000496"), "after 60 s the session is over and cannot be renewed", Session(ONE_MINUTE)),
    new("tokens-60s",             Identity("30000000564"), "access tokens last 60 s and can be renewed", Session(SHORT_TOKENS)),
    new("unauthorized",           Header,                  "401 on everything but signing in, renewed tokens too", Spoilt(&[
        ("* /customers/**", Status(401)), ("* /proposals/**", Status(401)), ("* /policies/**", Status(401)), ("* /vehicle-parameters/**", Status(401)),
    ])),

    new("lookup-masked",          Plate(&["77", "177"]),   "the car is found, engine and chassis are blanked out", Register(effect::Register::Masked)),
    new("lookup-engine-masked",   Plate(&["277"]),         "the car is found, only its engine is blanked out", Register(effect::Register::EngineMasked)),
    new("lookup-chassis-masked",  Plate(&["377"]),         "the car is found, only its chassis is blanked out", Register(effect::Register::ChassisMasked)),
    new("lookup-partial",         Plate(&["88", "188"]),   "brand and year are found, the model is not", Register(effect::Register::Partial)),
    new("lookup-missing",         Plate(&["404"]),         "the car is not found", Register(effect::Register::Missing)),
    new("lookup-unreachable",     Plate(&["502"]),         "the register cannot be reached", Register(effect::Register::Unreachable)),
    new("lookup-slow",            Header,                  "the register takes 12 s", Spoilt(&[(LOOK_UP, Slow(12_000))])),

    new("case-down",              Identity("30000000632"), "cases can neither be listed nor opened: 503", Spoilt(&[("* /graphql", Status(503)), ("POST /cases:new-sale-opportunity", Status(503))])),

    new("insurers-slow",          Plate(&["901"]),         "offers take six times as long", Offers(effect::Offers::Slow)),
    new("insurers-stuck",         Plate(&["902"]),         "every third insurer never answers", Offers(effect::Offers::Stuck)),
    new("insurers-fail",          Plate(&["903"]),         "every insurer fails, each with a reason", Offers(effect::Offers::AllFail)),
    new("insurers-none",          Plate(&["904"]),         "a proposal without a single product", Offers(effect::Offers::Nobody)),
    new("insurers-one",           Plate(&["905"]),         "a proposal with one product", Offers(effect::Offers::One)),
    new("offers-malformed",       Plate(&["906"]),         "some products have hostile texts, broken prices or unknown states", Offers(effect::Offers::Malformed)),
    new("offers-foreign",         Plate(&["907"]),         "some offers are in dollars, in euros or in a currency nobody knows", Offers(effect::Offers::Foreign)),
    new("offers-html",            Identity("30000000700"), "a page with status 200 where a proposal is read", Spoilt(&[(READ, Page(200)), ("GET /proposals/*/products", Page(200))])),
    new("offers-truncated",       Identity("30000000878"), "half a body where a proposal is read", Spoilt(&[(READ, Truncated(0.5)), ("GET /proposals/*/products", Truncated(0.5))])),
    new("proposal-answer-lost",   Identity("30000000946"), "the proposal is made and its answer is lost", Spoilt(&[("POST /proposals", AnswerLost)])),

    new("price-changes",          Plate(&["911"]),         "the first purchase is refused, as the offer costs 7 % more by then", Payment(effect::Payment::PriceChanges)),
    new("price-differs",          Plate(&["912"]),         "the payment page asks for 7 % more than the offer said", Payment(effect::Payment::PriceDiffers)),
    new("purchase-fails",         Plate(&["913"]),         "the bank approves, the insurer issues no policy, the page says success", Payment(effect::Payment::Fails)),
    new("purchase-stuck",         Plate(&["914"]),         "the bank approves, and the offer stays PURCHASING for an hour", Payment(effect::Payment::Stuck)),
    new("policy-document-late",   Plate(&["915"]),         "the policy's document is missing for 30 s", Payment(effect::Payment::DocumentLate)),
    new("returns-by-post",        Plate(&["916"]),         "the payment page returns by POST", Payment(effect::Payment::ReturnsByPost)),
    new("purchase-answer-lost",   Identity("30000001004"), "the purchase is begun and its answer is lost", Spoilt(&[(PURCHASE, AnswerLost)])),

    new("slow",                   Header,                  "every answer takes 4 s", Spoilt(&[(EVERYTHING, Slow(4_000))])),
    new("too-many-requests",      Header,                  "429 on everything, try again after 5 s", Spoilt(&[(EVERYTHING, TooMany(5))])),
    new("maintenance",            Header,                  "a page with status 503 in place of every answer", Spoilt(&[(EVERYTHING, Page(503))])),
    new("unreachable",            Header,                  "every connection is cut without an answer", Spoilt(&[(EVERYTHING, Dropped)])),
];

const fn new(name: &'static str, how: How, what: &'static str, effect: effect::Effect) -> Scenario {
    Scenario { name, how, what, effect }
}
