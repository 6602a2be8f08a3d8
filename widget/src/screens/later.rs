//! What a customer may look at on the way to an offer, and most never do: what it covers, offers side by side, the agency that will call.

use insurup_core::domain::normalise::{decimal, join, parts};
use std::cell::RefCell;

use insurup_core::domain::CoverageValue;
use insurup_core::flow::{
    Action, CalledView, Compared, ComparedView, ComparisonView, CoveragesView, DocumentView, Event, OfferState, OfferView, PlanView, Screen,
};
use leptos::prelude::*;

use super::offers::{again, back, call_me, open, pick};
use crate::element::{Piece, el, switch};
use crate::format;
use crate::parts::{Icon, button, call, div, facts, heading, note, nothing, number, outcome, paragraph, span, text, title};
use crate::signal::Flag;
use crate::texts::Text;
use crate::ui::Ui;

/// One of these screens.
#[inline(never)]
pub(crate) fn draw(ui: Ui) -> Piece {
    let only_differences = Flag::new(false);
    // Offers go on coming in behind it: it is drawn again only when it says something else.
    let (drawn, turn) = (RefCell::new(ui.view_now()), RefCell::new(0_u32));
    let other = move || {
        only_differences.get();
        let view = ui.view();
        if drawn.borrow().screen != view.screen {
            drawn.replace(view);
            *turn.borrow_mut() += 2;
        }
        *turn.borrow() + u32::from(only_differences.get_untracked())
    };
    let content = switch(other, move |_| match &ui.view_now().screen {
        Screen::Coverages(view) => coverages(ui, view),
        Screen::Comparison(view) => comparison(ui, view, only_differences),
        Screen::Called(view) => called(ui, view),
        _ => nothing(),
    });
    match &ui.view_now().screen {
        // The box stays while the rows below it change.
        Screen::Comparison(_) => div("stack wide", parts![title(ui.t(Text::CompareTitle)), differences_box(ui, only_differences), content]),
        Screen::Coverages(_) => div("stack wide", parts![content]),
        _ => div("stack wide form", parts![content]),
    }
}

fn coverages(ui: Ui, view: &CoveragesView) -> Piece {
    let offer = &view.offer;
    let name = join(offer.insurer.as_str(), " · ", &offer.product);
    let price = chosen(offer).map_or_else(nothing, |plan| paragraph("price", parts![number(format::money(&ui.language(), plan.total))]));
    let head = div("row end", parts![heading(ui.t(Text::CoverTitle), Some(text(name))), price]);
    let choose = match offer.action {
        Action::Buy => pick(ui, offer, "btn full", Text::OffersChoose),
        _ if offer.call_me => call_me(ui, offer, "btn full"),
        _ => call(ui, "btn alt full"),
    };
    let group = |of: bool, words: Text| table(ui, &view.covers, of, words);
    let missing = if view.failed { failed(ui, Text::CoverFailed) } else { nothing() };
    div(
        "stack wide",
        parts![
            head,
            waiting(ui, view.busy),
            missing,
            group(true, Text::CoverVehicle),
            group(false, Text::CoverExtra),
            documents(ui, view),
            div("acts", choose)
        ],
    )
}

/// Covers of one group, as a table of names and values.
fn table(ui: Ui, covers: &[(String, CoverageValue)], of_vehicle: bool, words: Text) -> Piece {
    let mut rows = nothing();
    let mut some = false;
    for (name, value) in covers.iter().filter(|(name, _)| is_of_vehicle(ui, name) == of_vehicle) {
        some = true;
        let class = if *value == CoverageValue::NotIncluded && !is_deducted(name) { "muted" } else { "" };
        let head = el("th").attr("scope", "row").child(cover_name(ui, name));
        rows = rows.put(el("tr").child((head, el("td").class(class).child(cover_value(ui, name, value)))));
    }
    if !some {
        return nothing();
    }
    el("table").class("cover").child((el("caption").child(ui.t(words)), el("tbody").child(rows)))
}

fn documents(ui: Ui, view: &CoveragesView) -> Piece {
    let link = |document: &DocumentView, words: Text| match document {
        DocumentView::There(url) => open(ui, url, words),
        DocumentView::Busy => paragraph("small muted", ui.say(Text::CommonLoading)),
        DocumentView::None => nothing(),
    };
    let again = if view.document_failed { again(ui) } else { nothing() };
    div("stack tight", parts![link(&view.offer.document, Text::OffersDocument), link(&view.information, Text::ReviewInfo), again])
}

fn comparison(ui: Ui, view: &ComparisonView, only_differences: Flag) -> Piece {
    let role = |tag, role| el(tag).attr("role", role);
    let heads: Piece = view.offers.iter().map(|offer| role("th", "columnheader").child(compared_offer(ui, offer))).collect();
    let corner = role("td", "cell");
    let only = only_differences.get_untracked();
    let rows: Piece = view.rows.iter().filter(|row| row.differs || !only).map(|row| compared_row(ui, row)).collect();
    let class = if view.offers.len() == 2 { "versus two" } else { "versus" };
    let table = role("table", "table")
        .class(class)
        .attr("aria-label", &ui.t(Text::CompareTitle))
        .child((role("thead", "rowgroup").child(role("tr", "row").child((corner, heads))), role("tbody", "rowgroup").child(rows)));
    let missing = if view.failed { failed(ui, Text::CoverFailed) } else { nothing() };
    div("stack wide", parts![waiting(ui, view.busy), missing, table])
}

fn differences_box(ui: Ui, only_differences: Flag) -> Piece {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("autocomplete", "off")
        .on("change", move |event| only_differences.set(event_target_checked(&event)));
    el("label").class("check").child((input, ui.t(Text::CompareDiff)))
}

fn compared_offer(ui: Ui, offer: &OfferView) -> Piece {
    let price = chosen(offer).map_or_else(nothing, |plan| number(format::money(&ui.language(), plan.total)));
    let remove = offer.id.clone();
    let named = |button: Piece, words: String| button.attr("aria-label", &join(&words, ": ", &offer.insurer));
    let choose = match offer.action {
        Action::Buy => pick(ui, offer, "btn mid alt", Text::OffersPick),
        _ if offer.call_me => call_me(ui, offer, "btn mid alt"),
        _ => nothing(),
    };
    let words = ui.t(Text::CompareRemove);
    let out = button("link small", words.clone().into(), move || {
        ui.send(Event::MarkOffer { product: remove.clone(), marked: false });
        ui.focus_later(".title");
    });
    parts![
        span("", offer.insurer.clone().into()),
        span("small muted", offer.product.clone().into()),
        price,
        div("stack tight", parts![choose, named(out, words)])
    ]
}

fn compared_row(ui: Ui, row: &ComparedView) -> Piece {
    let cell = |piece: Piece| el("td").attr("role", "cell").child(piece);
    let none = || cell("–".into());
    let (name, values): (String, Piece) = match &row.row {
        Compared::Cover(name, values) => {
            let value = |value: &Option<CoverageValue>| value.as_ref().map_or_else(none, |value| cell(cover_value(ui, name, value).into()));
            (cover_name(ui, name), values.iter().map(value).collect())
        }
        Compared::Plan(instalments, values) => {
            let name = ui.fill(Text::ComparePlan, &[("n", &decimal(*instalments))]);
            let value = |each: &Option<_>| each.map_or_else(none, |each| cell(number(format::money(&ui.language(), each))));
            (name, values.iter().map(value).collect())
        }
    };
    let mark = if row.differs { el("em").child(ui.t(Text::CompareDiffers)) } else { nothing() };
    let head = el("th").attr("role", "rowheader").child((span("", name.into()), mark));
    el("tr").attr("role", "row").class(if row.differs { "diff" } else { "" }).child((head, values))
}

fn called(ui: Ui, view: &CalledView) -> Piece {
    let page = ui.page();
    let lead = ui.fill(Text::PermDoneLead, &[("agency", &page.agency_name), ("phone", &view.phone)]);
    let rows = vec![
        (ui.t(Text::ReviewInsurer), text(view.insurer.clone())),
        (ui.t(Text::ReviewProduct), text(view.product.clone())),
        (ui.t(Text::PermDoneCode), span("mono", view.support_code.clone().into())),
    ];
    parts![
        outcome("good", Icon::Phone, ui.t(Text::PermDoneTitle), lead),
        paragraph("", ui.say(Text::PermDoneNext)),
        facts("facts", rows),
        div("acts", back(ui))
    ]
}

/// The plan that is chosen.
fn chosen(offer: &OfferView) -> Option<PlanView> {
    let OfferState::Priced { plans, chosen } = &offer.state else { return None };
    plans.iter().find(|plan| plan.instalments == *chosen).copied()
}

fn waiting(ui: Ui, busy: bool) -> Piece {
    if busy { el("p").class("muted").attr("role", "status").child(ui.t(Text::CommonLoading)) } else { nothing() }
}

fn failed(ui: Ui, words: Text) -> Piece {
    note("warn", Icon::Alert, parts![paragraph("", ui.say(words)), again(ui)])
}

/// The covers in the order of [`Text::ListCovers`], which are the API's names; those about the vehicle itself first. What a release of the API
/// adds is shown under its own name.
const COVERS: [Text; 34] = [
    Text::CoverNTheft,
    Text::CoverNBurglary,
    Text::CoverNHit,
    Text::CoverNCollision,
    Text::CoverNFire,
    Text::CoverNNature,
    Text::CoverNTerror,
    Text::CoverNStrike,
    Text::CoverNKeytheft,
    Text::CoverNDeductible,
    Text::CoverNGlass,
    Text::CoverNGlassrepair,
    Text::CoverNRepair,
    Text::CoverNParts,
    Text::CoverNImm,
    Text::CoverNDeath,
    Text::CoverNDisability,
    Text::CoverNTreatment,
    Text::CoverNMoral,
    Text::CoverNLegalcar,
    Text::CoverNLegaldriver,
    Text::CoverNCar,
    Text::CoverNRoad,
    Text::CoverNKey,
    Text::CoverNThings,
    Text::CoverNCigarette,
    Text::CoverNExplosive,
    Text::CoverNRodent,
    Text::CoverNLoad,
    Text::CoverNWear,
    Text::CoverNNoclaim,
    Text::CoverNAbroad,
    Text::CoverNMini,
    Text::CoverNFuel,
];
const OF_VEHICLE: usize = 14;

const DEDUCTIBLE: &str = "muafiyetOrani";
const GLASS: &str = "camKirilmaMuafeyeti";

/// Words with which an offer says how something is covered, in the order of [`Text::ListWords`].
const WORDS: [Text; 10] = [
    Text::CoverWContracted,
    Text::CoverWAuthorised,
    Text::CoverWPrivate,
    Text::CoverWDealer,
    Text::CoverWOwn,
    Text::CoverWEquivalent,
    Text::CoverWOriginal,
    Text::CoverWGlass,
    Text::CoverWAll,
    Text::CoverWNo,
];

/// Where a word of the API's stands in one of its lists.
fn place(ui: Ui, list: Text, word: &str) -> Option<usize> {
    parts(&ui.t(list), ",").iter().position(|of| *of == word)
}

fn is_of_vehicle(ui: Ui, name: &str) -> bool {
    place(ui, Text::ListCovers, name).is_some_and(|place| place < OF_VEHICLE)
}

/// Whether it says what the customer bears: without it they bear nothing.
fn is_deducted(name: &str) -> bool {
    matches!(name, DEDUCTIBLE | GLASS)
}

fn cover_name(ui: Ui, name: &str) -> String {
    place(ui, Text::ListCovers, name).and_then(|place| COVERS.get(place)).map_or_else(|| name.to_owned(), |words| ui.t(*words))
}

/// A value in words. `2 × 7` days, `%2,5`, `₺5.000.000 limitle`.
fn cover_value(ui: Ui, name: &str, value: &CoverageValue) -> String {
    let whole = |number: i64| decimal(number);
    match value {
        CoverageValue::Included => ui.t(Text::CoverIncluded),
        // Nothing is deducted.
        CoverageValue::NotIncluded if is_deducted(name) => ui.t(Text::CoverNone),
        CoverageValue::NotIncluded => ui.t(Text::CoverExcluded),
        CoverageValue::MarketValue => ui.t(Text::CoverMarket),
        CoverageValue::Limitless => ui.t(Text::CoverLimitless),
        CoverageValue::HighestLimit => ui.t(Text::CoverHighest),
        CoverageValue::Amount(minor) => ui.fill(Text::CoverLimit, &[("amount", &format::limit(&ui.language(), *minor))]),
        CoverageValue::Percent(hundredths) => ui.fill(Text::CoverPercent, &[("n", &hundredth(ui, *hundredths))]),
        CoverageValue::Number(count) => whole(*count),
        CoverageValue::Days(times, days) => ui.fill(Text::CoverDays, &[("times", &whole(*times)), ("days", &whole(*days))]),
        CoverageValue::Word(word) => {
            place(ui, Text::ListWords, word).and_then(|place| WORDS.get(place)).map_or_else(|| word.clone(), |words| ui.t(*words))
        }
        CoverageValue::Undefined | CoverageValue::Other => ui.t(Text::CoverUnknown),
    }
}

/// `2,5` or `10`, from hundredths.
fn hundredth(ui: Ui, hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let mut text = decimal(whole);
    if rest != 0 {
        text.push(if ui.is_turkish() { ',' } else { '.' });
        text.push_str(&decimal(rest / 10));
        if rest % 10 != 0 {
            text.push_str(&decimal(rest % 10));
        }
    }
    text
}
