//! A hub, its witnesses and its offices on this machine, each a process or a connection of its own.

#![allow(dead_code, clippy::allow_attributes, reason = "each bench uses its own part")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use barid_proto::key::{Algorithm, FileKey, KeyId, Signer as _};
use barid_proto::tlog::note::NoteSigner;
use barid_proto::v1;
use hyper_util::rt::TokioIo;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType, SerialNumber,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::codegen::http::Uri;
use tonic::transport::{Channel, Endpoint};

/// The log's name.
pub(crate) const ORIGIN: &str = "bench.example/log";
/// The name in the hub's certificate.
const HUB: &str = "localhost";
/// Witnesses, three of which make a quorum.
const WITNESSES: usize = 4;
/// How long the hub may take to listen.
const LISTENS_WITHIN: Duration = Duration::from_secs(30);

/// All of it; ends with this value.
pub(crate) struct Network {
    folder: TempDir,
    address: String,
    /// Institution and name of each office.
    offices: Vec<(&'static str, String)>,
    processes: Vec<Child>,
}

/// A text in English.
pub(crate) fn english(text: &str) -> v1::Text {
    let rendering = v1::Rendering { language: "en".to_owned(), text: text.to_owned() };
    v1::Text { renderings: vec![rendering], authoritative: "en".to_owned() }
}

/// The institution that files.
const INSTITUTION: &str = "bench";
/// Another one, which means harm. Its office is called like it.
pub(crate) const ATTACKER: &str = "attacker";

/// An office of the institution that files.
pub(crate) fn address(office: &str) -> v1::Address {
    v1::Address { institution: INSTITUTION.to_owned(), office: office.to_owned() }
}

/// A connection over TLS.
pub(crate) type Secured = tokio_rustls::client::TlsStream<TcpStream>;

async fn dial(tls: TlsConnector, address: &str) -> std::io::Result<Secured> {
    let socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    let name = ServerName::try_from(HUB).map_err(std::io::Error::other)?;
    tls.connect(name, socket).await
}

impl Network {
    /// Starts a hub with witnesses, and makes so many offices of one institution.
    pub(crate) fn start(witness: &Path, offices: usize) -> anyhow::Result<Self> {
        let names = (0..offices).map(|number| (INSTITUTION, format!("o{number}")));
        let mut network = Self::prepared(names.collect())?;
        let policy = network.make_witnesses(witness)?;
        fs::write(network.policy(), policy)?;
        network.start_hub(&Self::witnesses())?;
        for number in 0..WITNESSES {
            let folder = network.path(&format!("w{number}"));
            let settings = format!(
                "[hub]\norigin = {ORIGIN:?}\naddress = {:?}\nserver_name = {HUB:?}\n\
                 authority = \"../ca.pem\"\ncertificate = \"../o{number}.pem\"\n\
                 key = \"../o{number}.key\"\n",
                network.address
            );
            fs::write(folder.join("witness.toml"), settings)?;
            let mut program = Command::new(witness);
            network.spawn(program.arg("serve").arg(folder), &format!("w{number}.log"))?;
        }
        Ok(network)
    }

    /// Starts a hub with these plugins (tables of its settings) and no witnesses, and makes two
    /// offices: `o0`, and the [`ATTACKER`]'s.
    pub(crate) fn with_plugins(plugins: &str) -> anyhow::Result<Self> {
        let offices = vec![(INSTITUTION, "o0".to_owned()), (ATTACKER, ATTACKER.to_owned())];
        let mut network = Self::prepared(offices)?;
        network.start_hub(plugins)?;
        Ok(network)
    }

    /// A folder with everything that a hub needs but its settings.
    fn prepared(offices: Vec<(&'static str, String)>) -> anyhow::Result<Self> {
        let (folder, address) = (TempDir::new()?, String::new());
        let network = Self { folder, address, offices, processes: Vec::new() };
        network.certify()?;
        let key = FileKey::generate(Algorithm::Ed25519)?;
        fs::write(network.path("log.key"), key.to_pem()?.as_bytes())?;
        fs::write(network.path("directory.toml"), network.directory())?;
        fs::write(
            network.path("policy.toml"),
            include_str!("../../policy/electoral-disputes.toml"),
        )?;
        Ok(network)
    }

    /// The names of the offices.
    pub(crate) fn offices(&self) -> Vec<String> {
        self.offices.iter().map(|(_, name)| name.clone()).collect()
    }

    /// Whom receipts are believed by.
    pub(crate) fn policy(&self) -> PathBuf {
        self.path("witnesses.policy")
    }

    /// An office's connection.
    pub(crate) async fn connect(&self, office: &str) -> anyhow::Result<Channel> {
        self.connect_to(office, &self.address).await
    }

    /// An office's connection to whoever has the hub's certificate and listens there.
    pub(crate) async fn connect_to(&self, office: &str, at: &str) -> anyhow::Result<Channel> {
        let (tls, address) = (self.tls(office)?, at.to_owned());
        let dial = tower::service_fn(move |_: Uri| {
            let (tls, address) = (tls.clone(), address.clone());
            async move { Ok::<_, std::io::Error>(TokioIo::new(dial(tls, &address).await?)) }
        });
        Ok(Endpoint::from_static("http://localhost").connect_with_connector(dial).await?)
    }

    /// The same without anything on top of it.
    pub(crate) async fn dial(&self, office: &str, at: &str) -> anyhow::Result<Secured> {
        Ok(dial(self.tls(office)?, at).await?)
    }

    /// The folder of all that belongs to it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The most memory that the hub ever held, in KiB.
    pub(crate) fn hub_peak_kib(&self) -> anyhow::Result<u64> {
        let hub = self.processes.first().context("the hub runs")?.id();
        let told = fs::read_to_string(format!("/proc/{hub}/status"))?;
        let line =
            told.lines().find(|line| line.starts_with("VmHWM:")).context("Linux tells it")?;
        Ok(line.split_whitespace().nth(1).context("a number")?.parse()?)
    }

    fn tls(&self, office: &str) -> anyhow::Result<TlsConnector> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(self.path("ca.pem"))?)?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let certificate = CertificateDer::from_pem_file(self.path(&format!("{office}.pem")))?;
        let key = PrivateKeyDer::from_pem_file(self.path(&format!("{office}.key")))?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_root_certificates(roots)
            .with_client_auth_cert(vec![certificate], key)?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(TlsConnector::from(Arc::new(config)))
    }

    /// An office's certificate vouches for its key.
    pub(crate) fn voucher(&self, office: &str, key: &KeyId) -> anyhow::Result<v1::KeyVoucher> {
        let certificate = CertificateDer::from_pem_file(self.path(&format!("{office}.pem")))?;
        let signer = FileKey::from_pem(&fs::read_to_string(self.path(&format!("{office}.key")))?)?;
        let message = [b"barid-voucher/v1\n", ORIGIN.as_bytes(), b"\n", key.as_bytes()].concat();
        let signature = signer.sign(&message)?;
        Ok(v1::KeyVoucher { certificates: vec![certificate.to_vec()], signature })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Certificates for the hub and every office, all from one authority.
    fn certify(&self) -> anyhow::Result<()> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Authority of a bench");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        fs::write(self.path("ca.pem"), issuer.pem())?;
        let hub = SanType::DnsName(HUB.try_into()?);
        let offices = self.offices.iter().map(|(institution, name)| {
            let uri = format!("urn:barid:institution:{institution}:office:{name}");
            Ok((name.clone(), SanType::URI(uri.try_into()?)))
        });
        let named = [Ok(("hub".to_owned(), hub))].into_iter().chain(offices);
        for (serial, named) in (1_u64..).zip(named) {
            let (name, names): (String, SanType) = named.map_err(|error: rcgen::Error| error)?;
            let mut params = CertificateParams::default();
            params.subject_alt_names = vec![names];
            params.serial_number = Some(SerialNumber::from(serial));
            params.extended_key_usages =
                vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            let key = KeyPair::generate()?;
            let by: &Issuer<'_, KeyPair> = &issuer;
            fs::write(self.path(&format!("{name}.pem")), params.signed_by(&key, by)?.pem())?;
            fs::write(self.path(&format!("{name}.key")), key.serialize_pem())?;
        }
        Ok(())
    }

    /// Makes the witnesses, and gives the policy of log and witnesses.
    fn make_witnesses(&self, program: &Path) -> anyhow::Result<String> {
        let key = FileKey::from_pem(&fs::read_to_string(self.path("log.key"))?)?;
        let log = NoteSigner::new(ORIGIN, Box::new(key))?.verifier().to_string();
        let (mut policy, mut group) = (format!("log {log}\n"), "group most 3".to_owned());
        for number in 0..WITNESSES {
            let folder = self.path(&format!("w{number}"));
            let name = format!("w{number}.example/w");
            let said = run(Command::new(program).arg("init").arg(&folder).args(["--name", &name]))?;
            let key = said.split_whitespace().find(|word| word.starts_with(&format!("{name}+")));
            let key = key.with_context(|| format!("no key in {said:?}"))?;
            writeln!(policy, "witness w{number} {key}")?;
            write!(group, " w{number}")?;
            run(Command::new(program).arg("add-log").arg(&folder).args(["--vkey", &log]))?;
        }
        write!(policy, "{group}\nquorum most\n")?;
        Ok(policy)
    }

    fn directory(&self) -> String {
        let (mut text, mut before) = (String::new(), "");
        for (institution, office) in &self.offices {
            if *institution != before {
                text += &format!(
                    "[[institution]]\nid = {institution:?}\nkind = \"commission\"\n\
                     name = {{ en = \"Bench\" }}\ndata_classes = [\"live\", \"published\"]\n"
                );
            }
            text += &format!(
                "[[institution.office]]\nid = {office:?}\nmain = {}\ntime_zone = \"UTC\"\n\
                 name = {{ en = \"Office\" }}\n",
                *institution != before
            );
            before = institution;
        }
        text
    }

    /// The settings about the witnesses.
    fn witnesses() -> String {
        let mut text =
            "[witnesses]\npolicy = \"witnesses.policy\"\n[witnesses.offices]\n".to_owned();
        for number in 0..WITNESSES {
            text += &format!("\"w{number}.example/w\" = \"bench/o{number}\"\n");
        }
        text
    }

    fn start_hub(&mut self, tables: &str) -> anyhow::Result<()> {
        let settings = format!(
            "listen = \"127.0.0.1:0\"\nhub_origin = {ORIGIN:?}\ndata_directory = \"data\"\n\
             directory_file = \"directory.toml\"\npolicy_file = \"policy.toml\"\n\
             [tls]\ncertificate = \"hub.pem\"\nkey = \"hub.key\"\nclient_ca = \"ca.pem\"\n\
             [log]\nkey = \"log.key\"\n[telemetry]\nfilter = \"warn\"\n\
             [limits]\nrequests_per_second = 1000000\nrequest_burst = 1000000\n{tables}"
        );
        fs::write(self.path("hub.toml"), settings)?;
        let port = self.path("port");
        let mut hub = Command::new(env!("CARGO_BIN_EXE_barid-hub"));
        hub.arg("serve").arg(self.path("hub.toml")).arg("--port-file").arg(&port);
        self.spawn(&mut hub, "hub.log")?;
        let begun = Instant::now();
        while begun.elapsed() < LISTENS_WITHIN {
            if let Ok(address) = fs::read_to_string(&port) {
                address.trim().clone_into(&mut self.address);
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the hub does not listen: {}", fs::read_to_string(self.path("hub.log"))?)
    }

    fn spawn(&mut self, program: &mut Command, said: &str) -> anyhow::Result<()> {
        let said = fs::File::create(self.path(said))?;
        let child = program.stdout(Stdio::null()).stderr(said).spawn()?;
        self.processes.push(child);
        Ok(())
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ended_already = process.kill();
            let _ended_already = process.wait();
        }
    }
}

fn run(program: &mut Command) -> anyhow::Result<String> {
    let ended = program.output().with_context(|| format!("starting {program:?}"))?;
    if !ended.status.success() {
        bail!("{program:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
    Ok(String::from_utf8(ended.stdout)?)
}
