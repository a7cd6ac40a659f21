//! The messages: every element documented, and shapes that have one serialisation only.

use std::collections::{BTreeMap, BTreeSet};

use prost_types::field_descriptor_proto::Type;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
};
use protox::file::{ChainFileResolver, File, FileResolver, GoogleFileResolver};

use super::tree::{Finding, Tree};

/// Where the messages are.
const PROTO: &str = "proto/";

/// What is signed. Everything it reaches is re-encoded and compared byte for byte.
const SIGNED: &str = ".barid.v1.EnvelopeBody";

/// Field numbers of `descriptor.proto`, by which comments are addressed.
mod tag {
    pub(super) const MESSAGES: i32 = 4;
    pub(super) const ENUMS: i32 = 5;
    pub(super) const RPC_GROUPS: i32 = 6;
    pub(super) const FIELDS: i32 = 2;
    pub(super) const NESTED: i32 = 3;
    pub(super) const NESTED_ENUMS: i32 = 4;
    pub(super) const ONEOFS: i32 = 8;
    pub(super) const VALUES: i32 = 2;
    pub(super) const RPCS: i32 = 2;
}

/// Every message, field, oneof, enum, value, service and rpc has a comment: five languages
/// inherit it.
pub(crate) fn check_documented(tree: &Tree) -> Vec<Finding> {
    let (files, mut findings) = compile(tree);
    for proto in &files {
        let path = format!("{PROTO}{}", proto.name());
        let comments = Comments::of(proto);
        for (name, place) in elements(proto) {
            if !comments.documented.contains(&place) {
                let line = comments.lines.get(&place).copied().unwrap_or(1);
                let what = format!("`{name}` has no comment: say what it means and its unit");
                findings.push(Finding::new(&path, line, what));
            }
        }
    }
    findings
}

/// No shape whose serialisation is open: maps, floating point, a oneof that straddles a field.
pub(crate) fn check_strict_shapes(tree: &Tree) -> Vec<Finding> {
    let (files, mut findings) = compile(tree);
    let messages: BTreeMap<String, (&FileDescriptorProto, &DescriptorProto)> =
        files.iter().flat_map(messages_of).collect();
    let signed = reachable(&messages);
    for (name, (proto, message)) in &messages {
        let mut report = |what: String| {
            let path = format!("{PROTO}{}", proto.name());
            findings.push(Finding::new(&path, line_of(tree, &path, message.name()), what));
        };
        if message.options.as_ref().is_some_and(|options| options.map_entry()) {
            report(format!("{name} is a map, whose order is open: make it a sorted list"));
        }
        for field in &message.field {
            let floating = matches!(field.r#type(), Type::Double | Type::Float);
            if floating && signed.contains(name) {
                report(format!(
                    "{name}.{} is floating point and signed: use whole units",
                    field.name()
                ));
            }
        }
        for straddled in straddled_oneofs(message) {
            report(format!("{name}.{straddled}: other fields stand between its numbers"));
        }
    }
    findings
}

/// The values of `FilingKind` are the numbers and names of the fields of `FilingContent`.
pub(crate) fn check_kinds(tree: &Tree) -> Vec<Finding> {
    let path = "proto/barid/v1/content.proto";
    let (files, mut findings) = compile(tree);
    let kinds = files.iter().flat_map(|proto| &proto.enum_type).find(|e| e.name() == "FilingKind");
    let content = files.iter().flat_map(|f| &f.message_type).find(|m| m.name() == "FilingContent");
    let (Some(kinds), Some(content)) = (kinds, content) else {
        return vec![Finding::new(path, 1, "FilingKind or FilingContent is missing")];
    };
    let named: BTreeMap<i32, String> = kinds
        .value
        .iter()
        .filter(|value| value.number() != 0)
        .map(|value| (value.number(), value.name().replace("FILING_KIND_", "").to_lowercase()))
        .collect();
    let fields: BTreeMap<i32, String> =
        content.field.iter().map(|field| (field.number(), field.name().to_owned())).collect();
    for number in named.keys().chain(fields.keys()).collect::<BTreeSet<_>>() {
        let (kind, field) = (named.get(number), fields.get(number));
        if kind != field {
            let line = line_of(tree, path, "FilingContent");
            let what = format!("number {number}: kind {kind:?} and field {field:?} must agree");
            findings.push(Finding::new(path, line, what));
        }
    }
    findings
}

/// The names of oneofs between whose field numbers another field stands. prost writes a oneof at
/// its smallest number, so such a message would not be in ascending order.
fn straddled_oneofs(message: &DescriptorProto) -> Vec<String> {
    let mut fields: Vec<&FieldDescriptorProto> = message.field.iter().collect();
    fields.sort_by_key(|field| field.number());
    let group =
        |field: &FieldDescriptorProto| field.oneof_index.filter(|_| !field.proto3_optional());
    let mut left = BTreeSet::new();
    let mut straddled = BTreeSet::new();
    let mut current = None;
    for field in fields {
        let index = group(field);
        if index != current {
            left.extend(current);
            straddled.extend(index.filter(|index| left.contains(index)));
        }
        current = index;
    }
    let name = |index: i32| {
        let oneof = usize::try_from(index).ok().and_then(|index| message.oneof_decl.get(index));
        oneof.map(|oneof| oneof.name().to_owned())
    };
    straddled.into_iter().filter_map(name).collect()
}

/// Names of all messages that what is signed can contain.
fn reachable(
    messages: &BTreeMap<String, (&FileDescriptorProto, &DescriptorProto)>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![SIGNED.to_owned()];
    while let Some(name) = ahead.pop() {
        let Some((_, message)) = messages.get(&name) else { continue };
        if seen.insert(name) {
            ahead.extend(message.field.iter().map(|field| field.type_name().to_owned()));
        }
    }
    seen
}

/// All messages of a source, nested ones included, by full name.
fn messages_of(
    proto: &FileDescriptorProto,
) -> Vec<(String, (&FileDescriptorProto, &DescriptorProto))> {
    let mut found = Vec::new();
    let mut ahead: Vec<(String, &DescriptorProto)> = proto
        .message_type
        .iter()
        .map(|message| (format!(".{}", proto.package()), message))
        .collect();
    while let Some((scope, message)) = ahead.pop() {
        let name = format!("{scope}.{}", message.name());
        ahead.extend(message.nested_type.iter().map(|nested| (name.clone(), nested)));
        found.push((name, (proto, message)));
    }
    found
}

/// Every element of a source with the address of its comment.
fn elements(proto: &FileDescriptorProto) -> Vec<(String, Vec<i32>)> {
    let mut found = Vec::new();
    for (at, message) in numbered(&proto.message_type) {
        message_elements(message, vec![tag::MESSAGES, at], &mut found);
    }
    for (at, enumeration) in numbered(&proto.enum_type) {
        enum_elements(enumeration, vec![tag::ENUMS, at], &mut found);
    }
    for (at, group) in numbered(&proto.service) {
        let place = vec![tag::RPC_GROUPS, at];
        for (at, rpc) in numbered(&group.method) {
            let name = format!("{}.{}", group.name(), rpc.name());
            found.push((name, below(&place, tag::RPCS, at)));
        }
        found.push((group.name().to_owned(), place));
    }
    found
}

fn message_elements(
    message: &DescriptorProto,
    place: Vec<i32>,
    found: &mut Vec<(String, Vec<i32>)>,
) {
    for (at, field) in numbered(&message.field) {
        let name = format!("{}.{}", message.name(), field.name());
        found.push((name, below(&place, tag::FIELDS, at)));
    }
    let synthetic = |at: i32| {
        message.field.iter().any(|field| field.proto3_optional() && field.oneof_index == Some(at))
    };
    for (at, oneof) in numbered(&message.oneof_decl).filter(|(at, _)| !synthetic(*at)) {
        let name = format!("{}.{}", message.name(), oneof.name());
        found.push((name, below(&place, tag::ONEOFS, at)));
    }
    for (at, nested) in numbered(&message.nested_type) {
        message_elements(nested, below(&place, tag::NESTED, at), found);
    }
    for (at, nested) in numbered(&message.enum_type) {
        enum_elements(nested, below(&place, tag::NESTED_ENUMS, at), found);
    }
    found.push((message.name().to_owned(), place));
}

fn enum_elements(
    enumeration: &EnumDescriptorProto,
    place: Vec<i32>,
    found: &mut Vec<(String, Vec<i32>)>,
) {
    for (at, value) in numbered(&enumeration.value) {
        found.push((value.name().to_owned(), below(&place, tag::VALUES, at)));
    }
    found.push((enumeration.name().to_owned(), place));
}

fn numbered<T>(items: &[T]) -> impl Iterator<Item = (i32, &T)> {
    (0..).zip(items)
}

fn below(place: &[i32], tag: i32, at: i32) -> Vec<i32> {
    let mut place = place.to_vec();
    place.extend([tag, at]);
    place
}

/// Which elements have a comment, and on which line each stands.
struct Comments {
    documented: BTreeSet<Vec<i32>>,
    lines: BTreeMap<Vec<i32>, usize>,
}

impl Comments {
    fn of(proto: &FileDescriptorProto) -> Self {
        let mut comments = Self { documented: BTreeSet::new(), lines: BTreeMap::new() };
        for location in proto.source_code_info.iter().flat_map(|info| &info.location) {
            let line = location.span.first().copied().unwrap_or(0);
            comments.lines.insert(location.path.clone(), usize::try_from(line).unwrap_or(0) + 1);
            if !location.leading_comments().trim().is_empty() {
                comments.documented.insert(location.path.clone());
            }
        }
        comments
    }
}

fn line_of(tree: &Tree, path: &str, message: &str) -> usize {
    let opening = format!("message {message} ");
    let lines = tree.text(path).into_iter().flat_map(str::lines);
    lines.into_iter().position(|line| line.starts_with(&opening)).map_or(1, |at| at + 1)
}

/// Compiles the tree's messages; what does not compile is a finding.
fn compile(tree: &Tree) -> (Vec<FileDescriptorProto>, Vec<Finding>) {
    let texts: BTreeMap<String, String> = tree
        .ending(".proto")
        .filter_map(|(path, text)| Some((path.strip_prefix(PROTO)?.to_owned(), text.to_owned())))
        .collect();
    let names: Vec<String> = texts.keys().cloned().collect();
    let mut resolver = ChainFileResolver::new();
    resolver.add(Planted(texts));
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler.include_source_info(true).include_imports(false);
    if let Err(error) = compiler.open_files(&names) {
        let name = error.file().map_or_else(|| PROTO.to_owned(), |name| format!("{PROTO}{name}"));
        return (Vec::new(), vec![Finding::new(&name, 1, format!("does not compile: {error}"))]);
    }
    (compiler.file_descriptor_set().file, Vec::new())
}

/// Sources from a tree instead of a disk.
struct Planted(BTreeMap<String, String>);

impl FileResolver for Planted {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        let text = self.0.get(name).ok_or_else(|| protox::Error::file_not_found(name))?;
        File::from_source(name, text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Finding, Tree, assert_catches};
    use super::{check_documented, check_kinds, check_strict_shapes};

    fn expect(check: fn(&Tree) -> Vec<Finding>, body: &str, expected: usize) {
        let text = format!("syntax = \"proto3\";\npackage barid.v1;\n{body}");
        assert_catches(check, &[("proto/barid/v1/content.proto", &text)], expected);
    }

    #[test]
    fn an_element_without_comment_is_caught_wherever_it_stands() {
        expect(check_documented, "// A.\nmessage A {\n  // B.\n  bool b = 1;\n}\n", 0);
        expect(check_documented, "// A.\nmessage A {\n  bool b = 1;\n}\n", 1);
        expect(check_documented, "message A {}\n", 1);
        expect(check_documented, "// E.\nenum E {\n  E_A = 0;\n}\n", 1);
        expect(
            check_documented,
            "// A.\nmessage A {}\n// S.\nservice S { rpc R(A) returns (A); }",
            1,
        );
        let oneof = "// A.\nmessage A {\n  oneof o {\n    // B.\n    bool b = 1;\n  }\n}\n";
        expect(check_documented, oneof, 1);
    }

    #[test]
    fn a_oneof_around_another_field_is_caught() {
        let good = "message A { oneof o { bool a = 1; bool b = 2; } bool c = 3; }";
        let bad = "message A { oneof o { bool a = 1; bool b = 3; } bool c = 2; }";
        expect(check_strict_shapes, good, 0);
        expect(check_strict_shapes, bad, 1);
        let optional = "message A { optional bool a = 1; bool b = 2; optional bool c = 3; }";
        expect(check_strict_shapes, optional, 0);
    }

    #[test]
    fn maps_and_signed_fractions_are_caught() {
        expect(check_strict_shapes, "message A { map<string, string> m = 1; }", 1);
        expect(check_strict_shapes, "message A { double d = 1; }", 0);
        let signed = "message EnvelopeBody { A a = 1; }\nmessage A { repeated float d = 1; }";
        expect(check_strict_shapes, signed, 1);
    }

    #[test]
    fn a_kind_without_its_field_is_caught() {
        let kinds = "enum FilingKind { FILING_KIND_UNSPECIFIED = 0; FILING_KIND_CALL_IN = 6; }\n\
                     message X {}\n";
        let with =
            |field: &str| format!("{kinds}message FilingContent {{ oneof c {{ {field} }} }}");
        expect(check_kinds, &with("X call_in = 6;"), 0);
        expect(check_kinds, &with("X called_in = 6;"), 1);
        expect(check_kinds, &with("X call_in = 7;"), 2);
        expect(check_kinds, "message A {}", 1);
    }

    #[test]
    fn what_does_not_compile_is_said() {
        expect(check_documented, "message {", 1);
    }
}
