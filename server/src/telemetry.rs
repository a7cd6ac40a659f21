//! Floor 5: what the hub tells its operator, as lines on standard error.
//!
//! Lines carry methods, offices, reason numbers, durations and correlation identifiers; never a
//! person's name, a text of a filing, a docket number or a key.

use std::io;
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

use crate::config::{LineForm, TelemetrySettings};

/// Why there will be no lines.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is none.
    #[error("telemetry.filter: {0}")]
    Filter(#[from] ParseError),
    /// Another subscriber is there already.
    #[error("lines are being written already: {0}")]
    Twice(#[from] TryInitError),
}

/// Reads a filter such as `info,barid_hub::rpc=debug`.
///
/// # Errors
/// When it is none.
pub fn filter(settings: &TelemetrySettings) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(&settings.filter)
}

/// Begins to write lines, for the whole process. Panics become lines too.
///
/// # Errors
/// [`TelemetryError`]; then nothing has changed.
pub fn start(settings: &TelemetrySettings) -> Result<(), TelemetryError> {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let registry = tracing_subscriber::registry().with(filter(settings)?);
    match settings.form {
        LineForm::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            registry.with(lines).try_init()?;
        }
        LineForm::Text => registry.with(lines).try_init()?,
    }
    std::panic::set_hook(Box::new(tell_panic));
    Ok(())
}

/// Only a panic's fixed text is told: one that was put together may quote what somebody sent.
fn tell_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    tracing::error!(place, text, "panic");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_checked() {
        let with = |text: &str| TelemetrySettings {
            filter: text.to_owned(),
            ..TelemetrySettings::default()
        };
        assert!(filter(&with("info,barid_hub::rpc=debug")).is_ok());
        assert!(filter(&with("barid_hub=loud")).is_err());
    }
}
