//! The WebAssembly module and the JavaScript that wasm-bindgen writes for it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context, Result, bail};

use crate::{names, names::Renamed, order, sequence, split, tool, workspace::Workspace};

/// Where the standard library inside the module comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StandardLibrary {
    /// Rebuilt where its source is installed.
    Auto,
    /// Built with the module: no panic messages, no formatting for them. Smaller by about an eighth.
    Rebuild,
    /// As the toolchain brings it.
    Prebuilt,
}

impl FromStr for StandardLibrary {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Self> {
        match word {
            "auto" => Ok(Self::Auto),
            "rebuild" => Ok(Self::Rebuild),
            "prebuilt" => Ok(Self::Prebuilt),
            _ => bail!("--std takes rebuild, prebuilt or auto, not `{word}`"),
        }
    }
}

/// A crate that becomes a module.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// The crate.
    pub(crate) package: &'static str,
    /// What wasm-bindgen calls the module: its JavaScript asks for `<name>_bg.wasm`.
    pub(crate) name: &'static str,
    /// Whether a part of it is loaded later.
    pub(crate) is_split: bool,
}

impl Part {
    /// Where it is compiled. Each by itself: the flags differ, and in one folder they would throw each other's standard library away.
    fn target(self, workspace: &Workspace) -> PathBuf {
        workspace.build_folder().join(self.name)
    }

    /// The module as the compiler linked it, all names still inside.
    pub(crate) fn linked(self, workspace: &Workspace) -> PathBuf {
        self.target(workspace).join("wasm32-unknown-unknown/release").join(self.package.replace('-', "_")).with_extension("wasm")
    }
}

/// What a visitor's browser loads.
pub(crate) const WIDGET: Part = Part { package: "insurup-widget", name: "insurup", is_split: true };
/// What programs install.
pub(crate) const NPM: Part = Part { package: "insurup-npm", name: "core", is_split: false };

/// What wasm-bindgen and wasm-opt leave behind.
#[derive(Debug)]
pub(crate) struct Module {
    /// The module as it is delivered.
    pub(crate) wasm: Vec<u8>,
    /// What is fetched when it is wanted, in a part that is split.
    pub(crate) later: Option<Vec<u8>>,
    /// The JavaScript that speaks to it, an ES module without further imports.
    pub(crate) glue: PathBuf,
}

pub(crate) fn build(workspace: &Workspace, part: Part, standard_library: StandardLibrary) -> Result<Module> {
    let sysroot = PathBuf::from(text(tool::on_path(workspace, "rustc").args(["--print", "sysroot"]))?);
    let rebuild = match standard_library {
        StandardLibrary::Rebuild => true,
        StandardLibrary::Prebuilt => false,
        StandardLibrary::Auto => {
            let source = sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists();
            if !source {
                println!(
                    "The source of Rust's standard library is not installed: using the prebuilt one, the module is about an eighth larger."
                );
                println!("(rustup component add rust-src)");
            }
            source
        }
    };
    compile(workspace, part, &sysroot, rebuild)?;
    let Part { name, .. } = part;
    let folder = workspace.build_folder().join("bindgen").join(name);
    bind(workspace, part, &folder)?;
    let optimised = folder.join("optimised.wasm");
    let bound = folder.join(format!("{name}_bg.wasm"));
    let later = folder.join("later.wasm");
    if part.is_split {
        let halves = split::split(&fs::read(&bound)?, &fs::read(part.linked(workspace))?)?;
        fs::write(&bound, halves.first)?;
        fs::write(&later, halves.later)?;
    }
    let report = optimise(workspace, &bound, &optimised, &["--minify-imports-and-exports-and-modules"])?;
    let (named, sequence) = sequence::sequence(&fs::read(&optimised)?)?;
    fs::write(&optimised, named)?;
    let renamed = Renamed::read(&report)?.then(&sequence)?;
    let long = fs::read_to_string(folder.join(format!("{name}.js")))?;
    // Programs may free what the widget's loader leaves to the collector.
    let long = if part.is_split { names::trimmed(&long)? } else { long };
    let glue = folder.join("short.js");
    fs::write(&glue, with_snippets(&names::apply(&long, name, &renamed)?, &folder)?)?;
    let later = if part.is_split {
        fs::write(&later, split::rename_imports(&fs::read(&later)?, &renamed.exports)?)?;
        optimise(workspace, &later, &later, &[])?;
        Some(fs::read(&later)?)
    } else {
        None
    };
    Ok(Module { wasm: fs::read(&optimised).with_context(|| optimised.display().to_string())?, later, glue })
}

/// What the last [`build`] left.
pub(crate) fn built(workspace: &Workspace, part: Part) -> Result<Module> {
    let folder = workspace.build_folder().join("bindgen").join(part.name);
    let read = |name: &str| fs::read(folder.join(name)).with_context(|| folder.join(name).display().to_string());
    let later = if part.is_split { Some(read("later.wasm")?) } else { None };
    Ok(Module { wasm: read("optimised.wasm")?, later, glue: folder.join("short.js") })
}

/// The crate is a plain library elsewhere: naming both kinds in its manifest would silently switch link-time optimisation off.
fn compile(workspace: &Workspace, part: Part, sysroot: &Path, rebuild: bool) -> Result<()> {
    let mut flags = remap(workspace, sysroot)?;
    // Data begins where the stack ends: from 512 KiB on, an address takes a byte less than from a whole one.
    flags.push("-Clink-arg=-zstack-size=524288".to_owned());
    let mut cargo = tool::on_path(workspace, "cargo");
    cargo.args(["rustc", "--package", part.package, "--lib", "--crate-type", "cdylib", "--release"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(part.target(workspace));
    // The same compiler, with its unfinished options allowed: what this needs is not on stable yet.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    if part.is_split {
        // Says which function and which data refer to which: what only the later half refers to goes with it.
        flags.push("-Clink-arg=--emit-relocs".to_owned());
        // Functions of the same code become one, under the name of either: what is loaded first could then be taken for what comes later.
        flags.push("-Zmerge-functions=disabled".to_owned());
    }
    if rebuild {
        cargo.args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"]);
        flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
    }
    tool::run(cargo.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
}

/// The module must not tell where it was built, nor depend on it.
fn remap(workspace: &Workspace, sysroot: &Path) -> Result<Vec<String>> {
    let home = env::var_os("HOME").map(PathBuf::from).context("HOME is not set")?;
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let names = [(cargo_home.as_path(), "cargo"), (workspace.root(), "."), (sysroot, "rust")];
    Ok(names.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect())
}

fn bind(workspace: &Workspace, part: Part, folder: &Path) -> Result<()> {
    let mut bindgen = tool::on_path(workspace, "wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--out-name", part.name, "--out-dir"]);
    tool::run(bindgen.arg(folder).arg(part.linked(workspace)))
}

/// Returns what was renamed. No feature flags: the module names its own. `--all-features` made one that Chromium refuses.
fn optimise(workspace: &Workspace, from: &Path, to: &Path, more: &[&str]) -> Result<Vec<u8>> {
    let mut optimiser = tool::npm(workspace, "wasm-opt");
    // Flat code is laid out anew from its control flow: smaller by 0.7 %, and only together with passes before and after.
    // Nothing is ever stored in the lowest kilobyte, which is the far end of the stack: what is computed there can be folded.
    let passes = [
        "--low-memory-unused",
        "-Oz",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        // A promise about addresses that no engine needs, and one more thing to compress.
        "--dealign",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ];
    optimiser.args(passes).args(more);
    let said = tool::output(optimiser.arg(from).arg("-o").arg(to))?;
    fs::write(to, order::order(&fs::read(to)?)?)?;
    Ok(said)
}

/// The module's JavaScript with what it would load of our own put in place: another file would be one more request, and one nobody
/// hashes. A snippet of another crate is refused: nobody here has read it.
fn with_snippets(glue: &str, folder: &Path) -> Result<String> {
    let mut whole = String::with_capacity(glue.len());
    for line in glue.lines() {
        if !line.starts_with("import ") {
            whole.push_str(line);
            whole.push('\n');
            continue;
        }
        let path = line.split('\'').nth(1).filter(|path| path.starts_with("./snippets/insurup-") && !line.contains(" as "));
        let Some(path) = path else { bail!("the module's JavaScript loads another file: `{line}`") };
        let snippet = fs::read_to_string(folder.join(path)).with_context(|| path.to_owned())?;
        whole.push_str(&snippet.replace("\nexport ", "\n"));
    }
    Ok(whole)
}

fn text(command: &mut std::process::Command) -> Result<String> {
    Ok(String::from_utf8(tool::output(command)?)?.trim().to_owned())
}
