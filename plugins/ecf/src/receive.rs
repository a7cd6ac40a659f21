//! What both notations of a message come down to: named elements, their text, and the identifiers
//! by which a message points within itself.

/// What receives a message, whatever its notation.
pub(crate) trait Receiver {
    /// An element begins. The first one is the message itself.
    fn open(&mut self, element: Opening<'_>);
    /// Text of the innermost open element; may come in pieces.
    fn text(&mut self, text: &str);
    /// The innermost open element ends.
    fn close(&mut self);
}

/// An element's beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening<'e> {
    /// Its name without prefix.
    pub(crate) name: &'e str,
    /// Its namespace.
    pub(crate) namespace: &'e str,
    /// By which identifier the message points to it.
    pub(crate) id: Option<&'e str>,
    /// The identifier that it points to.
    pub(crate) reference: Option<&'e str>,
}
