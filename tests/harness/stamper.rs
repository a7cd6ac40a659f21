//! A time-stamp authority that nobody here wrote: `openssl ts` with a throw-away root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use tempfile::TempDir;

/// The extension for extended key usage, and `id-kp-timeStamping` alone in it.
const EXTENDED_USAGE: &[u64] = &[2, 5, 29, 37];
const TIME_STAMPING: [u8; 12] = [0x30, 0x0a, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 8];

/// What `openssl ts` has to be told.
const SETTINGS: &str = "[tsa]\nserial = ./serial\ndefault_policy = 1.2.3.4.1\n\
    digests = sha256, sha512\nsigner_digest = sha256\naccuracy = secs:1, millisecs:500\n\
    ordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n";

/// An authority with three certificates: `good`, `expired`, and `other`, which is for nothing.
pub struct Stamper {
    folder: TempDir,
}

impl Stamper {
    /// A new authority. Two of them are foreign to each other.
    ///
    /// # Panics
    /// When it cannot be set up; `openssl` has to be there.
    #[must_use]
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Root of a test");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().expect("a key");
        let root = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        let stamper = Self { folder };
        stamper.write("root.pem", root.pem().as_bytes());
        stamper.write("openssl.cnf", SETTINGS.as_bytes());
        for (number, name, until, stamps) in
            [(2_u64, "good", 2100, true), (3, "expired", 2021, true), (4, "other", 2100, false)]
        {
            let mut params = CertificateParams::default();
            params.distinguished_name.push(DnType::CommonName, "Clock of a test");
            params.distinguished_name.push(DnType::OrganizationName, name);
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            params.serial_number = Some(SerialNumber::from(number));
            (params.not_before, params.not_after) =
                (date_time_ymd(2020, 1, 1), date_time_ymd(until, 1, 1));
            if stamps {
                let usage = TIME_STAMPING.to_vec();
                let mut usage = CustomExtension::from_oid_content(EXTENDED_USAGE, usage);
                usage.set_criticality(true);
                params.custom_extensions = vec![usage];
            }
            let key = KeyPair::generate().expect("a key");
            let issuer: &Issuer<'_, KeyPair> = &root;
            let certificate = params.signed_by(&key, issuer).expect("a certificate").pem();
            stamper.write(&format!("{name}.pem"), certificate.as_bytes());
            stamper.write(&format!("{name}.key"), key.serialize_pem().as_bytes());
        }
        stamper
    }

    /// A path in its folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its root, PEM.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.path("root.pem")
    }

    /// The answer to a request, as the certificate of this name gives it.
    ///
    /// # Panics
    /// When openssl refuses.
    #[must_use]
    pub fn answer(&self, request: &[u8], name: &str) -> Vec<u8> {
        self.write("asked.tsq", request);
        self.openssl(&format!(
            "ts -reply -config openssl.cnf -section tsa -queryfile asked.tsq -signer {name}.pem \
             -inkey {name}.key -out answer.tsr"
        ));
        self.read("answer.tsr")
    }

    /// What a token says, signed once more by the certificate of this name, which `openssl ts`
    /// would refuse to sign with.
    ///
    /// # Panics
    /// When openssl refuses.
    #[must_use]
    pub fn signed_again(&self, token: &[u8], name: &str) -> Vec<u8> {
        self.write("token.der", token);
        self.openssl("cms -verify -noverify -inform DER -in token.der -out contents.der");
        self.openssl(&format!(
            "cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4 -md sha256 \
             -signer {name}.pem -inkey {name}.key -in contents.der -outform DER -out again.der"
        ));
        self.read("again.der")
    }

    /// Whether openssl finds that a token dates a text.
    ///
    /// # Panics
    /// When openssl does not start.
    #[must_use]
    pub fn verifies(&self, token: &[u8], text: &[u8]) -> bool {
        self.write("token.der", token);
        self.write("text", text);
        let arguments = "ts -verify -data text -in token.der -token_in -CAfile root.pem";
        self.command(arguments).output().expect("openssl starts").status.success()
    }

    fn openssl(&self, arguments: &str) {
        let ended = self.command(arguments).output().expect("openssl starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "openssl {arguments}: {said}");
    }

    fn command(&self, arguments: &str) -> Command {
        let mut openssl = Command::new("openssl");
        openssl.args(arguments.split(' ')).current_dir(self.folder.path());
        openssl
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("the folder is ours");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        let path: &Path = &self.path(name);
        fs::read(path).expect("openssl wrote it")
    }
}

impl Default for Stamper {
    fn default() -> Self {
        Self::new()
    }
}
