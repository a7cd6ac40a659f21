//! A real S3 server, which nobody here wrote: installed when it is missing, started, stopped and
//! started again on its folder.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::OnceLock;
use std::time::Instant;

use tempfile::TempDir;

use crate::hub::PATIENCE;
use crate::programs;
use crate::tools::{say, succeed};

/// The server: a gateway of S3's protocol to a folder. Under the Apache licence, in Go.
const SERVER: &str = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
/// The bucket.
const BUCKET: &str = "barid";
/// Who may use it, and what proves it.
const KEYS: [&str; 2] = ["the-hub", "a secret for tests"];

/// The server, with one bucket. Ends with this value.
pub struct BucketServer {
    folder: TempDir,
    address: String,
    child: Option<Child>,
}

impl BucketServer {
    /// Starts it on a folder of its own.
    ///
    /// # Panics
    /// When it cannot be installed or does not start.
    #[must_use]
    pub fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for name in ["data/barid", "parts"] {
            fs::create_dir_all(folder.path().join(name)).expect("the folder is ours");
        }
        fs::write(folder.path().join("credentials"), KEYS.join("\n")).expect("the folder is ours");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|one| one.local_addr());
        let address = free.expect("a free port").to_string();
        let mut server = Self { folder, address, child: None };
        server.launch();
        server
    }

    /// Starts it again where it was.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn launch(&mut self) {
        let log = File::create(self.folder.path().join("log")).expect("the folder is ours");
        let mut server = Command::new(installed());
        let [access, secret] = KEYS;
        server.args(["--quiet", "--access", access, "--secret", secret]);
        server.args(["--port", &self.address, "posix"]).arg(self.folder.path().join("data"));
        server.stdout(log.try_clone().expect("a handle")).stderr(log);
        self.child = Some(server.spawn().expect("the server starts"));
        let since = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            assert!(since.elapsed() < PATIENCE, "the server does not answer");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Ends it the hard way.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
    }

    /// What a hub has to know of it: the table `[documents.bucket]`.
    #[must_use]
    pub fn settings(&self) -> String {
        let credentials = self.folder.path().join("credentials");
        format!(
            "[documents.bucket]\nname = {BUCKET:?}\nendpoint = \"http://{}\"\nprefix = \"hub/one\"\n\
             credentials = {credentials:?}\n",
            self.address
        )
    }

    /// Where the bytes of a document lie.
    #[must_use]
    pub fn kept(&self, digest: &str) -> PathBuf {
        let (first, rest) = digest.split_at(2);
        let prefix = self.folder.path().join("data/barid/hub/one/sha256");
        prefix.join(first).join(rest)
    }
}

impl Drop for BucketServer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The built server, kept between runs.
fn installed() -> &'static Path {
    static INSTALLED: OnceLock<PathBuf> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let folder = programs::tools_folder("s3");
        let (program, done) = (folder.join("versitygw"), folder.join("installed.txt"));
        if fs::read_to_string(&done).is_ok_and(|known| known == SERVER) && program.exists() {
            return program;
        }
        say(&format!("installing {SERVER} into {}", folder.display()));
        let mut go = Command::new("go");
        go.args(["install", SERVER]).current_dir(&folder).env("GOBIN", &folder);
        go.env("GOFLAGS", "-mod=mod").env("GOTOOLCHAIN", "local").env("CGO_ENABLED", "0");
        succeed(&mut go, "building an S3 server; install Go 1.26 or newer and try again");
        fs::write(done, SERVER).expect("target is ours");
        program
    })
}
