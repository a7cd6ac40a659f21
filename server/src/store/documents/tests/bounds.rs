//! How much, how many, how long.

use super::*;

#[test]
fn sizes_and_numbers_are_bounded() {
    let folder = TempDir::new().unwrap();
    let small = DocumentLimits { max_bytes: 1000, ..limits() };
    let documents = Documents::open(folder.path(), &Places::default(), small).unwrap();
    let north = institution("north");
    let begin = |who: &InstitutionId, n, size, offset| {
        documents.upload(who, plain(paper(n), size), offset, 0)
    };
    for size in [0, 1001, u64::MAX] {
        assert_eq!(refusal(begin(&north, 0, size, 0)).reason, Reason::TooLarge);
    }
    let larger = DocumentLimits { max_bytes: u64::MAX, ..limits() };
    let larger = Documents::open(folder.path(), &Places::default(), larger).unwrap();
    let too_large = plain(paper(0), chunk::MAX_DOCUMENT_BYTES + 1);
    assert_eq!(refusal(larger.upload(&north, too_large, 0, 0)).reason, Reason::TooLarge);
    for n in 0..MAX_PARTIALS as u64 {
        begin(&north, n, 9, 0).unwrap().write(b"x").unwrap();
    }
    assert_eq!(refusal(begin(&north, 9999, 9, 0)).reason, Reason::TooMany);
    // One that was begun goes on; another institution has its own room.
    begin(&north, 3, 9, 1).unwrap();
    begin(&institution("south"), 3, 9, 0).unwrap();
}

#[test]
fn an_institution_has_its_share_and_the_ledger_has_room() {
    let folder = TempDir::new().unwrap();
    let quota = DocumentLimits { quota_bytes: 100, ..limits() };
    let documents = Documents::open(folder.path(), &Places::default(), quota).unwrap();
    let north = institution("north");
    let begin =
        |n, size, offset, used| documents.upload(&north, plain(paper(n), size), offset, used);
    begin(1, 60, 0, 0).unwrap().write(&[7; 50]).unwrap();
    assert_eq!(refusal(begin(2, 51, 0, 0)).reason, Reason::QuotaUsed);
    assert_eq!(refusal(begin(2, 50, 0, 1)).reason, Reason::QuotaUsed);
    begin(2, 50, 0, 0).unwrap();
    // What was begun counts once.
    begin(1, 60, 50, 40).unwrap();
    assert_eq!(refusal(begin(1, 60, 50, 41)).reason, Reason::QuotaUsed);

    let full = DocumentLimits { reserve_bytes: u64::MAX, ..limits() };
    let documents = Documents::open(folder.path(), &Places::default(), full).unwrap();
    match upload(&documents, "north", 0) {
        Err(Error::Failed(fault)) => assert!(fault.is_disk_full()),
        _ => panic!("a full disk took an upload"),
    }
}

#[test]
fn what_nobody_goes_on_with_is_given_up() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    upload.write(b"").unwrap();
    upload.write(&long.bytes[..4]).unwrap();
    drop(upload);
    // The system's clock dates the file; a minute's room is enough.
    let path = folder.path().join("partial").join(format!("north.{}", long.row.digest));
    let begun: SystemTime = fs::metadata(path).unwrap().modified().unwrap();
    let later = begun + PARTIAL_AGE + Duration::from_secs(60);
    assert_eq!(documents.sweep(begun + PARTIAL_AGE).unwrap(), 0);
    assert_eq!(documents.sweep(begun - Duration::from_secs(9)).unwrap(), 0);
    let (first, second) = (documents.sweep(later).unwrap(), documents.sweep(later).unwrap());
    assert_eq!(first + second, 4 + long.hashes.chunks.packed().len() as u64);
    assert_eq!(names(&folder, "partial"), 0);
}
