//! Rule H15: what a language model may say to an athlete. Plain sentences about training, in the athlete's language.
//!
//! It errs on the strict side: a good sentence that is refused costs a repair or a missing remark, a bad one that passes
//! is advice that nobody here may give. So characters are allowed one by one, and topics are barred by the stem.

use units::Language;

/// What is wrong with a text of a model's; nothing for a good or an empty one.
#[must_use]
pub fn broken(text: &str, most_chars: usize, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    let n_chars = text.chars().count();
    if n_chars > most_chars {
        // Not worth reading on.
        return vec![format!("{n_chars} characters are too many; at most {most_chars}")];
    }
    if let Some(c) = text.chars().find(|c| !is_plain(*c)) {
        let code = u32::from(c);
        found.push(format!("U+{code:04X} does not belong in a plain sentence"));
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if is_link(&lower) {
        found.push("links and addresses are not allowed".to_owned());
    }
    if let Some(topic) = topic(&words) {
        found.push(format!("`{topic}` is not about training; say nothing of such things"));
    }
    if has_long_number(&words) || has_dose(&words) {
        found.push("amounts of substances and long numbers are not allowed".to_owned());
    }
    if is_foreign(&words, language) {
        let tongue = language.pick("English", "German");
        found.push(format!("must be in {tongue}"));
    }
    found
}

/// Letters of our languages, digits, and what stands between words. Everything else is markup, another script, a symbol
/// that looks like a letter, or invisible.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || " \n.,;:!?'\"()-/%+".contains(c)
        || "äöüßÄÖÜéè–—…’‘‚“”„×·°½".contains(c)
}

/// Whether something in it could be opened, or written to.
fn is_link(lower: &str) -> bool {
    const ENDS: [&str; 24] = [
        "com", "net", "org", "de", "at", "ch", "eu", "uk", "io", "ai", "app", "dev", "info", "me",
        "co", "ru", "cn", "xyz", "link", "shop", "site", "online", "ly", "gg",
    ];
    let scheme = ["://", "www.", "http", "javascript", "mailto", " dot com", " punkt de"];
    let is_host = |word: &str| {
        let word = word.split(['/', ':', '?']).next().unwrap_or_default();
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && ENDS.contains(&end))
    };
    scheme.iter().any(|one| lower.contains(one)) || lower.split_whitespace().any(is_host)
}

/// A word that begins so is about medicine, substances, or the machine itself. English and German.
const BEGIN: [&str; 83] = [
    "antibiot",
    "arthri",
    "arthro",
    "arznei",
    "asthma",
    "bandscheib",
    "behandl",
    "beschwerde",
    "blutdruck",
    "bulging",
    "cancer",
    "chronic",
    "chronisch",
    "clinic",
    "cortison",
    "creatin",
    "diabet",
    "diagnos",
    "disease",
    "disorder",
    "doctor",
    "dosier",
    "drug",
    "eiweiß",
    "entzünd",
    "entzuend",
    "gelenkersch",
    "hernia",
    "hormon",
    "hospital",
    "ibuprof",
    "ignor",
    "illness",
    "impf",
    "inflam",
    "injur",
    "insulin",
    "ischia",
    "klinik",
    "koffein",
    "caffein",
    "krank",
    "kreatin",
    "kortison",
    "magnesium",
    "medic",
    "medik",
    "mediz",
    "melatonin",
    "naproxen",
    "nurse",
    "opera",
    "opioid",
    "osteop",
    "painkill",
    "paracet",
    "password",
    "passwor",
    "patholog",
    "physician",
    "physio",
    "prescri",
    "prompt",
    "protein",
    "rehab",
    "rheuma",
    "rezept",
    "schmerz",
    "sciati",
    "scolio",
    "skolio",
    "spritze",
    "steroid",
    "supplement",
    "surger",
    "surgic",
    "symptom",
    "syndrom",
    "tablet",
    "tendini",
    "testoster",
    "therap",
    "vitamin",
];
/// The same, wherever it stands in a word: German puts words together.
const WITHIN: [&str; 20] = [
    "arthrose",
    "arznei",
    "behandl",
    "bandscheib",
    "diagnos",
    "entzünd",
    "entzuend",
    "ergänzungsmittel",
    "erkrank",
    "heilung",
    "krankheit",
    "medikament",
    "medizin",
    "schmerz",
    "steroid",
    "tablett",
    "therap",
    "verletz",
    "vitamin",
    "präparat",
];
/// Words that are other words' beginnings.
const WHOLE: [&str; 58] = [
    "ache",
    "aches",
    "aching",
    "backache",
    "headache",
    "arzt",
    "arztes",
    "ärzte",
    "ärztin",
    "ärztlich",
    "zahnarzt",
    "hausarzt",
    "aspirin",
    "admin",
    "anweisung",
    "anweisungen",
    "bitcoin",
    "click",
    "klick",
    "klicke",
    "cure",
    "cured",
    "cures",
    "curing",
    "dose",
    "doses",
    "dosing",
    "dosage",
    "dosis",
    "heal",
    "healed",
    "healing",
    "heals",
    "heile",
    "heilen",
    "heilt",
    "geheilt",
    "heilsam",
    "hurt",
    "hurts",
    "instruction",
    "instructions",
    "pain",
    "pains",
    "painful",
    "painless",
    "pill",
    "pille",
    "pillen",
    "pills",
    "reha",
    "telegram",
    "treat",
    "treated",
    "treating",
    "treatment",
    "treats",
    "whatsapp",
];
/// Told even where the letters are spaced or disguised: too long to come about by chance.
const DISGUISED: [&str; 12] = [
    "behandlung",
    "diagnos",
    "ibuprofen",
    "medication",
    "medikament",
    "painkiller",
    "paracetamol",
    "prescription",
    "schmerzmittel",
    "supplement",
    "systemprompt",
    "treatment",
];

fn topic(words: &[&str]) -> Option<String> {
    let barred = |word: &&&str| {
        BEGIN.iter().any(|stem| word.starts_with(stem))
            || WITHIN.iter().any(|stem| word.contains(stem))
            || WHOLE.contains(word)
    };
    if let Some(word) = words.iter().find(barred) {
        return Some(word.chars().take(24).collect());
    }
    let joined: String = words.concat().chars().map(undisguised).collect();
    DISGUISED.iter().find(|word| joined.contains(**word)).map(|word| (*word).to_owned())
}

/// Digits that are read as letters.
fn undisguised(c: char) -> char {
    match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        'é' | 'è' => 'e',
        _ => c,
    }
}

/// Telephones and accounts. Training has no number of five digits.
fn has_long_number(words: &[&str]) -> bool {
    let is_number = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    let long = |word: &&str| word.chars().filter(char::is_ascii_digit).count() > 4;
    let row =
        words.windows(3).any(|three| three.iter().all(|word| is_number(word) && word.len() >= 2));
    words.iter().any(long) || row
}

/// `5 g`, `400mg`.
fn has_dose(words: &[&str]) -> bool {
    const UNITS: [&str; 10] = ["g", "gr", "gram", "grams", "gramm", "mg", "mcg", "ml", "iu", "ie"];
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let apart = words.windows(2).any(|two| number(two[0]) && UNITS.contains(&two[1]));
    let together = words.iter().any(|word| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < word.len() && UNITS.contains(&unit)
    });
    apart || together
}

/// Words that hold sentences together, and that the other language does not have.
const ENGLISH: [&str; 44] = [
    "a", "and", "are", "as", "at", "be", "because", "both", "by", "each", "for", "from", "has",
    "have", "instead", "is", "it", "its", "keep", "keeps", "less", "more", "no", "not", "of", "on",
    "one", "or", "than", "that", "the", "this", "to", "two", "up", "we", "which", "while", "will",
    "with", "you", "your", "same", "first",
];
const GERMAN: [&str; 50] = [
    "aber", "als", "auch", "auf", "aus", "bei", "beide", "bleibt", "da", "damit", "dann", "das",
    "dass", "dein", "deine", "deinen", "deiner", "dem", "den", "der", "des", "dich", "die", "dir",
    "du", "ein", "eine", "einen", "einer", "er", "es", "für", "hat", "im", "ist", "mehr", "mit",
    "nicht", "oder", "sich", "sie", "sind", "statt", "und", "von", "vor", "weniger", "wird", "zu",
    "zum",
];

/// Whether it is in another language, as far as its small words tell. A few words without any may be names.
fn is_foreign(words: &[&str], language: Language) -> bool {
    let n_of = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    let (english, german) = (n_of(&ENGLISH), n_of(&GERMAN));
    let (own, other) = language.pick((english, german), (german, english));
    if words.len() < 6 {
        return other > 1 && own == 0;
    }
    other > own || 100 * own < 8 * words.len()
}

#[cfg(test)]
mod tests;
