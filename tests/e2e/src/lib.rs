//! Journeys of customers through the real widget: Chromium, the delivered files of `dist/`, and a local InsurUp in this process; two sales
//! in other engines too.
//!
//! There is nothing here but tests. A journey acts through page objects (`pages`), which find things as a person does: by role and
//! by the words in `widget/texts/texts.tsv`. What every journey has to leave behind, and must not, is asserted in `harness::verdict`.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod pages;
