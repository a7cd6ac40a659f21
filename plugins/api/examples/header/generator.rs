//! From `src/abi.rs` to C: constants, structs of scalars and function pointers, and the one symbol.
//!
//! Understands what the boundary needs and refuses the rest, so that nothing crosses unnoticed.

use std::fmt::Write;

use syn::{
    Attribute, Expr, Field, GenericArgument, Item, ItemConst, ItemStruct, ItemType, Lit, Meta,
    PathArguments, PointerMutability, ReturnType, Type, TypeFnPtr,
};

/// Anything in `abi.rs` that has no C form here.
type Failure = Box<dyn std::error::Error>;

const PREAMBLE: &str = "\
/*
 * The boundary between the hub and an institution's format, version 1.
 *
 * A format is a shared library that exports one symbol, barid_plugin_entry. What crosses the
 * boundary is bytes: the serialised messages of proto/barid/v1/reading.proto. How to write a
 * format, with a complete one in C to start from: plugins/README.md.
 *
 * Generated from plugins/api/src/abi.rs. Do not edit: change that file, then run
 *     cargo run -p barid-plugin --example header
 */
#ifndef BARID_PLUGIN_H
#define BARID_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern \"C\" {
#endif
";

const CLOSING: &str = "
#ifdef __cplusplus
}
#endif

#endif
";

/// The header for the boundary that `abi` describes.
pub(crate) fn header(abi: &str) -> Result<String, Failure> {
    let mut out = PREAMBLE.to_owned();
    for item in syn::parse_file(abi)?.items {
        match item {
            Item::Use(_) => {}
            Item::Const(item) => constant(&mut out, &item)?,
            Item::Struct(item) => structure(&mut out, &item)?,
            Item::Type(item) => symbol(&mut out, &item)?,
            _ => return Err("abi.rs has an item that is no constant, struct or type".into()),
        }
    }
    out.push_str(CLOSING);
    Ok(out)
}

fn constant(out: &mut String, item: &ItemConst) -> Result<(), Failure> {
    let Expr::Lit(value) = &*item.expr else { return Err("a constant is no literal".into()) };
    let Lit::Int(value) = &value.lit else { return Err("a constant is no integer".into()) };
    let digits = value.base10_digits();
    let value = match scalar(&item.ty)? {
        "uint32_t" => format!("UINT32_C({digits})"),
        "int32_t" => format!("INT32_C({digits})"),
        other => format!("(({other}){digits})"),
    };
    comment(out, "", &item.attrs)?;
    writeln!(out, "#define {} {value}", item.ident)?;
    Ok(())
}

fn structure(out: &mut String, item: &ItemStruct) -> Result<(), Failure> {
    let frozen = item.attrs.iter().any(|attribute| attribute.path().is_ident("repr"));
    if !frozen {
        return Err(format!("{} is not #[repr(C)]", item.ident).into());
    }
    comment(out, "", &item.attrs)?;
    writeln!(out, "typedef struct {} {{", item.ident)?;
    for one in &item.fields {
        member(out, one)?;
    }
    writeln!(out, "}} {};", item.ident)?;
    Ok(())
}

fn member(out: &mut String, member: &Field) -> Result<(), Failure> {
    let name = member.ident.as_ref().ok_or("a field has no name")?.to_string();
    comment(out, "    ", &member.attrs)?;
    match optional(&member.ty) {
        Some(function) => writeln!(out, "    {};", declaration(&format!("(*{name})"), function)?)?,
        None => writeln!(out, "    {};", variable(&name, &member.ty)?)?,
    }
    Ok(())
}

/// The symbol that a plugin exports; its name is the type's, as C writes names.
fn symbol(out: &mut String, item: &ItemType) -> Result<(), Failure> {
    let Type::FnPtr(function) = &*item.ty else { return Err("a type is no function".into()) };
    let mut name = String::new();
    for letter in item.ident.to_string().chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    comment(out, "", &item.attrs)?;
    writeln!(out, "#if defined(__GNUC__)\n__attribute__((visibility(\"default\")))\n#endif")?;
    writeln!(out, "{};", declaration(&name, function)?)?;
    Ok(())
}

fn declaration(name: &str, function: &TypeFnPtr) -> Result<String, Failure> {
    let mut arguments = Vec::new();
    for argument in &function.inputs {
        let (name, _) = argument.name.as_ref().ok_or("an argument has no name")?;
        arguments.push(variable(&name.to_string(), &argument.ty)?);
    }
    let arguments = if arguments.is_empty() { "void".to_owned() } else { arguments.join(", ") };
    let called = format!("{name}({arguments})");
    match &function.output {
        ReturnType::Default => Ok(format!("void {called}")),
        ReturnType::Type(_, output) => variable(&called, output),
    }
}

fn variable(name: &str, of: &Type) -> Result<String, Failure> {
    let Type::Ptr(pointer) = of else { return Ok(format!("{} {name}", scalar(of)?)) };
    let constant = match pointer.mutability {
        PointerMutability::Const(_) => "const ",
        PointerMutability::Mut(_) => "",
    };
    Ok(format!("{constant}{} *{name}", scalar(&pointer.elem)?))
}

fn scalar(of: &Type) -> Result<&'static str, Failure> {
    const NAMES: [(&str, &str); 8] = [
        ("u8", "uint8_t"),
        ("u32", "uint32_t"),
        ("i32", "int32_t"),
        ("usize", "size_t"),
        ("c_void", "void"),
        ("BaridBytes", "BaridBytes"),
        ("BaridBuffer", "BaridBuffer"),
        ("BaridPluginTable", "BaridPluginTable"),
    ];
    let Type::Path(path) = of else { return Err("a type has no name".into()) };
    let found = NAMES.iter().find(|(rust, _)| path.path.is_ident(rust));
    Ok(found.ok_or("a type has no C form")?.1)
}

/// The function in `Option<fn(..)>`.
fn optional(of: &Type) -> Option<&TypeFnPtr> {
    let Type::Path(path) = of else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(Type::FnPtr(function)) => Some(function),
        _ => None,
    }
}

/// The doc comment, as a C comment; links of Rust become plain names.
fn comment(out: &mut String, indent: &str, attributes: &[Attribute]) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        if let Expr::Lit(text) = &meta.value
            && let Lit::Str(text) = &text.lit
        {
            let text = text.value().replace("[`", "").replace("`]", "").replace('`', "");
            lines.push(text.trim().to_owned());
        }
    }
    let (first, rest) = lines.split_first().ok_or("something is not documented")?;
    if !out.ends_with("{\n") {
        out.push('\n');
    }
    write!(out, "{indent}/* {first}")?;
    for line in rest {
        let text = format!("\n{indent} * {line}");
        out.push_str(text.trim_end_matches(' '));
    }
    writeln!(out, " */")?;
    Ok(())
}
