//! [`Report`]: writes the table as Markdown to `bench/results.md` and, on request, its main rows to the README.

use crate::chart;
use crate::extent::Extent;
use crate::measures::{MEASURES, Measure, TELLING, Target, Unit};
use crate::process;
use crate::samples::Samples;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// The columns of values.
const COLUMNS: [Subject; 6] = [
    Subject::Ours,
    Subject::Lean,
    Subject::Official,
    Subject::Floor,
    Subject::Boto3,
    Subject::Socket,
];

/// The results as text.
pub(crate) struct Report {
    root: PathBuf,
    /// All rows.
    markdown: String,
    /// The rows of the README.
    short: String,
}

impl Report {
    /// Creates the report of samples.
    pub(crate) fn new(
        workspace: &Workspace,
        samples: &Samples,
        heading: &str,
        growth: &str,
        extent: Extent,
    ) -> Result<Self> {
        let mut markdown = format!("{heading}\n\n");
        markdown += "| | appflow-sdk | with `hyper` | aws-sdk-appflow | ratio | bare reqwest | ratio | boto3 | raw socket | target |\n";
        markdown += "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n";
        let mut short = format!("{heading}\n\n");
        short +=
            "| | appflow-sdk | with `hyper` | aws-sdk-appflow | ratio | bare reqwest | boto3 |\n";
        short += "|---|--:|--:|--:|--:|--:|--:|\n";
        let measured = MEASURES
            .iter()
            .filter(|measure| samples.figure(measure.id, Subject::Ours).is_some());
        for measure in measured {
            let cells = Cells::of(samples, measure, extent);
            cells.whole_row(&mut markdown)?;
            if TELLING.contains(&measure.id) {
                cells.short_row(&mut short)?;
            }
        }
        if !growth.is_empty() {
            writeln!(
                markdown,
                "\nCPU of `ListFlows` from 1 to 10,000 flows:\n\n{growth}"
            )?;
        }
        Ok(Self {
            root: workspace.root.clone(),
            markdown,
            short,
        })
    }

    /// Returns the whole table.
    pub(crate) fn markdown(&self) -> &str {
        &self.markdown
    }

    /// Writes `bench/results.md` and `bench/results.svg`.
    pub(crate) fn write(&self, samples: &Samples) -> Result<()> {
        let bench = self.root.join("bench");
        chart::draw(&bench.join("results.svg"), samples)?;
        let text = format!(
            "# Results\n\n{}\n![The ratios as bars](results.svg)\n",
            self.markdown
        );
        fs::write(bench.join("results.md"), text)?;
        Ok(())
    }

    /// Writes the main rows between the markers of the README.
    pub(crate) fn write_readme(&self) -> Result<()> {
        let path = self.root.join("README.md");
        let text = fs::read_to_string(&path)?;
        fs::write(&path, between_markers(&text, &self.short)?)?;
        Ok(())
    }
}

/// Returns the README with the figures.
fn between_markers(readme: &str, figures: &str) -> Result<String> {
    let missing = || format!("README.md needs the lines {BEGIN} and {END}");
    let (before, rest) = readme.split_once(BEGIN).with_context(missing)?;
    let (_, after) = rest.split_once(END).with_context(missing)?;
    let more = "[The whole table](bench/results.md), and [how it is measured](bench/README.md).";
    let bars = "![The ratios as bars](bench/results.svg)";
    Ok(format!(
        "{before}{BEGIN}\n{figures}\n{more}\n\n{bars}\n{END}{after}"
    ))
}

/// Returns the text above the table: the machine, the compiler and the versions.
pub(crate) fn heading(versions: &str) -> Result<String> {
    let rustc = process::run(Command::new("rustc").arg("--version"))?.output;
    let cores = std::thread::available_parallelism()?;
    let version = rustc.split(' ').nth(1).unwrap_or_default();
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let processor = processor().map_or_else(String::new, |name| format!("{name}, "));
    Ok(format!(
        "Measured by `cargo xtask bench` on {cores} cores ({processor}{system}, {machine}) with Rust {version}, \
         against {versions}. The least of all rounds (of rates: the greatest); a ratio is ours to theirs, \
         with default features."
    ))
}

/// Returns the name of the processor, where the system has it in a file.
fn processor() -> Option<String> {
    let information = fs::read_to_string("/proc/cpuinfo").ok()?;
    let mut lines = information.lines().filter_map(|line| line.split_once(':'));
    let (_, name) = lines.find(|(name, _)| name.trim() == "model name")?;
    Some(name.trim().to_owned())
}

/// Returns a row of the table as text.
struct Cells {
    title: &'static str,
    values: [String; 6],
    official: String,
    floor: String,
    verdicts: String,
}

impl Cells {
    /// Returns the targets. The figures of the short form have no meaning, so it has none.
    fn of(samples: &Samples, measure: &Measure, extent: Extent) -> Self {
        let value = |subject| match samples.figure(measure.id, subject) {
            Some(value) => measure.unit.text(value),
            None => "–".to_owned(),
        };
        let ratio = |subject| match samples.ratio(measure.id, Subject::Ours, subject) {
            Some(ratio) => format!("{ratio:.2}"),
            None => "–".to_owned(),
        };
        let targets = measure.targets.iter();
        let verdicts: Vec<_> = targets
            .filter(|_| !extent.short)
            .filter_map(|target| verdict(samples, measure, target))
            .collect();
        Self {
            title: measure.title,
            values: COLUMNS.map(value),
            official: ratio(Subject::Official),
            floor: ratio(Subject::Floor),
            verdicts: verdicts.join("; "),
        }
    }

    fn whole_row(&self, markdown: &mut String) -> Result<()> {
        let Self {
            title,
            values: [ours, lean, official, floor, boto3, socket],
            verdicts,
            ..
        } = self;
        let (to_official, to_floor) = (&self.official, &self.floor);
        writeln!(
            markdown,
            "| {title} | **{ours}** | {lean} | {official} | {to_official} | {floor} | {to_floor} | {boto3} | {socket} | {verdicts} |"
        )?;
        Ok(())
    }

    fn short_row(&self, markdown: &mut String) -> Result<()> {
        let Self {
            title,
            values: [ours, lean, official, floor, boto3, _],
            official: ratio,
            ..
        } = self;
        writeln!(
            markdown,
            "| {title} | **{ours}** | {lean} | {official} | {ratio} | {floor} | {boto3} |"
        )?;
        Ok(())
    }
}

/// Returns a target and whether it is met, with the ratio; `None` if it was not measured.
fn verdict(samples: &Samples, measure: &Measure, target: &Target) -> Option<String> {
    let subject = match target {
        Target::AtMost(..) | Target::AtLeast(..) | Target::Below(_) => Subject::Ours,
        Target::LeanAtMost(..) | Target::LeanAtLeast(..) | Target::LeanBelow(_) => Subject::Lean,
    };
    let (text, value, is_met) = match *target {
        Target::AtMost(other, limit) | Target::LeanAtMost(other, limit) => {
            let ratio = samples.ratio(measure.id, subject, other)?;
            let text = format!("≤ {limit:.2} × {}", other.title());
            (text, format!("{ratio:.2}"), ratio <= limit)
        }
        Target::AtLeast(other, limit) | Target::LeanAtLeast(other, limit) => {
            let ratio = samples.ratio(measure.id, subject, other)?;
            let text = format!("≥ {limit:.2} × {}", other.title());
            (text, format!("{ratio:.2}"), ratio >= limit)
        }
        Target::Below(limit) | Target::LeanBelow(limit) => {
            let value = samples.figure(measure.id, subject)?;
            let text = format!("≤ {}", measure.unit.text(limit));
            (text, measure.unit.text(value), value <= limit)
        }
    };
    let of = if subject == Subject::Lean {
        format!("{}: ", subject.title())
    } else {
        String::new()
    };
    let met = if is_met { "met" } else { "**not met**" };
    Some(format!("{of}{text}: {met} ({value})"))
}

impl Unit {
    fn text(self, value: f64) -> String {
        match self {
            Self::Seconds if value < 10.0 => format!("{value:.2} s"),
            Self::Seconds => format!("{value:.0} s"),
            Self::Microseconds if value < 10_000.0 => format!("{} µs", grouped(value)),
            Self::Microseconds => format!("{:.1} ms", value / 1e3),
            Self::Bytes if value < 1e5 => format!("{} B", grouped(value)),
            Self::Bytes => format!("{:.1} MB", value / 1e6),
            Self::Count | Self::PerSecond => grouped(value),
            Self::Thousands => format!("{} k", grouped(value / 1e3)),
        }
    }
}

/// Formats a whole number with thousands separators.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        let table = [
            (7.0, "7"),
            (999.6, "1,000"),
            (72_018.0, "72,018"),
            (1e6, "1,000,000"),
        ];
        for (value, text) in table {
            assert_eq!(grouped(value), text);
        }
    }

    #[test]
    fn figures_replace_what_stood_between_the_markers() {
        let readme = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let text = between_markers(&readme, "new\n").unwrap();
        assert!(
            text.starts_with(&format!("before\n{BEGIN}\nnew\n")),
            "{text}"
        );
        assert!(text.ends_with(&format!("{END}\nafter\n")), "{text}");
        assert!(!text.contains("old"), "{text}");
        assert_eq!(between_markers(&text, "new\n").unwrap(), text);
        assert!(between_markers("no markers", "new").is_err());
    }

    #[test]
    fn a_target_is_met_by_the_ratio_of_figures() {
        let mut samples = Samples::default();
        for value in [5.0, 4.0, 6.0] {
            samples.add("build.dev", Subject::Ours, value);
        }
        samples.add("build.dev", Subject::Official, 10.0);
        let measure = MEASURES
            .iter()
            .find(|measure| measure.id == "build.dev")
            .unwrap();
        samples.add("build.dev", Subject::Lean, 3.0);
        let verdict = |target| verdict(&samples, measure, &target).unwrap();
        for (target, expected) in [
            (
                Target::AtMost(Subject::Official, 0.4),
                "≤ 0.40 × aws-sdk-appflow: met (0.40)",
            ),
            (
                Target::AtMost(Subject::Official, 0.39),
                "≤ 0.39 × aws-sdk-appflow: **not met** (0.40)",
            ),
            (
                Target::LeanAtMost(Subject::Official, 0.3),
                "with `hyper`: ≤ 0.30 × aws-sdk-appflow: met (0.30)",
            ),
            (
                Target::LeanAtLeast(Subject::Official, 0.4),
                "with `hyper`: ≥ 0.40 × aws-sdk-appflow: **not met** (0.30)",
            ),
            (
                Target::LeanBelow(3.0),
                "with `hyper`: ≤ 3.00 s: met (3.00 s)",
            ),
            (Target::Below(3.0), "≤ 3.00 s: **not met** (4.00 s)"),
        ] {
            assert_eq!(verdict(target), expected);
        }
    }
}
