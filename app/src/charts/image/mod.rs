//! A chart as a picture that stands alone: the question, who answered, the release and its address
//! are drawn into it, so that it can be passed on.

mod draw;
mod sheet;

use partake_core::lang::Lang;

use super::figure::Figure;
use draw::chart;
use sheet::{EDGE, Face, INK, INK_2, LINE, SEAL, Sheet, WIDTH};

/// What is written under the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Survey.
    pub survey: String,
    /// `Release 3 · 30 November 2026 · 480 answers (rounded)`.
    pub release: String,
    /// Where it comes from.
    pub address: String,
    /// The rules in a sentence.
    pub rule: String,
}

/// The figure as SVG.
#[must_use]
pub fn svg(lang: Lang, figure: &Figure, caption: &Caption) -> String {
    let mut sheet = Sheet::new(lang);
    let wide = WIDTH - 2.0 * EDGE;
    let quiet = Face::sans(15.0, INK_2);
    sheet.paragraph(EDGE, wide, Face::sans(15.0, SEAL).bold(), &caption.survey);
    sheet.y += 6.0;
    if let Some(stem) = &figure.stem {
        sheet.paragraph(EDGE, wide, quiet, stem);
        sheet.y += 4.0;
    }
    let title = Face {
        size: 24.0,
        colour: INK,
        serif: true,
        bold: true,
    };
    sheet.paragraph(EDGE, wide, title, &figure.title);
    sheet.y += 4.0;
    let about = format!("{} · {}", figure.base, figure.reading);
    sheet.paragraph(EDGE, wide, quiet, &about);
    sheet.y += 18.0;
    chart(&mut sheet, &figure.chart);
    for experiment in &figure.experiments {
        sheet.y += 18.0;
        sheet.paragraph(EDGE, wide, Face::sans(15.0, INK).bold(), &experiment.title);
        sheet.y += 8.0;
        for part in &experiment.charts {
            chart(&mut sheet, part);
        }
    }
    if let Some(hidden) = &figure.hidden {
        sheet.y += 10.0;
        sheet.paragraph(EDGE, wide, Face::sans(13.0, INK_2), hidden);
    }
    sheet.y += 16.0;
    sheet.line((EDGE, sheet.y), (WIDTH - EDGE, sheet.y), 1.0, LINE);
    sheet.y += 8.0;
    let small = Face::sans(13.0, INK_2);
    sheet.paragraph(EDGE, wide, small.bold(), &caption.release);
    sheet.paragraph(EDGE, wide, small, &caption.rule);
    sheet.paragraph(EDGE, wide, small, &caption.address);
    let description = format!("{} {}", about, caption.release);
    sheet.finish(&figure.title, &description)
}
