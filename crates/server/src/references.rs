//! Technique references that people gave: one small JSON file each, in `references/` of the data folder.
//!
//! All are read when the server starts and checked as if they had just been sent, so a damaged file is found then.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use catalog::Catalog;
use serde::{Deserialize, Serialize};
use wire::live::WireError;
use wire::reference::{self, ReferenceTemplate};

use crate::kept;
use crate::settings::{Error, Settings};

#[derive(Debug)]
pub(crate) struct References {
    folder: PathBuf,
    most: usize,
    clock: fn() -> SystemTime,
    kept: RwLock<BTreeMap<String, Arc<Kept>>>,
    /// The library that compares with the references given last.
    catalog: RwLock<Catalog>,
}

/// What a file holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    pub(crate) template: ReferenceTemplate,
    /// Seconds since 1970.
    kept_at_s: u64,
}

/// Why a reference was not kept.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It cannot be used.
    Invalid(WireError),
    /// There are too many already.
    Full(usize),
    /// The file cannot be written.
    Failed(Error),
}

impl References {
    pub(crate) fn open(settings: &Settings, catalog: &Catalog) -> Result<Arc<Self>, Error> {
        let folder = settings.data.join("references");
        kept::folder(&folder)?;
        let failed = |source| Error::Data { path: folder.clone(), what: "read", source };
        let mut all = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let Some(kept) = kept::read::<Kept>(&path)? else { continue };
            check(&kept.template, catalog)
                .map_err(|error| Error::Damaged { path, reason: error.to_string() })?;
            all.insert(kept.template.id.clone(), Arc::new(kept));
        }
        let (most, clock) = (settings.limits.references, settings.clock);
        let catalog = RwLock::new(comparing(catalog, &all));
        Ok(Arc::new(Self { folder, most, clock, kept: RwLock::new(all), catalog }))
    }

    /// Keeps a reference, in place of one with the same id; tells whether there was one.
    pub(crate) fn put(
        &self,
        catalog: &Catalog,
        template: ReferenceTemplate,
    ) -> Result<bool, Refused> {
        check(&template, catalog).map_err(Refused::Invalid)?;
        let since = (self.clock)().duration_since(UNIX_EPOCH).unwrap_or_default();
        let kept = Kept { template, kept_at_s: since.as_secs() };
        let id = kept.template.id.clone();
        let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= self.most && !all.contains_key(&id) {
            return Err(Refused::Full(self.most));
        }
        kept::write(&self.folder.join(format!("{id}.json")), &kept).map_err(Refused::Failed)?;
        let replaced = all.insert(id, Arc::new(kept)).is_some();
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = comparing(catalog, &all);
        Ok(replaced)
    }

    pub(crate) fn get(&self, id: &str) -> Option<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// All of them, the one given last at the end.
    pub(crate) fn all(&self) -> Vec<Arc<Kept>> {
        in_order(&self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The library, comparing technique with the reference given last for an exercise, where one was given.
    pub(crate) fn catalog(&self) -> Catalog {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn in_order(kept: &BTreeMap<String, Arc<Kept>>) -> Vec<Arc<Kept>> {
    let mut all: Vec<Arc<Kept>> = kept.values().cloned().collect();
    all.sort_by_key(|kept| kept.kept_at_s);
    all
}

fn comparing(catalog: &Catalog, kept: &BTreeMap<String, Arc<Kept>>) -> Catalog {
    let all = in_order(kept);
    let given: Vec<&ReferenceTemplate> = all.iter().map(|kept| &kept.template).collect();
    reference::comparing(catalog, &given)
}

fn check(template: &ReferenceTemplate, catalog: &Catalog) -> Result<(), WireError> {
    template.check()?;
    let wrong = |field: &str, message: String| Err(WireError { field: field.to_owned(), message });
    if !is_file_name(&template.id) {
        let message =
            "it must be 1 to 64 letters, digits, `_`, `-` or `.`, and begin with a letter or digit";
        return wrong("id", message.to_owned());
    }
    let exercise = match catalog.get(&template.exercise_id) {
        Ok(exercise) => exercise,
        Err(unknown) => return wrong("exercise_id", unknown.to_string()),
    };
    template.reference(exercise).map(drop)
}

/// Ids become names of files, on systems that know neither case nor every character.
fn is_file_name(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !id.ends_with('.')
}
