//! Naming a key on a token: RFC 7512.
//!
//! ```text
//! pkcs11:token=Office;object=seal?module-path=/usr/lib/maker.so&pin-source=file:/etc/pin
//! ```
//!
//! What is not understood is refused, never passed over: it may be what tells two keys apart. A PIN
//! within the URI is refused too, since command lines and settings are read by others.

use std::path::PathBuf;

/// How every such URI begins.
pub(crate) const SCHEME: &str = "pkcs11:";

/// Which key of which token, behind which module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUri {
    /// The maker's library.
    pub module: PathBuf,
    /// The token's label.
    pub token: Option<String>,
    /// The token's serial number.
    pub serial: Option<String>,
    /// The key's label.
    pub object: Option<String>,
    /// The key's identifier.
    pub id: Option<Vec<u8>>,
    /// The path that holds the PIN.
    pub pin_source: Option<PathBuf>,
}

/// Why a URI names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UriError {
    /// Another scheme.
    #[error("a key on a token is named by a URI that begins with {SCHEME}")]
    Scheme,
    /// A part that is not `name=value`.
    #[error("{0:?} in the key's URI is not name=value")]
    Part(String),
    /// A part that stands for nothing here.
    #[error("{0:?} in the key's URI is not understood")]
    Unknown(String),
    /// A part given twice.
    #[error("{0:?} is given twice in the key's URI")]
    Twice(String),
    /// A percent sign without two digits, or text that is not UTF-8.
    #[error("the value of {0:?} in the key's URI is not percent-encoded text")]
    Encoding(String),
    /// A PIN where others can read it.
    #[error(
        "a PIN does not belong into a URI: put it into a path of its own, and name that path \
             with pin-source"
    )]
    PinValue,
    /// No module.
    #[error("the key's URI names no module: add ?module-path=, the library of the token's maker")]
    NoModule,
    /// Nothing says which key.
    #[error("the key's URI names neither object nor id")]
    NoObject,
    /// Another type of object.
    #[error("the key's URI names an object of type {0:?}, not a private key")]
    Type(String),
}

impl KeyUri {
    /// Whether a text is meant as such a URI, and not as a path.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(SCHEME)
    }

    /// Reads a URI.
    ///
    /// # Errors
    /// [`UriError`].
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let rest = text.strip_prefix(SCHEME).ok_or(UriError::Scheme)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut parts = Parts::default();
        for part in path.split(';').filter(|part| !part.is_empty()) {
            parts.take(part, &["token", "serial", "object", "id", "type"])?;
        }
        for part in query.split('&').filter(|part| !part.is_empty()) {
            parts.take(part, &["module-path", "pin-source"])?;
        }
        if let Some(other) = parts.text("type")?.filter(|kind| kind != "private") {
            return Err(UriError::Type(other));
        }
        let (object, id) = (parts.text("object")?, parts.bytes("id"));
        if object.is_none() && id.is_none() {
            return Err(UriError::NoObject);
        }
        let pin_source = parts.text("pin-source")?.map(|source| {
            let path = source.strip_prefix("file:").unwrap_or(&source);
            // file:///etc/pin and file:/etc/pin are the same.
            PathBuf::from(path.strip_prefix("//").unwrap_or(path))
        });
        Ok(Self {
            module: parts.text("module-path")?.ok_or(UriError::NoModule)?.into(),
            token: parts.text("token")?,
            serial: parts.text("serial")?,
            object,
            id,
            pin_source,
        })
    }
}

/// The parts of a URI, each given once.
#[derive(Default)]
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn take(&mut self, part: &str, known: &[&str]) -> Result<(), UriError> {
        let (name, value) = part.split_once('=').ok_or_else(|| UriError::Part(part.into()))?;
        if name == "pin-value" {
            return Err(UriError::PinValue);
        }
        if !known.contains(&name) {
            return Err(UriError::Unknown(name.into()));
        }
        if self.bytes(name).is_some() {
            return Err(UriError::Twice(name.into()));
        }
        let value = decode(value).ok_or_else(|| UriError::Encoding(name.into()))?;
        self.0.push((name.to_owned(), value));
        Ok(())
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn text(&self, name: &str) -> Result<Option<String>, UriError> {
        let text = self.bytes(name).map(String::from_utf8).transpose();
        text.map_err(|_| UriError::Encoding(name.into()))
    }
}

fn decode(value: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            decoded.push(*byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        let digit = |digit: &u8| char::from(*digit).to_digit(16);
        let (high, low) = (digit(digits.first()?)?, digit(digits.last()?)?);
        decoded.push(u8::try_from(high * 16 + low).ok()?);
        rest = after;
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_names_module_token_key_and_where_the_pin_is() {
        let uri = "pkcs11:token=Geo%20Bas;object=seal;id=%01%ff;type=private\
                   ?module-path=/usr/lib/x.so&pin-source=file:///etc/barid/pin";
        let read = KeyUri::parse(uri).unwrap();
        assert_eq!(read.module, PathBuf::from("/usr/lib/x.so"));
        assert_eq!(read.token.as_deref(), Some("Geo Bas"));
        assert_eq!((read.object.as_deref(), read.id), (Some("seal"), Some(vec![1, 255])));
        assert_eq!(read.pin_source, Some(PathBuf::from("/etc/barid/pin")));
        for source in ["/etc/pin", "file:/etc/pin"] {
            let uri = format!("pkcs11:object=x?module-path=m&pin-source={source}");
            let read = KeyUri::parse(&uri).unwrap();
            assert_eq!(read.pin_source, Some(PathBuf::from("/etc/pin")));
        }
        assert!(KeyUri::is_meant(uri) && !KeyUri::is_meant("signing.pem"));
    }

    #[test]
    fn no_text_makes_it_panic() {
        let uri = "pkcs11:token=G%20B;object=s;id=%01%ff?module-path=/m&pin-source=file:/p";
        for place in 0..uri.len() {
            for other in ['%', ';', '&', '=', '?', 'ش', '\0'] {
                let mut changed = uri.to_owned();
                changed.replace_range(place..=place, &other.to_string());
                let _refused_or_read = KeyUri::parse(&changed);
                let _refused_or_read = KeyUri::parse(&uri[..place]);
            }
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let refused = |uri: &str| KeyUri::parse(uri).unwrap_err();
        assert_eq!(refused("signing.pem"), UriError::Scheme);
        assert_eq!(refused("pkcs11:token?module-path=m"), UriError::Part("token".into()));
        let manufacturer = refused("pkcs11:object=a;manufacturer=b?module-path=m");
        assert_eq!(manufacturer, UriError::Unknown("manufacturer".into()));
        let twice = refused("pkcs11:object=a;object=b?module-path=m");
        assert_eq!(twice, UriError::Twice("object".into()));
        for broken in ["%", "%4", "%4g", "%+1", "%ff"] {
            let uri = format!("pkcs11:object={broken}?module-path=m");
            assert_eq!(refused(&uri), UriError::Encoding("object".into()), "{broken}");
        }
        let pin = refused("pkcs11:object=a?module-path=m&pin-value=1234");
        assert_eq!(pin, UriError::PinValue);
        assert_eq!(refused("pkcs11:object=a"), UriError::NoModule);
        assert_eq!(refused("pkcs11:token=a?module-path=m"), UriError::NoObject);
        let public = refused("pkcs11:object=a;type=public?module-path=m");
        assert_eq!(public, UriError::Type("public".into()));
    }
}
