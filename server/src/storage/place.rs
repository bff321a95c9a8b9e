//! From a setting to a storage.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path as Key,
};

use super::StorageError;

/// How long the bucket may take to accept a connection, and to answer.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(60);
const RETRIES: usize = 3;

/// The folder `files` beside the SQLite file; for PostgreSQL the one where the SQLite file would
/// be. `None` for a database in memory.
pub(super) fn beside(database_url: &str) -> Option<PathBuf> {
    let Some(rest) = database_url.strip_prefix("sqlite:") else {
        return Some(PathBuf::from("data/files"));
    };
    let file = rest.split('?').next().unwrap_or_default();
    let file = Path::new(file.strip_prefix("//").unwrap_or(file));
    if file.as_os_str().is_empty()
        || file == Path::new(":memory:")
        || database_url.contains("mode=memory")
    {
        return None;
    }
    Some(file.with_file_name("files"))
}

pub(super) fn local(folder: &Path) -> Result<(Arc<dyn ObjectStore>, PathBuf), StorageError> {
    let failed = |source| StorageError::Folder {
        folder: folder.display().to_string(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let folder = folder.canonicalize().map_err(failed)?;
    let objects = LocalFileSystem::new_with_prefix(&folder)?
        // A file that a release names has to survive a power cut.
        .with_fsync(true);
    Ok((Arc::new(objects), folder))
}

/// `s3://BUCKET/PREFIX`; keys, region and endpoint come from the environment, under the names that
/// every program for S3 reads (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
/// `AWS_ENDPOINT`, …).
pub(super) fn s3(url: &str) -> Result<(Arc<dyn ObjectStore>, Key), StorageError> {
    // Another part of the program may have chosen the same provider already.
    _ = rustls::crypto::ring::default_provider().install_default();
    let rest = url.strip_prefix("s3://").unwrap_or(url);
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(StorageError::Setting(url.to_owned()));
    }
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    let allow_http = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|value| value == "true");
    let objects = builder
        .with_client_options(
            ClientOptions::new()
                .with_allow_http(allow_http)
                .with_connect_timeout(CONNECT)
                .with_timeout(ANSWER),
        )
        .with_retry(RetryConfig {
            max_retries: RETRIES,
            ..RetryConfig::default()
        })
        .build()?;
    let prefix = Key::parse(prefix.trim_matches('/'))
        .map_err(|error| StorageError::Setting(error.to_string()))?;
    Ok((Arc::new(objects), prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_beside_the_database() {
        let of = |url| beside(url).map(|path| path.display().to_string());
        assert_eq!(
            of("sqlite://data/partake.db?mode=rwc").as_deref(),
            Some("data/files")
        );
        assert_eq!(
            of("sqlite:///var/lib/p.db").as_deref(),
            Some("/var/lib/files")
        );
        assert_eq!(of("sqlite:p.db").as_deref(), Some("files"));
        assert_eq!(of("postgres://a@b/c").as_deref(), Some("data/files"));
        assert_eq!(of("sqlite::memory:"), None);
    }
}
