//! Short names between the module and its JavaScript.
//!
//! wasm-bindgen gives every function a name with a hash in it, once in the module and once in the JavaScript, and hashes don't compress:
//! 2.5 kB (brotli) of a visit. wasm-opt shortens them in the module and says how; this does the same in the JavaScript.

use std::{collections::HashMap, fmt::Write as _};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::sequence::Sequence;

/// How wasm-bindgen's JavaScript ends.
const EXPORTS: &str = "export { initSync, __wbg_init as default };";
/// The two halves of its `init` apart: what is between them, fetching and every way to be called, is more than the loader needs, and is
/// left out of it (0.4 kB of brotli).
const MORE_EXPORTS: &str = "export { initSync, __wbg_init as default, __wbg_get_imports as imports, __wbg_finalize_init as finish };";

/// What wasm-bindgen writes for browsers older than the loader's, and for callers the loader is not: how often it is there, and what
/// stands there instead (0.2 kB of brotli).
const LEFT_OUT: [(usize, &str, &str); 6] = [
    (
        1,
        "(typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry",
        "new FinalizationRegistry",
    ),
    (
        1,
        "cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || \
         (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0?.buffer !== wasm.memory.buffer",
    ),
    (
        1,
        "if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}
",
        "",
    ),
    // Whoever passes a string passes `realloc`.
    (
        1,
        "    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }
",
        "",
    ),
    // Safari's decoder stops after two gigabytes.
    (
        1,
        "    numBytesDecoded += len;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
        cachedTextDecoder.decode();
        numBytesDecoded = len;
    }
",
        "",
    ),
    (1, "    wasmInstance = instance;\n    wasm = instance.exports;\n    wasmModule = module;\n", "    wasm = instance.exports;\n"),
];

/// The widget's JavaScript as wasm-bindgen wrote it, without what its loader has no use for.
pub(crate) fn trimmed(glue: &str) -> Result<String> {
    let mut short = glue.to_owned();
    for (times, part, instead) in LEFT_OUT {
        ensure!(short.matches(part).count() == times, "the JavaScript does not have {times} times: {part}");
        short = short.replace(part, instead);
    }
    Ok(short)
}

/// What was renamed.
#[derive(Debug, Deserialize)]
pub(crate) struct Renamed {
    /// Module, name, new name.
    imports: Vec<(String, String, String)>,
    /// Name, new name.
    pub(crate) exports: Vec<(String, String)>,
}

impl Renamed {
    /// What wasm-opt says it renamed.
    pub(crate) fn read(report: &[u8]) -> Result<Self> {
        serde_json::from_slice(report).context("what wasm-opt says it renamed")
    }

    /// The same after another renaming.
    pub(crate) fn then(self, Sequence { imports, exports }: &Sequence) -> Result<Self> {
        let newer = |names: &[(String, String)], name: &str| {
            let found = names.iter().find(|(old, _)| old == name);
            found.map(|(_, new)| new.clone()).with_context(|| format!("`{name}` was not renamed again"))
        };
        let imports = self.imports.into_iter().map(|(of, name, new)| Ok((of, name, newer(imports, &new)?))).collect::<Result<_>>()?;
        let exports = self.exports.into_iter().map(|(name, new)| Ok((name, newer(exports, &new)?))).collect::<Result<_>>()?;
        Ok(Self { imports, exports })
    }
}

/// The JavaScript with the names that the module has now.
pub(crate) fn apply(glue: &str, name: &str, renamed: &Renamed) -> Result<String> {
    // The one module all imports come from.
    let module = format!("\"./{name}_bg.js\"");
    if let Some(other) = renamed.imports.iter().find(|(of, ..)| format!("\"{of}\"") != module) {
        bail!("the module imports from `{}` too", other.0);
    }
    let imports: HashMap<_, _> = renamed.imports.iter().map(|(_, name, new)| (name.as_str(), new.as_str())).collect();
    let exports: HashMap<_, _> = renamed.exports.iter().map(|(name, new)| (name.as_str(), new.as_str())).collect();
    ensure!(glue.matches(&module).count() == 1, "the JavaScript does not name {module} once");
    let mut short = String::with_capacity(glue.len());
    let mut placed = 0;
    let mut rest = glue;
    while let Some(start) = rest.find(is_of_name) {
        let (before, name) = rest.split_at(start);
        let (name, after) = name.split_at(name.find(|c| !is_of_name(c)).unwrap_or(name.len()));
        short.push_str(before);
        // An import is a member of the object that is handed in, an export a member of `wasm`.
        match (imports.get(name), exports.get(name)) {
            (Some(new), _) if after.starts_with(':') => {
                placed += 1;
                short.push_str(new);
            }
            (_, Some(new)) if short.ends_with("wasm.") => short.push_str(new),
            _ => write!(short, "{name}")?,
        }
        rest = after;
    }
    short.push_str(rest);
    ensure!(placed == imports.len(), "{placed} of {} imports were found in the JavaScript", imports.len());
    if let Some((name, _)) = renamed.exports.iter().find(|(name, _)| short.contains(&format!("wasm.{name}("))) {
        bail!("`{name}` is still called by its old name");
    }
    ensure!(short.matches(EXPORTS).count() == 1, "the JavaScript does not end as it used to");
    Ok(short.replace(&module, "\"a\"").replace(EXPORTS, MORE_EXPORTS))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::{LEFT_OUT, Renamed, Sequence, trimmed};

    const REPORT: &[u8] = br#"{"imports": [["./insurup_bg.js", "__wbg_new_1", "$"]], "exports": [["mount", "tb"], ["memory", "pb"]]}"#;

    fn apply(glue: &str, name: &str, report: &[u8]) -> Result<String> {
        super::apply(glue, name, &Renamed::read(report)?)
    }

    #[test]
    fn follows_a_second_renaming() {
        let renamed = |imports: &[(&str, &str)], exports: &[(&str, &str)]| {
            let owned = |names: &[(&str, &str)]| names.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect();
            Renamed::read(REPORT)?.then(&Sequence { imports: owned(imports), exports: owned(exports) })
        };
        let exports = [("pb", "aa"), ("tb", "ab")];
        let Renamed { imports, exports } = renamed(&[("$", "ac")], &exports).expect("both are there");
        assert_eq!((imports[0].1.as_str(), imports[0].2.as_str()), ("__wbg_new_1", "ac"));
        assert_eq!(exports, [("mount", "ab"), ("memory", "aa")].map(|(old, new)| (old.to_owned(), new.to_owned())));
        assert!(renamed(&[("$", "ac")], &[("pb", "aa")]).is_err());
    }

    #[test]
    fn renames_members_and_nothing_else() {
        let glue = r#"export function mount(x) { return wasm.mount(x, new Uint8Array(wasm.memory.buffer)); }
const import0 = { __wbg_new_1: function() { const memory = 1; } }; return { "./insurup_bg.js": import0 };
export { initSync, __wbg_init as default };"#;
        let short = r#"export function mount(x) { return wasm.tb(x, new Uint8Array(wasm.pb.buffer)); }
const import0 = { $: function() { const memory = 1; } }; return { "a": import0 };
export { initSync, __wbg_init as default, __wbg_get_imports as imports, __wbg_finalize_init as finish };"#;
        assert_eq!(apply(glue, "insurup", REPORT).expect("renames"), short);
    }

    #[test]
    fn leaves_out_all_or_complains() {
        let glue: String = LEFT_OUT.iter().map(|(times, part, _)| format!("<{part}>").repeat(*times)).collect();
        let short = trimmed(&glue).expect("all parts are there");
        assert!(short.contains("<new FinalizationRegistry><cachedDataViewMemory0?.buffer !== wasm.memory.buffer><>"), "{short}");
        let another = glue.replacen("encodeInto", "encodeTo", 1);
        assert!(trimmed(&another).expect_err("a part is missing").to_string().contains("encodeInto"));
    }

    #[test]
    fn refuses_a_glue_it_does_not_understand() {
        assert!(apply(r#"{ __wbg_new_2: 0 }; "./insurup_bg.js""#, "insurup", REPORT).is_err());
        assert!(apply("{ __wbg_new_1: 0 };", "insurup", REPORT).is_err());
        assert!(apply(r#"{ __wbg_new_1: 0 }; "./insurup_bg.js""#, "insurup", b"{}").is_err());
        let other = br#"{"imports": [["env", "x", "$"]], "exports": []}"#;
        assert!(apply(r#"{ x: 0 }; "./insurup_bg.js""#, "insurup", other).is_err());
    }
}
