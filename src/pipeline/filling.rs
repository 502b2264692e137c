//! The index being filled, one batch of records after the other; from where a run was killed, where it is resumed.

use std::time::{Duration, Instant};

use super::resume::Resumable;
use super::{BATCH_BYTES, OnRecord, Options, Outcome, Piece, Read};
use crate::error::{Error, Result};
use crate::index::Builder;
use crate::read::{Batch, FieldsUsed, Inputs, Record, Reject};
use crate::story::Counts;

/// What is filled while articles are read.
pub(crate) struct Filling<'a, 'b> {
    pub(crate) builder: Builder,
    pub(crate) fields_used: FieldsUsed,
    pub(crate) counts: Counts,
    options: &'a Options,
    on_record: &'a mut OnRecord<'b>,
    resumable: Option<Resumable>,
    /// Records that are in the index.
    n_records: u64,
    last_saved: Instant,
}

/// Time between two checkpoints: what a killed run loses at most, and many times what one takes to write.
const BETWEEN_CHECKPOINTS: Duration = Duration::from_millis(250);

/// What became of a record, in the file of a run that may be resumed.
const ARTICLE: u8 = b'a';
const NO_PAGE: u8 = b'n';
const REJECTED: u8 = b'r';

impl<'a, 'b> Filling<'a, 'b> {
    /// An empty index, or what a run that was killed has left.
    ///
    /// # Errors
    /// Those of [`Builder::new`] and of taking up a run.
    pub(crate) fn new(inputs: &Inputs, options: &'a Options, on_record: &'a mut OnRecord<'b>) -> Result<Self> {
        let make = if options.keep_texts { Builder::keeping_texts } else { Builder::new };
        let mut builder = make(&options.space)?;
        let (resumable, checkpoint) = Resumable::open(options, inputs, &mut builder)?.unzip();
        let checkpoint = checkpoint.unwrap_or_default();
        Ok(Filling {
            builder,
            fields_used: checkpoint.fields_used,
            counts: checkpoint.counts,
            options,
            on_record,
            resumable,
            n_records: checkpoint.n_records,
            last_saved: Instant::now(),
        })
    }

    /// The first batch that has records which are not in the index yet, and how many it has that are. Tells of those before.
    ///
    /// # Errors
    /// Those of [`Inputs::next_batch`], and what the callback returns.
    pub(crate) fn first_batch(&mut self, inputs: &mut Inputs) -> Result<Option<(Batch, usize)>> {
        let mut n_told = 0;
        loop {
            let Some(batch) = inputs.next_batch(BATCH_BYTES)? else { return Ok(None) };
            let n_known = (self.n_records - n_told).min(batch.records().count() as u64) as usize;
            for record in batch.records().take(n_known) {
                self.tell_again(&record, n_told)?;
                n_told += 1;
            }
            if batch.records().nth(n_known).is_some() {
                return Ok(Some((batch, n_known)));
            }
        }
    }

    /// Tells of a record that is in the index already.
    fn tell_again(&mut self, record: &Record<'_>, number: u64) -> Result<()> {
        let Some(resumable) = &self.resumable else { return Ok(()) };
        let mut outcome = [0];
        resumable.outcomes.read(number, &mut outcome)?;
        match outcome[0] {
            ARTICLE => (self.on_record)(record, Outcome::Article),
            NO_PAGE => (self.on_record)(record, Outcome::NoPage),
            // Why it was skipped is found once more.
            _ => match record.parse(&self.options.fields) {
                Err(reject) => (self.on_record)(record, Outcome::Rejected(&reject)),
                Ok(_) => Err(resumable.is_of_others(record.path)),
            },
        }
    }

    /// Takes the articles of a batch, and tells of every record.
    ///
    /// # Errors
    /// Those of [`Builder::append`]; [`Error::Rejected`] with `strict`; what the callback returns.
    pub(crate) fn put_away(&mut self, batch: &Batch, pieces: Vec<Piece>) -> Result<()> {
        let mut records = batch.records();
        for piece in pieces {
            self.builder.append(&piece.packed)?;
            // The outcomes come first: when they end, no record more is taken.
            for (outcome, record) in piece.outcomes.into_iter().zip(records.by_ref().skip(piece.n_before)) {
                self.tell(&record, outcome)?;
            }
        }
        self.save(false)
    }

    fn tell(&mut self, record: &Record<'_>, outcome: std::result::Result<Option<Read>, Reject>) -> Result<()> {
        let outcome = match outcome {
            Err(reject) if self.options.strict => return Err(Error::Rejected(reject)),
            outcome => outcome,
        };
        let (told, byte) = match &outcome {
            Ok(Some(_)) => (Outcome::Article, ARTICLE),
            Ok(None) => (Outcome::NoPage, NO_PAGE),
            Err(reject) => (Outcome::Rejected(reject), REJECTED),
        };
        (self.on_record)(record, told)?;
        if let Some(resumable) = &mut self.resumable {
            resumable.outcomes.append(&[byte])?;
        }
        self.n_records += 1;
        self.counts.records += u64::from(!matches!(told, Outcome::NoPage));
        match outcome {
            Ok(Some(read)) => {
                self.counts.articles += 1;
                self.counts.assumed_utc += u64::from(read.assumed_utc);
                self.counts.dates_unread += u64::from(read.date_unread);
                self.counts.dated_by_crawl += u64::from(read.dated_by_crawl);
                self.fields_used.merge(&read.fields_used);
            }
            Ok(None) => self.counts.without_page += u64::from(!record.is_cut),
            Err(_) => self.counts.rejected += 1,
        }
        Ok(())
    }

    /// Writes down how far the run is, now or when it is time again.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub(crate) fn save(&mut self, now: bool) -> Result<()> {
        let Some(resumable) = &mut self.resumable else { return Ok(()) };
        if now || self.last_saved.elapsed() >= BETWEEN_CHECKPOINTS {
            resumable.save(&mut self.builder, self.n_records, self.counts, &self.fields_used)?;
            self.last_saved = Instant::now();
        }
        Ok(())
    }
}
