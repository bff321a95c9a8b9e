//! Cutting a release.

use std::sync::Arc;

use partake_core::{
    disclosure::{Aggregates, Audit, Parameters, Protected, Reason, Status, protect, select},
    instrument::Instrument,
    open_data::Study,
    response::{DecodeError, decode_votes},
};
use partake_store::{
    Store, StoreError,
    instruments::Wave,
    releases::{Content, NewFile, NewRelease, Release},
    snapshot::{Part, Snapshot},
};
use rand::{Rng, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use serde::Serialize;
use time::{Date, macros::format_description};

use super::{
    counting::{count, workers},
    files::{AGGREGATES, AUDIT, IN_DATABASE, Manifest, RULES},
    open_data::{Earlier, OpenData, OpenDataError},
    publication::{Publication, PublicationError},
    texts::Texts,
    waiting,
    watch::{Step, Watch},
};
use crate::{
    assets::sha256_hex,
    entropy::{self, EntropyError},
    storage::{FileStorage, Staged, Staging, StorageError},
};

/// A withdrawal may overtake a release in the making; then it is made again from what is left.
const ATTEMPTS: u32 = 3;

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not enough new responses. How many there are is told to nobody.
    TooFew,
    /// Made, or with `dry_run` what would be made.
    Cut(Box<Cut>),
}

/// A release in figures that may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cut {
    pub survey: String,
    pub release: u32,
    pub date: String,
    pub wave: String,
    /// Responses, rounded.
    pub n: u64,
    /// Tables in it.
    pub tables: usize,
    /// Tables withheld because too few answered.
    pub tables_withheld: usize,
    /// Tables that wait for a later release, because what they would show could be traced.
    pub tables_waiting: usize,
    /// Cells shown as fewer than ten.
    pub cells_hidden: usize,
    /// Cells withheld so that others stay hidden.
    pub cells_withheld: usize,
    /// The narrowest interval in which a hidden count can lie, by the published numbers.
    pub narrowest: Option<u64>,
    /// Rows of the public file of single answers, and how many of them are new.
    pub rows: usize,
    pub rows_new: usize,
    /// Free texts on the lists, how many of them are new, and how many that were cleared wait
    /// because too few would join.
    pub texts: usize,
    pub texts_new: usize,
    pub texts_waiting: usize,
    /// Tables of which nothing is shown, and why.
    pub not_shown: Vec<NotShown>,
    /// SHA-256 of `aggregates.json`.
    pub sha256: String,
    pub dry_run: bool,
}

/// A table of which nothing is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotShown {
    pub table: String,
    pub reason: Reason,
}

/// Why no release could be attempted.
#[derive(Debug, thiserror::Error)]
pub enum CutError {
    #[error("a stored answer sheet cannot be read with the published instrument: {0}")]
    Sheet(#[from] DecodeError),
    #[error("a stored or published document cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the release number {0} is out of range")]
    Number(i64),
    #[error("the day cannot be written: {0}")]
    Day(#[from] time::error::Format),
    #[error(transparent)]
    OpenData(#[from] OpenDataError),
    #[error(transparent)]
    Publication(#[from] PublicationError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    #[error("a file that was just made cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the work was broken off: {0}")]
    Broken(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where answers are and files go, and what the files say of who publishes them.
#[derive(Clone, Debug)]
pub struct Publisher {
    pub store: Store,
    pub files: FileStorage,
    /// Who runs the site.
    pub name: Option<String>,
    /// Its address, without a trailing slash.
    pub url: Option<String>,
}

/// Attempts a release of one version of a survey. With `dry_run` nothing is stored.
///
/// Releases of other versions do not matter to it: other people answered other questions, and no
/// figure of the one is a part of a figure of the other.
///
/// Once the version is closed nothing is held back any more: what is left goes out together, or, if
/// it is too little for a batch, not at all.
pub async fn cut(
    publisher: &Publisher,
    wave: &Wave,
    today: Date,
    parameters: &Parameters,
    rng: &mut impl Rng,
    dry_run: bool,
    watch: Watch,
) -> Result<Outcome, CutError> {
    let Publisher { store, files, .. } = publisher;
    let mut attempt = 1;
    loop {
        let staging = files.stage().await?;
        if !dry_run {
            let swept = files.sweep(store, today).await?;
            if swept > 0 {
                tracing::info!(swept, "removed files of a release that was broken off");
            }
        }
        let before = releases_of(store, wave).await?;
        let newest = before.first();
        let maker = Arc::new(Maker {
            instrument: serde_json::from_str(&wave.instrument)?,
            instrument_json: wave.instrument.clone(),
            day: today.format(format_description!("[year]-[month]-[day]"))?,
            earlier: earlier(store, &before).await?,
            earlier_audit: document(store, newest, AUDIT).await?,
            earlier_rows: Earlier::read(store, files, newest, &staging).await?,
            parameters: *parameters,
            closing: !wave.open,
            publisher: publisher.clone(),
            staging,
            dry_run,
            watch: Arc::clone(&watch),
        });
        watch(Step::Reading);
        let snapshot = Arc::new(store.snapshot(&wave.survey, &wave.version).await?);
        let made = {
            let (maker, snapshot) = (Arc::clone(&maker), Arc::clone(&snapshot));
            let mut draw = ChaCha20Rng::from_rng(rng);
            // Counting and auditing keep a core busy; the server goes on answering meanwhile.
            tokio::task::spawn_blocking(move || maker.make(&snapshot, &mut draw)).await??
        };
        let Some(mut made) = made else {
            if !dry_run {
                // The attempt before may have been killed between its release and this.
                forget_order(store).await?;
                waiting::note(store, wave, parameters).await?;
            }
            return Ok(Outcome::TooFew);
        };
        if dry_run {
            return Ok(Outcome::Cut(Box::new(Cut {
                dry_run: true,
                ..made.summary
            })));
        }
        watch(Step::Storing);
        let mut kept = Vec::new();
        let recorded = match keep(publisher, &mut made, &mut kept).await {
            Ok(()) => store
                .record_release(made.release, &snapshot)
                .await
                .map_err(CutError::from),
            Err(error) => Err(error),
        };
        let Err(error) = recorded else {
            watch(Step::Rewriting);
            forget_order(store).await?;
            return Ok(Outcome::Cut(Box::new(made.summary)));
        };
        // What cannot be taken back now is swept away by the next attempt.
        if let Err(error) = files.forget(&kept).await {
            tracing::warn!(%error, "files of a release that was not recorded are left");
        }
        match error {
            CutError::Store(StoreError::SnapshotStale) if attempt < ATTEMPTS => attempt += 1,
            error => return Err(error),
        }
    }
}

/// Moves the files to where they stay, under a key that no other attempt has. The names of those
/// that are there are added to `kept`.
async fn keep(
    publisher: &Publisher,
    made: &mut Made,
    kept: &mut Vec<String>,
) -> Result<(), CutError> {
    let owner = publisher.files.owner(&publisher.store).await?;
    let attempt: String = entropy::bytes::<8>()?
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let (survey, number) = (&made.release.survey, made.release.number);
    for file in &made.files {
        let content = if IN_DATABASE.contains(&file.name.as_str()) {
            Content::Here(tokio::fs::read(file.path()).await?)
        } else {
            let place = format!("{owner}/{survey}/{number}/{attempt}/{}", file.name);
            kept.push(place.clone());
            publisher.files.keep(file, &place).await?;
            let size = i64::try_from(file.size).unwrap_or(i64::MAX);
            Content::Stored { place, size }
        };
        made.release.files.push(NewFile {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            sha256: file.sha256.clone(),
            content,
        });
    }
    Ok(())
}

async fn forget_order(store: &Store) -> Result<(), StoreError> {
    #[cfg(feature = "unprotected")]
    if crate::unprotected::Protection::Order.is_off() {
        return Ok(());
    }
    match store.rewrite_shuffled().await {
        Err(StoreError::Busy) => {
            // The rows are rewritten; the running server cuts the log at its next turn.
            tracing::warn!("the database log is in use and will be cut later");
            Ok(())
        }
        other => other,
    }
}

struct Made {
    release: NewRelease,
    files: Vec<Staged>,
    summary: Cut,
}

/// What was released of this version, newest first.
async fn releases_of(store: &Store, wave: &Wave) -> Result<Vec<Release>, StoreError> {
    let mut releases = store.releases(&wave.survey).await?;
    releases.retain(|release| release.wave == wave.version);
    Ok(releases)
}

/// Every number published with `releases`.
async fn earlier(store: &Store, releases: &[Release]) -> Result<Vec<Aggregates>, CutError> {
    let mut earlier = vec![];
    for release in releases {
        earlier.extend(document(store, Some(release), AGGREGATES).await?);
    }
    Ok(earlier)
}

/// A document of a release, if it stands in the database.
async fn document<T: serde::de::DeserializeOwned>(
    store: &Store,
    release: Option<&Release>,
    name: &str,
) -> Result<Option<T>, CutError> {
    let Some(release) = release else {
        return Ok(None);
    };
    let file = store
        .release_file(&release.survey, release.number, name)
        .await?;
    Ok(file
        .filter(|file| !file.body.is_empty())
        .map(|file| serde_json::from_slice(&file.body))
        .transpose()?)
}

/// What a release is made with, beside the answers.
struct Maker {
    instrument: Instrument,
    instrument_json: String,
    day: String,
    earlier: Vec<Aggregates>,
    /// What the newest release leaves open.
    earlier_audit: Option<Audit>,
    /// The public file as the newest release has it.
    earlier_rows: Option<Earlier>,
    parameters: Parameters,
    /// No more answers can come.
    closing: bool,
    publisher: Publisher,
    /// Where the files are made; held until they are recorded.
    staging: Staging,
    dry_run: bool,
    watch: Watch,
}

impl Maker {
    fn make(&self, snapshot: &Snapshot, rng: &mut impl Rng) -> Result<Option<Made>, CutError> {
        let parameters = &self.parameters;
        let draw = Parameters {
            hold_back: if self.closing {
                0
            } else {
                parameters.hold_back
            },
            ..*parameters
        };
        let number = u32::try_from(snapshot.next_number)
            .map_err(|_| CutError::Number(snapshot.next_number))?;
        let texts = Texts::make(&self.instrument, number, snapshot, parameters, rng)?;
        let counted = match choose(&snapshot.responses, &draw, rng) {
            Some(responses) => self.count(snapshot, number, responses, &draw, rng)?,
            // Nobody will answer any more, but texts are still being read.
            None if self.closing && texts.as_ref().is_some_and(|texts| texts.new > 0) => {
                match self.as_before(number) {
                    Some(counted) => counted,
                    None => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        let Counted {
            protected: Protected { aggregates, audit },
            responses,
            votes,
            consenting,
        } = counted;
        let manifest = Manifest {
            survey: &snapshot.survey,
            release: number,
            date: &self.day,
            wave: &snapshot.wave,
            n: aggregates.n,
            parameters,
            closing: self.closing,
            looser_than_promised: !parameters.at_least_as_strict(&Parameters::default()),
            rules: RULES,
            licence: "CC-BY-4.0",
        };
        (self.watch)(Step::SingleAnswers);
        let open_data = OpenData::make(
            &self.instrument,
            &manifest,
            &consenting,
            self.earlier_rows.as_ref(),
            &self.staging,
            rng,
        )?;
        let rows = open_data.as_ref().map_or(0, |data| data.table.rows());
        let rows_new = open_data.as_ref().map_or(0, |data| data.rows_new);
        let files = if self.dry_run {
            Vec::new()
        } else {
            let study = Study {
                survey: snapshot.survey.clone(),
                title: self.instrument.title.clone(),
                release: number,
                date: self.day.clone(),
                wave: snapshot.wave.clone(),
                n: aggregates.n,
                rows,
                publisher: self.publisher.name.clone(),
                url: self.publisher.url.clone(),
            };
            Publication {
                manifest: &manifest,
                study: &study,
                aggregates: &aggregates,
                audit: &audit,
                instrument: &self.instrument,
                instrument_json: &self.instrument_json,
                texts: texts.as_ref().map(|texts| texts.json.as_str()),
                open_data: open_data.as_ref(),
            }
            .write(&self.staging)?
        };
        let sha256 = sha256_hex(aggregates.to_json()?.as_bytes());
        let cells = || aggregates.tables.iter().flat_map(|t| &t.cells);
        let waits = |reason| {
            aggregates
                .tables
                .iter()
                .filter(move |t| t.withheld_for(reason))
        };
        let summary = Cut {
            survey: snapshot.survey.clone(),
            release: number,
            date: self.day.clone(),
            wave: snapshot.wave.clone(),
            n: aggregates.n,
            tables: aggregates.tables.len(),
            tables_withheld: waits(Reason::BaseBelowMinimum).count(),
            tables_waiting: waits(Reason::Waits).count(),
            cells_hidden: cells().filter(|c| c.status == Status::FewerThan10).count(),
            cells_withheld: cells()
                .filter(|c| c.reason == Some(Reason::Complementary))
                .count(),
            narrowest: audit.narrowest,
            rows,
            rows_new,
            texts: texts.as_ref().map_or(0, |texts| texts.all),
            texts_new: texts.as_ref().map_or(0, |texts| texts.new),
            texts_waiting: texts.as_ref().map_or(0, |texts| texts.waiting),
            not_shown: not_shown(&aggregates),
            sha256: sha256.clone(),
            dry_run: false,
        };
        let release = NewRelease {
            survey: snapshot.survey.clone(),
            number: snapshot.next_number,
            day: self.day.clone(),
            wave: snapshot.wave.clone(),
            n: i64::try_from(aggregates.n).unwrap_or(i64::MAX),
            params: serde_json::to_string(parameters)?,
            sha256,
            files: Vec::new(),
            responses: responses.iter().map(|p| p.id).collect(),
            votes: votes.iter().map(|p| p.id).collect(),
            texts: texts.map_or_else(Vec::new, |texts| texts.ids),
            // The last ones come to the readers however few they are; their list still waits.
            open_texts_from: if self.closing {
                1
            } else {
                parameters.min_texts
            },
            // All of them, in the file or not: who was drawn is nobody's business.
            cohort: if rows_new == 0 {
                Vec::new()
            } else {
                consenting.iter().map(|p| p.id).collect()
            },
        };
        Ok(Some(Made {
            release,
            files,
            summary,
        }))
    }

    /// Counts those who were released before together with `responses`, and protects the result.
    fn count<'s>(
        &self,
        snapshot: &'s Snapshot,
        number: u32,
        responses: Vec<&'s Part>,
        draw: &Parameters,
        rng: &mut impl Rng,
    ) -> Result<Counted<'s>, CutError> {
        // Votes are stored apart and join a release by a draw of their own; too few of them wait.
        let votes = choose(&snapshot.votes, draw, rng).unwrap_or_default();
        let sheets: Vec<&Part> = released(&snapshot.responses)
            .chain(responses.iter().copied())
            .collect();
        let (mut tabulator, consenting) = count(&self.instrument, &sheets, &self.watch)?;
        let n = tabulator.sheets();
        for part in released(&snapshot.votes).chain(votes.iter().copied()) {
            tabulator.add_votes(&decode_votes(&self.instrument, &part.body)?);
        }
        (self.watch)(Step::Protecting);
        let protected = protect(
            number,
            n,
            &tabulator.finish(),
            &self.earlier,
            &self.parameters,
            workers(),
        );
        Ok(Counted {
            protected,
            responses,
            votes,
            consenting,
        })
    }

    /// The figures of the newest release under a new number. They are not counted again: with
    /// nobody joining, the difference would be those who withdrew.
    fn as_before(&self, number: u32) -> Option<Counted<'static>> {
        let mut aggregates = self.earlier.first()?.clone();
        let mut audit = self.earlier_audit.clone()?;
        aggregates.release = number;
        audit.release = number;
        Some(Counted {
            protected: Protected { aggregates, audit },
            responses: Vec::new(),
            votes: Vec::new(),
            consenting: Vec::new(),
        })
    }
}

/// The figures of a release, and who enters with it.
struct Counted<'s> {
    protected: Protected,
    responses: Vec<&'s Part>,
    votes: Vec<&'s Part>,
    consenting: Vec<&'s Part>,
}

fn not_shown(aggregates: &Aggregates) -> Vec<NotShown> {
    let why = |reason| {
        let tables = aggregates.tables.iter();
        tables
            .filter(move |table| table.withheld_for(reason))
            .map(move |table| NotShown {
                table: table.id.clone(),
                reason,
            })
    };
    why(Reason::BaseBelowMinimum)
        .chain(why(Reason::Waits))
        .collect()
}

/// The parts that join now; `None` when they are too few.
fn choose<'p>(
    parts: &'p [Part],
    parameters: &Parameters,
    rng: &mut impl Rng,
) -> Option<Vec<&'p Part>> {
    let eligible: Vec<_> = parts.iter().filter(|p| p.release.is_none()).collect();
    let already = u64::try_from(released(parts).count()).unwrap_or(u64::MAX);
    select(eligible, already, parameters, |n| {
        rng.random_range(0..n.max(1))
    })
    .ok()
    .map(|selection| selection.released)
}

fn released(parts: &[Part]) -> impl Iterator<Item = &Part> {
    parts.iter().filter(|p| p.release.is_some())
}
