//! The court's docket numbers: `235/اتحادية/2025`.
//!
//! One series a year for suits, requests and ratification alike. The press writes
//! `235 / Federal / 2025`; joined suits read `83 وموحدتها 131 و185/اتحادية/2023`.

use barid_akn::Setting;
use barid_akn::court::Court;
use barid_akn::docket::{Docket, Series, Unreadable};

/// The court.
pub const COURT: Court<'static> = Court {
    setting: Setting { country: "iq", court: "المحكمة الاتحادية العليا" },
    series: Series {
        names: &["اتحادية", "الاتحادية", "فيدراڵی", "Federal", "Federal Supreme Court", "FSC"],
    },
};

/// Reads a docket number of the court.
///
/// # Errors
///
/// [`Unreadable`], when it is none.
pub fn read(literal: &str) -> Result<Docket, Unreadable> {
    COURT.series.read(literal)
}
