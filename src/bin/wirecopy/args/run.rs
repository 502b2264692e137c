//! How a run goes about its work: what bounds it, and where its temporary files are.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use bytesize::ByteSize;
use wirecopy::codec::Expansion;
use wirecopy::read::Limits;
use wirecopy::report::plain;
use wirecopy::spill::{DiskNeed, Space};

/// How a run goes about its work.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Run")]
pub(crate) struct RunArgs {
    /// Stops at the first bad record.
    #[arg(long)]
    pub(super) strict: bool,
    /// Longest record that is read, as 16MiB.
    #[arg(long, value_name = "SIZE", hide_short_help = true, default_value = "16MiB")]
    max_record: ByteSize,
    /// Bytes that a compressed file may become for each of its own, beyond the first 64 MiB.
    #[arg(long, value_name = "N", hide_short_help = true, default_value_t = Limits::default().expansion.ratio)]
    max_ratio: u64,
    /// Bytes that a compressed file may become, as 256GiB.
    #[arg(long, value_name = "SIZE", hide_short_help = true, default_value = "256GiB")]
    max_unpacked: ByteSize,
    /// Threads [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Memory that the run plans with, as 4G; 130 bytes an article are the least.
    ///
    /// What is beyond it stays in temporary files. Stories of several copies are held besides, 600 bytes a copy. The result
    /// does not depend on it.
    #[arg(long, value_name = "SIZE")]
    memory: Option<ByteSize>,
    /// Folder of temporary files [default: the system's]
    ///
    /// They take about as many bytes as the texts. They have no names, so that nothing is left of them however the
    /// run ends.
    #[arg(long, value_name = "DIR")]
    temp_dir: Option<PathBuf>,
    /// Folder from which a run that was killed goes on when it is started again.
    ///
    /// It is made where it is not there, holds the temporary files in the meantime, and is removed when the run is done.
    /// It serves one command: other inputs or another method are refused.
    #[arg(long, value_name = "DIR")]
    resume: Option<PathBuf>,
    /// Says nothing on standard error but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl RunArgs {
    /// What bounds the memory and the time of reading.
    pub(super) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        limits.record = usize::try_from(self.max_record.as_u64()).unwrap_or(usize::MAX).max(1);
        limits.expansion = Expansion { ratio: self.max_ratio.max(1), bytes: self.max_unpacked.as_u64() };
        limits
    }

    /// Where temporary files are, and how much memory the run may hold.
    pub(super) fn space(&self) -> Space {
        Space {
            temp_dir: self.temp_dir.clone(),
            memory: self.memory.map(|size| size.as_u64()),
            resume: self.resume.clone(),
        }
    }

    /// Starts as many threads as were asked for, and puts all temporary files where they were asked for.
    pub(crate) fn prepare(&self) -> anyhow::Result<()> {
        if let Some(folder) = &self.temp_dir {
            anyhow::ensure!(folder.is_dir(), "--temp-dir {}: no folder of this name; make it first", folder.display());
            // Pipes that are read twice are kept there too.
            let _ = tempfile::env::override_temp_dir(folder);
        }

        let Some(jobs) = self.jobs else { return Ok(()) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into());
        pool.build_global().context("cannot start the threads; try fewer with -j")
    }
}

/// Says what a large run needs of the disk.
pub(super) fn say_need(need: &DiskNeed) {
    if need.needed >= WORTH_SAYING {
        let [needed, free] = [need.needed, need.free].map(|bytes| ByteSize(bytes).display());
        let folder = plain(&need.folder.display().to_string()).into_owned();
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(
            anstream::stderr(),
            "wirecopy: temporary files will take about {needed} in {folder}, where {free} are free"
        );
    }
}

/// Bytes of temporary files from which a reader may want to know.
const WORTH_SAYING: u64 = 1 << 30;
