//! `wirecopy curve`: the probability of becoming a candidate by banded LSH, against resemblance.

use std::io::{self, Write};

use serde::Serialize;
use wirecopy::candidates::{candidate_probability, candidate_threshold};
use wirecopy::params::{CandidateMethod, Params};
use wirecopy::report::json::write_line;

use crate::args::TextOrJson;
use crate::print::{Exit, Ui};

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy curve --bands 14 --rows 8
  wirecopy curve --bands 20 --rows 5 --format json";

/// Probability of becoming a candidate by banded LSH, against resemblance.
///
/// Shows what bands and rows find and what they miss, before a corpus is clustered with them.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// Number of bands, 1 to 256: more of them find more pairs.
    #[arg(long, value_name = "B")]
    bands: usize,
    /// Signature values a band, 1 to 64: more of them propose fewer strangers.
    #[arg(long, value_name = "R")]
    rows: usize,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: TextOrJson,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let Args { bands, rows, format } = args;
    Params { candidates: CandidateMethod::Lsh { bands, rows }, ..Params::default() }.validate()?;
    let curve = Curve::new(bands, rows);
    ui.result(|out| match format {
        TextOrJson::Text => write_text(out, &curve),
        TextOrJson::Json => write_line(out, &curve),
    })?;
    Ok(Exit::Done)
}

#[derive(Debug, Serialize)]
struct Curve {
    bands: usize,
    rows: usize,
    threshold: f64,
    points: Vec<Point>,
}

#[derive(Debug, Serialize)]
struct Point {
    resemblance: f64,
    probability: f64,
}

impl Curve {
    /// The curve from resemblance 0 to 1, in steps of 0.05.
    fn new(bands: usize, rows: usize) -> Self {
        let point = |resemblance| Point { resemblance, probability: candidate_probability(resemblance, bands, rows) };
        let points = (0..=20).map(|step| point(f64::from(step) / 20.0)).collect();
        Curve { bands, rows, threshold: candidate_threshold(bands, rows), points }
    }

    /// The resemblance from which a pair is proposed with this probability: the inverse of the curve.
    fn resemblance_at(&self, probability: f64) -> f64 {
        let band_agrees = 1.0 - (1.0 - probability).powf(1.0 / self.bands as f64);
        band_agrees.powf(1.0 / self.rows as f64)
    }
}

/// Columns of the bar of a certain candidate.
const BAR: f64 = 40.0;

fn write_text(out: &mut dyn Write, curve: &Curve) -> io::Result<()> {
    let (bands, rows) = (curve.bands, curve.rows);
    writeln!(out, "Banded LSH with b = {bands} bands of r = {rows} rows: signatures of {} minima.", bands * rows)?;
    writeln!(out, "A pair of resemblance s becomes a candidate with probability 1 - (1 - s^r)^b")?;
    writeln!(out, "(Leskovec, Rajaraman and Ullman, \"Mining of Massive Datasets\", section 3.4.2).\n")?;
    writeln!(out, "resemblance  probability")?;
    for Point { resemblance, probability } in &curve.points {
        let bar = "#".repeat((probability * BAR).round() as usize);
        writeln!(out, "{}", format!("{resemblance:>11.2}  {probability:>11.4}  {bar}").trim_end())?;
    }
    writeln!(out, "\n{:.4}  threshold (1/b)^(1/r), around which the curve rises", curve.threshold)?;
    for (probability, meaning) in
        [(0.05, "is rarely proposed"), (0.5, "is proposed or not"), (0.95, "is hardly missed")]
    {
        let resemblance = curve.resemblance_at(probability);
        writeln!(out, "{resemblance:.4}  resemblance at which a pair {meaning} (probability {probability:.2})")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_worked_by_hand() {
        // One band of one row: the probability is the resemblance. Two bands of two rows at 0.5: 1 − (3/4)² = 7/16.
        let cases = [(1, 1, 10, 0.5), (2, 2, 10, 0.4375), (14, 8, 20, 1.0), (14, 8, 0, 0.0), (3, 1, 10, 0.875)];
        for (bands, rows, step, expected) in cases {
            let found = Curve::new(bands, rows).points[step].probability;
            assert!((found - expected).abs() < 1e-12, "{bands}x{rows} at step {step}: {found}");
        }
        assert!((Curve::new(16, 4).threshold - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_curve_rises_and_its_inverse_leads_back() {
        for (bands, rows) in [(1, 1), (14, 8), (256, 64), (256, 1), (1, 64)] {
            let curve = Curve::new(bands, rows);
            assert_eq!(curve.points.len(), 21);
            assert!(curve.points.windows(2).all(|pair| pair[0].probability <= pair[1].probability), "{curve:?}");
            for probability in [0.05, 0.5, 0.95] {
                let back = candidate_probability(curve.resemblance_at(probability), bands, rows);
                assert!((back - probability).abs() < 1e-9, "{bands}x{rows}: {probability} gave {back}");
            }
        }
    }

    #[test]
    fn json_has_the_promised_keys() {
        let mut out = Vec::new();
        write_line(&mut out, &Curve::new(2, 2)).unwrap();
        let start =
            r#"{"bands":2,"rows":2,"threshold":0.7071067811865476,"points":[{"resemblance":0.0,"probability":0.0},"#;
        assert!(String::from_utf8(out).unwrap().starts_with(start));
    }
}
