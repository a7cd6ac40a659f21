//! Keys and signatures: forms, kinds, and the one Ed25519 predicate.

use crate::fixture::{key, samples};
use barid_proto::key::{Algorithm, FileKey, KeyError, KeyId, PublicKey, Signer};
use proptest::prelude::*;
use serde_json::Value;

/// Vectors of C2SP/CCTV that the predicate in `key` accepts. Another number means that the rule
/// has changed under us: all verifiers would have to change together, so stop and find out why.
const CCTV_ACCEPTED: usize = 43;

#[test]
fn the_ed25519_predicate_has_not_drifted() {
    let Some(folder) = samples("7-tlog/cctv-ed25519") else { return };
    let vectors = std::fs::read(folder.join("ed25519vectors.json")).unwrap();
    let vectors: Vec<Value> = serde_json::from_slice(&vectors).unwrap();
    let flagged = |vector: &Value, flag: &str| {
        vector["flags"].as_array().is_some_and(|flags| flags.contains(&flag.into()))
    };
    let mut accepted = 0;
    for vector in &vectors {
        if !is_accepted(vector) {
            continue;
        }
        accepted += 1;
        for hostile in ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"] {
            assert!(!flagged(vector, hostile), "{vector}");
        }
        assert!(!flagged(vector, "low_order_residue"), "{vector}");
    }
    assert_eq!((vectors.len(), accepted), (914, CCTV_ACCEPTED));
}

fn is_accepted(vector: &Value) -> bool {
    let field = |name: &str| vector[name].as_str().unwrap();
    let raw = unhex(field("key")).try_into().unwrap();
    PublicKey::from_ed25519(&raw)
        .is_ok_and(|key| key.verify(field("msg").as_bytes(), &unhex(field("sig"))).is_ok())
}

#[test]
fn weak_ed25519_keys_are_refused_by_name() {
    for y in ["00", "01", "ec"] {
        let fill = if y == "ec" { "ff".repeat(30) + "7f" } else { "00".repeat(31) };
        let raw = unhex(&format!("{y}{fill}")).try_into().unwrap();
        assert_eq!(PublicKey::from_ed25519(&raw), Err(KeyError::Weak), "{y}");
    }
    let above_the_field = unhex(&format!("f0{}7f", "ff".repeat(30))).try_into().unwrap();
    assert_eq!(PublicKey::from_ed25519(&above_the_field), Err(KeyError::Weak));
}

#[test]
fn all_kinds_that_sign_survive_pem() {
    for algorithm in [Algorithm::EcdsaP256, Algorithm::Ed25519, Algorithm::MlDsa65] {
        let made = FileKey::generate(algorithm).unwrap();
        let read = FileKey::from_pem(&made.to_pem().unwrap()).unwrap();
        assert_eq!(read.public_key(), made.public_key());
        let public = PublicKey::from_spki(made.public_key().spki()).unwrap();
        assert_eq!(public.algorithm(), algorithm);
        assert_eq!(public.id(), KeyId::of_spki(public.spki()));
        let signature = read.sign(b"message").unwrap();
        assert_eq!(signature.len(), algorithm.signature_len(), "raw, not DER");
        assert_eq!(public.verify(b"message", &signature), Ok(()));
        assert_eq!(public.verify(b"massage", &signature), Err(KeyError::Signature));
        let short = &signature[..signature.len() - 1];
        assert_eq!(public.verify(b"message", short), Err(KeyError::Signature));
        assert!(!format!("{made:?}").contains("EcdsaKeyPair"), "the secret is not shown");
    }
    assert!(matches!(FileKey::generate(Algorithm::RsaPss3072), Err(KeyError::Refused(_))));
    assert!(matches!(FileKey::from_pkcs8(b"no key"), Err(KeyError::NotPrivate)));
    assert!(matches!(FileKey::from_pem("no key"), Err(KeyError::NotPem)));
}

#[test]
fn numbers_on_the_wire_come_back() {
    for algorithm in
        [Algorithm::EcdsaP256, Algorithm::Ed25519, Algorithm::RsaPss3072, Algorithm::MlDsa65]
    {
        assert_eq!(Algorithm::from_wire(i32::from(algorithm.wire())), Some(algorithm));
    }
    for unknown in [i32::MIN, -1, 0, 5, 65_537] {
        assert_eq!(Algorithm::from_wire(unknown), None);
    }
}

/// Made once with `openssl genpkey` and `openssl dgst -sha256 -sigopt rsa_padding_mode:pss
/// -sigopt rsa_pss_saltlen:32` over `barid`; the last has a salt of 20 bytes.
const RSA_3072_SPKI: &str = "\
    308201a2300d06092a864886f70d01010105000382018f003082018a0282018100b9b45285b0492f14f0bb244a\
    2a3622d4cc76ce71f96058dc26dc67aed1b73c5e33c83ee983231b75dd32fb8c2e403a28d8758b092512edf2d8\
    4dcffe89e908824b5686ecc4fa6d7fa695cd315e4911bbef26e8b843f848b17dfb02f8227b9378a8f65d215eb6\
    28f6d1c42ce7b3790bccb756f010f6d5cd31d4a5c3cfa772f1c14e6988079faf33f7b6a94f962996e2074ec1ec\
    82700fcab75d3d77822f6620cb8ba5a7be0b8643bfc6b700d56e6f45449212160890bf2944767eed02a518d888\
    8ec3dc989247d86975e7241a00cb5927d5a349dfbc0c102466cd730514f4cd7911d4cf8536ab8d8275b00fb25c\
    22c38bb5612a5bd6bcafcb82d1f9700de857d0605ca9f303f4fdcb8c5b5c343a8124e46cac57f5d51634ec9804\
    e3574c534374ae09d253c58c1b4a1c6079b14e8df0f6c49d27a527a90884e5d8841bbc4f53ca12b3b15679e909\
    2fee82feaf55fcce1e1c9dea556bd1abd3f3716bdbad38f5131c62866dbf7921bd2b5396566c7338a62449bda2\
    c28fab9ff405ee44e55fc1550203010001";
const RSA_3072_SIGNATURE: &str = "\
    2904292d3a1eaa0ac8f3abee2e740932c2021ac96c3d954a6f79e7fc0e86605e943e7809e2ec25dfa037e88faa\
    7960a64e3a6943dd24d739d8f5b6223f038143e1ef049e57e3930d1a471d095eec78fdd6ae22b128b7e12903dc\
    e8ba1e4c2c7f773a7ddd6196a56f0b0c1a9288c45e2b47386cba33e191b3798238d5f45ec8a58d68fa9ee816ab\
    26530dc903ec40ec3aa24ee625c0c9a41507fb0cff1f35aa6dd4859c064fb85e5d6dd5b9781628838dd1cf5dbd\
    83f31d74c1358946849d1f3af25e652884d7a6c1eecff6cc114064dbaa4bebaf4b4c319dec094e3666237e1c82\
    e8506c273d2924c52755c8627cfcf37eb7f509f0e45b8759c1a92543d159671e140b7152b01316450e3522baf1\
    bb769959147495c71e5a142767d63f05320d3e1e3aa8524742445989113d220be3cf58ff6fe23ce80eb259a538\
    7c069dbccaefe91580d5ef78b8c318644f11e3e31cd4cfad0ddf57404ff2402639c270e927a2f909b060c6bda1\
    9af832cac1b93568cdbb4efde7391ba9c9b2faeb98fe614d";
const RSA_3072_SHORT_SALT: &str = "\
    aec3c69ec7b1f2c56848d0ac0ec8b88d85137d4c379d4842b9f717df84158edc3331da37a0b29690651411a245\
    7887495d0e8e1b18f46c0a17b569c36175a228ddb6a8551d471276af5915ad3f62b415adce33888a085626f04f\
    186be0a3988cc33666686bfc5d577b6c63e0de442383bef0906ba5f7262f4ccfd487a26cd60644cdc9f8c6d702\
    bd49fb7ef40ef0ca4e8ace32fb67f4fbfadb0e422b0aefedfa3a20be801c853cb7def62d7c3714acba493a410c\
    b755268a76a0b2a6a2fb2b05ff114761d97102c195ae5f1156fcece88d009fa58baac72910a8b74aba8079965f\
    b62ae0897ee12cfac24e236cc20daa9915405146c3ae609a60cc29bff29eaab98fb6f67456ff54f93188260d98\
    54b41f0f811586e23881fe1b854776f369011dc3d8a3a85a90b38625e63a59aaae95709ee060d7e40b64d42ba8\
    7fbe4f3ee87e10ebb5d41caa743a4870e6be8ab6805b794ea59eb815c6e5458acdf55cf7aa2f2055f54b67c749\
    1edee153c9b404eabc16e7b59e4bf0d770aaa8eba9f1fb92";

#[test]
fn a_card_with_rsa_is_verified() {
    let public = PublicKey::from_spki(&unhex(RSA_3072_SPKI)).unwrap();
    assert_eq!(public.algorithm(), Algorithm::RsaPss3072);
    assert_eq!(public.verify(b"barid", &unhex(RSA_3072_SIGNATURE)), Ok(()));
    let other = public.verify(b"Barid", &unhex(RSA_3072_SIGNATURE));
    assert_eq!(other, Err(KeyError::Signature));
    let short_salt = public.verify(b"barid", &unhex(RSA_3072_SHORT_SALT));
    assert_eq!(short_salt, Err(KeyError::Signature));
}

#[test]
fn other_kinds_are_refused_by_their_names() {
    for (spki, name) in [
        ("3046301006072a8648ce3d020106052b8104000a0342000400", "ECDSA on secp256k1"),
        ("3076301006072a8648ce3d020106052b81040022036200", "ECDSA on P-384"),
        ("302a300506032b656e032100", "X25519"),
        ("3043300506032b6571033a00", "Ed448"),
        ("30820122300d06092a864886f70d01010105000382010f00", "RSA, but not with 3072 bits"),
        ("3039301306072a8648ce3d020106082a8648ce3d030107032200", "ECDSA on P-256, but not an"),
        ("30820532300b0609608648016503040311038205210000", "ML-DSA, but not ML-DSA-65"),
    ] {
        let Err(KeyError::Refused(told)) = PublicKey::from_spki(&unhex(spki)) else {
            panic!("{name} is not refused by name")
        };
        assert!(told.starts_with(name), "{told}");
    }
    assert_eq!(PublicKey::from_spki(b""), Err(KeyError::Malformed));
}

#[test]
fn a_key_has_one_encoding() {
    let p256 = FileKey::generate(Algorithm::EcdsaP256).unwrap();
    let ml_dsa = FileKey::generate(Algorithm::MlDsa65).unwrap();
    for key in [&key(1), &p256, &ml_dsa] {
        let spki = key.public_key().spki();
        let longer = [spki, &[0]].concat();
        assert!(PublicKey::from_spki(&longer).is_err());
        assert!(PublicKey::from_spki(&spki[..spki.len() - 1]).is_err());
    }
    let mut off_the_curve = p256.public_key().spki().to_vec();
    off_the_curve[90] ^= 1;
    let refused = PublicKey::from_spki(&off_the_curve);
    assert_eq!(refused, Err(KeyError::Invalid(Algorithm::EcdsaP256)));
}

proptest! {
    #[test]
    fn any_change_of_a_signature_is_noticed(position in 0_usize..64, bit in 0_u32..8) {
        let key = key(1);
        let mut signature = key.sign(b"message").unwrap();
        signature[position] ^= 1 << bit;
        prop_assert!(key.public_key().verify(b"message", &signature).is_err());
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(PublicKey::from_spki(&bytes).is_err());
        prop_assert!(FileKey::from_pkcs8(&bytes).is_err());
    }
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|two| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}
