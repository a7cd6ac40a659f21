//! Documents in a bucket of an S3 server.

use std::fs;

use barid_client::ClientError;
use barid_client::draft::HashedDocument;
use barid_client::proto::chunk::CHUNK_BYTES;
use barid_client::proto::v1::Reason;
use barid_tests::bucket::BucketServer;
use barid_tests::{HubProcess, Link, Person};
use tempfile::TempDir;

use super::{digest, fetch, flip, put, succeeded, wait_for, written};

/// Several parts of an upload to a bucket, and not a whole number of them.
const LARGE: u64 = 37 * CHUNK_BYTES + 11;

#[tokio::test(flavor = "multi_thread")]
async fn documents_lie_in_a_bucket_alone() {
    let mut server = BucketServer::start();
    let settings = format!(
        "[documents]\nreserve_bytes = 0\nkeep_here = false\nscrub_bytes_per_second = 0\n{}",
        server.settings()
    );
    let mut hub = HubProcess::start_with(&settings);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    for size in [1, CHUNK_BYTES, LARGE] {
        let path = written(folder.path(), size);
        let (sha256, name) = (HashedDocument::at(&path).unwrap().sha256, digest(&path));
        office.client.upload(&path, &mut |_, _| {}).await.unwrap();
        assert_eq!(fs::metadata(server.kept(&name)).unwrap().len(), size);
        assert!(!super::kept(&hub, &name).exists(), "it lies on the hub's disk as well");
        fetch(&office, sha256, &folder.path().join("fetched")).await.unwrap();
        assert!(fs::read(folder.path().join("fetched")).unwrap() == fs::read(&path).unwrap());
    }
    // What rots there is noticed as well.
    let path = written(folder.path(), LARGE);
    let (sha256, name) = (HashedDocument::at(&path).unwrap().sha256, digest(&path));
    flip(&server.kept(&name), 36 * CHUNK_BYTES + 1);
    let failed = fetch(&office, sha256, &folder.path().join("rotten")).await.unwrap_err();
    assert!(matches!(failed, ClientError::Refused(no) if no.reason == Reason::HubFailed));
    assert!(hub.said().contains("has rotted in chunk 36"));
    hub.terminate();
    let said = hub.scrub();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("chunks [36]") && said.contains("1 lost"), "{said}");
    server.stop();
}

#[test]
fn an_upload_waits_for_a_bucket_that_is_away() {
    let mut server = BucketServer::start();
    let settings =
        format!("[documents]\nreserve_bytes = 0\nkeep_here = false\n{}", server.settings());
    let hub = HubProcess::start_with(&settings);
    let link = Link::to(hub.address());
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    person.goes_through(&link);
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), LARGE);
    server.stop();
    let refused = put(&person, &path).wait_with_output().unwrap();
    assert!(!refused.status.success(), "there is no bucket");
    assert!(hub.said().contains("writing to"), "the operator is told");
    let sent = link.up();
    assert!(sent > LARGE, "{sent}");
    server.launch();
    succeeded(&put(&person, &path).wait_with_output().unwrap());
    assert!(link.up() - sent < CHUNK_BYTES, "{} bytes were sent again", link.up() - sent);
    assert_eq!(fs::metadata(server.kept(&digest(&path))).unwrap().len(), LARGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn disk_and_bucket_mend_each_other() {
    let server = BucketServer::start();
    let settings = format!(
        "[documents]\nreserve_bytes = 0\nscrub_bytes_per_second = 1000000000\n{}",
        server.settings()
    );
    let mut hub = HubProcess::start_with(&settings);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), LARGE);
    let name = digest(&path);
    office.client.upload(&path, &mut |_, _| {}).await.unwrap();
    hub.terminate();
    flip(&super::kept(&hub, &name), 3 * CHUNK_BYTES);
    fs::remove_file(server.kept(&name)).unwrap();
    let lost = String::from_utf8_lossy(&hub.scrub().stdout).into_owned();
    assert!(lost.contains("1 lost"), "a chunk that lies nowhere else cannot be mended: {lost}");
    flip(&super::kept(&hub, &name), 3 * CHUNK_BYTES);
    let mended = hub.scrub();
    assert!(mended.status.success(), "{}", String::from_utf8_lossy(&mended.stdout));
    assert!(fs::read(server.kept(&name)).unwrap() == fs::read(&path).unwrap());
    fs::remove_file(super::kept(&hub, &name)).unwrap();
    hub.launch().unwrap();
    wait_for("the scrubber", || super::kept(&hub, &name).exists().then_some(()));
    assert!(fs::read(super::kept(&hub, &name)).unwrap() == fs::read(&path).unwrap());
}
