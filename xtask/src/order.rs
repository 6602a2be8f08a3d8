//! Puts the functions of a module into an order in which they compress better: those of one type together, and among them each beside the
//! one it has most in common with. What a function is called by is its number, so every number is written anew; nothing else changes.
//!
//! Measured on the widget: 1.9 % of its size (brotli).

use std::collections::HashSet;

use anyhow::{Context, Result, bail};
use wasmparser::{ElementItems, ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// What functions are compared by: all pieces of this length.
const PIECE: usize = 5;
/// So many pieces more count as if they differed: short functions are like everything.
const CAUTION: usize = 20;

/// The same module, its functions in another order.
pub(crate) fn order(module: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::read(module)?;
    let order = functions.order();
    let mut numbers: Vec<u32> = (0..functions.imported).collect();
    numbers.resize(functions.imported as usize + order.len(), 0);
    for (number, function) in (functions.imported..).zip(&order) {
        numbers[functions.imported as usize + function] = number;
    }
    let write = Rewrite { module, numbers };
    let mut ordered = module[..8].to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let content = match payload {
            Payload::FunctionSection(_) => listed(order.iter().map(|function| number(functions.types[*function]))),
            Payload::CodeSectionStart { .. } => {
                let bodies: Result<Vec<_>> = order.iter().map(|function| write.body(&functions.bodies[*function])).collect();
                listed(bodies?.into_iter())
            }
            Payload::ExportSection(exports) => {
                let mut exports = exports.into_iter().collect::<Result<Vec<_>, _>>()?;
                exports.sort_by_key(|export| (export.kind == ExternalKind::Func, write.numbers.get(export.index as usize)));
                let exports: Result<Vec<_>> = exports.iter().map(|export| write.export(export)).collect();
                listed(exports?.into_iter())
            }
            Payload::ElementSection(elements) => {
                let elements: Result<Vec<_>> = elements.into_iter().map(|element| write.element(&element?)).collect();
                listed(elements?.into_iter())
            }
            Payload::StartSection { func, .. } => number(write.numbers[func as usize]),
            Payload::GlobalSection(globals) => {
                for global in globals {
                    for operator in global?.init_expr.get_operators_reader() {
                        if matches!(operator?, Operator::RefFunc { .. }) {
                            bail!("a global of the module holds a function");
                        }
                    }
                }
                part(module, range.start, range.end).to_vec()
            }
            _ => part(module, range.start, range.end).to_vec(),
        };
        ordered.push(id);
        ordered.extend(sized(&content));
    }
    Ok(ordered)
}

/// The functions a module defines.
struct Functions<'a> {
    imported: u32,
    types: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Functions<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut functions = Self { imported: 0, types: Vec::new(), bodies: Vec::new() };
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(types) => functions.types = types.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => functions.bodies.push(body),
                _ => {}
            }
        }
        Ok(functions)
    }

    fn order(&self) -> Vec<usize> {
        let bytes: Vec<&[u8]> = self.bodies.iter().map(|body| body.as_bytes()).collect();
        let pieces: Vec<HashSet<&[u8]>> = bytes.iter().map(|body| body.windows(PIECE).collect()).collect();
        let mut left: Vec<usize> = (0..bytes.len()).collect();
        left.sort_by_key(|function| (self.types[*function], bytes[*function]));
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let place = order.last().map_or(0, |last: &usize| {
                let likeness = |other: usize| {
                    let common = pieces[*last].intersection(&pieces[other]).count();
                    common * 1_000_000 / (pieces[other].len() + CAUTION)
                };
                let of_type = left.iter().take_while(|other| self.types[**other] == self.types[left[0]]);
                // The first of the best: the order must not depend on anything else.
                let best = of_type.enumerate().map(|(place, other)| (likeness(*other), std::cmp::Reverse(place))).max();
                best.map_or(0, |(_, place)| place.0)
            });
            order.push(left.remove(place));
        }
        order
    }
}

struct Rewrite<'a> {
    module: &'a [u8],
    /// By the old number of a function, its new one.
    numbers: Vec<u32>,
}

impl Rewrite<'_> {
    fn body(&self, body: &FunctionBody<'_>) -> Result<Vec<u8>> {
        let mut written = Vec::new();
        let mut copied = body.range().start;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            if let Operator::Call { function_index } | Operator::RefFunc { function_index } = operator {
                // The operator is one byte, its number follows.
                written.extend(part(self.module, copied, offset + 1));
                written.extend(number(self.numbers[function_index as usize]));
                copied = operators.original_position();
            } else if matches!(operator, Operator::ReturnCall { .. }) {
                bail!("the module calls in a way that is not known here");
            }
        }
        written.extend(part(self.module, copied, body.range().end));
        Ok(sized(&written))
    }

    fn export(&self, export: &wasmparser::Export<'_>) -> Result<Vec<u8>> {
        let (kind, index) = match export.kind {
            ExternalKind::Func => (0, self.numbers[export.index as usize]),
            ExternalKind::Table => (1, export.index),
            ExternalKind::Memory => (2, export.index),
            ExternalKind::Global => (3, export.index),
            kind => bail!("the module exports a {kind:?}"),
        };
        let mut written = sized(export.name.as_bytes());
        written.push(kind);
        written.extend(number(index));
        Ok(written)
    }

    fn element(&self, element: &wasmparser::Element<'_>) -> Result<Vec<u8>> {
        let ElementItems::Functions(functions) = &element.items else { bail!("the module fills a table by expressions") };
        let functions: Vec<(u64, u32)> = functions.clone().into_iter_with_offsets().collect::<Result<_, _>>()?;
        let (first, _) = functions.first().context("the module fills a table with nothing")?;
        let mut written = part(self.module, element.range.start, *first).to_vec();
        functions.iter().for_each(|(_, function)| written.extend(number(self.numbers[*function as usize])));
        Ok(written)
    }
}

/// What stands between two places.
pub(crate) fn part(module: &[u8], start: u64, end: u64) -> &[u8] {
    let place = |place: u64| usize::try_from(place).expect("a place in memory");
    &module[place(start)..place(end)]
}

/// A number as modules write it: seven bits to a byte, the lowest first.
fn number(mut number: u32) -> Vec<u8> {
    let mut written = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if number == 0 {
            written.push(low);
            return written;
        }
        written.push(low | 0x80);
    }
}

pub(crate) fn sized(content: &[u8]) -> Vec<u8> {
    [number(u32::try_from(content.len()).expect("a module is smaller than that")), content.to_vec()].concat()
}

pub(crate) fn listed(items: impl ExactSizeIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut written = number(u32::try_from(items.len()).expect("a module is smaller than that"));
    items.for_each(|item| written.extend(item));
    written
}

#[cfg(test)]
mod tests {
    use walrus::{
        ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module, RefType, ValType, ir::*,
    };

    use super::*;

    /// Functions that return their number after calling others; two of another type between them; in a table, exported and called.
    fn module() -> Vec<u8> {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        let (outside, _) = module.add_import_func("other", "outside", ty);
        let answer = |module: &mut Module, number: i32, calls: &[FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
            let mut body = builder.func_body();
            for call in calls {
                body.call(*call);
                if *call != calls[0] {
                    body.drop();
                }
            }
            for part in 0..number {
                body.i32_const(part).drop();
            }
            body.i32_const(number);
            builder.finish(Vec::new(), &mut module.funcs)
        };
        let one = answer(&mut module, 1, &[outside]);
        let idle = FunctionBuilder::new(&mut module.types, &[ValType::I64], &[]).finish(vec![], &mut module.funcs);
        let two = answer(&mut module, 2, &[outside, outside]);
        let other = FunctionBuilder::new(&mut module.types, &[ValType::I64], &[]).finish(vec![], &mut module.funcs);
        let three = answer(&mut module, 3, &[outside, one]);
        for (name, function) in [("one", one), ("idle", idle), ("two", two), ("other", other), ("three", three)] {
            module.exports.add(name, function);
        }
        let table = module.tables.add_local(false, 3, Some(3), RefType::FUNCREF);
        let items = ElementItems::Functions(vec![three, one, two]);
        let element = module.elements.add(ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(0)) }, items);
        module.tables.get_mut(table).elem_segments.insert(element);
        module.emit_wasm()
    }

    /// The number a function returns.
    fn returned(module: &Module, function: FunctionId) -> i32 {
        let FunctionKind::Local(function) = &module.funcs.get(function).kind else { panic!("it is not imported") };
        match function.block(function.entry_block()).instrs.last() {
            Some((Instr::Const(Const { value: Value::I32(number) }), _)) => *number,
            instruction => panic!("{instruction:?}"),
        }
    }

    #[test]
    fn everything_is_called_by_its_new_number() {
        let before = module();
        let after = order(&before).expect("an order");
        assert_eq!(after.len(), before.len());
        assert_eq!(order(&after).expect("an order"), after, "it is in order");
        let types = Functions::read(&after).expect("functions").types;
        assert!(types.is_sorted(), "{types:?}");
        let module = Module::from_buffer(&after).expect("a module");
        let exported = |name: &str| match module.exports.iter().find(|export| export.name == name).map(|export| export.item) {
            Some(ExportItem::Function(function)) => function,
            item => panic!("{name}: {item:?}"),
        };
        for (name, number) in [("one", 1), ("two", 2), ("three", 3)] {
            assert_eq!(returned(&module, exported(name)), number);
        }
        let FunctionKind::Local(three) = &module.funcs.get(exported("three")).kind else { panic!("it is not imported") };
        let called = three.block(three.entry_block()).instrs.iter().filter_map(|(instruction, _)| match instruction {
            Instr::Call(Call { func }) => Some(*func),
            _ => None,
        });
        let called: Vec<_> = called.collect();
        assert!(matches!(module.funcs.get(called[0]).kind, FunctionKind::Import(_)));
        assert_eq!(returned(&module, called[1]), 1);
        let Some(ElementItems::Functions(functions)) = module.elements.iter().next().map(|element| &element.items) else {
            panic!("a table")
        };
        assert_eq!(functions.iter().map(|function| returned(&module, *function)).collect::<Vec<_>>(), [3, 1, 2]);
    }
}
