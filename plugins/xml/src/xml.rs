//! Elements and attributes with their namespaces, as the guard lets them through.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::EscapeError;
use quick_xml::events::{BytesStart, attributes};
use quick_xml::name::{Namespace, NamespaceResolver, PrefixDeclaration, ResolveResult};

use crate::chars::{is_char, is_plain, is_plain_value, is_qname, is_space};
use crate::guard::ATTRIBUTES_MAX;

/// Namespace of `xml:lang` (Namespaces in XML 1.0, section 3).
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespace of namespace declarations themselves.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What receives a document.
pub trait Sink {
    /// An element begins.
    fn start(&mut self, element: &Element<'_>);
    /// Text of the innermost open element; may come in pieces.
    fn text(&mut self, text: &str);
    /// The innermost open element ends.
    fn end(&mut self);
}

/// Why a document is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Has more than `SIZE_MAX_BYTES`; how many.
    TooLarge(usize),
    /// Is in no encoding that is read.
    NotUnicode,
    /// Does not begin like XML; its first characters.
    NotXml(String),
    /// Has no root element.
    NoRoot,
    /// Is not well-formed; in which way.
    Syntax(String),
    /// Contains a character that XML does not allow.
    Character(String),
    /// Has a document type declaration.
    DocType,
    /// Refers to an entity by this name.
    Entity(String),
    /// Declares another version than 1.0.
    Version,
    /// Declares an encoding that it is not in.
    EncodingDiffers(String),
    /// Uses a prefix that is not declared, or declares one wrongly.
    Namespace(String),
    /// Has an attribute twice on one element.
    AttributeTwice(String),
    /// Has more than [`ATTRIBUTES_MAX`] attributes on one element.
    TooManyAttributes,
    /// Nests deeper than `DEPTH_MAX`.
    TooDeep,
    /// Has more than `EVENTS_MAX` events.
    TooManyEvents,
    /// Goes on after its root element.
    Trailing,
}

/// An element's beginning.
#[derive(Debug)]
pub struct Element<'e> {
    /// Its namespace; empty for none.
    pub namespace: &'e str,
    /// Its name without prefix.
    pub local: &'e str,
    pub(crate) attributes: Vec<Attribute<'e>>,
}

/// One attribute. Namespace declarations are not among them.
#[derive(Debug)]
pub(crate) struct Attribute<'e> {
    /// As written, with its prefix.
    name: &'e str,
    namespace: &'e str,
    local: &'e str,
    value: Cow<'e, str>,
}

impl Element<'_> {
    /// The value of an attribute without namespace.
    #[must_use]
    pub fn attribute(&self, local: &str) -> Option<&str> {
        self.attribute_of("", local)
    }

    /// The value of an attribute of a namespace.
    #[must_use]
    pub fn attribute_of(&self, namespace: &str, local: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.namespace == namespace && attribute.local == local)
            .map(|attribute| attribute.value.as_ref())
    }
}

/// All attributes of an element, checked.
pub(crate) fn attributes<'e>(
    start: &'e BytesStart<'_>,
    resolver: &'e NamespaceResolver,
) -> Result<Vec<Attribute<'e>>, Why> {
    let raw = start.attributes_raw();
    if !raw.contains('=') {
        // Most elements have none. What else stands there, the parser names.
        let wrong = start.attributes().with_checks(false).find_map(Result::err);
        return wrong.map_or(Ok(Vec::new()), |error| Err(Why::Syntax(error.to_string())));
    }
    if !is_spaced(raw) {
        return Err(Why::Syntax("no space between attributes".to_owned()));
    }
    let (mut found, mut bindings) = (Vec::<Attribute<'e>>::new(), Vec::<&str>::new());
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| Why::Syntax(error.to_string()))?;
        // Looking for duplicates takes the square of their number.
        if found.len() + bindings.len() >= ATTRIBUTES_MAX {
            return Err(Why::TooManyAttributes);
        }
        let name = attribute.key;
        let written = name.into_inner();
        if found.iter().any(|other| other.name == written) || bindings.contains(&written) {
            return Err(Why::AttributeTwice(written.to_owned()));
        }
        if !is_qname(written) {
            return Err(Why::Syntax(format!("`{written}` is not a name")));
        }
        let value = value(attribute)?;
        if let Some(prefix) = name.as_namespace_binding() {
            check_binding(prefix, &value)?;
            bindings.push(written);
            continue;
        }
        let (resolved, local) = resolver.resolve_attribute(name);
        let namespace = namespace_of(resolved)?;
        let local = local.into_inner();
        // Two prefixes can mean one namespace; without a prefix the name as written tells.
        let is_same = |other: &Attribute<'_>| other.namespace == namespace && other.local == local;
        if !namespace.is_empty() && found.iter().any(is_same) {
            return Err(Why::AttributeTwice(written.to_owned()));
        }
        found.push(Attribute { name: written, namespace, local, value });
    }
    Ok(found)
}

/// An attribute's value as XML means it.
fn value<'e>(attribute: attributes::Attribute<'e>) -> Result<Cow<'e, str>, Why> {
    if is_plain_value(&attribute.value) {
        return Ok(attribute.value);
    }
    if attribute.value.contains('<') {
        return Err(Why::Syntax(format!("`<` in attribute `{}`", attribute.key.as_ref())));
    }
    let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(value_wrong)?;
    checked(&value)?;
    Ok(value)
}

/// Refuses characters that XML does not allow.
pub(crate) fn checked(text: &str) -> Result<(), Why> {
    if is_plain(text) {
        return Ok(());
    }
    match text.chars().find(|c| !is_char(*c)) {
        Some(c) => Err(Why::Character(format!("U+{:04X}", u32::from(c)))),
        None => Ok(()),
    }
}

/// Whether white space stands between every two attributes, which the parser does not check.
fn is_spaced(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(quote) = rest.find(['"', '\'']) {
        let (_, opened) = rest.split_at(quote);
        let mut letters = opened.chars();
        let Some(mark) = letters.next() else { return true };
        let Some((_, behind)) = letters.as_str().split_once(mark) else { return true };
        if behind.starts_with(|c| !is_space(c) && c != '/') {
            return false;
        }
        rest = behind;
    }
    true
}

/// Refuses what Namespaces in XML 1.0 reserves (sections 2.2 and 3).
fn check_binding(prefix: PrefixDeclaration<'_>, namespace: &str) -> Result<(), Why> {
    let wrong = match prefix {
        PrefixDeclaration::Named("xml") => namespace != XML,
        PrefixDeclaration::Named(_) => matches!(namespace, "" | XML | XMLNS),
        PrefixDeclaration::Default => matches!(namespace, XML | XMLNS),
    };
    if wrong { Err(Why::Namespace(format!("`{namespace}` is reserved"))) } else { Ok(()) }
}

/// What an XML declaration says: version, then perhaps encoding, then perhaps standalone
/// (XML 1.0, production 23).
pub(crate) struct Declared {
    pub(crate) version: String,
    pub(crate) encoding: Option<String>,
}

/// Reads an XML declaration, `content` being what stands between `<?` and `?>`.
pub(crate) fn declared(content: &str) -> Result<Declared, Why> {
    let malformed = || Why::Syntax("malformed XML declaration".to_owned());
    let start = BytesStart::from_content(content, "xml".len());
    if !is_spaced(start.attributes_raw()) {
        return Err(malformed());
    }
    let mut parts = Vec::new();
    // One more than there can be; the rest makes no difference.
    for attribute in start.attributes().take(4) {
        let attribute = attribute.map_err(|_| malformed())?;
        parts.push((attribute.key.into_inner(), attribute.value.into_owned()));
    }
    let mut parts = parts.into_iter().peekable();
    let version = parts.next_if(|(name, _)| *name == "version").ok_or_else(malformed)?.1;
    let encoding = parts.next_if(|(name, _)| *name == "encoding").map(|(_, value)| value);
    parts.next_if(|(name, value)| *name == "standalone" && matches!(value.as_str(), "yes" | "no"));
    if parts.next().is_some() {
        return Err(malformed());
    }
    Ok(Declared { version, encoding })
}

/// The namespace of a name; empty for none.
pub(crate) fn namespace_of(resolved: ResolveResult<'_>) -> Result<&str, Why> {
    match resolved {
        ResolveResult::Bound(Namespace(XMLNS)) => {
            Err(Why::Namespace("`xmlns` names no element".to_owned()))
        }
        ResolveResult::Bound(namespace) => Ok(namespace.into_inner()),
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Unknown(prefix) => {
            Err(Why::Namespace(format!("`{prefix}` is not declared")))
        }
    }
}

fn value_wrong(error: quick_xml::Error) -> Why {
    match error {
        quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => Why::Entity(name),
        other => Why::Syntax(other.to_string()),
    }
}
