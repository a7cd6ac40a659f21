//! The kinds of bytes that are told apart, and whether what a sender claims agrees with them.

use serde::{Deserialize, Serialize};

/// Declares [`Media`] with the media type and the short name of each.
macro_rules! media {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $label:literal;)*) => {
        /// What a document is, by its bytes. Serialised by its media type.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Media {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Media {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its media type, as IANA has it where IANA does: `application/pdf`.
            #[must_use]
            pub const fn media_type(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What people call it in any language: `PDF`. Empty for bytes that are nothing known.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

media! {
    /// Nothing that is known here.
    Unknown = "application/octet-stream", "";
    /// ISO 32000.
    Pdf = "application/pdf", "PDF";
    /// Text without any other structure.
    PlainText = "text/plain", "TXT";
    /// Comma, semicolon or tab separated, in lines of as many cells each.
    Csv = "text/csv", "CSV";
    /// JSON that is well-formed.
    Json = "application/json", "JSON";
    /// Any XML, by its beginning.
    Xml = "application/xml", "XML";
    /// Akoma Ntoso 3.0, by its root element.
    AkomaNtoso = "application/akn+xml", "Akoma Ntoso";
    /// HTML, by its beginning.
    Html = "text/html", "HTML";
    /// A mail with its headings.
    Mail = "message/rfc822", "EML";
    /// Rich Text Format.
    Rtf = "application/rtf", "RTF";
    /// Keys, certificates and signatures in text.
    Pem = "application/x-pem-file", "PEM";
    /// Encrypted to its recipients, as age writes it.
    Age = "application/vnd.age", "age";
    /// Word, Office Open XML.
    Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX";
    /// Excel, Office Open XML.
    Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX";
    /// PowerPoint, Office Open XML.
    Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX";
    /// Word with macros.
    Docm = "application/vnd.ms-word.document.macroenabled.12", "DOCM";
    /// Excel with macros.
    Xlsm = "application/vnd.ms-excel.sheet.macroenabled.12", "XLSM";
    /// Text, OpenDocument.
    Odt = "application/vnd.oasis.opendocument.text", "ODT";
    /// Table, OpenDocument.
    Ods = "application/vnd.oasis.opendocument.spreadsheet", "ODS";
    /// Slides, OpenDocument.
    Odp = "application/vnd.oasis.opendocument.presentation", "ODP";
    /// A book.
    Epub = "application/epub+zip", "EPUB";
    /// ETSI EN 319 162: documents with signatures.
    AsicE = "application/vnd.etsi.asic-e+zip", "ASiC-E";
    /// The same, with one document.
    AsicS = "application/vnd.etsi.asic-s+zip", "ASiC-S";
    /// Word before 2007.
    Doc = "application/msword", "DOC";
    /// Excel before 2007.
    Xls = "application/vnd.ms-excel", "XLS";
    /// PowerPoint before 2007.
    Ppt = "application/vnd.ms-powerpoint", "PPT";
    /// An Outlook mail.
    Msg = "application/vnd.ms-outlook", "MSG";
    /// Another compound of Microsoft's; an encrypted DOCX or XLSX is one.
    Ole = "application/x-ole-storage", "OLE";
    /// ZIP that is nothing more particular.
    Zip = "application/zip", "ZIP";
    /// gzip.
    Gzip = "application/gzip", "GZIP";
    /// tar.
    Tar = "application/x-tar", "TAR";
    /// 7-Zip.
    SevenZip = "application/x-7z-compressed", "7Z";
    /// RAR.
    Rar = "application/vnd.rar", "RAR";
    /// xz.
    Xz = "application/x-xz", "XZ";
    /// bzip2.
    Bzip2 = "application/x-bzip2", "BZ2";
    /// Zstandard.
    Zstd = "application/zstd", "ZST";
    /// PNG.
    Png = "image/png", "PNG";
    /// JPEG.
    Jpeg = "image/jpeg", "JPEG";
    /// GIF.
    Gif = "image/gif", "GIF";
    /// TIFF: the scanners' and fax machines'.
    Tiff = "image/tiff", "TIFF";
    /// WebP.
    Webp = "image/webp", "WebP";
    /// Windows bitmap.
    Bmp = "image/bmp", "BMP";
    /// HEIF with HEVC: what phones take.
    Heic = "image/heic", "HEIC";
    /// HEIF with AV1.
    Avif = "image/avif", "AVIF";
    /// DjVu: scanned books.
    Djvu = "image/vnd.djvu", "DjVu";
    /// JPEG 2000.
    Jp2 = "image/jp2", "JPEG 2000";
    /// JPEG XL.
    Jxl = "image/jxl", "JPEG XL";
    /// Photoshop.
    Psd = "image/vnd.adobe.photoshop", "PSD";
    /// SVG.
    Svg = "image/svg+xml", "SVG";
    /// MPEG-4.
    Mp4 = "video/mp4", "MP4";
    /// QuickTime.
    QuickTime = "video/quicktime", "MOV";
    /// 3GPP: older phones.
    ThreeGp = "video/3gpp", "3GP";
    /// Matroska.
    Matroska = "video/x-matroska", "MKV";
    /// WebM.
    Webm = "video/webm", "WebM";
    /// AVI.
    Avi = "video/x-msvideo", "AVI";
    /// Windows Media.
    Wmv = "video/x-ms-wmv", "WMV";
    /// MPEG-1 and 2.
    Mpeg = "video/mpeg", "MPEG";
    /// WAVE.
    Wav = "audio/x-wav", "WAV";
    /// MP3.
    Mp3 = "audio/mpeg", "MP3";
    /// MPEG-4 without pictures.
    M4a = "audio/mp4", "M4A";
    /// Ogg: Vorbis, Opus.
    Ogg = "audio/ogg", "OGG";
    /// FLAC.
    Flac = "audio/flac", "FLAC";
    /// AMR: voice messages.
    Amr = "audio/amr", "AMR";
    /// AAC.
    Aac = "audio/aac", "AAC";
    /// SQLite.
    Sqlite = "application/vnd.sqlite3", "SQLite";
    /// A program: ELF, PE, Mach-O, a script with an interpreter.
    Program = "application/x-executable", "EXE";
}

/// Other names under which senders know the same.
const ALIASES: [(&str, Media); 27] = [
    ("application/x-pdf", Media::Pdf),
    ("application/csv", Media::Csv),
    ("text/tab-separated-values", Media::Csv),
    ("text/json", Media::Json),
    ("text/xml", Media::Xml),
    ("application/xhtml+xml", Media::Html),
    ("text/rtf", Media::Rtf),
    ("application/x-zip-compressed", Media::Zip),
    ("application/x-zip", Media::Zip),
    ("application/x-gzip", Media::Gzip),
    ("application/x-rar-compressed", Media::Rar),
    ("application/x-rar", Media::Rar),
    ("image/jpg", Media::Jpeg),
    ("image/pjpeg", Media::Jpeg),
    ("image/tif", Media::Tiff),
    ("image/x-ms-bmp", Media::Bmp),
    ("image/heif", Media::Heic),
    ("image/x.djvu", Media::Djvu),
    ("video/avi", Media::Avi),
    ("audio/wav", Media::Wav),
    ("audio/vnd.wave", Media::Wav),
    ("audio/mp3", Media::Mp3),
    ("audio/x-m4a", Media::M4a),
    ("audio/opus", Media::Ogg),
    ("audio/x-flac", Media::Flac),
    ("application/ogg", Media::Ogg),
    ("application/x-ole-storage", Media::Ole),
];

/// How a claimed media type stands to what the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The bytes are what is claimed, or something more particular.
    Agrees,
    /// They are something else.
    Differs,
    /// It cannot be told: nothing was claimed, or something that is not known here.
    Open,
}

impl Media {
    /// The media that has this media type or one of its other names, in small letters and without
    /// parameters.
    #[must_use]
    pub fn named(media_type: &str) -> Option<Self> {
        let own = Self::ALL.iter().find(|one| one.media_type() == media_type);
        own.copied().or_else(|| {
            ALIASES.iter().find(|(alias, _)| *alias == media_type).map(|(_, media)| *media)
        })
    }

    /// What it is as well: a DOCX is a ZIP, an Akoma Ntoso document is XML.
    fn parent(self) -> Option<Self> {
        Some(match self {
            Self::Docm => Self::Docx,
            Self::Xlsm => Self::Xlsx,
            Self::Docx | Self::Xlsx | Self::Pptx | Self::Odt | Self::Ods | Self::Odp => Self::Zip,
            Self::Epub | Self::AsicE | Self::AsicS => Self::Zip,
            Self::Doc | Self::Xls | Self::Ppt | Self::Msg => Self::Ole,
            Self::AkomaNtoso | Self::Svg => Self::Xml,
            Self::Xml | Self::Json | Self::Csv | Self::Html | Self::Mail => Self::PlainText,
            Self::Rtf | Self::Pem => Self::PlainText,
            // Recorders write one of these and name it as the other.
            Self::M4a | Self::QuickTime | Self::ThreeGp => Self::Mp4,
            Self::Webm => Self::Matroska,
            _ => return None,
        })
    }

    /// Whether it is `other`, or something more particular.
    #[must_use]
    pub fn is_a(self, other: Self) -> bool {
        let mut one = Some(self);
        while let Some(media) = one {
            if media == other {
                return true;
            }
            one = media.parent();
        }
        false
    }

    /// Whether people look at it or listen to it.
    pub(crate) fn is_picture_or_recording(self) -> bool {
        let kind = self.media_type().split('/').next();
        self != Self::Svg && matches!(kind, Some("image" | "video" | "audio"))
    }

    /// Whether a claimed media type agrees with these bytes. Parameters and case do not matter.
    #[must_use]
    pub fn agreement(self, claimed: &str) -> Agreement {
        let essence = claimed.split(';').next().unwrap_or_default().trim().to_lowercase();
        let is =
            |media: Self| if self.is_a(media) { Agreement::Agrees } else { Agreement::Differs };
        match essence.as_str() {
            "" | "application/octet-stream" | "binary/octet-stream" => return Agreement::Open,
            // The structure of these is a guess; that they are text is not.
            "text/csv" | "application/csv" | "text/tab-separated-values" | "text/html" => {
                return is(Self::PlainText);
            }
            _ => {}
        }
        if let Some(media) = Self::named(&essence) {
            return is(media);
        }
        for (suffix, media) in [("+xml", Self::Xml), ("+json", Self::Json), ("+zip", Self::Zip)] {
            if essence.ends_with(suffix) {
                return is(media);
            }
        }
        match essence.split('/').next() {
            Some("text") => is(Self::PlainText),
            // A picture of a kind that is not known here is at least no PDF.
            Some(kind @ ("image" | "video" | "audio"))
                if self != Self::Unknown && !self.media_type().starts_with(kind) =>
            {
                Agreement::Differs
            }
            _ => Agreement::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_media_type_is_found_by_its_name_and_agrees_with_itself() {
        for media in Media::ALL {
            assert_eq!(Media::named(media.media_type()), Some(*media));
            if *media != Media::Unknown {
                assert_eq!(media.agreement(media.media_type()), Agreement::Agrees, "{media:?}");
                assert!(!media.label().is_empty());
            }
        }
        for (alias, media) in ALIASES {
            assert_eq!(media.agreement(alias), Agreement::Agrees, "{alias}");
        }
    }

    #[test]
    fn a_claim_may_be_less_particular_and_never_another() {
        use Agreement::{Agrees, Differs, Open};
        for (claimed, found, expected) in [
            ("application/pdf", Media::Zip, Differs),
            ("application/pdf", Media::Unknown, Differs),
            ("Application/PDF; version=1.7", Media::Pdf, Agrees),
            ("application/zip", Media::Docx, Agrees),
            (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                Media::Zip,
                Differs,
            ),
            (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                Media::Ole,
                Differs,
            ),
            ("text/csv", Media::PlainText, Agrees),
            ("text/csv", Media::Xlsx, Differs),
            ("text/markdown", Media::PlainText, Agrees),
            ("text/plain", Media::Unknown, Differs),
            ("application/akn+xml", Media::AkomaNtoso, Agrees),
            ("application/akn+xml", Media::Xml, Differs),
            ("application/vnd.court+xml", Media::Xml, Agrees),
            ("application/xml", Media::AkomaNtoso, Agrees),
            ("application/json", Media::PlainText, Differs),
            ("application/octet-stream", Media::Pdf, Open),
            ("", Media::Pdf, Open),
            ("image/x-fuji-raw", Media::Unknown, Open),
            ("image/x-fuji-raw", Media::Pdf, Differs),
            ("application/vnd.nobody-knows", Media::Zip, Open),
        ] {
            assert_eq!(found.agreement(claimed), expected, "{claimed} for {found:?}");
        }
    }
}
