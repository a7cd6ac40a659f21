//! The plugins of this repository, and how a hub's settings name them.

use barid_client::draft::HashedDocument;
use barid_client::hex;

use crate::programs;

/// A plugin's crate, and all its formats. Each format needs a case in `tests/formats`.
pub type Plugin = (&'static str, &'static [&'static str]);

/// Those in daily use: what a hub under test loads unless it is asked for more.
pub const DAILY: &[Plugin] = &[
    (
        "ihec",
        &[
            "ihec/form-110+json",
            "ihec/appeal+json",
            "ihec/decision+json",
            "ihec/register+json",
            "ihec/register+csv",
            "ihec/register+xlsx",
        ],
    ),
    (
        "ejp",
        &[
            "ejp/ruling+akn",
            "ejp/register+csv",
            "ejp/closing-certificate+json",
            "ejp/correspondence+json",
        ],
    ),
    (
        "fsc",
        &[
            "fsc/ratification-request+json",
            "fsc/suits+json",
            "fsc/ratification+akn",
            "fsc/ruling+akn",
            "fsc/correspondence+json",
        ],
    ),
    (
        "ecf",
        &[
            "ecf/filing+xml",
            "ecf/filing+json",
            "ecf/callback+xml",
            "ecf/docketing+xml",
            "ecf/receipt+xml",
        ],
    ),
];

/// Those of courts without a plugin of their own and of partners in pilots. A hub copies and starts
/// every library, so that only those tests load them that need them.
pub const FURTHER: &[Plugin] = &[
    ("court", &["court/ruling+akn", "court/ruling+word", "court/correspondence+json"]),
    ("tepjf", &["tepjf/docket-index+csv", "tepjf/sentencia+text", "tepjf/paper+json"]),
    ("ine", &["ine/dispute+json", "ine/papers+csv", "ine/results+csv"]),
];

/// All of them.
pub fn every() -> impl Iterator<Item = Plugin> {
    DAILY.iter().chain(FURTHER).copied()
}

/// Their tables in a hub's settings.
///
/// # Panics
/// When one does not build.
#[must_use]
pub fn settings(plugins: &[Plugin]) -> String {
    let table = |(name, formats): &Plugin| {
        let path = programs::plugin(name);
        let sha256 = HashedDocument::at(&path).expect("the plugin was built").sha256;
        format!(
            "[[plugins]]\npath = {path:?}\nsha256 = {:?}\nformats = {formats:?}\n\
             max_input_bytes = 16777216\nmax_output_bytes = 4194304\ndeadline_ms = 20000\n",
            hex::encode(&sha256),
        )
    };
    plugins.iter().map(table).collect()
}
