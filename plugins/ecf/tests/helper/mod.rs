//! Where the samples are, and what the tests of this crate share.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use barid_format_ecf::Ecf;
use barid_plugin::Format;
use barid_plugin::v1::{DecodeReply, DecodeRequest, Problem, ProblemSeverity};

/// Longest that one message may take, unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A path among the samples. `None`: they are not on this machine, and the test says so.
pub(crate) fn sample(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples").join(path);
    if !found.exists() {
        println!("skipped: samples not present ({path})");
        return None;
    }
    Some(found)
}

/// Reads a message of an institution called `court`, and holds the reply to what every format
/// promises.
pub(crate) fn decode(format: &str, input: &[u8]) -> DecodeReply {
    let began = Instant::now();
    let reply = Ecf.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        institution: "court".to_owned(),
        ..DecodeRequest::default()
    });
    assert!(began.elapsed() < PATIENCE, "{format} took {:?}", began.elapsed());
    let refused = reply.problems.iter().any(|problem| problem.severity() == ProblemSeverity::Error);
    assert_eq!(reply.content.is_none(), refused, "content or an error, not both, not neither");
    for problem in &reply.problems {
        let worded = |language: &str| {
            let mut all = problem.what.iter().flat_map(|what| &what.renderings);
            all.any(|one| one.language == language && !one.text.is_empty())
        };
        // What the shared readers say is in Sorani too.
        assert!(worded("ar") && worded("en"), "{problem:?}");
        assert!(place(problem).len() <= 1_024, "no hub takes a longer place");
    }
    reply
}

/// The path of a problem.
pub(crate) fn place(problem: &Problem) -> &str {
    problem.place.as_ref().map_or("", |place| place.path.as_str())
}

/// The codes of the problems, in their order.
pub(crate) fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code.as_str()).collect()
}
