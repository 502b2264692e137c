//! The program run on a file, with a limit of time, and watched for the memory that it takes.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a run printed and took.
#[derive(Debug)]
pub struct Run {
    /// `None` where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub seconds: f64,
    /// The most memory that it held; `None` where the system does not tell.
    pub megabytes: Option<f64>,
}

/// Between two looks at a run.
const LOOK: Duration = Duration::from_millis(2);

/// Threads of a run: fixed, because each may hold a record of its own.
const THREADS: &str = "2";

/// Runs the program in a folder.
///
/// # Errors
/// It did not end within `seconds`.
pub fn run(folder: &Path, args: &[&str], seconds: f64) -> Result<Run, String> {
    // Files and not pipes: nobody has to empty them while the run is watched.
    let printed = tempfile::tempdir().unwrap();
    let (out, err) = (printed.path().join("out"), printed.path().join("err"));
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(args)
        .args(["-j", THREADS])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let (status, kilobytes) = watch(&mut child, begun, seconds)
        .ok_or_else(|| format!("`{}` had not ended after {seconds} seconds", args.join(" ")))?;
    let text = |path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    Ok(Run {
        code: status.code(),
        stdout: text(&out),
        stderr: text(&err),
        seconds: begun.elapsed().as_secs_f64(),
        megabytes: kilobytes.map(|n| n as f64 / 1024.0),
    })
}

/// Waits for the end; `None` if it does not come in time.
fn watch(child: &mut Child, begun: Instant, seconds: f64) -> Option<(ExitStatus, Option<u64>)> {
    let mut most = None;
    loop {
        most = most.max(peak_kilobytes(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            return Some((status, most));
        }
        if begun.elapsed().as_secs_f64() > seconds {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        sleep(LOOK);
    }
}

/// What Linux says of the most memory that a process held until now.
fn peak_kilobytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
