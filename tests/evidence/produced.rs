//! The log under test: a real hub takes in filings of three offices, and its log is exported in
//! the middle and at the end. Made once for all tests, into a folder that stays for looking at:
//!
//! ```text
//! log.vkey              the log's key
//! log/                  the log as `barid log export` writes it
//! older.checkpoint      the checkpoint of the first export
//! receipts/N.receipt    what the client kept for leaf N
//! receipts/N.leaf       the leaf, rebuilt from envelope and receipt as its holder would
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use barid_client::bundle::Bundle;
use barid_client::client::Filed;
use barid_client::proto::leaf::{self, Leaf};
use barid_client::proto::tlog::bundle as entries;
use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::tlog::note::{Note, NoteSigner};
use barid_client::proto::tlog::receipt::Receipt;
use barid_client::proto::tlog::tile::Tile;
use barid_client::proto::tlog::vkey::VerifierKey;
use barid_client::verify::{self, Verified};
use barid_tests::{ForgedLog, HubProcess, ScriptedOffice};
use tempfile::TempDir;

/// Offices that file at the same time, so that commits hold several filings.
const OFFICES: [&str; 3] = ["geo-nin", "geo-bas", "national"];

/// Filings of each office before the first export and after it. A filing with its reading is two
/// leaves, so the first tree has one full tile of the lowest level and the second has three.
const FILINGS: [usize; 2] = [50, 90];

/// Every so many receipts one is kept.
const SAMPLE: usize = 20;

/// The log's key, taken from the hub when it was made.
static SIGNER: OnceLock<Arc<NoteSigner>> = OnceLock::new();

/// The folder of the evidence.
pub(crate) fn evidence() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evidence");
        let _was_there = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("target is ours");
        drop(produce(&folder));
        folder
    })
}

/// The same in a folder of its own, with the hub that goes on serving its log.
pub(crate) fn served() -> (TempDir, HubProcess) {
    let folder = TempDir::new().expect("a temporary folder");
    let hub = produce(folder.path());
    (folder, hub)
}

fn produce(folder: &Path) -> HubProcess {
    fs::create_dir_all(folder.join("receipts")).expect("the folder is ours");
    let hub = HubProcess::start_with("tiles_listen = \"127.0.0.1:0\"\n");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(fill(&hub, folder));
    hub
}

/// The indices of the receipts that are kept.
pub(crate) fn receipts() -> Vec<u64> {
    let names = fs::read_dir(evidence().join("receipts")).expect("the receipts are there");
    let paths = names.map(|found| found.expect("a name").path());
    let receipts = paths.filter(|path| path.extension().is_some_and(|end| end == "receipt"));
    let mut indices: Vec<u64> =
        receipts.filter_map(|path| path.file_stem()?.to_str()?.parse().ok()).collect();
    indices.sort_unstable();
    indices
}

/// A receipt that is kept.
pub(crate) fn receipt(index: u64) -> Receipt {
    let path = evidence().join(format!("receipts/{index}.receipt"));
    Receipt::parse(&fs::read(path).expect("it is kept")).expect("it is a receipt")
}

/// The log with its key, as whoever runs the hub has it.
pub(crate) fn in_the_wrong_hands() -> ForgedLog {
    evidence();
    let signer = SIGNER.get().expect("the evidence was made");
    let mut log = ForgedLog::new(Arc::clone(signer));
    let size = newest().size();
    for tile in (0..).map_while(|index| Tile::at(0, index, size)) {
        let bundle = entries::Bundle::new(tile.index(), tile.width()).expect("as its tile");
        let bundle = fs::read(evidence().join(format!("log/{bundle}"))).expect("it was exported");
        for leaf in entries::leaves(&bundle).expect("a bundle") {
            log.push(leaf.to_vec());
        }
    }
    log
}

/// The key that verifies the log's lines.
pub(crate) fn log_key() -> VerifierKey {
    let key = fs::read_to_string(evidence().join("log.vkey")).expect("the log was exported");
    key.trim().parse().expect("a verifier key")
}

/// The note of the first export and that of the second.
pub(crate) fn notes() -> [Note; 2] {
    ["older.checkpoint", "log/checkpoint"].map(|path| {
        let note = fs::read(evidence().join(path)).expect("the log was exported");
        Note::parse(&note).expect("a note")
    })
}

/// The newest checkpoint of the log.
pub(crate) fn newest() -> Checkpoint {
    let note = fs::read(evidence().join("log/checkpoint")).expect("the log was exported");
    checkpoint(&Note::parse(&note).expect("a note"))
}

/// The checkpoint in a note.
pub(crate) fn checkpoint(note: &Note) -> Checkpoint {
    Checkpoint::parse(note.text()).expect("a checkpoint")
}

/// The tiles of the log as they were at an earlier checkpoint: those of today, cut to the width of
/// then.
pub(crate) fn as_of(note: &Note) -> TempDir {
    let (size, newest) = (checkpoint(note).size(), newest().size());
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("checkpoint"), note.to_string()).expect("the folder is ours");
    for level in 0..8 {
        for then in (0..).map_while(|index| Tile::at(level, index, size)) {
            let today = Tile::at(level, then.index(), newest).expect("a log only grows");
            let path = evidence().join("log").join(today.to_string());
            let mut hashes = fs::read(path).expect("a tile of the log");
            hashes.truncate(then.byte_len());
            let path = folder.path().join(then.to_string());
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is ours");
            fs::write(path, hashes).expect("the folder is ours");
        }
    }
    folder
}

async fn fill(hub: &HubProcess, folder: &Path) {
    let trust = hub.trust();
    SIGNER.get_or_init(|| Arc::new(hub.log_signer()));
    let key = trust.policy().logs().first().expect("the hub's log").key.to_string();
    fs::write(folder.join("log.vkey"), key + "\n").expect("target is ours");
    let mut offices = Vec::new();
    for name in OFFICES {
        offices.push(hub.office("ihec", name).enrolled().await);
    }
    let [before, after] = FILINGS;
    let mut filed = all_complain(&offices, before).await;
    export(&offices, folder).await;
    fs::copy(folder.join("log/checkpoint"), folder.join("older.checkpoint"))
        .expect("target is ours");
    filed.extend(all_complain(&offices, after).await);
    export(&offices, folder).await;
    // The last one too: nothing in the log is younger than its checkpoint.
    filed.sort_by_key(|filed| filed.verified.leaf_index);
    filed.reverse();
    for filed in filed.iter().step_by(SAMPLE) {
        keep(folder, filed);
    }
}

/// Every office files as often, all at the same time.
async fn all_complain(offices: &[ScriptedOffice], filings: usize) -> Vec<Filed> {
    let each = offices.iter().map(|office| complain(office, filings));
    futures::future::join_all(each).await.into_iter().flatten().collect()
}

/// Files that many complaints, one after the other.
pub(crate) async fn complain(office: &ScriptedOffice, filings: usize) -> Vec<Filed> {
    let mut filed = Vec::new();
    for _ in 0..filings {
        let (format, path) = ("ihec/form-110+json", "plugins/ihec/testdata/form-110.json");
        filed.push(office.file_document(office.complaint("council"), format, path).await);
    }
    filed
}

async fn export(offices: &[ScriptedOffice], folder: &Path) {
    let office = offices.first().expect("an office");
    let mut leaves = 0;
    let mut progress = |done, _| leaves = done;
    let exported = office.client.export_log(&folder.join("log"), &mut progress).await;
    let exported = exported.expect("the log is exported");
    assert_eq!(leaves, exported.newest.checkpoint.size(), "progress ends at the end");
}

fn keep(folder: &Path, filed: &Filed) {
    let kept = fs::read(&filed.kept).expect("the client kept a bundle");
    let bundle = Bundle::decode(&kept).expect("it can be read");
    let kept = &bundle.filings.first().expect("it has a filing").sealed.receipt;
    let receipt = Receipt::parse(kept).expect("it has a receipt");
    let leaf = rebuild(&filed.verified, &receipt);
    let path = folder.join("receipts").join(receipt.index.to_string());
    fs::write(path.with_extension("receipt"), kept).expect("target is ours");
    fs::write(path.with_extension("leaf"), leaf.encode()).expect("target is ours");
}

fn rebuild(verified: &Verified, receipt: &Receipt) -> Leaf {
    let nonce = verified.body.nonce.as_slice().try_into().expect("32 bytes");
    let recipients: Vec<String> =
        verified.body.recipients.iter().map(verify::recipient_name).collect();
    let tag = leaf::routing_tag(nonce, &recipients).expect("recipients of a filing");
    let signer = *verified.signers.first().expect("a filing is signed");
    Leaf::from_extra(&receipt.extra, verified.digest, signer, tag).expect("a leaf")
}
