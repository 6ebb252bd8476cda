//! The database file of a store.
//!
//! The library rejects all operations after an I/O error, so the file is closed then and opened again for the next write.

use super::{Disk, Failure, PendingWrites, StoreError};
use crate::state::Records;
use redb::backends::InMemoryBackend;
use redb::{
    Database, DatabaseError, ReadOnlyDatabase, ReadableDatabase, ReadableTable, StorageBackend,
    TableDefinition,
};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The table of records: JSON by key.
const RECORDS: TableDefinition<'_, &str, &str> = TableDefinition::new("records");
/// The table of metadata.
const METADATA: TableDefinition<'_, &str, &str> = TableDefinition::new("about");
const FORMAT: &str = "1";
/// The name of the thread that checks a store on opening.
///
/// The library panics on some kinds of damage. The panic becomes a [`StoreError`](crate::StoreError); a panic hook can
/// use this name to hide its message.
pub const STORE_CHECK_THREAD: &str = "appflow-local-store-check";

/// A database file.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    /// `None` after a failure.
    database: Option<Database>,
}

impl Disk for DatabaseFile {
    fn write(&mut self, pending: &PendingWrites) -> Result<(), Failure> {
        let database = match self.database.take() {
            Some(database) => database,
            None => Database::open(&self.path)?,
        };
        // On failure, the database stays closed.
        write(&database, pending)?;
        self.database = Some(database);
        Ok(())
    }

    fn read(&mut self) -> Result<Records, Failure> {
        self.database = None;
        let records = check_and_read(&self.path).map_err(|fault| fault.to_string())?;
        // Opened again at once, so that no other process can take it.
        self.database = Database::open(&self.path).ok();
        Ok(records)
    }
}

/// An error on opening or checking a file.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("in use by another process")]
    InUse,
    #[error(transparent)]
    Io(io::Error),
    #[error("{0}")]
    Damaged(String),
}

impl Fault {
    fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged(reason.into())
    }

    fn of_file(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::InUse => StoreError::InUse { path },
            Self::Io(reason) => StoreError::Folder { path, reason },
            Self::Damaged(reason) => StoreError::Damaged { path, reason },
        }
    }
}

/// Classifies an I/O error: only a truncated file is damage.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::Damaged(error.to_string()),
            _ => Self::Io(error),
        }
    }
}

fn fault(error: impl Into<redb::Error>) -> Fault {
    match error.into() {
        redb::Error::DatabaseAlreadyOpen => Fault::InUse,
        redb::Error::Io(error) => error.into(),
        other => Fault::damaged(other.to_string()),
    }
}

/// Opens or creates the file; returns it with its records.
pub(super) fn open(path: &Path) -> Result<(DatabaseFile, Records), StoreError> {
    let file = path.to_owned();
    let check = std::thread::Builder::new().name(STORE_CHECK_THREAD.to_owned());
    let opened = check.spawn(move || open_and_read(&file));
    let opened = opened.map_err(|reason| Fault::from(reason).of_file(path))?;
    let opened = opened
        .join()
        .unwrap_or_else(|_| Err(Fault::damaged("invalid pages")));
    let (database, records) = opened.map_err(|fault| fault.of_file(path))?;
    let file = DatabaseFile {
        path: path.to_owned(),
        database: Some(database),
    };
    Ok((file, records))
}

fn open_and_read(path: &Path) -> Result<(Database, Records), Fault> {
    if !path.try_exists()?
        && let Some(database) = create(path)?
    {
        return Ok((database, Records::new()));
    }
    // Locks the file during the check. Other reasons why it does not open are found below.
    if let Err(error @ DatabaseError::DatabaseAlreadyOpen) = ReadOnlyDatabase::open(path) {
        return Err(fault(error));
    }
    let records = check_and_read(path)?;
    let database = Database::open(path).map_err(fault)?;
    Ok((database, records))
}

/// Creates a store under a temporary name, so that an incomplete one never has the final name. Returns `None` if another
/// process was faster.
fn create(path: &Path) -> Result<Option<Database>, Fault> {
    let draft = path.with_extension("new");
    let database = match Database::create(&draft) {
        // Another process is creating the store.
        Err(error @ DatabaseError::DatabaseAlreadyOpen) => return Err(fault(error)),
        // The process that created it was killed.
        Err(_) if draft.try_exists()? => {
            std::fs::remove_file(&draft)?;
            Database::create(&draft).map_err(fault)?
        }
        Err(error) => return Err(fault(error)),
        Ok(database) => database,
    };
    if path.try_exists()? {
        std::fs::remove_file(&draft)?;
        return Ok(None);
    }
    let mut transaction = database.begin_write().map_err(fault)?;
    transaction.set_two_phase_commit(true);
    transaction.open_table(RECORDS).map_err(fault)?;
    let mut about = transaction.open_table(METADATA).map_err(fault)?;
    about.insert("format", FORMAT).map_err(fault)?;
    drop(about);
    transaction.commit().map_err(fault)?;
    std::fs::rename(&draft, path)?;
    sync_folder(path)?;
    Ok(Some(database))
}

/// Syncs the folder: only then a new name is on disk.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Checks every page, on a copy: the check repairs what it can, and a damaged file must not be changed.
fn check_and_read(path: &Path) -> Result<Records, Fault> {
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err(Fault::damaged("empty file"));
    }
    let copy = InMemoryBackend::new();
    copy.set_len(bytes.len() as u64)?;
    copy.write(0, &bytes)?;
    let mut database = Database::builder()
        .create_with_backend(copy)
        .map_err(fault)?;
    if !database.check_integrity().map_err(fault)? {
        return Err(Fault::damaged("checksum mismatch"));
    }
    let transaction = database.begin_read().map_err(fault)?;
    let about = transaction.open_table(METADATA).map_err(fault)?;
    let format = about.get("format").map_err(fault)?;
    let format = format.ok_or_else(|| Fault::damaged("missing format version"))?;
    if format.value() != FORMAT {
        let reason = format!(
            "unsupported format version {}: expected {FORMAT}",
            format.value()
        );
        return Err(Fault::Damaged(reason));
    }
    let mut records = Records::new();
    let table = transaction.open_table(RECORDS).map_err(fault)?;
    for entry in table.iter().map_err(fault)? {
        let (key, value) = entry.map_err(fault)?;
        let value = serde_json::from_str(value.value()).map_err(|error| {
            Fault::Damaged(format!("the record `{}` is not JSON: {error}", key.value()))
        })?;
        records.insert(key.value().to_owned(), value);
    }
    Ok(records)
}

fn write(database: &Database, pending: &PendingWrites) -> Result<(), Failure> {
    let mut transaction = database.begin_write()?;
    // With one-phase commits, a damaged commit would be dropped silently.
    transaction.set_two_phase_commit(true);
    {
        let mut table = transaction.open_table(RECORDS)?;
        if pending.cleared {
            table.retain(|_, _| false)?;
        }
        for (key, value) in &pending.values {
            match value {
                Some(value) => drop(table.insert(key.as_str(), value.to_string().as_str())?),
                None => drop(table.remove(key.as_str())?),
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_reached_is_not_damaged() {
        let path = Path::new("/data/appflow-local.redb");
        for kind in [
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StorageFull,
        ] {
            let error = fault(redb::StorageError::Io(kind.into())).of_file(path);
            assert!(matches!(error, StoreError::Folder { .. }), "{error}");
        }
        let error = fault(redb::StorageError::Io(ErrorKind::UnexpectedEof.into()));
        let error = error.of_file(path);
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    }
}
