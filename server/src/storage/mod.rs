//! Where the files of releases lie: a folder beside the database, or a bucket that speaks S3.
//!
//! A release is written into a [`Staging`] folder first. Complete, its files are moved under a key
//! that no other attempt has; only then does the transaction that records the release name these
//! keys. Whatever no recorded release names is left over from an attempt that was broken off, and
//! the next attempt sweeps it away.

mod place;
mod staging;

use std::{
    collections::HashSet,
    ops::Range,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::body::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::{
    ObjectStore, ObjectStoreExt as _, WriteMultipart, memory::InMemory, path::Path as Key,
};
use partake_store::{Store, StoredFile};
use time::Date;
use tokio::{io::AsyncReadExt as _, time::timeout};

use crate::{config::DatabaseArgs, entropy};

pub use staging::{Staged, Staging};

/// Bytes held in memory of one file that is going in or out.
const PIECE: u64 = 2 * 1024 * 1024;
/// Parts of an upload; S3 takes at most 10 000 of one file and at least 5 MiB for each.
const PART: usize = 16 * 1024 * 1024;
/// How long a piece may take before the storage counts as down.
const PATIENCE: Duration = Duration::from_secs(20);
/// As much of a refusal as is repeated, in characters.
const SAID: usize = 200;
/// Name of the folder in which files are made.
const STAGING: &str = "staging";

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("PARTAKE_FILES must be a folder or s3://BUCKET/PREFIX: {0}")]
    Setting(String),
    #[error("cannot use the folder {folder} for the files of releases: {source}")]
    Folder {
        folder: String,
        source: std::io::Error,
    },
    #[error("cannot write {name}; is there room on the disk? {source}")]
    Write {
        name: String,
        source: std::io::Error,
    },
    #[error("{0} is not in the storage of files")]
    Missing(String),
    #[error("the storage of files refused: {0}")]
    Refused(String),
    #[error("{0} is damaged: its bytes are not those that were published")]
    Damaged(String),
    #[error("the storage of files did not answer within {} s", PATIENCE.as_secs())]
    Slow,
    #[error(transparent)]
    Entropy(#[from] entropy::EntropyError),
    #[error("the work was broken off: {0}")]
    Broken(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Database(#[from] partake_store::StoreError),
}

impl From<object_store::Error> for StorageError {
    /// The crate's own text repeats the whole chain at each of its links; the last one says what
    /// happened.
    fn from(error: object_store::Error) -> Self {
        if let object_store::Error::NotFound { path, .. } = error {
            return Self::Missing(path);
        }
        let mut cause: &dyn std::error::Error = &error;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        let text = cause.to_string();
        let line = text.lines().next().unwrap_or_default();
        Self::Refused(line.chars().take(SAID).collect())
    }
}

/// The storage. Cheap to clone.
#[derive(Clone, Debug)]
pub struct FileStorage {
    objects: Arc<dyn ObjectStore>,
    prefix: Key,
    /// The folder that is the storage; `None` when it is elsewhere.
    folder: Option<PathBuf>,
    /// Where files are made before they are complete.
    workshop: PathBuf,
    /// Its name for people.
    name: String,
}

impl FileStorage {
    /// The storage that the settings name, by default the folder `files` beside the database.
    pub fn open(database: &DatabaseArgs) -> Result<Self, StorageError> {
        let beside = place::beside(&database.database_url);
        match database.files.as_deref() {
            Some(url) if url.starts_with("s3://") => {
                let (objects, prefix) = place::s3(url)?;
                Ok(Self {
                    objects,
                    prefix,
                    folder: None,
                    workshop: beside.unwrap_or_else(std::env::temp_dir),
                    name: url.to_owned(),
                })
            }
            Some(other) if other.contains("://") => Err(StorageError::Setting(other.to_owned())),
            Some(folder) => Self::in_folder(PathBuf::from(folder)),
            None => beside.map_or_else(|| Ok(Self::in_memory()), Self::in_folder),
        }
    }

    fn in_folder(folder: PathBuf) -> Result<Self, StorageError> {
        let (objects, folder) = place::local(&folder)?;
        Ok(Self {
            objects,
            prefix: Key::default(),
            workshop: folder.clone(),
            name: folder.display().to_string(),
            folder: Some(folder),
        })
    }

    /// For a database in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            objects: Arc::new(InMemory::new()),
            prefix: Key::default(),
            folder: None,
            workshop: std::env::temp_dir(),
            name: "memory".to_owned(),
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder that is the storage, if it is one.
    #[must_use]
    pub fn folder(&self) -> Option<&FilePath> {
        self.folder.as_deref()
    }

    /// A folder in which one release is made; other attempts on this machine wait for it.
    pub async fn stage(&self) -> Result<Staging, StorageError> {
        let workshop = self.workshop.join(STAGING);
        let name = hex(&entropy::bytes::<8>()?);
        tokio::task::spawn_blocking(move || Staging::new(&workshop, &name)).await?
    }

    /// Moves a file from the staging folder to where it stays.
    pub async fn keep(&self, staged: &Staged, place: &str) -> Result<(), StorageError> {
        let to = self.key(place);
        if let Some(folder) = &self.folder
            && let Ok(from) = staged.path().strip_prefix(folder)
        {
            let from = Key::from_iter(from.iter().map(|part| part.to_string_lossy().into_owned()));
            self.objects.rename(&from, &to).await?;
            return Ok(());
        }
        self.upload(staged.path(), &to).await
    }

    async fn upload(&self, file: &FilePath, to: &Key) -> Result<(), StorageError> {
        let failed = |source| StorageError::Write {
            name: file.display().to_string(),
            source,
        };
        let mut source = tokio::fs::File::open(file).await.map_err(failed)?;
        let length = source.metadata().await.map_err(failed)?.len();
        if length <= PART as u64 {
            let mut whole = Vec::new();
            source.read_to_end(&mut whole).await.map_err(failed)?;
            self.objects.put(to, whole.into()).await?;
            return Ok(());
        }
        let upload = self.objects.put_multipart(to).await?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut piece = vec![0; PIECE as usize];
        loop {
            let read = source.read(&mut piece).await.map_err(failed)?;
            if read == 0 {
                break;
            }
            upload.wait_for_capacity(2).await?;
            upload.write(&piece[..read]);
        }
        upload.finish().await?;
        Ok(())
    }

    /// Bytes of the stored file, `None` when it is not there.
    pub async fn size(&self, place: &str) -> Result<Option<u64>, StorageError> {
        match self.within(self.objects.head(&self.key(place))).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(StorageError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Part of a file, a piece at a time: however large it is and however slowly it is taken,
    /// one piece is in memory. The first piece is read at once, so that a storage that is down is
    /// known before anything is promised.
    pub async fn read(
        &self,
        place: &str,
        range: Range<u64>,
    ) -> Result<impl futures_util::Stream<Item = Result<Bytes, StorageError>> + use<>, StorageError>
    {
        let first = self.piece(place, &range).await?;
        let next = range.start + first.len() as u64;
        let (storage, place) = (self.clone(), place.to_owned());
        let rest = stream::try_unfold(next, move |at| {
            let (storage, place) = (storage.clone(), place.clone());
            async move {
                if at >= range.end {
                    return Ok(None);
                }
                let piece = storage.piece(&place, &(at..range.end)).await?;
                let next = at + piece.len() as u64;
                Ok(Some((piece, next)))
            }
        });
        Ok(stream::once(async { Ok(first) }).chain(rest))
    }

    async fn piece(&self, place: &str, range: &Range<u64>) -> Result<Bytes, StorageError> {
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let end = range.end.min(range.start + PIECE);
        let key = self.key(place);
        self.within(self.objects.get_range(&key, range.start..end))
            .await
    }

    async fn within<T>(
        &self,
        work: impl Future<Output = object_store::Result<T>>,
    ) -> Result<T, StorageError> {
        Ok(timeout(PATIENCE, work)
            .await
            .map_err(|_| StorageError::Slow)??)
    }

    /// Writes a stored file to a local one.
    pub async fn copy_out(
        &self,
        place: &str,
        size: u64,
        out: &mut impl std::io::Write,
    ) -> Result<(), StorageError> {
        let mut pieces = std::pin::pin!(self.read(place, 0..size).await?);
        while let Some(piece) = pieces.try_next().await? {
            out.write_all(&piece)
                .map_err(|source| StorageError::Write {
                    name: place.to_owned(),
                    source,
                })?;
        }
        Ok(())
    }

    /// True when the file is there in its length.
    pub async fn holds(&self, file: &StoredFile) -> Result<bool, StorageError> {
        let size = self.size(&file.place).await?;
        Ok(size.is_some() && size == u64::try_from(file.size).ok())
    }

    /// Copies a stored file into `folder`, under its key.
    pub async fn copy_to(&self, file: &StoredFile, folder: &FilePath) -> Result<(), StorageError> {
        let to = folder.join(&file.place);
        let failed = |source| StorageError::Write {
            name: to.display().to_string(),
            source,
        };
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let mut out = std::fs::File::create(&to).map_err(failed)?;
        let size = u64::try_from(file.size).unwrap_or_default();
        self.copy_out(&file.place, size, &mut out).await?;
        out.sync_all().map_err(failed)?;
        check(file, &to)
    }

    /// Stores a file from the `folder` of a backup.
    pub async fn copy_from(
        &self,
        file: &StoredFile,
        folder: &FilePath,
    ) -> Result<(), StorageError> {
        let from = folder.join(&file.place);
        check(file, &from)?;
        self.upload(&from, &self.key(&file.place)).await
    }

    /// Deletes files; what is not there is no failure.
    pub async fn forget(&self, places: &[String]) -> Result<(), StorageError> {
        for place in places {
            match self.objects.delete(&self.key(place)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Deletes what attempts left behind that were broken off. Call it while holding a
    /// [`Staging`]: nobody else on this machine is making a release then. In a bucket, which
    /// other machines may be filling, only what is a day old goes.
    pub async fn sweep(&self, store: &Store, today: Date) -> Result<usize, StorageError> {
        let midnight = today.midnight().assume_utc().unix_timestamp() * 1000;
        let known: HashSet<String> = store
            .stored_files()
            .await?
            .into_iter()
            .map(|file| self.key(&file.place).to_string())
            .collect();
        let ours = self.key(&self.owner(store).await?);
        let stored: Vec<_> = self.objects.list(Some(&ours)).try_collect().await?;
        let mut gone = 0;
        for object in stored {
            let made = object.last_modified.timestamp_millis();
            let fresh = self.folder.is_none() && made > midnight - DAY_MS;
            if !fresh && !known.contains(object.location.as_ref()) {
                self.objects.delete(&object.location).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// The part of every key that says whose files these are: two sites may share a folder or a
    /// bucket, and neither sweeps away what the other keeps.
    pub async fn owner(&self, store: &Store) -> Result<String, StorageError> {
        let drawn = hex(&entropy::bytes::<6>()?);
        let owner = store.setting_or_insert(OWNER, drawn.as_bytes()).await?;
        Ok(String::from_utf8_lossy(&owner).into_owned())
    }

    fn key(&self, place: &str) -> Key {
        Key::from_iter(self.prefix.parts().chain(Key::from(place).parts()))
    }
}

fn check(file: &StoredFile, at: &FilePath) -> Result<(), StorageError> {
    let name = || at.display().to_string();
    let (sha256, _) = staging::digest(at).map_err(|source| StorageError::Write {
        name: name(),
        source,
    })?;
    if sha256 == file.sha256 {
        Ok(())
    } else {
        Err(StorageError::Damaged(name()))
    }
}

/// The setting that holds it.
const OWNER: &str = "files_owner";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
