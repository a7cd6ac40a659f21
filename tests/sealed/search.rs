//! Looking for pieces of plaintext in every byte of a folder.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Length of a piece: shorter ones turn up by chance or name nothing.
const WINDOW: usize = 16;

/// Bits of the sieve that keeps the search fast; one in thirty is set.
const SIEVE_BITS: u32 = 28;

/// All windows of some plaintexts, at every offset.
pub(crate) struct Windows {
    sieve: Vec<u64>,
    known: HashSet<u128>,
}

impl Default for Windows {
    fn default() -> Self {
        Self { sieve: vec![0; 1 << (SIEVE_BITS - 6)], known: HashSet::new() }
    }
}

impl Windows {
    pub(crate) fn add(&mut self, plain: &[u8]) {
        for window in each(plain) {
            let (word, bit) = place(window);
            self.sieve[word] |= bit;
            self.known.insert(window);
        }
    }

    /// Where a window lies in a folder. A folder that is not there has none.
    pub(crate) fn found_in(&self, folder: &Path) -> Option<(PathBuf, usize)> {
        documents(folder).into_iter().find_map(|path| {
            let bytes = fs::read(&path).unwrap();
            let mut all = each(&bytes);
            let at = all.position(|window| {
                let (word, bit) = place(window);
                self.sieve[word] & bit != 0 && self.known.contains(&window)
            });
            at.map(|at| (path, at))
        })
    }

    /// Fails when a window lies in a folder; how many bytes were looked at.
    pub(crate) fn none_in(&self, folder: &Path) -> u64 {
        assert_eq!(self.found_in(folder), None, "plaintext");
        documents(folder).iter().map(|path| fs::metadata(path).unwrap().len()).sum()
    }
}

fn each(bytes: &[u8]) -> impl Iterator<Item = u128> {
    let mut window = 0;
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        window = (window << 8) | u128::from(*byte);
        (at + 1 >= WINDOW).then_some(window)
    })
}

fn place(window: u128) -> (usize, u64) {
    let mixed = (window as u64 ^ (window >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let at = mixed >> (64 - SIEVE_BITS);
    ((at / 64) as usize, 1 << (at % 64))
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => folders.push(path),
                false if path.is_file() => found.push(path),
                false => {}
            }
        }
    }
    found
}
