//! What a large log costs: `cargo xtask bench` runs this, in processes of their own.
//!
//! ```text
//! log build FOLDER LEAVES      makes a store with a log of so many leaves
//! log measure FOLDER           opens it as a hub does and proves leaves; NAME VALUE UNIT a line
//! ```
//!
//! The store is made by the store's own code, in commits of the size that a busy hub writes, so
//! that its tables, tiles and heads are those of a real one. Its leaves stand for nothing.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use barid_hub::format::{Formats, Looker, Program};
use barid_hub::hub::{Hub, HubParts};
use barid_hub::identity::directory::Directory;
use barid_hub::identity::policy::Policy;
use barid_hub::log::{Log, LogSigner};
use barid_hub::model::row::{Batch, HeadRow, TileRow};
use barid_hub::store::Store;
use barid_hub::store::documents::{DocumentLimits, Documents, Places};
use barid_hub::store::embedded::Embedded;
use barid_proto::key::{Algorithm, FileKey, KeyId};
use barid_proto::leaf::{LEAF_LEN, Leaf, LeafKind};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::NoteSigner;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::tile::{Tile, TileSet};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{Hash, leaf_hash, prove};
use sha2::{Digest as _, Sha256};

const ORIGIN: &str = "bench.example/log";
const KEY: &str = "log.key";
const STORE: &str = "store";
/// Leaves in one commit: four full batches of the sequencer.
const COMMIT: u64 = 4096;
/// Leaves that are proved, all over the log.
const PROOFS: u64 = 5_000;
/// When the first leaf was accepted, and how much later each next one.
const BEGUN_MS: u64 = 1_763_000_000_000;
/// From how long on an outage is stated: nothing here leaves a mark of life.
const OUTAGES_FROM: Duration = Duration::from_secs(120);
/// A prime number of leaves, so that proofs wander over the whole log and meet no tile twice soon.
const STRIDE: u64 = 7_368_787;

const DIRECTORY: &str = include_str!("../policy/directory.example.toml");
const POLICY: &str = include_str!("../policy/electoral-disputes.toml");

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", folder, leaves] => build(Path::new(folder), leaves.parse()?),
        ["measure", folder] => measure(Path::new(folder)),
        // `cargo bench` without more would come here.
        _ => {
            println!("run `cargo xtask bench log`");
            Ok(())
        }
    }
}

fn leaf(index: u64) -> [u8; LEAF_LEN] {
    let digest = |what: &str| -> Hash {
        Sha256::new().chain_update(what).chain_update(index.to_be_bytes()).finalize().into()
    };
    let leaf = Leaf {
        kind: LeafKind::Envelope,
        accepted_at_ms: BEGUN_MS + index,
        envelope_digest: digest("envelope"),
        signer_key_id: KeyId::new([7; 32]),
        routing_tag: digest("recipients"),
    };
    leaf.encode()
}

fn build(folder: &Path, leaves: u64) -> anyhow::Result<()> {
    let key = FileKey::generate(Algorithm::Ed25519)?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join(KEY), key.to_pem()?.as_bytes())?;
    let signer = NoteSigner::new(ORIGIN, Box::new(key))?;
    let store = Embedded::open(&folder.join(STORE))?;
    let (mut tree, mut edge) = (Tree::empty(), TileSet::default());
    while tree.size() < leaves {
        let first = tree.size();
        let new: Vec<_> = (first..leaves.min(first + COMMIT)).map(leaf).collect();
        let hashes: Vec<Hash> = new.iter().map(|leaf| leaf_hash(leaf)).collect();
        let growth = prove::grow(&tree, &hashes, &edge)?;
        tree = growth.tree;
        let needed: Vec<Tile> = Tile::partial(tree.size()).collect();
        let mut tiles = Vec::new();
        // What is not full yet is read again by the next commit; the rest of it is forgotten only
        // with this process, some hundred tiles.
        for (tile, hashes) in growth.tiles {
            if needed.iter().any(|one| one.level() == tile.level() && one.index() == tile.index()) {
                edge.insert(tile.level(), tile.index(), hashes.clone());
            }
            tiles.push(TileRow { level: tile.level(), index: tile.index(), hashes });
        }
        let note = Checkpoint::new(ORIGIN, tree.size(), tree.root())?.sign(&signer)?;
        let note = note.to_string().into_bytes();
        let head = HeadRow { size: tree.size(), root: tree.root(), note };
        let (entries, cosigned) = (Vec::new(), Vec::new());
        store.commit(&Batch { first_leaf: first, leaves: new, tiles, head, entries, cosigned })?;
    }
    Ok(())
}

fn measure(folder: &Path) -> anyhow::Result<()> {
    let started = Instant::now();
    let key = FileKey::from_pem(&fs::read_to_string(folder.join(KEY))?)?;
    let store: Arc<dyn Store> = Arc::new(Embedded::open(&folder.join(STORE))?);
    let clock: barid_hub::log::Clock = Arc::new(|| u64::MAX / 2);
    let signer = LogSigner::new(ORIGIN, key)?;
    let log =
        Arc::new(Log::open(Arc::clone(&store), signer, Arc::clone(&clock), None, OUTAGES_FROM)?);
    let _hub = Hub::new(HubParts {
        directory: Directory::parse(DIRECTORY)?,
        policy: Policy::parse(POLICY)?,
        looker: Looker::new(Program::own()),
        formats: Formats::load(&[], Program::own())?,
        log: Arc::clone(&log),
        store: Arc::clone(&store),
        documents: Arc::new(Documents::open(
            &folder.join("documents"),
            &Places::default(),
            DocumentLimits::default(),
        )?),
        clock,
    })?;
    println!("leaves {} leaves", log.head().size);
    println!("start-up {} ms", started.elapsed().as_millis());
    println!("start-up-memory {} MiB", peak_memory_mib()?);
    prove_leaves(&log, store.as_ref())?;
    println!("memory {} MiB", peak_memory_mib()?);
    Ok(())
}

/// Each proof is verified too, outside the time: a fast answer that proves nothing is no answer.
fn prove_leaves(log: &Log, store: &dyn Store) -> anyhow::Result<()> {
    let head = log.head();
    let mut micros = Vec::new();
    for n in 0..PROOFS {
        let index = n.wrapping_mul(STRIDE) % head.size;
        let started = Instant::now();
        let proof = log.inclusion_proof(index, head.size);
        micros.push(started.elapsed().as_micros());
        let proof = proof.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let leaf = store.leaves(index, 1)?.pop().context("a leaf is missing")?;
        verify_inclusion(&leaf_hash(&leaf), index, head.size, &proof.path, &head.root)?;
    }
    micros.sort_unstable();
    for (name, percent) in [("inclusion-p50", 50), ("inclusion-p99", 99)] {
        let at = micros.len().saturating_sub(1) * percent / 100;
        println!("{name} {} us", micros.get(at).context("no proofs")?);
    }
    Ok(())
}

/// The most that this process ever had in memory.
fn peak_memory_mib() -> anyhow::Result<u64> {
    let said = fs::read_to_string("/proc/self/status")?;
    let line = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let Some(kib) = line.and_then(|line| line.trim().strip_suffix(" kB")) else {
        bail!("the system does not tell how much memory is used");
    };
    Ok(kib.trim().parse::<u64>()?.div_ceil(1024))
}
