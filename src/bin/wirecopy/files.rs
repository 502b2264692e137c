//! Output files of the command line: text without styles, removed on an interrupt if they are not whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::StripStream;
use wirecopy::error::{Error, Result};
use wirecopy::outfile::{self, OutFile};

/// Writes to a file, without styles.
pub(crate) fn write_plain(file: &mut OutFile, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let path = file.path().to_owned();
    write(&mut StripStream::new(file as &mut dyn Write)).map_err(|source| Error::Write { path, source })
}

/// The file that a result is asked for in: `-` is standard output, and no file.
pub(crate) fn to_file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| *path != Path::new("-"))
}

/// Creates the files that a run writes, before it runs: an hour's work is not lost to a folder that is not there.
pub(crate) fn create_all<const N: usize>(
    paths: [Option<&Path>; N],
    inputs: &[PathBuf],
) -> anyhow::Result<[Option<OutFile>; N]> {
    check_outputs(&paths.iter().copied().flatten().collect::<Vec<_>>(), inputs)?;
    let mut files = [const { None }; N];
    for (file, path) in files.iter_mut().zip(paths) {
        *file = path.map(OutFile::create).transpose()?;
    }
    Ok(files)
}

/// Puts each file under its name, once all are written.
pub(crate) fn finish_all(files: impl IntoIterator<Item = Option<OutFile>>) -> Result<()> {
    files.into_iter().flatten().try_for_each(OutFile::finish)
}

/// The exit code of a process that SIGINT ended, as shells report it.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt, or a request to end, removes what is not whole and ends the process.
pub(crate) fn end_cleanly_on_interrupt() {
    // Where no handler can be set, an interrupt leaves a hidden temporary file, and still no half-written result.
    let _ = ctrlc::set_handler(|| {
        outfile::remove_pending();
        std::process::exit(INTERRUPTED);
    });
}

/// Refuses outputs that would replace an input, or each other.
pub(crate) fn check_outputs(outputs: &[&Path], inputs: &[PathBuf]) -> anyhow::Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok().filter(|real| real.is_file());
    for (at, output) in outputs.iter().enumerate() {
        if outputs[..at].contains(output) {
            anyhow::bail!("{}: two outputs would go to this file; give each its own", output.display());
        }
        // A file that does not exist yet is no input.
        let Some(output_file) = real(output) else { continue };
        for input in inputs {
            let Ok(input_real) = fs::canonicalize(input) else { continue };
            let walked =
                input_real.is_dir() && output_file.starts_with(&input_real) && wirecopy::read::is_input(&output_file);
            if output_file == input_real || walked {
                anyhow::bail!(
                    "{}: this output would replace an input (of {}); choose another name",
                    output.display(),
                    input.display()
                );
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_do_not_reach_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.txt");
        let mut file = OutFile::create(&path).unwrap();
        write_plain(&mut file, |out| write!(out, "\u{1b}[1mbold\u{1b}[0m")).unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"bold");
    }

    #[test]
    fn inputs_are_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let [input, other, table] = ["in.jsonl", "other.jsonl", "table.tsv"].map(|name| folder.path().join(name));
        for path in [&input, &other] {
            fs::write(path, "").unwrap();
        }
        fs::write(&table, "id\tstory\n").unwrap();
        let new = folder.path().join("new.jsonl");
        let detour = folder.path().join(".").join("in.jsonl");
        let whole = folder.path().to_owned();
        let cases: [(&[&Path], &PathBuf, bool); 7] = [
            (&[&input], &input, false),
            (&[&detour], &input, false),
            (&[&other], &input, true),
            (&[&new], &whole, true),
            (&[&other], &whole, false),
            (&[&table], &whole, true),
            (&[&new, &new], &input, false),
        ];
        for (outputs, input, allowed) in cases {
            let checked = check_outputs(outputs, std::slice::from_ref(input));
            assert_eq!(checked.is_ok(), allowed, "{outputs:?} {input:?} {checked:?}");
        }
    }
}
