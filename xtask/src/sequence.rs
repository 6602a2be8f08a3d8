//! Names what a module imports and exports by where it stands, in two letters: names that follow each other compress, and those that wasm-opt
//! gives are in no order once the functions are in another.
//!
//! Measured on the widget, where some 330 of its functions are exported for the half that is loaded later: 0.4 kB of brotli.

use anyhow::{Result, bail};
use wasmparser::{Export, Import, Parser, Payload};

use crate::order::{listed, part, sized};

const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// What was renamed: name, new name.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    pub(crate) imports: Vec<(String, String)>,
    pub(crate) exports: Vec<(String, String)>,
}

/// The same module with other names.
pub(crate) fn sequence(module: &[u8]) -> Result<(Vec<u8>, Sequence)> {
    let mut sequence = Sequence::default();
    let mut named = module[..8].to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let content = match payload {
            Payload::ImportSection(imports) => {
                let imports = imports.into_imports_with_offsets().collect::<Result<Vec<_>, _>>()?;
                let ends = imports.iter().skip(1).map(|(start, _)| *start).chain([range.end]);
                let written: Result<Vec<_>> = imports
                    .iter()
                    .zip(ends)
                    .map(|((start, Import { module: from, name, .. }), end)| {
                        let new = next(&mut sequence.imports, name)?;
                        // Behind the two names is what it is.
                        let what = part(module, start + length(from) + length(name), end);
                        Ok([sized(from.as_bytes()), sized(new.as_bytes()), what.to_vec()].concat())
                    })
                    .collect();
                listed(written?.into_iter())
            }
            Payload::ExportSection(exports) => {
                let exports = exports.into_iter_with_offsets().collect::<Result<Vec<_>, _>>()?;
                let ends = exports.iter().skip(1).map(|(start, _)| *start).chain([range.end]);
                let written: Result<Vec<_>> = exports
                    .iter()
                    .zip(ends)
                    .map(|((start, Export { name, .. }), end)| {
                        let new = next(&mut sequence.exports, name)?;
                        Ok([sized(new.as_bytes()), part(module, start + length(name), end).to_vec()].concat())
                    })
                    .collect();
                listed(written?.into_iter())
            }
            _ => part(module, range.start, range.end).to_vec(),
        };
        named.push(id);
        named.extend(sized(&content));
    }
    Ok((named, sequence))
}

/// How long a name is where it stands, with its length before it.
fn length(name: &str) -> u64 {
    sized(name.as_bytes()).len() as u64
}

fn next(renamed: &mut Vec<(String, String)>, name: &str) -> Result<String> {
    let place = renamed.len();
    let (Some(first), second) = (LETTERS.get(place / LETTERS.len()), LETTERS[place % LETTERS.len()]) else {
        bail!("there are more names than two letters make")
    };
    let new = String::from_iter([char::from(*first), char::from(second)]);
    renamed.push((name.to_owned(), new.clone()));
    Ok(new)
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, Module, ValType};

    use super::*;

    #[test]
    fn names_by_place_and_changes_nothing_else() {
        let mut module = Module::default();
        let ty = module.types.add(&[ValType::I32], &[]);
        let from = |module: &mut Module, name: &str| module.add_import_func("m", name, ty).0;
        let imported = [from(&mut module, "a rather long name"), from(&mut module, "x")];
        let made = FunctionBuilder::new(&mut module.types, &[], &[]).finish(Vec::new(), &mut module.funcs);
        for (name, function) in [("y", imported[1]), ("another", made), ("z", imported[0])] {
            module.exports.add(name, function);
        }
        for number in 0..30 {
            module.exports.add(&format!("more {number}"), made);
        }
        let (named, Sequence { imports, exports }) = sequence(&module.emit_wasm()).expect("names");
        assert_eq!(imports, [("a rather long name", "aa"), ("x", "ab")].map(|(old, new)| (old.to_owned(), new.to_owned())));
        assert_eq!((exports[1].1.as_str(), exports[26].1.as_str()), ("ab", "ba"));

        let after = Module::from_buffer(&named).expect("a module");
        assert_eq!(after.imports.iter().map(|import| import.name.as_str()).collect::<Vec<_>>(), ["aa", "ab"]);
        let exported: Vec<_> = after.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(exported, exports.iter().map(|(_, new)| new.as_str()).collect::<Vec<_>>());
        let (again, _) = sequence(&named).expect("names");
        assert_eq!(again, named, "the names say where they are");
    }

    #[test]
    fn stops_where_names_run_out() {
        let mut renamed = vec![(String::new(), String::new()); 26 * 26 - 1];
        assert_eq!(next(&mut renamed, "last").expect("a name"), "zz");
        assert!(next(&mut renamed, "one more").is_err());
    }
}
