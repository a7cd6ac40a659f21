//! The panel's docket numbers: `612/الهيئة القضائية للانتخابات/2025`.
//!
//! One series a year, shared by all kinds of appeal. Published numbers have spaces in any place,
//! and joined cases as `3/4/ الهيئة القضائية للانتخابات/ 2022`.

use barid_akn::Setting;
use barid_akn::court::Court;
use barid_akn::docket::{Docket, Series, Unreadable};

/// The panel.
pub const COURT: Court<'static> = Court {
    setting: Setting { country: "iq", court: "الهيئة القضائية للانتخابات" },
    series: Series {
        names: &[
            "الهيئة القضائية للانتخابات",
            "دەستەی دادوەریی هەڵبژاردنەکان",
            "Electoral Judicial Panel",
            "EJP",
        ],
    },
};

/// Reads a docket number of the panel.
///
/// # Errors
///
/// [`Unreadable`], when it is none.
pub fn read(literal: &str) -> Result<Docket, Unreadable> {
    COURT.series.read(literal)
}
