//! The file of a store: opened, checked, read, written.
//!
//! The library refuses all work after an I/O error, so the file is closed then, and opened again for the next write.

use super::{Disk, Failure, StoreError, Unwritten};
use crate::state::Records;
use redb::backends::InMemoryBackend;
use redb::{
    Database, DatabaseError, ReadOnlyDatabase, ReadableDatabase, ReadableTable, StorageBackend,
    TableDefinition,
};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Key to JSON.
const RECORDS: TableDefinition<'_, &str, &str> = TableDefinition::new("records");
/// What the store says of itself.
const ABOUT: TableDefinition<'_, &str, &str> = TableDefinition::new("about");
const FORMAT: &str = "1";
/// The name of the thread that looks at a file for the first time. The library panics over some kinds of damage, which
/// becomes an error; a program can leave out the message of such a panic by this name.
pub const STORE_CHECK_THREAD: &str = "appflow-local-store-check";

/// The file of a store.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    /// Nothing after a failure.
    database: Option<Database>,
}

impl Disk for DatabaseFile {
    fn write(&mut self, unwritten: &Unwritten) -> Result<(), Failure> {
        let database = match self.database.take() {
            Some(database) => database,
            None => Database::open(&self.path)?,
        };
        // Where this fails the database is closed.
        write(&database, unwritten)?;
        self.database = Some(database);
        Ok(())
    }

    fn read(&mut self) -> Result<Records, Failure> {
        self.database = None;
        let records = check_and_read(&self.path).map_err(|fault| fault.to_string())?;
        // As soon as possible, so that no other process takes it.
        self.database = Database::open(&self.path).ok();
        Ok(records)
    }
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("another process uses it")]
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

/// A file that cannot be reached is not damaged; one that ends too early is.
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

/// Opens the file, or makes it; gives what it holds.
pub(super) fn open(path: &Path) -> Result<(DatabaseFile, Records), StoreError> {
    let file = path.to_owned();
    let check = std::thread::Builder::new().name(STORE_CHECK_THREAD.to_owned());
    let opened = check.spawn(move || open_and_read(&file));
    let opened = opened.map_err(|reason| Fault::from(reason).of_file(path))?;
    let opened = opened
        .join()
        .unwrap_or_else(|_| Err(Fault::damaged("its pages make no sense")));
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
    // Nobody writes to the file while it is looked at. That this does not open it for other reasons is found out below.
    if let Err(error @ DatabaseError::DatabaseAlreadyOpen) = ReadOnlyDatabase::open(path) {
        return Err(fault(error));
    }
    let records = check_and_read(path)?;
    let database = Database::open(path).map_err(fault)?;
    Ok((database, records))
}

/// Makes a store under another name, so that under its own it is never seen half made: an empty file there is one that
/// has lost what it held. Gives nothing when another process was faster.
fn create(path: &Path) -> Result<Option<Database>, Fault> {
    let draft = path.with_extension("new");
    let database = match Database::create(&draft) {
        // Whoever has it open is making the store just now.
        Err(error @ DatabaseError::DatabaseAlreadyOpen) => return Err(fault(error)),
        // Whoever began it was killed.
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
    let mut about = transaction.open_table(ABOUT).map_err(fault)?;
    about.insert("format", FORMAT).map_err(fault)?;
    drop(about);
    transaction.commit().map_err(fault)?;
    std::fs::rename(&draft, path)?;
    sync_folder(path)?;
    Ok(Some(database))
}

/// A new name is on disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Looks at every page before anything is believed; on a copy, since looking mends what it can, and what is damaged is
/// to stay as it is.
fn check_and_read(path: &Path) -> Result<Records, Fault> {
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err(Fault::damaged("it is empty"));
    }
    let copy = InMemoryBackend::new();
    copy.set_len(bytes.len() as u64)?;
    copy.write(0, &bytes)?;
    let mut database = Database::builder()
        .create_with_backend(copy)
        .map_err(fault)?;
    if !database.check_integrity().map_err(fault)? {
        return Err(Fault::damaged("its checksums do not hold"));
    }
    let transaction = database.begin_read().map_err(fault)?;
    let about = transaction.open_table(ABOUT).map_err(fault)?;
    let format = about.get("format").map_err(fault)?;
    let format = format.ok_or_else(|| Fault::damaged("it has no format"))?;
    if format.value() != FORMAT {
        let reason = format!("it has format {}, not {FORMAT}", format.value());
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

fn write(database: &Database, unwritten: &Unwritten) -> Result<(), Failure> {
    let mut transaction = database.begin_write()?;
    // In one phase, a commit that is damaged later would be taken for one that never was, and left out silently.
    transaction.set_two_phase_commit(true);
    {
        let mut table = transaction.open_table(RECORDS)?;
        if unwritten.cleared {
            table.retain(|_, _| false)?;
        }
        for (key, value) in &unwritten.values {
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
