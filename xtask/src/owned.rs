//! Which data belongs to which functions, by the relocations that the linker leaves in the module on request: what only functions of the
//! later half refer to can go there with them. From the linked code alone it can't be told, as an address in it may be any number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context as _, Result, ensure};
use wasmparser::{KnownCustom, Linking, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo};

/// A range of addresses.
pub(crate) type Piece = Range<usize>;

/// The addresses of the linked module that only functions refer to whose names `goes` knows; each name as wasm-bindgen writes it.
pub(crate) fn of_functions(linked: &[u8], goes: impl Fn(&str) -> bool) -> Result<Vec<Piece>> {
    let module = Module::read(linked)?;
    let (mut stays, mut leaves) = (BTreeSet::new(), BTreeSet::new());
    for (offset, symbol) in &module.from_code {
        let name = module.function_at(*offset).map(|name| rustc_demangle::demangle(name).to_string());
        let of = if name.is_some_and(|name| goes(&name)) { &mut leaves } else { &mut stays };
        of.insert(*symbol);
    }
    let (stays, leaves) = (module.reached(stays), module.reached(leaves));
    // Symbols may share bytes: a byte that anybody else refers to stays.
    let kept: Vec<&Piece> = stays.iter().filter_map(|symbol| module.data.get(symbol)).collect();
    let mut pieces: Vec<Piece> = leaves.difference(&stays).filter_map(|symbol| module.data.get(symbol).cloned()).collect();
    pieces.retain(|piece| !piece.is_empty() && kept.iter().all(|kept| kept.end <= piece.start || piece.end <= kept.start));
    pieces.sort_unstable_by_key(|piece| (piece.start, piece.end));
    pieces.dedup();
    Ok(pieces)
}

/// What the linker says about a module.
#[derive(Debug, Default)]
struct Module<'a> {
    /// Symbols of data, each with its addresses.
    data: BTreeMap<u32, Piece>,
    /// Bodies of functions, in offsets of the section of code, each with its name in the linker's words.
    functions: Vec<(Piece, Option<&'a str>)>,
    /// A reference to a symbol of data, by where it stands in the section of code …
    from_code: Vec<(usize, u32)>,
    /// … or by the address at which it stands.
    from_data: Vec<(usize, u32)>,
}

impl<'a> Module<'a> {
    fn read(linked: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        let (mut imported, mut bodies, mut segments, mut symbols) = (0, Vec::new(), Vec::new(), Vec::new());
        let mut relocations: Vec<(u32, RelocationEntry)> = Vec::new();
        let (mut code, mut data, mut section) = ((u32::MAX, 0), (u32::MAX, 0), 0_u32);
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { unchecked_range: range, .. } => code = (section, usize::try_from(range.start)?),
                Payload::CodeSectionEntry(body) => bodies.push(at(body.range())?),
                Payload::DataSection(reader) => {
                    data = (section, usize::try_from(reader.range().start)?);
                    for segment in reader.clone() {
                        let segment = segment?;
                        let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let mut operators = offset_expr.get_operators_reader();
                        let wasmparser::Operator::I32Const { value } = operators.read()? else {
                            anyhow::bail!("a segment without an address")
                        };
                        let end = usize::try_from(segment.range.end)?;
                        segments.push((usize::try_from(value)?, end - segment.data.len()..end));
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                symbols = table.into_iter().collect::<Result<Vec<_>, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        for entry in reader.entries() {
                            relocations.push((reader.section_index(), entry?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            section += u32::from(payload.as_section().is_some());
        }
        ensure!(!symbols.is_empty() && !relocations.is_empty(), "the linker left no relocations");
        let mut names = BTreeMap::new();
        for (number, symbol) in (0_u32..).zip(&symbols) {
            match symbol {
                SymbolInfo::Func { index, name: Some(name), .. } => drop(names.insert(usize::try_from(*index)?, *name)),
                SymbolInfo::Data { symbol: Some(symbol), .. } => {
                    let (address, _) = segments.get(usize::try_from(symbol.index)?).context("a symbol of no segment")?;
                    let start = address + usize::try_from(symbol.offset)?;
                    module.data.insert(number, start..start + usize::try_from(symbol.size)?);
                }
                _ => {}
            }
        }
        for (place, body) in bodies.into_iter().enumerate() {
            module.functions.push((body.start - code.1..body.end - code.1, names.get(&(imported + place)).copied()));
        }
        for (of, entry) in relocations {
            if !is_address(entry.ty) {
                continue;
            }
            let offset = usize::try_from(entry.offset)?;
            if of == code.0 {
                module.from_code.push((offset, entry.index));
            } else if of == data.0 {
                let place = data.1 + offset;
                let (address, range) =
                    segments.iter().find(|(_, range)| range.contains(&place)).context("a reference outside of all data")?;
                module.from_data.push((address + place - range.start, entry.index));
            }
        }
        Ok(module)
    }

    fn function_at(&self, offset: usize) -> Option<&'a str> {
        let place = self.functions.partition_point(|(body, _)| body.end <= offset);
        self.functions.get(place).filter(|(body, _)| body.contains(&offset)).and_then(|(_, name)| *name)
    }

    /// These symbols, and what is referred to from their bytes.
    fn reached(&self, symbols: BTreeSet<u32>) -> BTreeSet<u32> {
        let (mut open, mut reached) = (Vec::from_iter(symbols), BTreeSet::new());
        while let Some(symbol) = open.pop() {
            if reached.insert(symbol)
                && let Some(piece) = self.data.get(&symbol)
            {
                open.extend(self.from_data.iter().filter(|(address, _)| piece.contains(address)).map(|(_, symbol)| *symbol));
            }
        }
        reached
    }
}

fn at(range: Range<u64>) -> Result<Piece> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// Whether what a relocation puts in is an address of data.
fn is_address(ty: RelocationType) -> bool {
    use RelocationType as R;
    matches!(
        ty,
        R::MemoryAddrLeb | R::MemoryAddrSleb | R::MemoryAddrI32 | R::MemoryAddrRelSleb | R::MemoryAddrTlsSleb | R::MemoryAddrLocrelI32
    )
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::PathBuf, process::Command};

    use super::*;

    /// Two functions: words of the one, of the other, of both, and words that only a word of the other's leads to.
    const SOURCE: &str = r#"
        #![no_std]
        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
        struct Words(&'static [u8], &'static [u8]);
        static BOTH: Words = Words(b"said by either", b"and by both");
        static FIRST: &[u8] = b"said at first";
        static LATER: Words = Words(b"said later", b"and led to");
        fn nth(words: &[u8], at: usize) -> u8 { words.get(at).copied().unwrap_or(0) }
        fn both(at: usize) -> u8 { nth(BOTH.0, at) ^ nth(BOTH.1, at) }
        #[unsafe(no_mangle)]
        pub extern "C" fn begins(at: usize) -> u8 { both(at) ^ nth(FIRST, at) }
        #[unsafe(no_mangle)]
        pub extern "C" fn comes(at: usize, words: &'static mut &'static Words) -> u8 { *words = &LATER; both(at) ^ nth(words.1, at) }
    "#;

    /// The module as the compiler links it.
    fn linked(name: &str, more: &[&str]) -> Vec<u8> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/owned");
        fs::create_dir_all(&folder).expect("a folder");
        let (source, module) = (folder.join(format!("{name}.rs")), folder.join(format!("{name}.wasm")));
        fs::write(&source, SOURCE).expect("a source");
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition", "2024", "--crate-type", "cdylib", "--target", "wasm32-unknown-unknown", "-O"]).args(more);
        let done = rustc.arg(&source).arg("-o").arg(&module).output().expect("a compiler");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        fs::read(module).expect("a module")
    }

    /// What stands at these addresses.
    fn words(linked: &[u8], pieces: &[Piece]) -> Vec<String> {
        let mut memory = vec![0; 2 << 20];
        for payload in Parser::new(0).parse_all(linked) {
            let Ok(Payload::DataSection(segments)) = payload else { continue };
            for segment in segments {
                let segment = segment.expect("a segment");
                let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else { panic!("a segment without an address") };
                let Ok(wasmparser::Operator::I32Const { value }) = offset_expr.get_operators_reader().read() else { panic!("an address") };
                let start = usize::try_from(value).expect("an address");
                memory[start..start + segment.data.len()].copy_from_slice(segment.data);
            }
        }
        pieces.iter().map(|piece| String::from_utf8_lossy(&memory[piece.clone()]).into_owned()).collect()
    }

    #[test]
    fn finds_what_only_the_functions_that_go_refer_to_and_what_that_refers_to() {
        let module = linked("with", &["-Clink-arg=--emit-relocs"]);
        let of = |name: &str| words(&module, &of_functions(&module, |function| function == name).expect("relocations")).join("|");
        let (first, later) = (of("begins"), of("comes"));
        assert!(first.contains("said at first") && !first.contains("said later") && !first.contains("led to"), "{first}");
        assert!(later.contains("said later") && later.contains("and led to") && !later.contains("at first"), "{later}");
        for owned in [&first, &later] {
            assert!(!owned.contains("either") && !owned.contains("both"), "{owned}");
        }
        assert_eq!(of("nobody"), "");
    }

    #[test]
    fn complains_where_the_linker_left_nothing_to_tell_by() {
        assert!(of_functions(&linked("without", &[]), |_| true).is_err());
    }
}
