//! Draws the ratios as bars in an SVG, with the official SDK as the line at 1.

use crate::measures::DRAWN;
use crate::samples::Samples;
use crate::subject::Subject;
use anyhow::{Result, anyhow};
use plotters::prelude::*;
use std::path::Path;

const OURS: RGBColor = RGBColor(0x1f, 0x6f, 0xb5);
const FLOOR: RGBColor = RGBColor(0xb0, 0xb8, 0xc0);
const WIDTH: u32 = 860;
const ROW: u32 = 34;

/// Draws the samples; returns `None` if there is nothing to compare.
pub(crate) fn draw(path: &Path, samples: &Samples) -> Result<()> {
    let official = |measure| samples.figure(measure, Subject::Official);
    let rows: Vec<_> = DRAWN
        .iter()
        .filter(|(id, _)| official(id).is_some())
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let height = ROW * u32::try_from(rows.len())? + 90;
    let area = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    let failed = |error: &dyn std::fmt::Display| anyhow!("{}: {error}", path.display());
    area.fill(&WHITE).map_err(|error| failed(&error))?;
    let mut chart = ChartBuilder::on(&area)
        .caption(
            "Cost, where aws-sdk-appflow is 1 (shorter is better)",
            ("sans-serif", 18),
        )
        .margin(12)
        .x_label_area_size(28)
        .y_label_area_size(240)
        .build_cartesian_2d(0.0..1.1, 0.0..rows.len() as f64)
        .map_err(|error| failed(&error))?;
    let names = |y: &f64| {
        let from_top = rows.len() as f64 - y - 0.5;
        let row = rows.get(from_top.round() as usize);
        row.map_or_else(String::new, |(_, name)| (*name).to_owned())
    };
    chart
        .configure_mesh()
        .disable_mesh()
        .x_labels(12)
        .y_labels(0)
        .y_label_formatter(&names)
        .draw()
        .map_err(|error| failed(&error))?;
    for (index, (id, name)) in rows.iter().enumerate() {
        let middle = rows.len() as f64 - index as f64 - 0.5;
        for (subject, color, from, to) in [
            (Subject::Ours, OURS, 0.02, 0.36),
            (Subject::Floor, FLOOR, -0.30, -0.02),
        ] {
            let both = samples.figure(id, subject).zip(official(id));
            let Some((value, official)) = both else {
                continue;
            };
            let ratio = value / official;
            let bar = Rectangle::new([(0.0, middle + from), (ratio, middle + to)], color.filled());
            let place = (ratio + 0.008, middle + to - 0.02);
            let label = Text::new(format!("{ratio:.2}"), place, ("sans-serif", 12));
            chart.draw_series([bar]).map_err(|error| failed(&error))?;
            chart.draw_series([label]).map_err(|error| failed(&error))?;
        }
        let place = (12, chart.backend_coord(&(0.0, middle)).1 - 7);
        let label = Text::new((*name).to_owned(), place, ("sans-serif", 14));
        area.draw(&label).map_err(|error| failed(&error))?;
    }
    let one = [(1.0, 0.0), (1.0, rows.len() as f64)];
    let line = PathElement::new(one, BLACK.stroke_width(1));
    chart.draw_series([line]).map_err(|error| failed(&error))?;
    legend(&area).map_err(|error| failed(&error))?;
    area.present().map_err(|error| failed(&error))
}

/// Draws the legend beside the bars of builds, which are the shortest.
fn legend(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
) -> Result<(), Box<dyn std::error::Error>> {
    for (top, subject, color) in [(80, Subject::Ours, OURS), (102, Subject::Floor, FLOOR)] {
        let square = Rectangle::new([(640, top), (654, top + 12)], color.filled());
        let name = Text::new(subject.title(), (660, top), ("sans-serif", 13));
        area.draw(&square)?;
        area.draw(&name)?;
    }
    Ok(())
}
