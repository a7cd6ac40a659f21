//! What is measured, in which unit, and what it may be.

/// A row of the report.
pub(super) struct Row {
    /// How the measuring program calls it.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) what: &'static str,
    /// Its unit.
    pub(super) unit: &'static str,
    /// What it may be.
    pub(super) goal: Goal,
}

/// What a measured value may be.
pub(super) enum Goal {
    /// It is only told.
    Told,
    /// At most so much.
    Most(u64),
    /// At least so much.
    Least(u64),
}

impl Goal {
    pub(super) fn holds(&self, value: u64) -> bool {
        match self {
            Self::Told => true,
            Self::Most(most) => value <= *most,
            Self::Least(least) => value >= *least,
        }
    }
}

/// What is measured of a large log.
pub(super) const LOG: [Row; 6] = [
    Row { name: "leaves", what: "leaves in the log", unit: "leaves", goal: Goal::Told },
    Row {
        name: "start-up",
        what: "start-up: store, log and hub",
        unit: "ms",
        goal: Goal::Most(2_000),
    },
    Row { name: "start-up-memory", what: "memory after it", unit: "MiB", goal: Goal::Most(300) },
    Row {
        name: "inclusion-p50",
        what: "inclusion proof, median",
        unit: "us",
        goal: Goal::Most(1_000),
    },
    Row {
        name: "inclusion-p99",
        what: "inclusion proof, 99th percentile",
        unit: "us",
        goal: Goal::Most(1_000),
    },
    Row { name: "memory", what: "memory after 5,000 proofs", unit: "MiB", goal: Goal::Most(300) },
];

/// What is measured of searches.
pub(super) const SEARCH: [Row; 12] = [
    Row { name: "cases", what: "cases, all of one reader", unit: "cases", goal: Goal::Told },
    Row {
        name: "made-findable",
        what: "filings made findable",
        unit: "filings/s",
        goal: Goal::Told,
    },
    Row {
        name: "number-p50",
        what: "a docket number, median",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "number-p99",
        what: "a docket number, 99th percentile",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "number-spelled-p50",
        what: "one in another spelling, median",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "number-spelled-p99",
        what: "one in another spelling, 99th percentile",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "name-p50",
        what: "a name in two parts, median",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "name-p99",
        what: "a name in two parts, 99th percentile",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "word-p50",
        what: "a word of most cases, median",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "word-p99",
        what: "a word of most cases, 99th percentile",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "words-p50",
        what: "two words and a number, median",
        unit: "us",
        goal: Goal::Most(5_000),
    },
    Row {
        name: "words-p99",
        what: "two words and a number, 99th percentile",
        unit: "us",
        goal: Goal::Most(5_000),
    },
];

/// What is measured of receipts with a quorum of witnesses.
pub(super) const RECEIPTS: [Row; 5] = [
    Row {
        name: "saturation",
        what: "filings with a receipt, at most",
        unit: "/s",
        goal: Goal::Told,
    },
    Row { name: "half-load", what: "filings at half load", unit: "/s", goal: Goal::Told },
    Row {
        name: "receipt-p50",
        what: "receipt with a quorum, median",
        unit: "ms",
        goal: Goal::Most(40),
    },
    Row {
        name: "receipt-p99",
        what: "receipt, 99th percentile",
        unit: "ms",
        goal: Goal::Most(250),
    },
    Row { name: "pending", what: "answers without a receipt", unit: "", goal: Goal::Told },
];

/// What is measured of readers of documents: the bench that does, and its rows. Another plugin is
/// one more line here and one more program in `tests/benches`.
pub(super) const DECODERS: [(&str, &[Row]); 2] = [("decode", &DECODE), ("ecf", &ECF)];

/// How much slower than the parser alone a reader of XML may be: it has to make something of what
/// it reads, and to say where.
pub(super) const OF_PARSER: Goal = Goal::Least(30);

pub(super) const DECODE: [Row; 10] = [
    Row { name: "akn-rate", what: "judgments, Akoma Ntoso", unit: "kB/s", goal: Goal::Told },
    Row { name: "akn-documents", what: "judgments", unit: "/s", goal: Goal::Told },
    Row { name: "akn-ratio", what: "part of quick-xml's rate", unit: "%", goal: OF_PARSER },
    Row { name: "xlsx-rate", what: "register, XLSX, unpacked", unit: "kB/s", goal: Goal::Told },
    Row { name: "xlsx-documents", what: "registers of 2,000 rows", unit: "/s", goal: Goal::Told },
    Row { name: "xlsx-ratio", what: "part of quick-xml's rate", unit: "%", goal: OF_PARSER },
    Row { name: "csv-rate", what: "register, CSV", unit: "kB/s", goal: Goal::Told },
    Row { name: "csv-documents", what: "registers of 2,000 rows", unit: "/s", goal: Goal::Told },
    Row { name: "form-rate", what: "Form 110, JSON", unit: "kB/s", goal: Goal::Told },
    Row { name: "form-documents", what: "forms", unit: "/s", goal: Goal::Told },
];

pub(super) const ECF: [Row; 3] = [
    Row { name: "ecf-rate", what: "court filings, ECF", unit: "kB/s", goal: Goal::Told },
    Row { name: "ecf-documents", what: "court filings", unit: "/s", goal: Goal::Told },
    Row { name: "ecf-ratio", what: "part of quick-xml's rate", unit: "%", goal: OF_PARSER },
];

/// What is measured of one institution's calls while another's plugin does not answer.
pub(super) const NEIGHBOURS: [Row; 7] = [
    Row { name: "quiet-p50", what: "dry run of a form, median", unit: "us", goal: Goal::Told },
    Row { name: "quiet-p99", what: "the same, 99th percentile", unit: "us", goal: Goal::Told },
    Row {
        name: "attacked-p50",
        what: "beside endless loops, median",
        unit: "us",
        goal: Goal::Told,
    },
    Row { name: "attacked-p99", what: "the same, 99th percentile", unit: "us", goal: Goal::Told },
    Row { name: "ratio-p50", what: "medians, with by without", unit: "%", goal: Goal::Told },
    Row {
        name: "ratio-p99",
        what: "99th percentiles, with by without",
        unit: "%",
        goal: Goal::Most(120),
    },
    Row { name: "attacks", what: "loops ended meanwhile", unit: "", goal: Goal::Told },
];

/// What is measured of a plugin's calls.
pub(super) const PLUGINS: [Row; 5] = [
    Row {
        name: "here-p50",
        what: "call of 8 KiB in the hub's process",
        unit: "us",
        goal: Goal::Told,
    },
    Row { name: "worker-p50", what: "the same in a worker, median", unit: "us", goal: Goal::Told },
    Row { name: "over-p50", what: "a worker over it, median", unit: "us", goal: Goal::Most(50) },
    Row {
        name: "over-p99",
        what: "a worker over it, 99th percentile",
        unit: "us",
        goal: Goal::Told,
    },
    Row { name: "start-p50", what: "starting a worker, median", unit: "ms", goal: Goal::Told },
];

/// What is measured of documents on their way.
pub(super) const EXHIBITS: [Row; 10] = [
    Row { name: "raw", what: "bytes over bare TLS", unit: "MiB/s", goal: Goal::Told },
    Row { name: "sink", what: "upload, nothing kept", unit: "MiB/s", goal: Goal::Told },
    Row { name: "sink-part", what: "part of bare TLS", unit: "%", goal: Goal::Least(55) },
    Row { name: "upload", what: "upload, compared, durable", unit: "MiB/s", goal: Goal::Told },
    Row { name: "upload-part", what: "part of bare TLS", unit: "%", goal: Goal::Least(25) },
    Row { name: "together", what: "four uploads at once", unit: "MiB/s", goal: Goal::Told },
    Row { name: "together-part", what: "part of bare TLS", unit: "%", goal: Goal::Least(35) },
    Row { name: "download", what: "download, compared", unit: "MiB/s", goal: Goal::Told },
    Row { name: "download-part", what: "part of bare TLS", unit: "%", goal: Goal::Least(50) },
    Row { name: "growth", what: "growth of the hub's memory", unit: "MiB", goal: Goal::Most(64) },
];

/// What is measured of looking at documents: PDFs whose contents are not packed.
pub(super) const LOOKS: [Row; 5] = [
    Row { name: "start", what: "starting the first looker", unit: "us", goal: Goal::Told },
    Row { name: "letter", what: "2 pages, 6 KiB", unit: "us", goal: Goal::Most(1_000) },
    Row { name: "ruling", what: "40 pages, 160 KiB", unit: "us", goal: Goal::Most(10_000) },
    Row { name: "register", what: "1,000 pages, 4 MiB", unit: "us", goal: Goal::Most(100_000) },
    Row { name: "longest", what: "300 pages, 64 MiB", unit: "us", goal: Goal::Most(2_000_000) },
];
