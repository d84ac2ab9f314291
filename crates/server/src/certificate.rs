//! The certificate for `--tls`: a small authority of our own, made on first use, that signs one for this machine.
//!
//! Cameras need HTTPS, and nobody signs certificates for addresses of a home network. A phone can be told to trust the
//! authority (`/tls/ca.crt`) once; so that this is no danger, it may sign for private addresses and the configured names
//! only. The authority's key never leaves the data folder.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::kept;
use crate::settings::{Error, Settings};

const DAY: Duration = Duration::from_hours(24);
/// Phones refuse certificates of private authorities that live longer than 825 days.
const LEAF_LIFE: Duration = Duration::from_hours(24 * 397);
const RENEW_BEFORE: Duration = Duration::from_hours(24 * 30);
const AUTHORITY_LIFE: Duration = Duration::from_hours(24 * 3650);

/// What a connection needs.
#[derive(Debug)]
pub(crate) struct Tls {
    pub(crate) config: Arc<rustls::ServerConfig>,
    /// The authority's certificate, for phones that shall trust it.
    pub(crate) authority_pem: String,
}

/// What is kept, in one file: keys included.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What the authority may sign for, besides private addresses.
    authority_hosts: Vec<String>,
    authority_pem: String,
    authority_key_pem: String,
    authority_until_s: u64,
    names: Vec<String>,
    pem: String,
    key_pem: String,
    until_s: u64,
}

impl Tls {
    /// The kept certificate, or a new one where there is none, where it runs out, or where names have changed.
    pub(crate) fn open(settings: &Settings) -> Result<Self, Error> {
        let path = path(settings);
        let kept: Option<File> = kept::read(&path)?;
        let now = (settings.clock)();
        let is_good =
            |file: &File| file.names == names(settings) && now + RENEW_BEFORE < at(file.until_s);
        let file = match kept {
            Some(file) if is_good(&file) => file,
            kept => {
                let file = make(settings, kept, now).map_err(wrong)?;
                kept::write(&path, &file)?;
                file
            }
        };
        let chain = vec![CertificateDer::from_pem_slice(file.pem.as_bytes()).map_err(wrong)?];
        let key = PrivateKeyDer::from_pem_slice(file.key_pem.as_bytes()).map_err(wrong)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(wrong)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(wrong)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), authority_pem: file.authority_pem })
    }
}

fn path(settings: &Settings) -> PathBuf {
    settings.data.join("certificate.json")
}

fn make(settings: &Settings, kept: Option<File>, now: SystemTime) -> Result<File, rcgen::Error> {
    let reusable = kept.filter(|file| {
        file.authority_hosts == settings.hosts && now + LEAF_LIFE < at(file.authority_until_s)
    });
    let (authority_pem, authority_key_pem, authority_until_s) = match reusable {
        Some(file) => (file.authority_pem, file.authority_key_pem, file.authority_until_s),
        None => {
            let key = KeyPair::generate()?;
            let until = now + AUTHORITY_LIFE;
            let certificate = authority(settings, now, until)?.self_signed(&key)?;
            (certificate.pem(), key.serialize_pem(), seconds(until))
        }
    };
    let issuer = Issuer::from_ca_cert_pem(&authority_pem, KeyPair::from_pem(&authority_key_pem)?)?;
    let names = names(settings);
    let (key, until) = (KeyPair::generate()?, now + LEAF_LIFE);
    let mut leaf = CertificateParams::new(names.clone())?;
    leaf.distinguished_name.push(DnType::CommonName, "Spotter");
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.use_authority_key_identifier_extension = true;
    (leaf.not_before, leaf.not_after) = (date(now - DAY), date(until));
    let certificate = leaf.signed_by(&key, &issuer)?;
    Ok(File {
        authority_hosts: settings.hosts.clone(),
        authority_pem,
        authority_key_pem,
        authority_until_s,
        names,
        pem: certificate.pem(),
        key_pem: key.serialize_pem(),
        until_s: seconds(until),
    })
}

fn authority(
    settings: &Settings,
    now: SystemTime,
    until: SystemTime,
) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, "Spotter at home");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (date(now - DAY), date(until));
    let v4 = |ip: [u8; 4], bits| CidrSubnet::from_addr_prefix(Ipv4Addr::from(ip).into(), bits);
    let v6 = |first: u16, bits| {
        let ip = Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0);
        CidrSubnet::from_addr_prefix(ip.into(), bits)
    };
    let private = [
        v4([127, 0, 0, 0], 8),
        v4([10, 0, 0, 0], 8),
        v4([172, 16, 0, 0], 12),
        v4([192, 168, 0, 0], 16),
        v4([169, 254, 0, 0], 16),
        v4([100, 64, 0, 0], 10),
        CidrSubnet::from_addr_prefix(Ipv6Addr::LOCALHOST.into(), 128),
        v6(0xfc00, 7),
        v6(0xfe80, 10),
    ];
    let dns = ["localhost".to_owned(), "local".to_owned()].into_iter().chain(dns_names(settings));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: private
            .into_iter()
            .map(GeneralSubtree::IpAddress)
            .chain(dns.map(GeneralSubtree::DnsName))
            .collect(),
        excluded_subtrees: Vec::new(),
    });
    Ok(params)
}

/// Everything the certificate is for: names and addresses.
fn names(settings: &Settings) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    names.extend(settings.addresses.iter().filter(|ip| is_private(**ip)).map(IpAddr::to_string));
    names.extend(dns_names(settings));
    names.sort();
    names.dedup();
    names
}

fn dns_names(settings: &Settings) -> impl Iterator<Item = String> {
    settings.hosts.iter().filter(|name| name.parse::<IpAddr>().is_err()).cloned()
}

/// What the authority may sign for.
fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

fn date(time: SystemTime) -> OffsetDateTime {
    OffsetDateTime::from(time)
}

fn at(secs: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(secs)
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn wrong(error: impl std::fmt::Display) -> Error {
    Error::Certificate(error.to_string())
}
