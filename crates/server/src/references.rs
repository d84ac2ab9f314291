//! Technique references that people gave: each account has its own, checked when they come in and when they are used.

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use catalog::Catalog;
use serde::Deserialize;
use store::{Document, Store};
use uuid::Uuid;
use wire::live::WireError;
use wire::reference::{self, ReferenceTemplate};

use crate::clock::Clock;
use crate::kept;
use crate::problem::Problem;
use crate::settings::Error;

/// What they are called in the store.
pub(crate) const KIND: &str = "reference";

#[derive(Debug)]
pub(crate) struct References {
    store: Store,
    clock: Clock,
    most: usize,
    catalog: Arc<Catalog>,
}

/// Somebody's references.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// The one given last at the end.
    templates: Vec<ReferenceTemplate>,
    catalog: Arc<Catalog>,
}

impl Given {
    pub(crate) fn all(self) -> Vec<ReferenceTemplate> {
        self.templates
    }

    pub(crate) fn get(&self, id: &str) -> Option<&ReferenceTemplate> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The library, comparing technique with the reference given last for an exercise, where one was given.
    pub(crate) fn catalog(&self) -> Catalog {
        let given: Vec<&ReferenceTemplate> = self.templates.iter().collect();
        reference::comparing(&self.catalog, &given)
    }
}

impl References {
    pub(crate) fn new(store: Store, clock: Clock, most: usize, catalog: Arc<Catalog>) -> Arc<Self> {
        Arc::new(Self { store, clock, most, catalog })
    }

    /// What an account gave.
    pub(crate) async fn of(&self, account: Uuid) -> Result<Given, Problem> {
        let mut kept = self.store.documents(account, KIND).await?;
        kept.sort_by_key(|document| document.changed_at_ms);
        let read = |document: Document| {
            serde_json::from_str(&document.body).map_err(|error| Problem::internal(&error))
        };
        let templates = kept.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Given { templates, catalog: Arc::clone(&self.catalog) })
    }

    /// Keeps a reference, in place of one with the same id; tells whether there was one.
    pub(crate) async fn put(
        &self,
        account: Uuid,
        template: &ReferenceTemplate,
    ) -> Result<bool, Problem> {
        check(template, &self.catalog)?;
        let kept = self.store.documents(account, KIND).await?;
        let known = kept.iter().any(|document| document.id == template.id);
        if !known && kept.len() >= self.most {
            let detail = format!("there are {} references already", self.most);
            return Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, detail));
        }
        // Two in one millisecond still have an order.
        let last_ms = kept.iter().map(|document| document.changed_at_ms + 1).max();
        let document = Document {
            id: template.id.clone(),
            body: serde_json::to_string(template).map_err(|error| Problem::internal(&error))?,
            changed_at_ms: self.clock.now_ms().max(last_ms.unwrap_or_default()),
        };
        let mut unit = self.store.begin().await?;
        unit.put_document(account, KIND, &document).await?;
        unit.commit().await?;
        Ok(known)
    }

    /// Takes in what earlier versions kept in files of their own, for the owner, and removes the files.
    pub(crate) async fn adopt(&self, owner: Uuid, data: &Path) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Kept {
            template: ReferenceTemplate,
            kept_at_s: u64,
        }
        let folder = data.join("references");
        let Ok(files) = std::fs::read_dir(&folder) else { return Ok(()) };
        let failed = |source| Error::Data { path: folder.clone(), what: "read", source };
        let mut unit = self.store.begin().await?;
        for file in files {
            let path = file.map_err(failed)?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let Some(kept) = kept::read::<Kept>(&path)? else { continue };
            let damaged = |reason: String| Error::Damaged { path: path.clone(), reason };
            check(&kept.template, &self.catalog).map_err(|error| damaged(error.to_string()))?;
            let body = serde_json::to_string(&kept.template)
                .map_err(|error| damaged(error.to_string()))?;
            let changed_at_ms = i64::try_from(kept.kept_at_s).unwrap_or_default() * 1000;
            let document = Document { id: kept.template.id, body, changed_at_ms };
            unit.put_document(owner, KIND, &document).await?;
        }
        unit.commit().await?;
        std::fs::remove_dir_all(&folder).map_err(failed)
    }
}

pub(crate) fn check(template: &ReferenceTemplate, catalog: &Catalog) -> Result<(), WireError> {
    template.check()?;
    let wrong = |field: &str, message: String| Err(WireError { field: field.to_owned(), message });
    if !is_id(&template.id) {
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

/// Ids stand in addresses, and as names of files in exports.
fn is_id(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !id.ends_with('.')
}
