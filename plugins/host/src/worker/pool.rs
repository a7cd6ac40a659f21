//! The host's side: starts workers, hands them one call each, ends those that overrun or lie.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::asked::Asked;
use super::child::{Limits, Start, Work};
use super::frame::{self, Kind, TEXT_BYTES_MAX};
use super::timed::Timed;
use super::{ARGUMENT, Confinement, Program, ending, priority};
use crate::description::DESCRIPTION_BYTES_MAX;
use crate::error::{CallFailure, LibraryFailure, LoadFailure, quoted};
use crate::manifest::PluginManifest;
use crate::sealed::Sealed;

/// Longest time from starting a worker to its description. Some milliseconds on an idle machine.
const START_MAX: Duration = Duration::from_secs(10);

/// Calls after which a worker is replaced: what a library leaks does not add up for ever.
const CALLS_MAX: u32 = 4_096;

/// Workers that wait for their next call: one for each institution of a country that files in the
/// same format, or all that one can use at once. Of more, the one that waits longest is ended.
const IDLE_MAX: usize = 8;

/// Pause after a worker did not start; doubled with each that does not, up to the longest.
const PAUSE: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// How long a worker may be about a document before it stands back. Nearly every document is read
/// sooner; what takes longer can wait for those.
const LONG: Duration = Duration::from_millis(10);

/// How long a worker that hung up may take to be gone, before it is made to.
const GONE_MAX: Duration = Duration::from_millis(100);

/// All workers of one plugin, or all that look at documents.
#[derive(Debug)]
pub(crate) struct Pool {
    program: Program,
    /// `None`: they look at documents.
    library: Option<Sealed>,
    limits: Limits,
    deadline_ms: u64,
    reply_bytes_max: usize,
    /// Who waits longest comes first.
    waiting: Mutex<Vec<Waiting>>,
    starting: Mutex<Starting>,
    /// Institutions whose last document took long: workers for their next begin further back.
    slow: Mutex<BTreeSet<String>>,
    /// What the first worker said of itself: a plugin gives always the same answer.
    first: Said,
}

/// A worker between two calls.
#[derive(Debug)]
struct Waiting {
    worker: Worker,
    /// Whose documents it has read. A document that takes a worker over without ending it can lie
    /// about what that worker reads later: about its own institution's documents, and no other's.
    institution: Option<String>,
}

/// What a worker said of itself when it started.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    confinement: Confinement,
    description: Vec<u8>,
}

/// Workers that did not start, since the last that did.
#[derive(Debug, Default)]
struct Starting {
    failed: u32,
    not_before: Option<Instant>,
}

/// Why there is no answer and the worker is gone.
enum Broken {
    /// It had this much time.
    TooSlow {
        given: Duration,
    },
    Died(String),
    /// It was not asked: the document cannot be read.
    Unread(String),
}

impl Pool {
    /// Starts the first worker.
    pub(crate) fn start(
        manifest: &PluginManifest,
        library: &[u8],
        program: &Program,
    ) -> Result<Self, LoadFailure> {
        let library = Sealed::new(&manifest.path, library)?;
        let limits =
            Limits { memory_bytes: manifest.max_memory_bytes, call_ms: manifest.deadline_ms };
        Self::of(Some(library), limits, manifest.max_output_bytes, program)
    }

    /// Starts the first worker that looks at documents.
    pub(crate) fn looking(
        limits: Limits,
        reply_bytes_max: usize,
        program: &Program,
    ) -> Result<Self, LoadFailure> {
        Self::of(None, limits, reply_bytes_max, program)
    }

    fn of(
        library: Option<Sealed>,
        limits: Limits,
        reply_bytes_max: usize,
        program: &Program,
    ) -> Result<Self, LoadFailure> {
        let (worker, first) = Worker::start(program, library.as_ref(), limits, false)?;
        Ok(Self {
            program: program.clone(),
            library,
            limits,
            deadline_ms: limits.call_ms,
            reply_bytes_max,
            waiting: Mutex::new(vec![Waiting { worker, institution: None }]),
            starting: Mutex::default(),
            slow: Mutex::default(),
            first,
        })
    }

    /// The description that the plugin gave of itself, serialised.
    pub(crate) fn description(&self) -> &[u8] {
        &self.first.description
    }

    /// What keeps the workers in.
    pub(crate) fn confinement(&self) -> Confinement {
        self.first.confinement
    }

    /// Has a worker answer about an institution's document. One that ends instead is replaced, and
    /// the replacement asked once more: it may have been an earlier call that broke the first.
    pub(crate) fn call(
        &self,
        asked: Asked<'_>,
        institution: &str,
        deadline: Instant,
    ) -> Result<Vec<u8>, CallFailure> {
        let waiting = self.take_waiting(institution);
        let first = waiting.map_or_else(|| self.fresh(institution, deadline), Ok)?;
        let outcome = match self.ask(first, asked, institution, deadline) {
            Err(Broken::Died(_)) => {
                self.ask(self.fresh(institution, deadline)?, asked, institution, deadline)
            }
            other => other,
        };
        match outcome {
            Ok(answer) => answer,
            Err(Broken::TooSlow { given }) => Err(CallFailure::late(given, self.deadline_ms)),
            Err(Broken::Died(how)) => Err(CallFailure::Died { how }),
            Err(Broken::Unread(why)) => Err(CallFailure::Unread(why)),
        }
    }

    fn ask(
        &self,
        mut worker: Worker,
        asked: Asked<'_>,
        institution: &str,
        deadline: Instant,
    ) -> Result<Result<Vec<u8>, CallFailure>, Broken> {
        let answered = worker.call(asked, self.reply_bytes_max, deadline);
        if worker.was_long {
            lock(&self.slow).insert(institution.to_owned());
        } else if answered.is_ok() {
            lock(&self.slow).remove(institution);
        }
        let answer = answered?;
        if worker.calls < CALLS_MAX && !worker.stood_back {
            let institution = Some(institution.to_owned());
            // What is taken out ends when nobody waits for the lock.
            let _ended = {
                let mut waiting = lock(&self.waiting);
                waiting.push(Waiting { worker, institution });
                (waiting.len() > IDLE_MAX).then(|| waiting.remove(0))
            };
        }
        Ok(answer)
    }

    /// The worker that read for this institution last, or one that has not read at all.
    fn take_waiting(&self, institution: &str) -> Option<Worker> {
        let mut waiting = lock(&self.waiting);
        let own = waiting.iter().rposition(|one| one.institution.as_deref() == Some(institution));
        let at = own.or_else(|| waiting.iter().rposition(|one| one.institution.is_none()))?;
        Some(waiting.remove(at).worker)
    }

    /// A new worker; none for a while after one did not start. One that begins further back may
    /// be late on a busy machine, which says nothing about the others.
    fn fresh(&self, institution: &str, deadline: Instant) -> Result<Worker, CallFailure> {
        let now = Instant::now();
        if now >= deadline {
            return Err(CallFailure::Busy);
        }
        if lock(&self.starting).not_before.is_some_and(|not_before| now < not_before) {
            return Err(CallFailure::NotStarted("the last one did not either".to_owned()));
        }
        let back = lock(&self.slow).contains(institution);
        let started = Worker::start(&self.program, self.library.as_ref(), self.limits, back);
        let failure = match started {
            Ok((worker, said)) if said == self.first => {
                *lock(&self.starting) = Starting::default();
                return Ok(worker);
            }
            Ok(_) => "it describes itself otherwise than before".to_owned(),
            Err(failure) if back => return Err(CallFailure::NotStarted(failure.to_string())),
            Err(failure) => failure.to_string(),
        };
        let mut starting = lock(&self.starting);
        let pause = PAUSE.saturating_mul(2_u32.saturating_pow(starting.failed)).min(PAUSE_MAX);
        starting.failed = starting.failed.saturating_add(1);
        starting.not_before = Some(Instant::now() + pause);
        Err(CallFailure::NotStarted(failure))
    }
}

/// One worker process, waiting for a call. Ends when it is dropped.
#[derive(Debug)]
struct Worker {
    process: Child,
    link: BufReader<Timed>,
    calls: u32,
    /// It stands behind everybody else in every queue for a processor. Nobody can let it forward
    /// again.
    stood_back: bool,
    /// Its last document took longer than [`LONG`].
    was_long: bool,
}

impl Worker {
    fn start(
        program: &Program,
        library: Option<&Sealed>,
        limits: Limits,
        back: bool,
    ) -> Result<(Self, Said), LoadFailure> {
        let failed = |error: io::Error| LoadFailure::Worker(quoted(&error.to_string()));
        let (ours, theirs) = UnixStream::pair().map_err(failed)?;
        // Not inherited: a worker that writes to what is a file on the disk is ended for it.
        let errors = if program.show_errors { Stdio::piped() } else { Stdio::null() };
        let given = library.map_or(Ok(Stdio::null()), |one| one.memory().map(Stdio::from));
        let mut process = Command::new(&program.path)
            .arg(ARGUMENT)
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs))
            .stdout(given.map_err(failed)?)
            .stderr(errors)
            .spawn()
            .map_err(failed)?;
        if back {
            priority::stand_back(process.id());
        }
        if let Some(mut errors) = process.stderr.take() {
            // Ends with the worker; nobody waits for the last words of one that is ended.
            thread::spawn(move || io::copy(&mut errors, &mut io::stderr()));
        }
        let deadline = Instant::now() + START_MAX;
        let link = BufReader::with_capacity(64 * 1024, Timed { link: ours, deadline });
        let mut worker = Self { process, link, calls: 0, stood_back: back, was_long: false };
        let work = if library.is_some() { Work::Library } else { Work::Looking };
        match worker.introduce(Start { work, limits }) {
            Ok(said) => Ok((worker, said?)),
            Err(error) => Err(LoadFailure::Worker(match worker.broken(&error, START_MAX) {
                Broken::TooSlow { .. } => {
                    format!("nothing was heard of it for {} s", START_MAX.as_secs())
                }
                Broken::Died(how) | Broken::Unread(how) => how,
            })),
        }
    }

    /// Sends its work and limits, and reads how it is confined, and the description.
    fn introduce(&mut self, start: Start) -> io::Result<Result<Said, LoadFailure>> {
        frame::write(self.link.get_mut(), Kind::Start, 0, &serde_json::to_vec(&start)?)?;
        let frame = frame::read(&mut self.link, |kind| {
            let expected = [Kind::Ready, Kind::NotLoaded, Kind::NotConfined];
            expected.contains(&kind).then_some(TEXT_BYTES_MAX)
        })?;
        match frame.kind {
            Kind::Ready => {}
            Kind::NotLoaded => {
                let failure: LibraryFailure = serde_json::from_slice(&frame.body)?;
                return Ok(Err(failure.into()));
            }
            _ => {
                let reason = quoted(&String::from_utf8_lossy(&frame.body));
                return Ok(Err(LoadFailure::Worker(reason)));
            }
        }
        let confinement = serde_json::from_slice(&frame.body)?;
        Ok(match frame::read_outcome(&mut self.link, DESCRIPTION_BYTES_MAX)? {
            Ok(description) => Ok(Said { confinement, description }),
            Err(failure) => Err(LoadFailure::Describing(failure)),
        })
    }

    fn call(
        &mut self,
        asked: Asked<'_>,
        max: usize,
        deadline: Instant,
    ) -> Result<Result<Vec<u8>, CallFailure>, Broken> {
        self.calls += 1;
        let given = deadline.saturating_duration_since(Instant::now());
        self.link.get_mut().deadline = deadline;
        let sent = asked.send(self.link.get_mut(), max as u64).map_err(Broken::Unread)?;
        let deadline = self.link.get_ref().deadline;
        sent.and_then(|()| self.wait(deadline))
            .and_then(|()| frame::read_outcome(&mut self.link, max))
            .map_err(|error| self.broken(&error, given))
    }

    /// Waits for the beginning of an answer. A worker that is long about it stands back, so that
    /// plugins which compute without end do not share the processors evenly with those that answer.
    fn wait(&mut self, deadline: Instant) -> io::Result<()> {
        use io::ErrorKind::{TimedOut, WouldBlock};
        self.link.get_mut().deadline = deadline.min(Instant::now() + LONG);
        let begun = self.link.fill_buf().map(|_| ());
        self.link.get_mut().deadline = deadline;
        match begun {
            Err(error) if matches!(error.kind(), TimedOut | WouldBlock) => {}
            other => return other,
        }
        (self.was_long, self.stood_back) = (true, true);
        priority::stand_back(self.process.id());
        Ok(())
    }

    /// What it means that the link failed within the time that was given.
    fn broken(&mut self, error: &io::Error, given: Duration) -> Broken {
        use io::ErrorKind::{InvalidData, TimedOut, WouldBlock};
        match error.kind() {
            TimedOut | WouldBlock => Broken::TooSlow { given },
            // Whoever writes what the worker's own code never writes has taken the worker over.
            InvalidData => Broken::Died(format!("it answered with {error}")),
            _ => Broken::Died(self.ended()),
        }
    }

    /// How the process ended; it has hung up already.
    fn ended(&mut self) -> String {
        let deadline = Instant::now() + GONE_MAX;
        loop {
            match self.process.try_wait() {
                Ok(Some(status)) => return ending::told(status),
                Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(1)),
                _ => return "it hung up, and went on".to_owned(),
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.link.get_ref().link.shutdown(Shutdown::Both);
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A panic while a lock is held leaves whole workers behind: they can be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
