//! What a customer has with the agency already: open offers to carry on with, and policies to download.

use insurup_core::domain::normalise::{decimal, join, join_with};
use insurup_core::domain::{Date, PolicyState, ProductBranch, ProductState};
use insurup_core::flow::{DocumentView, Event, MineView, OwnPolicyView, OwnProposalView, ResumeView, Screen, VehicleLabel};

use super::offers::again;
use super::plain_heading;
use crate::element::{Piece, el, switch};
use crate::format;
use crate::parts::{Icon, button, div, icon, item, list, note, nothing, outward, paragraph, plate, span, text};
use crate::texts::Text;
use crate::ui::Ui;

/// The list.
#[inline(never)]
pub(crate) fn draw(ui: Ui) -> Piece {
    // Whoever goes back is at the link again that led here.
    ui.leave_by(".mine");
    let kind = move || {
        with(ui, |view| {
            let failed = u32::from(view.proposals_failed) + 2 * u32::from(view.policies_failed);
            match (view.busy, view.failed) {
                (true, _) => 0,
                (_, true) => 1,
                _ => 2 + failed,
            }
        })
    };
    let content = switch(kind, move |kind| match kind {
        0 => super::bones(ui),
        1 => div("acts", again(ui)),
        _ => with(ui, |view| Some(lists(ui, view))).unwrap_or_else(nothing),
    });
    div("stack wide", parts![plain_heading(ui, Text::MineTitle, None), content])
}

fn with<T: Default>(ui: Ui, read: impl FnOnce(&MineView) -> T) -> T {
    if let Screen::Mine(view) = &ui.view().screen { read(view) } else { T::default() }
}

fn lists(ui: Ui, view: &MineView) -> Piece {
    let open: Piece = view.proposals.iter().zip(0..).map(|(proposal, place)| open_offer(ui, proposal, place)).collect();
    let open = if view.proposals.is_empty() && !view.proposals_failed {
        nothing()
    } else {
        section(ui, Text::MineOpen, if view.proposals_failed { missing(ui) } else { list("stack", open) })
    };
    let policies = view.policies.iter().zip(0..).map(|(policy, place)| own_policy(ui, policy, place)).collect();
    let policies = match (view.policies_failed, view.policies.is_empty()) {
        (true, _) => section(ui, Text::MinePolicies, missing(ui)),
        (_, true) => paragraph("", ui.say(Text::MineNone)),
        _ => section(ui, Text::MinePolicies, list("stack", policies)),
    };
    let more = if view.more { paragraph("small muted", ui.say(Text::MineMore)) } else { nothing() };
    parts![open, policies, more]
}

fn section(ui: Ui, name: Text, content: Piece) -> Piece {
    el("section").class("stack").child((el("h3").class("sub").child(ui.t(name)), content))
}

fn missing(ui: Ui) -> Piece {
    note("warn", Icon::Alert, parts![paragraph("", ui.say(Text::MineFailed)), again(ui)])
}

/// One card: what it is, a line below, the vehicle, and what stands beside.
fn card(heading: String, below: &[String], vehicle: Option<&VehicleLabel>, act: Piece) -> Piece {
    let below: Vec<&str> = below.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let head = el("h4").class("sub").child(heading);
    let who = div("who", parts![head, paragraph("small muted", text(join_with(" · ", &below)))]);
    let vehicle = vehicle.map_or_else(nothing, |label| {
        let known = if label.plate.is_some() { plate(label.plate.as_ref()) } else { text(label.text.clone()) };
        span("cost", known)
    });
    item("offer own", parts![who, vehicle, div("say", act)])
}

fn open_offer(ui: Ui, proposal: &OwnProposalView, place: usize) -> Piece {
    let count = proposal.offers.map_or_else(String::new, |count| ui.fill(Text::MineCount, &[("n", &decimal(count))]));
    let below = [proposal.state.as_ref().map_or_else(String::new, |state| standing(ui, state)), count, day(ui, proposal.created)];
    let heading = proposal.branch.as_ref().map_or_else(|| ui.t(Text::StepOffers), |branch| insurance(ui, branch));
    let called = join(&ui.t(Text::MineResume), ": ", &named(&heading, proposal.vehicle.as_ref()));
    let id = proposal.id.clone();
    let act = switch(
        move || with(ui, |view| view.proposals.get(place).map_or(0, |proposal| proposal.resume as u32)),
        move |resume| {
            ui.keep_focus(join("[data-resume=\"", &decimal(place), "\"]"));
            let said = |words| span("muted small", ui.say(words)).attr("role", "status").attr("tabindex", "-1");
            let id = id.clone();
            let shown = match resume {
                possible if possible == ResumeView::Possible as u32 => {
                    button("btn alt mid", ui.say(Text::MineResume), move || ui.send(Event::ResumeProposal(id.clone())))
                        .attr("aria-label", &called)
                }
                busy if busy == ResumeView::Busy as u32 => said(Text::CommonLoading),
                gone if gone == ResumeView::Gone as u32 => said(Text::MineGone),
                _ => return nothing(),
            };
            shown.attr("data-resume", &decimal(place))
        },
    );
    card(heading, &below, proposal.vehicle.as_ref(), act)
}

fn own_policy(ui: Ui, policy: &OwnPolicyView, place: usize) -> Piece {
    let branch = policy.branch.as_ref().map_or_else(String::new, |branch| insurance(ui, branch));
    let state = policy.state.as_ref().map_or_else(String::new, |state| force(ui, state));
    let heading = policy.insurer.clone().unwrap_or_else(|| ui.t(Text::StepPolicy));
    let below = [branch, policy.number.clone().unwrap_or_default(), state];
    let called = join(&ui.t(Text::PolicyDownload), ": ", &named(&heading, policy.vehicle.as_ref()));
    let days = [day(ui, policy.start), day(ui, policy.end)];
    let days = if days.iter().any(|day| day.is_empty()) { days.concat() } else { join(&days[0], " – ", &days[1]) };
    let id = policy.id.clone();
    let document = switch(
        move || {
            with(ui, |view| match view.policies.get(place).map(|policy| (&policy.document, policy.document_failed)) {
                Some((DocumentView::There(_), _)) => 3,
                Some((DocumentView::Busy, _)) => 2,
                Some((DocumentView::None, true)) => 1,
                _ => 0,
            })
        },
        move |kind| {
            ui.keep_focus(join("[data-document=\"", &decimal(place), "\"]"));
            let there = with(ui, |view| match view.policies.get(place).map(|policy| &policy.document) {
                Some(DocumentView::There(url)) => Some(url.clone()),
                _ => None,
            });
            let words = || parts![icon(Icon::Download), ui.say(Text::PolicyDownload)];
            let (id, failed) =
                (id.clone(), if kind == 1 { paragraph("small", ui.say(Text::MineDocument)).attr("role", "alert") } else { nothing() });
            let shown = match (kind, there) {
                (3, Some(url)) => outward(ui, "link", &url, words(), || ()),
                (2, _) => span("muted small", ui.say(Text::CommonLoading)).attr("role", "status").attr("tabindex", "-1"),
                _ => button("link", words(), move || ui.send(Event::ShowPolicyDocument(id.clone()))).attr("aria-label", &called),
            };
            parts![failed, shown.attr("data-document", &decimal(place))]
        },
    );
    let days = if days.is_empty() { nothing() } else { span("small muted num", text(days)) };
    card(heading, &below, policy.vehicle.as_ref(), parts![days, document])
}

/// What tells one from another for whoever hears its button alone.
fn named(heading: &str, vehicle: Option<&VehicleLabel>) -> String {
    match vehicle.map(|vehicle| vehicle.plate.as_ref().map_or_else(|| vehicle.text.clone(), |plate| plate.spaced())) {
        Some(vehicle) => join(heading, ", ", &vehicle),
        None => heading.to_owned(),
    }
}

fn day(ui: Ui, date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| format::date(&ui.language(), date))
}

/// A release may add some: it is shown by its own name.
fn insurance(ui: Ui, branch: &ProductBranch) -> String {
    ui.t(match branch {
        ProductBranch::Kasko => Text::BranchKasko,
        ProductBranch::Trafik => Text::BranchTrafik,
        ProductBranch::Tss => Text::BranchTss,
        ProductBranch::Konut => Text::BranchKonut,
        ProductBranch::Dask => Text::BranchDask,
        ProductBranch::Imm => Text::BranchImm,
        ProductBranch::Unknown(word) => return word.clone(),
    })
}

/// Where offers stand, unless it is where they all do.
fn standing(ui: Ui, state: &ProductState) -> String {
    ui.t(match state {
        ProductState::Active => return String::new(),
        ProductState::Waiting => Text::MineWaiting,
        ProductState::Purchasing | ProductState::Purchased => Text::MinePaying,
        ProductState::Failed => Text::MineRefused,
        ProductState::PurchaseFailed => Text::MineUnpaid,
        ProductState::Unknown(word) => return word.clone(),
    })
}

/// Whether a policy is in force, where it is not.
fn force(ui: Ui, state: &PolicyState) -> String {
    ui.t(match state {
        PolicyState::Active => return String::new(),
        PolicyState::EndOfLife => Text::MineEnded,
        PolicyState::Cancelled => Text::MineCancelled,
        PolicyState::Unknown(word) => return word.clone(),
    })
}
