//! Passkeys: made, used, listed and removed; what is used up, forged or another's is refused.

use serde_json::{Value, json};

use super::authenticator::Authenticator;
use super::house::{Answer, House};
use super::members::{JSON, cookie};

const HERE: &str = "https://spotter.local:8443";
const REGISTER: &str = "/api/v1/auth/passkeys/register";
const SIGN_IN: &str = "/api/v1/auth/passkeys/sign-in";
const REFUSED: &str = "401 this passkey was not accepted → Try again within five minutes, or sign in with your password.";

/// A server in a home network that has a name.
async fn named_house() -> House {
    House::new(|settings| {
        settings.tls = true;
        settings.listen = std::net::SocketAddr::from(([0, 0, 0, 0], 8443));
        settings.hosts = vec!["spotter.local".to_owned()];
        settings.features.sign_up = true;
        settings.features.passkeys = true;
    })
    .await
}

/// A browser on a page of `origin`; nobody is signed in where `cookie` is empty.
struct Browser<'a> {
    house: &'a House,
    origin: &'a str,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn stranger(house: &'a House) -> Self {
        Self { house, origin: HERE, cookie: String::new() }
    }

    async fn signed_up(house: &'a House, name: &str) -> Self {
        let body = json!({"name": name, "password": "correct horse battery"});
        let answer = Self::stranger(house).ask("POST /api/v1/auth/sign-up", &body).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
        Self { cookie: cookie(&answer), ..Self::stranger(house) }
    }

    async fn ask(&self, line: &str, body: &Value) -> Answer {
        let Self { house, origin, cookie } = self;
        let host = origin.split_once("//").unwrap().1;
        let mut request = format!("{line}\nHost: {host}\nPeer: 192.168.1.7\nOrigin: {origin}");
        if !cookie.is_empty() {
            request += &format!("\nCookie: {cookie}");
        }
        if !body.is_null() {
            request += &format!("\n{JSON}\n\n{body}");
        }
        house.ask(&request).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.ask(&format!("GET {path}"), &Value::Null).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn begin(&self, ceremony: &str) -> Value {
        let answer = self.ask(&format!("POST {ceremony}/begin"), &Value::Null).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn finish(&self, ceremony: &str, told: &Value) -> Answer {
        self.ask(&format!("POST {ceremony}/finish"), told).await
    }

    async fn add_passkey(&self) -> Authenticator {
        let options = self.begin(REGISTER).await;
        let (made, told) = Authenticator::create(&options, self.origin);
        let answer = self.finish(REGISTER, &told).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
        made
    }

    async fn sign_in(&self, passkey: &mut Authenticator) -> Answer {
        let options = self.begin(SIGN_IN).await;
        self.finish(SIGN_IN, &passkey.get(&options, self.origin)).await
    }
}

#[tokio::test]
async fn a_passkey_is_made_signs_in_and_is_removed() {
    let house = named_house().await;
    let ana = Browser::signed_up(&house, "Ana").await;
    let options = ana.begin(REGISTER).await;
    assert_eq!(options["rp"], json!({"id": "spotter.local", "name": "Spotter"}));
    assert_eq!(options["user"]["name"], "Ana");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    let mut passkey = ana.add_passkey().await;
    let known = ana.get("/api/v1/auth/passkeys").await;
    assert_eq!(known[0]["id"], passkey.id());
    assert_eq!((&known[0]["host"], &known[0]["used_at"]), (&"spotter.local".into(), &Value::Null));
    // A device that has one is told to say so.
    let again = ana.begin(REGISTER).await;
    assert_eq!(again["excludeCredentials"][0]["id"], passkey.id());

    let stranger = Browser::stranger(&house);
    for _ in 0..2 {
        let answer = stranger.sign_in(&mut passkey).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
        let back = Browser { cookie: cookie(&answer), ..Browser::stranger(&house) };
        let me = back.get("/api/v1/me").await;
        assert_eq!((&me["name"], &me["via"]), (&"Ana".into(), &"passkey".into()));
    }
    assert_ne!(ana.get("/api/v1/auth/passkeys").await[0]["used_at"], Value::Null);
    // One that was copied tells by its counter.
    passkey.forget_one();
    assert_eq!(stranger.sign_in(&mut passkey).await.told(), REFUSED);

    let remove = format!("DELETE /api/v1/auth/passkeys/{}", passkey.id());
    assert_eq!(ana.ask(&remove, &Value::Null).await.status.as_u16(), 204);
    assert_eq!(ana.get("/api/v1/auth/passkeys").await, json!([]));
    assert_eq!(
        ana.ask(&remove, &Value::Null).await.told(),
        "404 there is no such passkey → List the passkeys again."
    );
    assert_eq!(stranger.sign_in(&mut passkey).await.told(), REFUSED);
}

#[tokio::test]
async fn a_ceremony_is_answered_once() {
    let house = named_house().await;
    let ana = Browser::signed_up(&house, "Ana").await;
    let options = ana.begin(REGISTER).await;
    let (mut passkey, told) = Authenticator::create(&options, HERE);
    assert_eq!(ana.finish(REGISTER, &told).await.status.as_u16(), 201);
    let over = "422 [response.clientDataJSON] no passkey was asked for, or too long ago, or it was answered already → Begin again, and answer within five minutes.";
    assert_eq!(ana.finish(REGISTER, &told).await.told(), over);

    let stranger = Browser::stranger(&house);
    let options = stranger.begin(SIGN_IN).await;
    let told = passkey.get(&options, HERE);
    assert_eq!(stranger.finish(SIGN_IN, &told).await.status.as_u16(), 200);
    assert_eq!(stranger.finish(SIGN_IN, &told).await.told(), REFUSED);
    // A wrong answer uses it up, too.
    let options = stranger.begin(SIGN_IN).await;
    let mut wrong = passkey.get(&options, HERE);
    wrong["response"]["signature"] = "AAAA".into();
    assert_eq!(stranger.finish(SIGN_IN, &wrong).await.told(), REFUSED);
    let right = passkey.get(&options, HERE);
    assert_eq!(stranger.finish(SIGN_IN, &right).await.told(), REFUSED);
    // What was begun for one thing is no good for another, nor what nobody began.
    let options = ana.begin(REGISTER).await;
    let mut for_sign_in = stranger.begin(SIGN_IN).await;
    for_sign_in["challenge"] = options["challenge"].clone();
    let told = passkey.get(&for_sign_in, HERE);
    assert_eq!(stranger.finish(SIGN_IN, &told).await.told(), REFUSED);
    for_sign_in["challenge"] = "AAAA".into();
    let told = passkey.get(&for_sign_in, HERE);
    assert_eq!(stranger.finish(SIGN_IN, &told).await.told(), REFUSED);
}

#[tokio::test]
async fn a_passkey_works_at_its_own_address_only() {
    let house = named_house().await;
    let ana = Browser::signed_up(&house, "Ana").await;
    let elsewhere = "https://spotter.example:8443";
    let options = ana.begin(REGISTER).await;
    let (_, told) = Authenticator::create(&options, elsewhere);
    assert_eq!(
        ana.finish(REGISTER, &told).await.told(),
        "422 [response] this is no passkey for here: The clients relying party origin does not match our servers information → Begin again, at the same address."
    );
    let mut passkey = ana.add_passkey().await;
    let stranger = Browser::stranger(&house);
    for origin in [elsewhere, "http://spotter.local:8443", "https://spotter.local:9443"] {
        let options = stranger.begin(SIGN_IN).await;
        let told = passkey.get(&options, origin);
        assert_eq!(stranger.finish(SIGN_IN, &told).await.told(), REFUSED, "{origin}");
    }
    // The server's other name is another relying party.
    let other_name = Browser { origin: "https://localhost:8443", ..Browser::stranger(&house) };
    assert_eq!(other_name.sign_in(&mut passkey).await.told(), REFUSED);
    // An address is no name.
    let by_address = Browser { origin: "https://192.168.1.20:8443", ..Browser::stranger(&house) };
    assert_eq!(
        by_address.ask(&format!("POST {SIGN_IN}/begin"), &Value::Null).await.told(),
        "422 [Host] passkeys belong to a name, and `192.168.1.20` is none → Open Spotter by a name: `localhost` on the machine that it runs on, elsewhere one that is in `hosts` of its configuration."
    );
    assert_eq!(stranger.sign_in(&mut passkey).await.status.as_u16(), 200);
}

#[tokio::test]
async fn nobody_uses_or_removes_anothers_passkey() {
    let house = named_house().await;
    let (ana, bo) =
        (Browser::signed_up(&house, "Ana").await, Browser::signed_up(&house, "Bo").await);
    let (of_ana, mut of_bo) = (ana.add_passkey().await, bo.add_passkey().await);
    let remove = format!("DELETE /api/v1/auth/passkeys/{}", of_ana.id());
    assert_eq!(bo.ask(&remove, &Value::Null).await.status.as_u16(), 404);
    assert_eq!(ana.get("/api/v1/auth/passkeys").await.as_array().unwrap().len(), 1);
    // What Ana began, Bo does not finish.
    let options = ana.begin(REGISTER).await;
    let (_, told) = Authenticator::create(&options, HERE);
    assert_eq!(bo.finish(REGISTER, &told).await.status.as_u16(), 422);
    assert_eq!(bo.get("/api/v1/auth/passkeys").await.as_array().unwrap().len(), 1);
    // Bo's passkey does not become Ana's by saying so, and an unknown one is answered alike.
    of_bo.pose_as(&of_ana);
    let stranger = Browser::stranger(&house);
    assert_eq!(stranger.sign_in(&mut of_bo).await.told(), REFUSED);
    let options = ana.begin(REGISTER).await;
    let (mut never_kept, _) = Authenticator::create(&options, HERE);
    assert_eq!(stranger.sign_in(&mut never_kept).await.told(), REFUSED);
}

#[tokio::test]
async fn passkeys_go_with_the_account_and_are_not_taken_along() {
    let house = named_house().await;
    let ana = Browser::signed_up(&house, "Ana").await;
    let mut passkey = ana.add_passkey().await;
    let zip = ana.ask("GET /api/v1/export", &Value::Null).await.bytes;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    for idx in 0..zip.len() {
        let mut file = zip.by_index(idx).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut file, &mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&passkey.id()), "{}", file.name());
    }
    let gone = ana.ask("DELETE /api/v1/me", &json!({"confirm": "Ana"})).await;
    assert_eq!(gone.status.as_u16(), 204, "{}", gone.body);
    assert_eq!(Browser::stranger(&house).sign_in(&mut passkey).await.told(), REFUSED);
}

#[tokio::test]
async fn where_they_are_off_every_route_says_how_to_switch_them_on() {
    let house = House::new(|settings| settings.features.sign_up = true).await;
    let off = "404 there are no passkeys here → Set `features.passkeys = true` in the configuration of `spotter serve` and start it again.";
    let routes = [
        "POST /api/v1/auth/passkeys/register/begin",
        "POST /api/v1/auth/passkeys/register/finish",
        "POST /api/v1/auth/passkeys/sign-in/begin",
        "POST /api/v1/auth/passkeys/sign-in/finish",
        "GET /api/v1/auth/passkeys",
        "DELETE /api/v1/auth/passkeys/AAAA",
    ];
    for line in routes {
        assert_eq!(house.ask(line).await.told(), off, "{line}");
    }
    let features = async |house: &House| -> Value {
        serde_json::from_str(&house.ask("GET /api/v1/features").await.body).unwrap()
    };
    assert_eq!(features(&house).await["passkeys"], false);
    let house = House::new(|settings| settings.features.passkeys = true).await;
    assert_eq!(features(&house).await["passkeys"], true);
}
