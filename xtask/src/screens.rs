//! `target/screens`: whether the journeys came to every screen of the design, and all their pictures on one sheet.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{tool, workspace::Workspace};

/// Which of our screens show a drawing of the design.
const TABLE: &str = "tests/e2e/screens.tsv";
const FOLDER: &str = "target/screens";
/// The four looks of a screen: width of the window, and whether it is night.
const LOOKS: [(u32, bool); 4] = [(390, false), (390, true), (1280, false), (1280, true)];

/// A drawing of the design; `+` begins what the design has no drawing of.
#[derive(Debug)]
struct Drawing<'a> {
    name: &'a str,
    screens: Vec<&'a str>,
    /// Why there is nothing to be shown.
    reason: &'a str,
}

/// One look of a screen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    screen: String,
    english: bool,
    width: u32,
    dark: bool,
}

/// What the journeys left, file by look.
#[derive(Debug, Default)]
struct Pictures {
    files: BTreeMap<Look, String>,
    /// What is wrong with them.
    stale: Vec<String>,
}

/// Prints which drawings were reached, writes the sheets, and fails when a screen was not seen in each of its looks or a picture is of
/// something else than what is delivered now.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let table = fs::read_to_string(workspace.path(TABLE)).context(TABLE)?;
    let drawings = read(&table)?;
    let folder = workspace.path(FOLDER);
    let pictures = Pictures::find(&folder, delivered(workspace)?, &drawings)?;
    let mut wrong = pictures.stale.clone();
    let (mut reached, mut absent) = (0, 0);
    for drawing in &drawings {
        let missing = drawing.missing(&pictures);
        let state = match (drawing.reason, missing.is_empty()) {
            ("", true) => drawing.screens.join(" "),
            ("", false) => format!("NOT REACHED: {}", missing.join(", ")),
            (reason, _) => format!("– {reason}"),
        };
        println!("{:19} {state}", drawing.name);
        if !drawing.name.starts_with('+') {
            reached += usize::from(drawing.reason.is_empty() && missing.is_empty());
            absent += usize::from(!drawing.reason.is_empty());
        }
        wrong.extend(missing.into_iter().map(|look| format!("{}: no picture of {look}", drawing.name)));
    }
    let all = drawings.iter().filter(|drawing| !drawing.name.starts_with('+')).count();
    println!("{reached} of {all} drawings reached, {absent} not to be; {} pictures", pictures.files.len());
    fs::write(folder.join("index.html"), sheet(&drawings, &pictures)).context(FOLDER)?;
    for width in [390, 1280] {
        photograph(workspace, &folder, width, &drawings, &pictures)?;
    }
    println!("The sheet: {FOLDER}/index.html, contact-390.png, contact-1280.png");
    ensure!(wrong.is_empty(), "the journeys don't show every screen:\n{}", wrong.join("\n"));
    Ok(())
}

fn read(table: &str) -> Result<Vec<Drawing<'_>>> {
    table
        .lines()
        .map(|line| {
            let mut columns = line.split('\t');
            let (name, screens) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
            let drawing = Drawing { name, screens: screens.split_whitespace().collect(), reason: columns.next().unwrap_or_default() };
            ensure!(drawing.screens.is_empty() != drawing.reason.is_empty(), "{TABLE}: either screens or a reason: {line}");
            Ok(drawing)
        })
        .collect()
}

/// When what the journeys try was built.
fn delivered(workspace: &Workspace) -> Result<SystemTime> {
    let dist = env::var_os("E2E_DIST").map_or_else(|| workspace.path("dist"), PathBuf::from);
    let size = dist.join("size.json");
    fs::metadata(&size).and_then(|size| size.modified()).with_context(|| size.display().to_string())
}

impl Drawing<'_> {
    /// Every screen in every look; in Turkish, and if it is there in English, then in English in every look too.
    fn missing(&self, pictures: &Pictures) -> Vec<String> {
        let mut missing = vec![];
        for screen in &self.screens {
            for english in [false, true] {
                let looks = LOOKS.map(|(width, dark)| Look { screen: (*screen).to_owned(), english, width, dark });
                let absent: Vec<_> = looks.iter().filter(|look| !pictures.files.contains_key(look)).collect();
                match absent.len() {
                    4 if english => {}
                    4 => missing.push((*screen).to_owned()),
                    _ => missing.extend(absent.into_iter().map(Look::words)),
                }
            }
        }
        missing
    }
}

impl Look {
    /// `1280-08-vehicles-en-dark.png`; other pictures have other names.
    fn read(file: &str) -> Option<Self> {
        let mut rest = file.strip_suffix(".png")?;
        let mut ends_with = |end| {
            let without = rest.strip_suffix(end);
            rest = without.unwrap_or(rest);
            without.is_some()
        };
        let (dark, english) = (ends_with("-dark"), ends_with("-en"));
        let [width, number, screen] = rest.splitn(3, '-').collect::<Vec<_>>()[..] else { return None };
        let width = width.parse().ok().filter(|width| LOOKS.iter().any(|(of, _)| of == width))?;
        number.parse::<u32>().ok()?;
        Some(Self { screen: screen.to_owned(), english, width, dark })
    }

    fn words(&self) -> String {
        let Self { screen, english, width, dark } = self;
        format!("{screen}, {width} px{}{}", if *dark { ", dark" } else { "" }, if *english { ", English" } else { "" })
    }
}

impl Pictures {
    fn find(folder: &Path, delivered: SystemTime, drawings: &[Drawing<'_>]) -> Result<Self> {
        let known: BTreeSet<_> = drawings.iter().flat_map(|drawing| &drawing.screens).copied().collect();
        let mut pictures = Self::default();
        for entry in fs::read_dir(folder).context("there are no pictures: the journeys take them")? {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let Some(look) = Look::read(&file) else { continue };
            if !known.contains(look.screen.as_str()) {
                pictures.stale.push(format!("{file} is of a screen that {TABLE} does not know"));
            }
            if entry.metadata()?.modified()? < delivered {
                pictures.stale.push(format!("{file} is older than what is delivered"));
            }
            if let Some(other) = pictures.files.insert(look, file.clone()) {
                pictures.stale.push(format!("{file} and {other} are of the same"));
            }
        }
        Ok(pictures)
    }

    /// A picture, small, with a link to itself.
    fn thumbnail(&self, look: &Look) -> String {
        let words = look.words();
        match self.files.get(look) {
            Some(file) => format!(r#"<a href="{file}"><img src="{file}" alt="{words}" class="w{}"></a>"#, look.width),
            None => format!(r#"<span class="none w{}">{words}</span>"#, look.width),
        }
    }
}

const STYLE: &str = "
    body { margin: 16px; background: #fff; color: #16232b; font: 14px/1.4 system-ui, sans-serif; }
    h1 { font-size: 20px; } h2 { font-size: 16px; margin: 32px 0 8px; border-top: 1px solid #7d8c95; padding-top: 8px; } h3 { font-size: 13px; margin: 8px 0 4px; }
    .looks { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
    img, .none { object-fit: cover; object-position: top; border: 1px solid #7d8c95; display: block; box-sizing: border-box; }
    .w390 { inline-size: 180px; max-block-size: 640px; } .w1280 { inline-size: 420px; max-block-size: 400px; }
    .none { padding: 8px; background: #f6d5d2; }
    .all { display: grid; gap: 12px; } .all h3 { margin: 0; block-size: 20px; overflow: hidden; white-space: nowrap; }
    .all .looks { gap: 4px; flex-wrap: nowrap; } .all .w390 { inline-size: 160px; max-block-size: 560px; } .all .w1280 { inline-size: 316px; max-block-size: 300px; }";

fn page(title: &str, body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>{body}</html>"#
    )
}

/// Everything, drawing by drawing: the four looks beside each other, Turkish above English.
fn sheet(drawings: &[Drawing<'_>], pictures: &Pictures) -> String {
    let mut body = String::new();
    for Drawing { name, screens, reason } in drawings {
        write!(body, "<section><h2>{name}</h2>").expect("a string takes everything");
        if !reason.is_empty() {
            write!(body, "<p>Not shown: {reason}.</p>").expect("a string takes everything");
        }
        for screen in screens {
            for (english, language) in [(false, "Turkish"), (true, "English")] {
                let looks = LOOKS.map(|(width, dark)| Look { screen: (*screen).to_owned(), english, width, dark });
                if english && !looks.iter().any(|look| pictures.files.contains_key(look)) {
                    continue;
                }
                let looks: String = looks.iter().map(|look| pictures.thumbnail(look)).collect();
                write!(body, "<h3>{screen} · {language}</h3><div class=\"looks\">{looks}</div>").expect("a string takes everything");
            }
        }
        body += "</section>";
    }
    page("Every screen, at 390 and 1280 px, light and dark", &body)
}

/// One picture of all screens in windows of this width, by day and by night.
fn photograph(workspace: &Workspace, folder: &Path, width: u32, drawings: &[Drawing<'_>], pictures: &Pictures) -> Result<()> {
    // As the style sheet has it: the height of a picture and its heading.
    let (columns, row) = if width == 390 { (6, 560 + 20) } else { (3, 300 + 20) };
    let mut cells = vec![];
    for Drawing { name, screens, .. } in drawings {
        for screen in screens {
            let looks = LOOKS.into_iter().filter(|(of, _)| *of == width);
            let looks: String = looks
                .map(|(width, dark)| pictures.thumbnail(&Look { screen: (*screen).to_owned(), english: false, width, dark }))
                .collect();
            let of = if name == screen { String::new() } else { format!(" ({name})") };
            cells.push(format!("<section><h3>{screen}{of}</h3><div class=\"looks\">{looks}</div></section>"));
        }
    }
    let height = 90 + cells.len().div_ceil(columns) * (row + 12);
    let title = format!("Every screen at {width} px, light and dark");
    let all = format!(
        r#"<div class="all" style="grid-template-columns: repeat({columns}, max-content); grid-auto-rows: {row}px">{}</div>"#,
        cells.concat()
    );
    let name = format!("contact-{width}");
    let source = folder.join(format!("{name}.html"));
    fs::write(&source, page(&title, &all))?;
    let chromium = env::var_os("CHROME").unwrap_or_else(|| "chromium".into());
    let mut command = tool::on_path(workspace, chromium);
    // Chromium's own sandbox refuses to run for root.
    if env::var_os("HOME").is_some_and(|home| home == "/root") {
        command.arg("--no-sandbox");
    }
    let picture = folder.join(format!("{name}.png"));
    command.args(["--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--timeout=60000"]);
    command.arg(format!("--window-size=2040,{height}")).arg(format!("--screenshot={}", picture.display()));
    tool::output(command.arg(format!("file://{}", source.display())))?;
    if !picture.exists() {
        bail!("Chromium left no {}", picture.display());
    }
    fs::remove_file(source)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Drawing, Look, Pictures, read};

    #[test]
    fn reads_what_a_picture_shows_from_its_name() {
        let look = |screen: &str, english, width, dark| Some(Look { screen: screen.to_owned(), english, width, dark });
        assert_eq!(Look::read("390-01-identify.png"), look("identify", false, 390, false));
        assert_eq!(Look::read("1280-05-code-wrong-en-dark.png"), look("code-wrong", true, 1280, true));
        for other in ["320-01-identify.png", "failed-buys.png", "contact-390.png", "host-plain.png", "index.html"] {
            assert_eq!(Look::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_screen_is_reached_in_all_four_looks_or_not_at_all() {
        let drawing = Drawing { name: "code", screens: vec!["code"], reason: "" };
        let mut pictures = Pictures::default();
        assert_eq!(drawing.missing(&pictures), ["code"]);
        for file in ["390-05-code.png", "390-05-code-dark.png", "1280-05-code.png", "1280-05-code-dark.png"] {
            assert!(!drawing.missing(&pictures).is_empty());
            pictures.files.insert(Look::read(file).expect("a picture"), file.to_owned());
        }
        assert!(drawing.missing(&pictures).is_empty());
        let english = "390-05-code-en.png";
        pictures.files.insert(Look::read(english).expect("a picture"), english.to_owned());
        assert_eq!(drawing.missing(&pictures).len(), 3, "English in one look is English in all");
    }

    #[test]
    fn a_drawing_has_screens_or_a_reason() {
        assert!(read("code\tcode\nhealth\t\tcomes later\n").is_ok());
        assert!(read("code\t\n").is_err());
        assert!(read("code\tcode\tand a reason\n").is_err());
    }
}
