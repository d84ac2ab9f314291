//! A browser and its authenticator in software: makes one passkey (ES256, no attestation) and shows it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData as _, SigningKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Somebody was there, and it was the right person.
const USER_VERIFIED: u8 = 0b0000_0101;
/// The key follows.
const WITH_KEY: u8 = 0b0100_0000;

pub(super) struct Authenticator {
    key: KeyPair,
    id: Vec<u8>,
    user_handle: String,
    n_signed: u32,
}

impl Authenticator {
    /// What `navigator.credentials.create` does on a page of `origin`, up to `toJSON()`.
    pub(super) fn create(options: &Value, origin: &str) -> (Self, Value) {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let id = Sha256::digest(key.der_bytes()).to_vec();
        let user_handle = options["user"]["id"].as_str().unwrap().to_owned();
        let own = Self { key, id, user_handle, n_signed: 0 };
        let mut data = own.data(&options["rp"]["id"], USER_VERIFIED | WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(own.id.len()).unwrap().to_be_bytes());
        data.extend(&own.id);
        // The point as COSE has it: EC2, ES256, P-256, x, y.
        let (x, y) = own.key.der_bytes()[1..].split_at(32);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
        for (label, coordinate) in [(0x21, x), (0x22, y)] {
            data.extend([label, 0x58, 32]);
            data.extend(coordinate);
        }
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response = json!({
            "attestationObject": base64(&object),
            "clientDataJSON": base64(&client_data("webauthn.create", options, origin)),
            "transports": ["internal"],
        });
        let told = own.told(&response);
        (own, told)
    }

    /// What `navigator.credentials.get` does on a page of `origin`, up to `toJSON()`.
    pub(super) fn get(&mut self, options: &Value, origin: &str) -> Value {
        assert_eq!(options["allowCredentials"], json!([]), "no name was given");
        self.n_signed += 1;
        let client_data = client_data("webauthn.get", options, origin);
        let data = self.data(&options["rpId"], USER_VERIFIED);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        self.told(&json!({
            "authenticatorData": base64(&data),
            "clientDataJSON": base64(&client_data),
            "signature": base64(&self.key.sign(&signed).unwrap()),
            "userHandle": self.user_handle,
        }))
    }

    /// As one that was copied before it signed last.
    pub(super) fn forget_one(&mut self) {
        self.n_signed -= 1;
    }

    /// Says that the key is somebody else's, which nothing signs.
    pub(super) fn pose_as(&mut self, other: &Self) {
        self.user_handle.clone_from(&other.user_handle);
    }

    pub(super) fn id(&self) -> String {
        base64(&self.id)
    }

    fn data(&self, relying_party: &Value, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(relying_party.as_str().unwrap()).to_vec();
        data.push(flags);
        data.extend(self.n_signed.to_be_bytes());
        data
    }

    fn told(&self, response: &Value) -> Value {
        let id = self.id();
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response,
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
        })
    }
}

fn client_data(kind: &str, options: &Value, origin: &str) -> Vec<u8> {
    let challenge = &options["challenge"];
    let told =
        json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false});
    told.to_string().into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
