//! Fits a line to the cost of a call by the size of its response.

use crate::samples::Samples;
use crate::subject::Subject;
use std::fmt::Write;

/// The numbers of flows in a response.
pub(crate) const SIZES: [usize; 7] = [1, 10, 100, 1000, 2500, 5000, 10_000];

/// The maximum relative distance of a point from the line; a quadratic cost would be many times higher.
const STRAIGHT: f64 = 0.25;

/// Returns one text line for each subject.
pub(crate) fn text(samples: &Samples) -> String {
    let mut text = String::new();
    for subject in [
        Subject::Ours,
        Subject::Lean,
        Subject::Official,
        Subject::Floor,
    ] {
        let figures = SIZES.iter().filter_map(|size| {
            let cpu = samples.figure(&size.to_string(), subject)?;
            Some((*size as f64, cpu))
        });
        let points: Vec<(f64, f64)> = figures.collect();
        let Some(line) = fit(&points) else {
            continue;
        };
        let far = points.iter().map(|point| (line.residual(*point), point.0));
        let (residual, at) = far.fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "- {}: {:.0} µs + {:.2} µs a flow; the measured point farthest from that line is {:.0} % off, at {at} flows{}",
            subject.title(),
            line.start,
            line.slope,
            residual * 100.0,
            verdict(subject, residual),
        );
    }
    text
}

/// Returns whether our cost is linear.
fn verdict(subject: Subject, residual: f64) -> &'static str {
    match subject {
        Subject::Ours if residual <= STRAIGHT => " (a line, at most 25 % off: met)",
        Subject::Ours => " (a line, at most 25 % off: **not met**)",
        _ => "",
    }
}

struct Line {
    start: f64,
    slope: f64,
}

impl Line {
    /// Returns the relative distance of a point.
    fn residual(&self, (x, y): (f64, f64)) -> f64 {
        ((self.start + self.slope * x) / y - 1.0).abs()
    }
}

/// Returns the line with the least squares of relative distances; with absolute ones, the largest response would dominate.
fn fit(points: &[(f64, f64)]) -> Option<Line> {
    let sum = |term: fn(f64, f64) -> f64| -> f64 {
        points.iter().map(|(x, y)| term(*x, *y) / (y * y)).sum()
    };
    let (weight, x, y) = (sum(|_, _| 1.0), sum(|x, _| x), sum(|_, y| y));
    let (xx, xy) = (sum(|x, _| x * x), sum(|x, y| x * y));
    let determinant = weight * xx - x * x;
    (determinant > 0.0).then(|| {
        let slope = (weight * xy - x * y) / determinant;
        Line {
            start: (y - slope * x) / weight,
            slope,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line_give_that_line() {
        let points: Vec<_> = SIZES
            .iter()
            .map(|x| (*x as f64, 30.0 + 1.5 * *x as f64))
            .collect();
        let line = fit(&points).unwrap();
        assert!((line.start - 30.0).abs() < 1e-6, "{}", line.start);
        assert!((line.slope - 1.5).abs() < 1e-9, "{}", line.slope);
        assert!(points.iter().all(|point| line.residual(*point) < 1e-6));
    }
}
