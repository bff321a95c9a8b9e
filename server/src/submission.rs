//! From answers to the store: the one path, for forms, for the runner and for simulated people.

use std::collections::BTreeMap;

use partake_core::{
    flow::{Seed, assign},
    instrument::Instrument,
    lang::Lang,
    response::{
        Answer, Answers, Assignment, Fault, Pace, Sheet, Submission, decode_sheet, decode_votes,
        encode_sheet, encode_votes, finish, finish_only_asked, other_key, receipt::Receipt,
    },
};
use partake_store::{
    Store, StoreError, TextFate,
    responses::{NewResponse, NewText, NewVotes, PartId, Replaced, StoredResponse, Submitted},
};
use partake_survey::{Parcel, ReceiptKind};

use crate::surveys::Wave;

/// Answers that somebody wants to submit.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub lang: Lang,
    pub seed: Seed,
    pub assignment: Assignment,
    pub answers: Answers,
    /// Answers to questions that are not asked are refused; otherwise they are dropped.
    pub only_asked: bool,
    pub receipt: Receipt,
    pub pace: Pace,
}

/// Why a submission was not stored.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    #[error("{} answers do not hold", .0.len())]
    Faults(Vec<Fault>),
    #[error("the wave is closed")]
    Closed,
    #[error("internal error: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for SubmissionError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WaveClosed => Self::Closed,
            other => Self::Internal(other.into()),
        }
    }
}

/// Checks and stores a submission. The receipt decides what it is: a new response, the repetition
/// of one, or a new version of one. Whoever has the receipt may change the response, so different
/// answers under a known receipt replace the stored ones for as long as they are not released.
pub async fn submit(
    store: &Store,
    wave: &Wave,
    candidate: Candidate,
) -> Result<ReceiptKind, SubmissionError> {
    let Candidate {
        lang,
        seed,
        assignment,
        answers,
        only_asked,
        receipt,
        pace,
    } = candidate;
    // What counts is the language in which the questions were read.
    let lang = wave.instrument.spoken(lang);
    let finish = if only_asked {
        finish_only_asked
    } else {
        finish
    };
    let mut submission = finish(&wave.instrument, lang, seed, &assignment, answers)
        .map_err(SubmissionError::Faults)?;
    submission.sheet.flags.pace = pace;
    let new = parcel(wave, &receipt, submission);
    if store.submit(new.clone()).await? == Submitted::New {
        return Ok(ReceiptKind::New);
    }
    if is_stored(store, &receipt, &new).await? {
        return Ok(ReceiptKind::Already);
    }
    let texts = text_ids(&wave.instrument, &receipt);
    match store
        .replace(new.clone(), &texts, receipt.votes_id())
        .await?
    {
        Replaced::Done => Ok(ReceiptKind::Changed),
        Replaced::Frozen => Ok(ReceiptKind::Frozen),
        // Withdrawn between the two statements; the person's last word is this submission.
        Replaced::Missing => {
            store.submit(new).await?;
            Ok(ReceiptKind::New)
        }
    }
}

fn parcel(wave: &Wave, receipt: &Receipt, submission: Submission) -> NewResponse {
    let Submission {
        sheet,
        texts,
        votes,
    } = submission;
    let text = |text: partake_core::response::DetachedText| NewText {
        id: receipt.text_id(&text.item),
        item: text.item,
        text: text.text,
        may_show: text.may_show,
    };
    NewResponse {
        id: receipt.response_id(),
        survey: wave.survey.clone(),
        wave: wave.version.clone(),
        sheet: encode_sheet(&wave.instrument, &sheet),
        texts: texts.into_iter().map(text).collect(),
        votes: (!votes.is_empty()).then(|| NewVotes {
            id: receipt.votes_id(),
            body: encode_votes(&wave.instrument, &votes),
        }),
    }
}

async fn is_stored(
    store: &Store,
    receipt: &Receipt,
    new: &NewResponse,
) -> Result<bool, SubmissionError> {
    let Some(old) = store.response(receipt.response_id()).await? else {
        return Ok(false);
    };
    if old.sheet != new.sheet || old.wave != new.wave {
        return Ok(false);
    }
    let votes = store.response_votes(receipt.votes_id()).await?;
    if votes.as_ref() != new.votes.as_ref().map(|votes| &votes.body) {
        return Ok(false);
    }
    let ids: Vec<PartId> = new.texts.iter().map(|text| text.id).collect();
    let texts = store.response_texts(&ids).await?;
    let same = |text: &NewText| {
        texts
            .iter()
            .any(|t| t.id == text.id && t.text == text.text && t.may_show == text.may_show)
    };
    Ok(new.texts.iter().all(same))
}

/// Every id that a receipt can give to a text.
#[must_use]
pub fn text_ids(instrument: &Instrument, receipt: &Receipt) -> Vec<PartId> {
    items(instrument)
        .iter()
        .map(|item| receipt.text_id(item))
        .collect()
}

/// Every question and option that takes text.
fn items(instrument: &Instrument) -> Vec<String> {
    let mut items = Vec::new();
    for question in instrument.questions() {
        if question.is_text() {
            items.push(question.id.clone());
        }
        let texts = question
            .choices()
            .iter()
            .filter(|choice| choice.text_max.is_some());
        items.extend(texts.map(|choice| other_key(&question.id, &choice.code)));
    }
    items
}

/// What a response keeps when it is changed: the question versions that were drawn for it, and how
/// fast it was answered at first.
#[derive(Clone, Debug)]
pub struct Kept {
    pub assignment: Assignment,
    pub pace: Pace,
}

/// What stands with the stored response when it is being changed; for a new one, the question
/// versions that follow from its seed and the pace that was measured.
pub async fn kept(
    store: &Store,
    wave: &Wave,
    receipt: &Receipt,
    parcel: &Parcel,
) -> Result<Kept, StoreError> {
    if parcel.replace
        && let Some(stored) = store.response(receipt.response_id()).await?
        && let Ok(sheet) = decode_sheet(&wave.instrument, &stored.sheet)
    {
        return Ok(Kept {
            assignment: sheet.assignment,
            pace: sheet.flags.pace,
        });
    }
    Ok(Kept {
        assignment: assign(&wave.instrument, Seed(parcel.seed)),
        pace: parcel.pace,
    })
}

/// A stored response with its parts put together again.
#[derive(Clone, Debug)]
pub struct Opened {
    pub stored: StoredResponse,
    pub sheet: Sheet,
    /// All answers, texts and votes included.
    pub answers: Answers,
    /// What became of each text, by question.
    pub fates: BTreeMap<String, TextFate>,
}

/// Opens a response with its receipt; `None` when there is none.
pub async fn open(
    store: &Store,
    wave: impl Fn(&str, &str) -> Option<std::sync::Arc<Wave>>,
    receipt: &Receipt,
) -> Result<Option<(Opened, std::sync::Arc<Wave>)>, SubmissionError> {
    let Some(stored) = store.response(receipt.response_id()).await? else {
        return Ok(None);
    };
    let unreadable = |what: &str| SubmissionError::Internal(what.to_owned().into());
    let wave = wave(&stored.survey, &stored.wave)
        .ok_or_else(|| unreadable("a response of a wave that is not published"))?;
    let sheet = decode_sheet(&wave.instrument, &stored.sheet)
        .map_err(|_| unreadable("a sheet that its wave cannot decode"))?;
    let mut answers = sheet.answers.clone();
    let ids = text_ids(&wave.instrument, receipt);
    let fates = store.text_fates(&ids).await?;
    for text in store.response_texts(&ids).await? {
        answers.insert(text.item, Answer::Text(text.text));
    }
    if let Some(body) = store.response_votes(receipt.votes_id()).await? {
        let votes = decode_votes(&wave.instrument, &body)
            .map_err(|_| unreadable("votes that their wave cannot decode"))?;
        let question = wave
            .instrument
            .questions()
            .find(|q| matches!(q.kind, partake_core::instrument::Kind::Votes(_)));
        if let Some(question) = question {
            answers.insert(question.id.clone(), Answer::Rows(votes));
        }
    }
    Ok(Some((
        Opened {
            stored,
            sheet,
            answers,
            fates,
        },
        wave,
    )))
}

/// Deletes a response with all its parts; false when there was none.
pub async fn withdraw(
    store: &Store,
    instrument: &Instrument,
    receipt: &Receipt,
) -> Result<bool, StoreError> {
    let texts = text_ids(instrument, receipt);
    store
        .withdraw(receipt.response_id(), &texts, receipt.votes_id())
        .await
}
