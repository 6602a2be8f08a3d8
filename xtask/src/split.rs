//! Takes what most customers never meet out of the module, into a second one that the loader fetches when somebody does.
//!
//! Both halves work on one memory and one table. The first exports what the second calls; the second puts its functions into the places
//! of the table that the first left empty for them, so the first reaches them by a function pointer, and only after the second has been
//! instantiated: before, the place holds a function that traps. What goes is decided by name, the functions of [`LATER`] and
//! whatever only they call, and checked: a direct call into them, which could happen too early, is refused.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, Function, FunctionBuilder, FunctionId, FunctionKind, Global, GlobalId,
    GlobalKind, ImportedFunction, Memory, MemoryId, Module, Table, TableId,
    ir::{Value, Visitor, dfs_in_order},
    passes,
};

use crate::owned::{self, Piece};

/// What is loaded later: whole modules, and the functions that `insurup_core::later` calls.
const LATER: &[&str] = &[
    "]::combobox::",
    "]::boundary::change",
    "]::config::mistakes::",
    "]::endpoint::mine::list_mine::lists::",
    "]::flow::Flow>::answered_detail",
    "]::flow::Flow>::begin_by_hand",
    "]::flow::Flow>::next_by_hand",
    "]::flow::Flow>::next_detail",
    "]::flow::Flow>::next_of_list",
    "]::flow::Flow>::resume_detail",
    "]::flow::Flow>::addressee",
    "]::flow::Flow>::send_offer",
    "]::flow::Flow>::send_policy",
    "]::flow::Flow>::type_by_hand",
    "]::flow::mine::list::",
    "]::flow::vehicle::Form>::view",
    "]::flow::vehicle::Lists>::take",
    "]::flow::view::details::",
    "]::flow::view::mine::",
    "]::flow::view::offers::by_name",
    "]::later::Held<",
    "]::screens::aside::",
    "]::screens::blocked::",
    "]::screens::by_email::",
    "]::screens::by_hand::",
    "]::screens::later::",
    "]::screens::mine::",
    "]::screens::mistakes::",
    "]::screens::noplate::",
    "]::screens::sign_in::kept",
    "]::screens::unpaid::",
];

/// What wasm-bindgen would say of mistakes in our own code. Nobody is told: a module that panics ends without a word too.
const UNSAID: &[&str] = &[
    "called `Option::unwrap_throw()` on a `None` value",
    "closure invoked recursively or after being dropped",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
];

/// What the second module calls the first.
const FIRST: &str = "first";

/// Kinds of what the second imports, the first letters of its names.
const FUNCTION: &str = "f";
const TABLE: &str = "t";
const MEMORY: &str = "m";
const GLOBAL: &str = "g";

/// The two modules.
#[derive(Debug)]
pub(crate) struct Halves {
    /// What is loaded at once.
    pub(crate) first: Vec<u8>,
    /// What is loaded when it is wanted; imports from a module `first`.
    pub(crate) later: Vec<u8>,
}

/// `linked` is the same module as the linker made it, with relocations.
pub(crate) fn split(module: &[u8], linked: &[u8]) -> Result<Halves> {
    let mut module = Module::from_buffer(module)?;
    silence(&mut module, UNSAID)?;
    split_by(&module.emit_wasm(), LATER, |goes| owned::of_functions(linked, |name| goes.contains(name)))
}

/// `owned` says which data only functions of these names refer to.
fn split_by(module: &[u8], paths: &[&str], owned: impl Fn(&BTreeSet<String>) -> Result<Vec<Piece>>) -> Result<Halves> {
    // Parsed twice, so that each half can be cut out of a whole: what is in both has the same place in both.
    let mut first = Module::from_buffer(module)?;
    let mut later = Module::from_buffer(module)?;
    for module in [&mut first, &mut later] {
        // The linker's words, which nobody needs any more.
        let customs: Vec<_> = module.customs.iter().map(|(id, custom)| (id, custom.name().to_owned())).collect();
        for (id, _) in customs.into_iter().filter(|(_, name)| name == "linking" || name.starts_with("reloc.")) {
            module.customs.delete(id);
        }
    }
    let plan = Plan::make(&first, paths)?;
    let pieces = owned(&plan.names(&first))?;
    let taken = take_data(&mut first, &pieces)?;
    cut_later(&mut later, &plan, taken)?;
    cut_first(&mut first, &plan, &later)?;
    Ok(Halves { first: first.emit_wasm(), later: later.emit_wasm() })
}

/// The second module with the names that wasm-opt has given the exports of the first.
pub(crate) fn rename_imports(module: &[u8], renamed: &[(String, String)]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(module)?;
    for import in module.imports.iter_mut() {
        let (_, new) = renamed.iter().find(|(old, _)| *old == import.name).with_context(|| format!("`{}` is not exported", import.name))?;
        import.name.clone_from(new);
    }
    Ok(module.emit_wasm())
}

/// Which functions go; all by their place among the functions of the module.
#[derive(Debug)]
struct Plan {
    moved: Vec<bool>,
    /// Where the functions that go stand in the table.
    slots: BTreeMap<usize, usize>,
}

impl Plan {
    fn make(module: &Module, paths: &[&str]) -> Result<Self> {
        let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
        let place = |id: FunctionId| ids.iter().position(|other| *other == id).expect("a function of this module");
        let calls: Vec<Vec<usize>> = module.funcs.iter().map(|function| callees(&function.kind).into_iter().map(place).collect()).collect();
        let named: Vec<bool> = module.funcs.iter().map(|function| is_later(function.name.as_deref().unwrap_or_default(), paths)).collect();
        let slots: BTreeMap<usize, usize> = table(module)?.1.into_iter().map(|(slot, function)| (place(function), slot)).collect();

        let mut kept = vec![false; ids.len()];
        let exported = module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        });
        let mut open: Vec<usize> = exported.chain(module.start).map(place).collect();
        open.extend(slots.keys().copied().filter(|function| !named[*function]));
        while let Some(function) = open.pop() {
            if std::mem::replace(&mut kept[function], true) {
                continue;
            }
            open.extend(&calls[function]);
        }
        let moved: Vec<bool> =
            module.funcs.iter().zip(&kept).map(|(function, kept)| !kept && matches!(function.kind, FunctionKind::Local(_))).collect();
        if let Some(early) = (0..ids.len()).find(|function| named[*function] && kept[*function]) {
            let name = module.funcs.get(ids[early]).name.as_deref().unwrap_or_default();
            bail!("`{name}` is of what is loaded later, and called directly by what is loaded first");
        }
        let names: Vec<_> =
            ids.iter().zip(&moved).filter(|(_, moved)| **moved).filter_map(|(id, _)| module.funcs.get(*id).name.as_deref()).collect();
        if let Some(path) = paths.iter().find(|path| !names.iter().any(|name| name.contains(**path))) {
            bail!("there is nothing of `{path}` to be loaded later: is it called something else by now?");
        }
        let slots = slots.into_iter().filter(|(function, _)| moved[*function]).collect();
        Ok(Self { moved, slots })
    }

    /// The names of the functions that go, but for those that another function bears too.
    fn names(&self, module: &Module) -> BTreeSet<String> {
        let of = |moved: bool| {
            let functions = module.funcs.iter().zip(&self.moved).filter(move |(_, goes)| **goes == moved);
            functions.filter_map(|(function, _)| function.name.clone()).collect::<BTreeSet<String>>()
        };
        &of(true) - &of(false)
    }
}

/// Leaves zeros in place of these words.
fn silence(module: &mut Module, words: &[&str]) -> Result<()> {
    for word in words {
        let ids: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        let found = ids.into_iter().find_map(|id| {
            let at = module.data.get(id).value.windows(word.len()).position(|window| window == word.as_bytes())?;
            Some((id, at))
        });
        let (id, at) = found.with_context(|| format!("nothing says \"{word}\" by now"))?;
        module.data.get_mut(id).value[at..at + word.len()].fill(0);
    }
    Ok(())
}

/// Takes these pieces out of the module's data, each with its address. Zeros are left, which the optimiser leaves out.
fn take_data(module: &mut Module, pieces: &[Piece]) -> Result<Vec<(usize, Vec<u8>)>> {
    let mut taken = Vec::new();
    let ids: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in ids {
        let data = module.data.get_mut(id);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { bail!("data without an address") };
        let start = usize::try_from(start)?;
        let end = start + data.value.len();
        for piece in pieces.iter().filter(|piece| start <= piece.start && piece.end <= end) {
            let bytes = &mut data.value[piece.start - start..piece.end - start];
            // Where symbols overlap one is taken with the other; what is zero is so without being written.
            if bytes.iter().any(|byte| *byte != 0) {
                taken.push((piece.start, bytes.to_vec()));
                bytes.fill(0);
            }
        }
    }
    Ok(taken)
}

/// Leaves what is moved, and imports the rest.
fn cut_later(module: &mut Module, plan: &Plan, own: Vec<(usize, Vec<u8>)>) -> Result<()> {
    let Things { functions, tables, memories, globals } = Things::of(module);
    let (table, _) = table(module)?;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|export| module.exports.delete(export));
    let imports: Vec<_> = module.imports.iter().map(walrus::Import::id).collect();
    imports.into_iter().for_each(|import| module.imports.delete(import));
    module.start = None;
    for (place, id) in functions.iter().copied().enumerate().filter(|(place, _)| !plan.moved[*place]) {
        let ty = module.funcs.get(id).ty();
        let import = module.imports.add(FIRST, &name(FUNCTION, place), id);
        module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    for (place, id) in tables.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &name(TABLE, place), id);
        let table = module.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    for (place, id) in memories.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &name(MEMORY, place), id);
        let memory = module.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    for (place, id) in globals.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &name(GLOBAL, place), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|data| module.data.delete(data));
    for (address, bytes) in own {
        let memory = module.memories.iter().next().context("the module has no memory")?.id();
        let offset = ConstExpr::Value(Value::I32(i32::try_from(address)?));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|element| module.elements.delete(element));
    for (slot, places) in runs(plan) {
        let offset = ConstExpr::Value(Value::I32(i32::try_from(slot)?));
        let functions = places.into_iter().map(|place| functions[place]).collect();
        let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    passes::gc::run(module);
    Ok(())
}

/// Leaves what is not moved, and exports what the rest imports.
fn cut_first(module: &mut Module, plan: &Plan, later: &Module) -> Result<()> {
    let Things { functions, tables, memories, globals } = Things::of(module);
    let mut trap = FunctionBuilder::new(&mut module.types, &[], &[]);
    trap.func_body().unreachable();
    let trap = trap.finish(Vec::new(), &mut module.funcs);
    let moved: BTreeSet<FunctionId> =
        functions.iter().copied().enumerate().filter(|(place, _)| plan.moved[*place]).map(|(_, id)| id).collect();
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            functions.iter_mut().filter(|function| moved.contains(function)).for_each(|function| *function = trap);
        }
    }
    for import in later.imports.iter() {
        let (kind, place) = import.name.split_at(1);
        let place: usize = place.parse()?;
        match kind {
            FUNCTION => module.exports.add(&import.name, functions[place]),
            TABLE => module.exports.add(&import.name, tables[place]),
            MEMORY => module.exports.add(&import.name, memories[place]),
            _ => module.exports.add(&import.name, globals[place]),
        };
    }
    passes::gc::run(module);
    Ok(())
}

/// What a module consists of, in its order.
#[derive(Debug)]
struct Things {
    functions: Vec<FunctionId>,
    tables: Vec<TableId>,
    memories: Vec<MemoryId>,
    globals: Vec<GlobalId>,
}

impl Things {
    fn of(module: &Module) -> Self {
        Self {
            functions: module.funcs.iter().map(Function::id).collect(),
            tables: module.tables.iter().map(Table::id).collect(),
            memories: module.memories.iter().map(Memory::id).collect(),
            globals: module.globals.iter().map(Global::id).collect(),
        }
    }
}

/// The places of the table that are filled later, those that stand side by side together.
fn runs(plan: &Plan) -> Vec<(usize, Vec<usize>)> {
    let mut by_slot: Vec<(usize, usize)> = plan.slots.iter().map(|(function, slot)| (*slot, *function)).collect();
    by_slot.sort_unstable();
    let mut runs: Vec<(usize, Vec<usize>)> = Vec::new();
    for (slot, function) in by_slot {
        match runs.last_mut() {
            Some((start, functions)) if *start + functions.len() == slot => functions.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    runs
}

/// The table of functions, and what stands where in it.
fn table(module: &Module) -> Result<(TableId, Vec<(usize, FunctionId)>)> {
    let table = module.tables.main_function_table()?.context("the module has no table of functions")?;
    let mut entries = Vec::new();
    for element in module.elements.iter() {
        match (&element.kind, &element.items) {
            (ElementKind::Active { table: of, offset: ConstExpr::Value(Value::I32(offset)) }, ElementItems::Functions(functions))
                if *of == table =>
            {
                let offset = usize::try_from(*offset)?;
                entries.extend(functions.iter().enumerate().map(|(index, function)| (offset + index, *function)));
            }
            (ElementKind::Declared, _) => {}
            _ => bail!("the module fills a table in a way that can't be split"),
        }
    }
    Ok((table, entries))
}

fn callees(kind: &FunctionKind) -> BTreeSet<FunctionId> {
    #[derive(Default)]
    struct Callees(BTreeSet<FunctionId>);

    impl Visitor<'_> for Callees {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.insert(*function);
        }
    }

    let mut callees = Callees::default();
    if let FunctionKind::Local(function) = kind {
        dfs_in_order(&mut callees, function, function.entry_block());
    }
    callees.0
}

/// By the name that wasm-bindgen wrote: readable, with the hash of each crate behind its name.
fn is_later(name: &str, paths: &[&str]) -> bool {
    paths.iter().any(|path| name.contains(path))
}

/// What the first module exports under this name is there only for the second.
fn name(kind: &str, place: usize) -> String {
    format!("{kind}{place}")
}

#[cfg(test)]
mod tests {
    use walrus::RefType;

    use super::*;

    const PATHS: &[&str] = &["]::screens::later::"];

    /// `mount` calls `shared`; `draw`, which is loaded later, calls `shared` and `alone`. `direct`: `mount` calls `draw` too.
    fn module(direct: bool) -> Vec<u8> {
        let mut module = Module::default();
        let function = |module: &mut Module, name: &str, calls: &[FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name(name.to_owned());
            calls.iter().for_each(|call| {
                builder.func_body().call(*call);
            });
            builder.finish(Vec::new(), &mut module.funcs)
        };
        let shared = function(&mut module, "widget[0f]::shared", &[]);
        let alone = function(&mut module, "core[0f]::alone", &[]);
        let draw = function(&mut module, "<widget[0f]::screens::later::draw::{closure#0}>", &[shared, alone]);
        let other = function(&mut module, "widget[0f]::screens::draw", &[]);
        let mount = function(&mut module, "mount", &[shared, if direct { draw } else { other }]);
        module.exports.add("mount", mount);
        module.memories.add_local(false, false, 1, None, None);
        let table = module.tables.add_local(false, 3, Some(3), RefType::FUNCREF);
        let offset = ConstExpr::Value(Value::I32(1));
        let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(vec![other, draw]));
        module.tables.get_mut(table).elem_segments.insert(element);
        module.emit_wasm()
    }

    fn nothing(_: &BTreeSet<String>) -> Result<Vec<Piece>> {
        Ok(Vec::new())
    }

    fn names(module: &Module) -> Vec<&str> {
        module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.as_deref()).collect()
    }

    #[test]
    fn moves_what_only_the_later_part_calls() {
        let Halves { first, later } = split_by(&module(false), PATHS, nothing).expect("splits");
        let (first, later) = (Module::from_buffer(&first).expect("a module"), Module::from_buffer(&later).expect("a module"));
        assert_eq!(names(&first).iter().filter(|name| name.contains("alone") || name.contains("later")).count(), 0);
        assert_eq!(names(&first).len(), 3);
        let mut moved = names(&later);
        moved.sort_unstable();
        assert_eq!(moved, ["<widget[0f]::screens::later::draw::{closure#0}>", "core[0f]::alone"]);
        // One function and the table.
        assert_eq!(later.imports.iter().count(), 2);
        for import in later.imports.iter() {
            let is_exported = first.exports.iter().any(|export| export.name == import.name);
            assert!(import.module == FIRST && is_exported, "{} of {}", import.name, import.module);
        }
        // The place that `draw` had in the table: a trap until it comes.
        let (_, entries) = table(&later).expect("a table");
        assert_eq!(entries.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [2]);
        let (_, entries) = table(&first).expect("a table");
        assert_eq!(entries.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [1, 2]);
        assert!(is_trap(&first, entries[1].1));
    }

    fn is_trap(module: &Module, function: FunctionId) -> bool {
        let FunctionKind::Local(function) = &module.funcs.get(function).kind else { return false };
        matches!(function.block(function.entry_block()).instrs[..], [(walrus::ir::Instr::Unreachable(_), _)])
    }

    #[test]
    fn refuses_a_path_that_leads_nowhere() {
        let error =
            split_by(&module(false), &["]::screens::later::", "]::screens::gone::"], nothing).expect_err("there is none").to_string();
        assert!(error.contains("screens::gone"), "{error}");
    }

    #[test]
    fn refuses_what_could_be_called_too_early() {
        let error = split_by(&module(true), PATHS, nothing).expect_err("it is called directly").to_string();
        assert!(error.contains("screens::later::draw"), "{error}");
    }

    #[test]
    fn takes_over_the_short_names() {
        let Halves { later, .. } = split_by(&module(false), PATHS, nothing).expect("splits");
        let old = Module::from_buffer(&later).expect("a module");
        let renamed: Vec<_> = old.imports.iter().zip(["a", "b"]).map(|(import, new)| (import.name.clone(), new.to_owned())).collect();
        assert!(rename_imports(&later, &renamed[1..]).is_err());
        let later = Module::from_buffer(&rename_imports(&later, &renamed).expect("renames")).expect("a module");
        assert_eq!(later.imports.iter().map(|import| import.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
