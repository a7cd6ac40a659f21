//! Names in Word files.

use barid_xml_reading::Element;

/// Namespaces of WordprocessingML: transitional and strict (ECMA-376 parts 4 and 1).
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Namespaces of mathematics in it.
const MATH: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
];

/// Namespace of alternatives for programs of different age (ECMA-376 part 3).
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Whether an element is one of WordprocessingML.
pub(crate) fn is_word(element: &Element<'_>) -> bool {
    WORD.contains(&element.namespace)
}

/// Whether an element belongs to a formula.
pub(crate) fn is_math(element: &Element<'_>) -> bool {
    MATH.contains(&element.namespace)
}

/// Whether an element belongs to a choice between alternatives.
pub(crate) fn is_alternative(element: &Element<'_>) -> bool {
    element.namespace == COMPATIBILITY
}

/// An attribute of WordprocessingML.
pub(crate) fn attribute<'e>(element: &'e Element<'_>, local: &str) -> Option<&'e str> {
    WORD.iter().find_map(|namespace| element.attribute_of(namespace, local))
}

/// The attribute `w:val`.
pub(crate) fn value<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    attribute(element, "val")
}

/// Whether a property that is there is switched on (ECMA-376 part 1, section 17.17.4).
pub(crate) fn is_on(element: &Element<'_>) -> bool {
    !matches!(value(element), Some("0" | "false" | "off"))
}
