//! Witnesses as processes that are asked over HTTP: one that nobody here wrote, and ours.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use barid_client::proto::tlog::add_checkpoint::AddCheckpoint;
use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::tlog::note::Note;
use barid_client::proto::tlog::policy::Policy;
use barid_client::proto::tlog::vkey::VerifierKey;
use barid_tests::programs;
use tempfile::TempDir;

use super::tools;

/// The witness's name in its lines.
const NAME: &str = "observer.test/w1";

/// How long a witness may take to listen, and to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(50);

/// Whose program it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    /// aics-witness, Python: written by others.
    Aics,
    /// `barid-witness`.
    Barid,
}

/// A witness that follows one log. Ends with this value.
pub(crate) struct AskedWitness {
    maker: Maker,
    folder: TempDir,
    key: VerifierKey,
    log: VerifierKey,
    address: String,
    child: Child,
}

impl AskedWitness {
    /// A new witness of a log.
    pub(crate) fn start(maker: Maker, log: &VerifierKey) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let place = folder.path().join("witness");
        fs::create_dir(&place).expect("the folder is ours");
        let log_key = log.to_string();
        let made = match maker {
            Maker::Aics => {
                let listen = ["--name", NAME, "--listen", "127.0.0.1:0"];
                let made = run(aics(&place, "init").args(listen));
                run(aics(&place, "add-log").args(["--origin", log.name(), "--vkey", &log_key]));
                made
            }
            Maker::Barid => {
                let made = run(barid("init", &place).args(["--name", NAME]));
                run(barid("add-log", &place).args(["--vkey", &log_key]));
                let settings = "[http]\nlisten = \"127.0.0.1:0\"\n";
                fs::write(place.join("witness.toml"), settings).expect("the folder is ours");
                made
            }
        };
        let key = made.split_whitespace().find(|word| word.starts_with(&format!("{NAME}+")));
        let key = key.expect("its key is shown").parse().expect("a verifier key");
        let said = folder.path().join("said");
        let out = || File::options().create(true).append(true).open(&said).expect("ours");
        let mut serve = match maker {
            Maker::Aics => aics(&place, "serve"),
            Maker::Barid => barid("serve", &place),
        };
        let child = serve.stdout(out()).stderr(out()).spawn().expect("the witness starts");
        let address = listening(&said);
        Self { maker, folder, key, log: log.clone(), address, child }
    }

    /// The lines of a policy that demands it, with its address.
    pub(crate) fn policy_lines(&self) -> String {
        format!("witness observer {} http://{}\nquorum observer\n", self.key, self.address)
    }

    /// Asks for a cosignature; gives the code and the body of the answer.
    pub(crate) fn ask(&self, question: &AddCheckpoint) -> (u16, String) {
        let body = question.to_string();
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
        let head = format!(
            "POST /add-checkpoint HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\
             content-type: text/plain\r\ncontent-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).expect("it reads");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("it answers in UTF-8");
        let (head, body) = reply.split_once("\r\n\r\n").expect("a head");
        let code = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        (code.expect("a code"), body.to_owned())
    }

    /// The question is cosigned, and the line counts in a policy that demands this witness.
    pub(crate) fn must_cosign(&self, question: &AddCheckpoint) {
        let (code, lines) = self.ask(question);
        assert_eq!(code, 200, "{:?}: {lines}", self.maker);
        let note = format!("{}{lines}", question.note);
        let note = Note::parse(note.as_bytes()).expect("a note with one line more");
        let policy = format!("log {}\nwitness observer {}\nquorum observer\n", self.log, self.key);
        let policy = Policy::parse(policy.as_bytes()).expect("a policy");
        assert!(policy.verify(&question.note).is_err(), "not without its line");
        let witnessed = policy.verify(&note).expect("its line counts");
        assert!(witnessed.kth_time(1).is_some(), "and is dated");
    }

    /// Whether what it kept as evidence shows this checkpoint.
    pub(crate) fn keeps(&self, checkpoint: &Checkpoint) -> bool {
        let root = checkpoint.to_string();
        let root = root.lines().nth(2).expect("a checkpoint has a root");
        let place = self.folder.path().join("witness");
        match self.maker {
            Maker::Aics => run(&mut aics(&place, "evidence")).contains(root),
            Maker::Barid => {
                let mut found = Command::new("grep");
                found.args(["-rqF", root]).arg(place.join("evidence"));
                found.status().expect("grep is there").success()
            }
        }
    }
}

impl Drop for AskedWitness {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_ended = self.child.wait();
    }
}

fn aics(place: &Path, command: &str) -> Command {
    let mut program = Command::new(tools::python().join("aics-witness"));
    program.arg(command).arg("--config").arg(place.join("witness.json"));
    program.env("PYTHONUNBUFFERED", "1");
    program
}

fn barid(command: &str, place: &PathBuf) -> Command {
    let mut program = Command::new(programs::program("barid-witness"));
    program.arg(command).arg(place);
    program
}

/// Runs to its end; gives what it printed.
fn run(program: &mut Command) -> String {
    let ended = program.output().expect("it starts");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

/// Waits until a witness says where it listens.
fn listening(said: &Path) -> String {
    let started = Instant::now();
    loop {
        let text = fs::read_to_string(said).unwrap_or_default();
        let line = text.lines().find(|line| line.contains("listening"));
        if let Some((_, after)) = line.and_then(|line| line.split_once("127.0.0.1:")) {
            let port: String = after.chars().take_while(char::is_ascii_digit).collect();
            return format!("127.0.0.1:{port}");
        }
        assert!(started.elapsed() < PATIENCE, "the witness does not listen: {text}");
        std::thread::sleep(GLANCE);
    }
}
