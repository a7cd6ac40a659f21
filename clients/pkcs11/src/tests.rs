//! With SoftHSM2, a token in software. Where it is not installed, the tests say so and pass; the
//! project's own test command installs it.
//!
//! SoftHSM2 is told by the environment where its tokens lie, and reads that once. So
//! [`on_a_token`] makes a token and runs itself again, in a process that has it in its environment.

use std::path::Path;
use std::process::Command;

use barid_proto::key::{Algorithm, FileKey};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::types::AuthPin;

use super::*;

const PIN: &str = "4711-0815";
const MODULES: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];
/// Where the token and what belongs to it lies.
const FOLDER: &str = "BARID_TOKEN_FOLDER";

#[test]
fn on_a_token() {
    if std::env::var_os(FOLDER).is_some() {
        each_kind_of_key_signs();
        what_cannot_be_used_says_why();
        a_wrong_pin_is_told();
        a_lost_session_is_opened_again();
        return another_key_under_the_same_name_is_noticed();
    }
    let Some(module) = MODULES.iter().map(Path::new).find(|path| path.exists()) else {
        return eprintln!("skipped: SoftHSM2 is not installed");
    };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("tokens")).unwrap();
    let tokens = format!("directories.tokendir = {}\n", path("tokens").display());
    for (name, text) in [
        ("softhsm2.conf", tokens.as_str()),
        ("module", module.to_str().unwrap()),
        ("pin", &format!("{PIN}\n")),
        ("wrong", "00000000\n"),
    ] {
        std::fs::write(path(name), text).unwrap();
    }
    let run = |command: &mut Command| {
        let command =
            command.env("SOFTHSM2_CONF", path("softhsm2.conf")).env(FOLDER, folder.path());
        let ended = command.output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
        said
    };
    let tool = || Command::new("softhsm2-util");
    for label in ["office", "spare"] {
        let so_pin = ["--so-pin", "12345678", "--pin", PIN];
        run(tool().args(["--init-token", "--free", "--label", label]).args(so_pin));
    }
    let keys = [
        ("p256", "EC", "ec_paramgen_curve:P-256", "01"),
        ("p384", "EC", "ec_paramgen_curve:P-384", "02"),
        ("rsa3072", "RSA", "rsa_keygen_bits:3072", "03"),
        ("rsa2048", "RSA", "rsa_keygen_bits:2048", "04"),
        ("twice", "EC", "ec_paramgen_curve:P-256", "05"),
        ("twice", "EC", "ec_paramgen_curve:P-256", "06"),
        ("first", "EC", "ec_paramgen_curve:P-256", "08"),
        ("other", "EC", "ec_paramgen_curve:P-256", "09"),
    ];
    let import = |label: &str, id: &str| {
        let named = ["--token", "office", "--label", label, "--id", id, "--pin", PIN];
        run(tool().arg("--import").arg(path(label)).args(named));
    };
    for (label, algorithm, option, id) in keys {
        let made = ["genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out"];
        run(Command::new("openssl").args(made).arg(path(label)));
        import(label, id);
    }
    let ed25519 = FileKey::generate(Algorithm::Ed25519).unwrap();
    std::fs::write(path("ed25519"), ed25519.to_pem().unwrap().as_bytes()).unwrap();
    import("ed25519", "07");
    let own = std::env::current_exe().unwrap();
    let said = run(Command::new(own).args(["--exact", "tests::on_a_token"]));
    assert!(said.contains("test result: ok. 1 passed"), "{said}");
}

fn folder() -> PathBuf {
    std::env::var_os(FOLDER).expect("run by on_a_token").into()
}

fn module() -> String {
    std::fs::read_to_string(folder().join("module")).unwrap()
}

fn uri(path: &str, pin: &str) -> String {
    let pin = folder().join(pin).display().to_string();
    format!("pkcs11:{path}?module-path={}&pin-source=file:{pin}", module())
}

fn office(label: &str) -> String {
    uri(&format!("token=office;object={label}"), "pin")
}

fn each_kind_of_key_signs() {
    for (label, algorithm) in [
        ("p256", Algorithm::EcdsaP256),
        ("ed25519", Algorithm::Ed25519),
        ("rsa3072", Algorithm::RsaPss3072),
    ] {
        let signer = TokenSigner::open(&office(label)).unwrap();
        assert_eq!(signer.public_key().algorithm(), algorithm);
        for message in [&b""[..], b"barid", &[7; 40_000]] {
            let signature = signer.sign(message).unwrap();
            assert_eq!(signature.len(), algorithm.signature_len());
            signer.public_key().verify(message, &signature).unwrap();
        }
        assert_eq!(format!("{signer:?}"), format!("TokenSigner({:?})", signer.public_key()));
    }
    // The token holds the key that was imported, and says so.
    let pem = std::fs::read_to_string(folder().join("p256")).unwrap();
    let signer = TokenSigner::open(&uri("id=%01", "pin").replace("id=", "token=office;id="));
    assert_eq!(signer.unwrap().public_key(), FileKey::from_pem(&pem).unwrap().public_key());
}

fn what_cannot_be_used_says_why() {
    let refused = |uri: &str| TokenSigner::open(uri).map(drop).unwrap_err();
    let no_module = refused("pkcs11:object=p256?module-path=/no/such/module.so");
    assert!(matches!(no_module, TokenError::NoModule { .. }), "{no_module}");
    let no_token = refused(&uri("token=other;object=p256", "pin"));
    assert!(no_token.to_string().contains("\"office\""), "{no_token}");
    assert!(matches!(refused(&uri("object=p256", "pin")), TokenError::SeveralTokens(2)));
    assert!(matches!(refused(&office("absent")), TokenError::NoKey(_)));
    assert!(matches!(refused(&office("twice")), TokenError::SeveralKeys(2)));
    assert!(matches!(refused(&office("rsa2048")), TokenError::Kind(KeyError::Refused(_))));
    assert!(matches!(refused(&office("p384")), TokenError::OtherKind));
    let missing = refused(&uri("token=office;object=p256", "absent"));
    assert!(matches!(missing, TokenError::PinSource { .. }), "{missing}");
    let no_pin = format!("pkcs11:token=office;object=p256?module-path={}", module());
    assert!(matches!(refused(&no_pin), TokenError::NoPin));
    assert!(matches!(refused("signing.pem"), TokenError::Uri(UriError::Scheme)));
}

fn a_wrong_pin_is_told() {
    // The right one of another test still counts, as long as its session is open.
    let refused = TokenSigner::open(&uri("token=office;object=p256", "wrong")).map(drop);
    assert!(matches!(refused, Err(TokenError::WrongPin)), "{refused:?}");
}

fn a_lost_session_is_opened_again() {
    let signer = TokenSigner::open(&office("p256")).unwrap();
    signer.sign(b"before").unwrap();
    let other = Pkcs11::new(module()).unwrap();
    let slots = other.get_slots_with_initialized_token().unwrap();
    let is_office =
        |slot: &&cryptoki::slot::Slot| other.get_token_info(**slot).unwrap().label() == "office";
    let slot = slots.iter().find(is_office).unwrap();
    // Logging out anywhere logs out everywhere.
    let session = other.open_ro_session(*slot).unwrap();
    session.logout().unwrap();
    signer.sign(b"after a logout").unwrap();
    session.close().unwrap();
    // As if the library's other user had ended it, and the token were pulled with it.
    other.finalize().unwrap();
    signer.sign(b"after the end").unwrap();
}

fn another_key_under_the_same_name_is_noticed() {
    let signer = TokenSigner::open(&office("first")).unwrap();
    let module = Pkcs11::new(module()).unwrap();
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap_err();
    let session = {
        let open = signer.open.lock().unwrap();
        assert!(open.is_some());
        let slots = module.get_slots_with_initialized_token().unwrap();
        let is_office = |slot: &&cryptoki::slot::Slot| {
            module.get_token_info(**slot).unwrap().label() == "office"
        };
        module.open_rw_session(*slots.iter().find(is_office).unwrap()).unwrap()
    };
    // One key goes, another takes its name.
    let named = |label: &str| {
        session.find_objects(&[cryptoki::object::Attribute::Label(label.into())]).unwrap()
    };
    for object in named("first") {
        session.destroy_object(object).unwrap();
    }
    for object in named("other") {
        let renamed = cryptoki::object::Attribute::Label("first".into());
        session.update_attributes(object, &[renamed]).unwrap();
    }
    let refused = signer.sign(b"message").unwrap_err();
    assert!(refused.to_string().contains("another key"), "{refused}");
    let pin = AuthPin::new(PIN.into());
    session.logout().unwrap();
    session.login(cryptoki::session::UserType::User, Some(&pin)).unwrap();
}
