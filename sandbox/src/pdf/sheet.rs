//! Puts a paper on an A4 page, with two embedded faces of which only the letters used travel along.

use std::sync::LazyLock;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::pdf::paper::Paper;

static REGULAR: LazyLock<Option<Font>> =
    LazyLock::new(|| Font::new(include_bytes!("../../assets/fonts/DejaVuSans.latin.ttf").to_vec().into(), 0));
static BOLD: LazyLock<Option<Font>> =
    LazyLock::new(|| Font::new(include_bytes!("../../assets/fonts/DejaVuSans-Bold.latin.ttf").to_vec().into(), 0));

const LEFT: f32 = 56.0;
const VALUES: f32 = 190.0;

/// The paper as PDF; nothing when the embedded faces cannot be read.
pub(super) fn print(paper: &Paper) -> Option<Vec<u8>> {
    let (regular, bold) = (REGULAR.as_ref()?, BOLD.as_ref()?);
    let mut document = Document::new();
    let title = format!("{} – {}", paper.title, paper.insurer);
    document.set_metadata(Metadata::new().title(title).language("tr".to_owned()).creator("insurup-sandbox".to_owned()));
    let mut page = document.start_page_with(PageSettings::from_wh(595.0, 842.0)?);
    let mut surface = page.surface();
    band(&mut surface);
    write(&mut surface, (LEFT, 52.0), (bold, 18.0), WHITE, paper.insurer);
    write(&mut surface, (LEFT, 120.0), (bold, 15.0), BLACK, paper.title);
    let mut y = 156.0;
    for (label, value) in &paper.rows {
        write(&mut surface, (LEFT, y), (regular, 10.0), GREY, label);
        write(&mut surface, (VALUES, y), (bold, 10.0), BLACK, value);
        y += 20.0;
    }
    y += 14.0;
    for line in paper.paragraphs.iter().flat_map(|paragraph| wrapped(paragraph)) {
        write(&mut surface, (LEFT, y), (regular, 9.0), BLACK, &line);
        y += 14.0;
    }
    surface.finish();
    page.finish();
    document.finish().ok()
}

const WHITE: (u8, u8, u8) = (255, 255, 255);
const GREY: (u8, u8, u8) = (90, 96, 104);
const BLACK: (u8, u8, u8) = (20, 22, 26);

fn band(surface: &mut Surface<'_>) {
    surface.set_fill(Some(ink((22, 60, 92))));
    if let Some(area) = Rect::from_xywh(0.0, 0.0, 595.0, 84.0) {
        let mut path = PathBuilder::new();
        path.push_rect(area);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
}

fn write(surface: &mut Surface<'_>, (x, y): (f32, f32), (font, size): (&Font, f32), colour: (u8, u8, u8), text: &str) {
    surface.set_fill(Some(ink(colour)));
    surface.draw_text(Point::from_xy(x, y), font.clone(), size, text, false, TextDirection::LeftToRight);
}

fn ink((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

/// Lines of at most ninety letters, and an empty one after.
fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < 90) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.push(String::new());
    lines
}
