//! Tiles at hand: the right edge, which each commit touches, and those asked for lately.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use barid_proto::tlog::tile::{Tile, TileReader};

use crate::error::Fault;
use crate::model::row::TileRow;
use crate::store::Store;

/// Tiles in one of the two generations: 2,048 × 8 KiB are 16 MiB, the upper levels over some
/// hundred million leaves and the lower ones of the busiest days.
const GENERATION: usize = 2048;

/// Level and index.
type Place = (u8, u64);

/// Reads tiles, and remembers them.
pub(super) struct Tiles {
    store: Arc<dyn Store>,
    remembered: Mutex<Generations>,
}

/// What was used since the younger generation began, and what was used in the one before. When the
/// younger is full the older is forgotten: what is in use is never more than one question away.
#[derive(Default)]
struct Generations {
    young: HashMap<Place, Arc<[u8]>>,
    old: HashMap<Place, Arc<[u8]>>,
}

impl Tiles {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, remembered: Mutex::default() }
    }

    /// All of these tiles, at least as wide as asked for.
    pub(super) fn fetch(
        &self,
        tiles: impl IntoIterator<Item = Tile>,
    ) -> Result<FetchedTiles, Fault> {
        let mut fetched = HashMap::new();
        for tile in tiles {
            let place = (tile.level(), tile.index());
            let hashes = match self.recall(place) {
                // A partial tile may have grown since it was remembered.
                Some(hashes) if hashes.len() >= tile.byte_len() => hashes,
                _ => self.load(tile)?,
            };
            fetched.insert(place, hashes);
        }
        Ok(FetchedTiles(fetched))
    }

    /// Remembers tiles that were just committed.
    pub(super) fn remember(&self, tiles: &[TileRow]) {
        for tile in tiles {
            self.keep((tile.level, tile.index), tile.hashes.as_slice().into());
        }
    }

    /// Forgets all tiles, since one of them is wrong.
    pub(super) fn forget(&self) {
        *self.remembered.lock().unwrap_or_else(PoisonError::into_inner) = Generations::default();
    }

    fn load(&self, tile: Tile) -> Result<Arc<[u8]>, Fault> {
        let (level, index) = (tile.level(), tile.index());
        let stored = self.store.tile(level, index)?;
        let hashes = stored.filter(|hashes| hashes.len() >= tile.byte_len()).ok_or_else(|| {
            Fault::broken(format!("tile {index} of level {level} is missing or too short"))
        })?;
        let hashes: Arc<[u8]> = hashes.into();
        self.keep((level, index), Arc::clone(&hashes));
        Ok(hashes)
    }

    fn recall(&self, place: Place) -> Option<Arc<[u8]>> {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hashes) = remembered.young.get(&place) {
            return Some(Arc::clone(hashes));
        }
        let hashes = remembered.old.remove(&place)?;
        remembered.keep(place, Arc::clone(&hashes));
        Some(hashes)
    }

    fn keep(&self, place: Place, hashes: Arc<[u8]>) {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).keep(place, hashes);
    }
}

impl Generations {
    fn keep(&mut self, place: Place, hashes: Arc<[u8]>) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(place, hashes);
    }
}

/// The tiles of one question.
pub(super) struct FetchedTiles(HashMap<Place, Arc<[u8]>>);

impl FetchedTiles {
    /// Puts tiles over those that were fetched.
    pub(super) fn overlay(&mut self, tiles: &[TileRow]) {
        let over =
            tiles.iter().map(|tile| ((tile.level, tile.index), tile.hashes.as_slice().into()));
        self.0.extend(over);
    }
}

impl TileReader for FetchedTiles {
    type Error = Fault;

    fn read(&self, tile: Tile) -> Result<Cow<'_, [u8]>, Fault> {
        let hashes = self.0.get(&(tile.level(), tile.index()));
        let hashes = hashes.ok_or_else(|| Fault::broken(format!("{tile} was not fetched")))?;
        Ok(Cow::Borrowed(hashes))
    }
}
