//! A folder in which one release is made.

use std::{
    fs::File,
    io::{BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{StorageError, hex};

/// Gone when dropped, with everything that was not moved out of it. While it is there, nobody else
/// on this machine makes a release into the same storage: the lock goes with the process, however
/// it ends.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    _lock: File,
}

/// A complete file in it.
#[derive(Clone, Debug)]
pub struct Staged {
    pub name: String,
    pub media_type: String,
    pub size: u64,
    /// Hexadecimal.
    pub sha256: String,
    path: PathBuf,
}

impl Staged {
    /// Where it is now.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Staging {
    pub(super) fn new(workshop: &Path, name: &str) -> Result<Self, StorageError> {
        let failed = |source| StorageError::Folder {
            folder: workshop.display().to_string(),
            source,
        };
        std::fs::create_dir_all(workshop).map_err(failed)?;
        let lock = File::create(workshop.join("lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        // What stands here now was left by a process that is gone.
        for entry in std::fs::read_dir(workshop).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                std::fs::remove_dir_all(path).map_err(failed)?;
            }
        }
        let folder = workshop.join(name);
        std::fs::create_dir(&folder).map_err(failed)?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// A folder for what a writer needs on the way.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file; what `content` writes is never in memory as a whole.
    pub fn write<E: From<StorageError>>(
        &self,
        name: &str,
        media_type: &str,
        content: impl FnOnce(&mut BufWriter<File>) -> Result<(), E>,
    ) -> Result<Staged, E> {
        let path = self.folder.join(name);
        let failed = |source| StorageError::Write {
            name: name.to_owned(),
            source,
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = File::create_new(&path).map_err(failed)?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        content(&mut out)?;
        out.flush().map_err(failed)?;
        out.get_ref().sync_all().map_err(failed)?;
        let (sha256, size) = digest(&path).map_err(failed)?;
        Ok(Staged {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            size,
            sha256,
            path,
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a folder of unfinished files is left; the next release removes it");
        }
    }
}

/// SHA-256 and length of a file.
pub(super) fn digest(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((hex(&hash.finalize()), size));
        }
        hash.update(&buffer[..read]);
        size += read as u64;
    }
}
