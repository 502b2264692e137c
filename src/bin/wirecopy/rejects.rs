//! Records that were skipped: named on standard error, and kept in a file.

use wirecopy::error::Result;
use wirecopy::outfile::OutFile;
use wirecopy::read::Reject;
use wirecopy::report::json::write_line;

use crate::files::write_plain;

/// Skipped records that are named; the rest are counted.
const MAX_NAMED: usize = 5;

/// Records that were skipped: the first few, and how many.
#[derive(Debug, Default)]
pub(crate) struct Rejects {
    pub(crate) first: Vec<Reject>,
    pub(crate) n: u64,
}

impl Rejects {
    /// Takes note of one.
    pub(crate) fn note(&mut self, reject: &Reject) {
        self.n += 1;
        if self.first.len() < MAX_NAMED {
            self.first.push(reject.clone());
        }
    }
}

/// Keeps a record that was skipped, with the reason.
pub(crate) fn write_reject(file: &mut OutFile, reject: &Reject, bytes: &[u8]) -> Result<()> {
    write_plain(file, |out| write_line(out, &Rejected::new(reject, bytes)))
}

/// A record that was skipped, as `--rejects` keeps it.
#[derive(serde::Serialize)]
struct Rejected<'a> {
    path: String,
    line: u64,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record_hex: Option<String>,
}

impl<'a> Rejected<'a> {
    fn new(reject: &'a Reject, bytes: &'a [u8]) -> Self {
        let record = std::str::from_utf8(bytes).ok();
        let record_hex = record.is_none().then(|| bytes.iter().map(|byte| format!("{byte:02x}")).collect());
        Rejected {
            path: reject.path.display().to_string(),
            line: reject.line,
            reason: &reject.reason,
            record,
            record_hex,
        }
    }
}
