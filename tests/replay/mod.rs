//! An election of the size and shape of 2025, made up from a seed, carried through a real hub by
//! real clients; then where each case is by which two registers differ.
//!
//! 1. [`plan`]: who appeals where and when, and what goes wrong on the way;
//! 2. [`play`]: twenty-two offices file, refer, enter, join and rule;
//! 3. [`compare`]: both registers out of their statements and the log, compared, and held against
//!    the plan; each difference is filed;
//! 4. [`screen`]: one screen.

mod compare;
mod plan;
mod play;
mod screen;

use std::time::Instant;

use barid_tests::HubProcess;

pub(crate) use plan::Size;

/// Plays the election of a seed: the screen, and whether what was made was found and nothing else.
///
/// # Errors
/// When a client is refused, or a receipt does not verify.
pub(crate) async fn replay(seed: u64, size: Size) -> anyhow::Result<(String, bool)> {
    let begun = Instant::now();
    let election = plan::Election::of(seed, size);
    let hub = HubProcess::start_for(&play::directory());
    let network = play::Network::open(&hub).await;
    let mut played = network.play(&election).await?;
    let took = begun.elapsed().as_secs_f64();
    let compared = compare::compare(&network, &election, &mut played).await?;
    compare::file(&network, &compared, &mut played).await?;
    let (mut text, good) = screen::shown(seed, &election, &played, &compared);
    text += &format!("played in {took:.0} s, all in {:.0} s", begun.elapsed().as_secs_f64());
    Ok((text, good && compared.rows == [size.received, size.docketed()]))
}
