//! Each sort of chart on a sheet.

use super::{
    super::{
        bars::Bar,
        curve::Curve,
        diverging::{Diverging, DivergingRow, Side},
        figure::Chart,
        ranking::Place,
        scores::Scores,
        stacked::Stacked,
        strip::Strip,
    },
    sheet::{Anchor, EDGE, EDGE_INK, Face, INK, INK_2, SEAL, STEPS, Sheet, TRACK, WIDTH},
};

const LABEL: f64 = 300.0;
const BAR: f64 = 18.0;
const GAP: f64 = 12.0;
const LEFT: f64 = EDGE + LABEL + 20.0;
const FIGURE: f64 = 110.0;
const LONG: f64 = WIDTH - EDGE - FIGURE - LEFT;

const WORDS: Face = Face::sans(15.0, INK);
const QUIET: Face = Face::sans(13.0, INK_2);

pub(super) fn chart(sheet: &mut Sheet, chart: &Chart) {
    match chart {
        Chart::Bars(rows) => bars(sheet, rows),
        Chart::Diverging(rows) => diverging(sheet, rows),
        Chart::Strip(one) => strip(sheet, one),
        Chart::Scores(chart) => scores(sheet, chart),
        Chart::Places { places, first, top } => {
            legend(sheet, &[(5, first.clone()), (4, top.clone())]);
            ranking(sheet, places);
        }
        Chart::Stacked(rows) => stacked(sheet, rows),
        Chart::Curve(one) => curve(sheet, one),
        Chart::Groups(groups) => {
            for group in groups {
                let title = format!("{}  {}", group.label, group.base);
                sheet.paragraph(EDGE, WIDTH - 2.0 * EDGE, WORDS.bold(), &title);
                sheet.y += 6.0;
                self::chart(sheet, &group.chart);
                sheet.y += 14.0;
            }
        }
        Chart::Withheld(why) => sheet.paragraph(EDGE, WIDTH - 2.0 * EDGE, WORDS, why),
    }
}

/// A row's label; returns the middle of the row and moves on to the next.
fn row(sheet: &mut Sheet, label: &str, marks: impl FnOnce(&mut Sheet, f64)) {
    let height = sheet.block(EDGE, sheet.y, LABEL, WORDS, label).max(BAR);
    let middle = sheet.y + height / 2.0;
    marks(sheet, middle);
    sheet.y += height + GAP;
}

fn figure(sheet: &mut Sheet, middle: f64, text: &str, hidden: bool) {
    let face = if hidden { QUIET } else { WORDS.bold() };
    sheet.text(WIDTH - EDGE, middle + 5.0, face, Anchor::End, text);
}

fn along(percent: f64) -> f64 {
    LEFT + LONG * percent.clamp(0.0, 100.0) / 100.0
}

fn bars(sheet: &mut Sheet, rows: &[Bar]) {
    for bar in rows {
        row(sheet, &bar.label, |sheet, middle| {
            sheet.rect(LEFT, middle - BAR / 2.0, LONG, BAR, TRACK);
            if let Some(percent) = bar.percent {
                let fill = if bar.missing { EDGE_INK } else { INK_2 };
                sheet.rect(LEFT, middle - BAR / 2.0, along(percent) - LEFT, BAR, fill);
            }
            if let Some((low, high)) = bar.interval {
                sheet.whisker(along(low), along(high), middle);
            }
            figure(sheet, middle, &bar.figure, bar.percent.is_none());
        });
    }
}

fn ranking(sheet: &mut Sheet, rows: &[Place]) {
    for place in rows {
        row(sheet, &place.label, |sheet, middle| {
            let top = middle - BAR / 2.0;
            sheet.rect(LEFT, top, LONG, BAR, TRACK);
            for (share, step) in [(place.top, 3), (place.first, 4)] {
                if let Some((share, fill)) = share.zip(STEPS.get(step)) {
                    sheet.edged(LEFT, top, along(share) - LEFT, BAR, fill);
                }
            }
            if let Some((low, high)) = place.interval {
                sheet.whisker(along(low), along(high), middle);
            }
            figure(sheet, middle, &place.figure, place.top.is_none());
        });
    }
}

fn scores(sheet: &mut Sheet, chart: &Scores) {
    let at = |value: f64| LEFT + LONG / 2.0 * (1.0 + value / chart.reach);
    for score in &chart.rows {
        row(sheet, &score.label, |sheet, middle| {
            sheet.line(
                (at(0.0), middle - BAR),
                (at(0.0), middle + BAR),
                1.0,
                EDGE_INK,
            );
            if let Some((low, high)) = score.bounds {
                let value = f64::midpoint(low, high);
                sheet.line((at(0.0), middle), (at(value), middle), 2.0, EDGE_INK);
                if let Some((low, high)) = score.interval {
                    sheet.whisker(at(low), at(high), middle);
                }
                sheet.dot(at(value), middle);
            }
            figure(sheet, middle, &score.figure, score.bounds.is_none());
        });
    }
}

fn legend(sheet: &mut Sheet, entries: &[(usize, String)]) {
    let mut x = EDGE;
    for (step, label) in entries {
        let wide = label
            .chars()
            .map(|c| if c.is_ascii() { 7.5 } else { 13.5 })
            .sum::<f64>()
            + 36.0;
        if x + wide > WIDTH - EDGE {
            x = EDGE;
            sheet.y += 22.0;
        }
        if let Some(fill) = STEPS.get(step.saturating_sub(1)) {
            sheet.edged(x, sheet.y, 12.0, 12.0, fill);
        }
        sheet.text(x + 18.0, sheet.y + 11.0, QUIET, Anchor::Start, label);
        x += wide;
    }
    sheet.y += 30.0;
}

fn diverging(sheet: &mut Sheet, chart: &Diverging) {
    legend(sheet, &chart.legend);
    for one in &chart.rows {
        diverging_row(sheet, one, chart.reach);
    }
}

fn diverging_row(sheet: &mut Sheet, one: &DivergingRow, reach: f64) {
    const SIDE: f64 = 46.0;
    let (left, long) = (LEFT + SIDE, WIDTH - EDGE - LEFT - 2.0 * SIDE);
    let at = |value: f64| left + long / 2.0 * (1.0 + value / reach);
    row(sheet, &one.label, |sheet, middle| {
        if let Some(why) = &one.withheld {
            sheet.text(LEFT, middle + 5.0, QUIET, Anchor::Start, why);
            return;
        }
        for segment in &one.segments {
            if let Some(fill) = STEPS.get(segment.step.saturating_sub(1)) {
                let (from, to) = (at(segment.from), at(segment.from + segment.width));
                sheet.edged(from, middle - BAR / 2.0, to - from, BAR, fill);
            }
        }
        sheet.line(
            (at(0.0), middle - BAR),
            (at(0.0), middle + BAR),
            1.0,
            EDGE_INK,
        );
        for side in [&one.below, &one.above].into_iter().flatten() {
            sheet.whisker(at(side.interval.0), at(side.interval.1), middle);
        }
        let side = |side: &Option<Side>| {
            side.as_ref()
                .map_or_else(|| "·".to_owned(), |s| s.figure.clone())
        };
        let (below, above) = (side(&one.below), side(&one.above));
        sheet.text(left - 8.0, middle + 5.0, QUIET, Anchor::End, &below);
        sheet.text(
            left + long + 8.0,
            middle + 5.0,
            QUIET,
            Anchor::Start,
            &above,
        );
    });
}

fn stacked(sheet: &mut Sheet, chart: &Stacked) {
    legend(sheet, &chart.legend);
    let long = WIDTH - EDGE - LEFT;
    for one in &chart.rows {
        row(sheet, &one.label, |sheet, middle| {
            if let Some(why) = &one.withheld {
                sheet.text(LEFT, middle + 5.0, QUIET, Anchor::Start, why);
                return;
            }
            let top = middle - BAR;
            sheet.rect(LEFT, top, long, BAR, TRACK);
            for (step, from, width, _) in &one.segments {
                if let Some(fill) = STEPS.get(step.saturating_sub(1)) {
                    let x = LEFT + long * from / 100.0;
                    sheet.edged(x, top, long * width / 100.0, BAR, fill);
                }
            }
            if let Some((low, high)) = one.interval {
                let x = |share: f64| LEFT + long * share / 100.0;
                sheet.whisker(x(low), x(high), top + BAR / 2.0);
            }
            sheet.text(LEFT, middle + 16.0, QUIET, Anchor::Start, &one.figures);
        });
    }
}

fn strip(sheet: &mut Sheet, one: &Strip) {
    const TALL: f64 = 120.0;
    let long = WIDTH - 2.0 * EDGE;
    let columns = one.bands.len().max(1);
    let step = long / f64::from(u32::try_from(columns).unwrap_or(1));
    sheet.paragraph(EDGE, long, WORDS.bold(), &one.median_text);
    if let Some(spread) = &one.spread {
        sheet.paragraph(EDGE, long, QUIET, spread);
    }
    let floor = sheet.y + 8.0 + TALL;
    for (i, band) in one.bands.iter().enumerate() {
        let x = EDGE + step * f64::from(u32::try_from(i).unwrap_or(0));
        let height = band.percent.unwrap_or(0.0) / one.tallest * TALL;
        let median = one
            .median
            .is_some_and(|(low, high)| (low..=high).contains(&i));
        let fill = if median { SEAL } else { INK_2 };
        sheet.rect(x + 3.0, floor - height, step - 6.0, height, fill);
        if let Some((low, high)) = band.interval {
            let at = |percent: f64| floor - percent / one.tallest * TALL;
            sheet.upright(x + step / 2.0, at(low), at(high));
        }
        let text = band
            .percent
            .map_or_else(|| "·".to_owned(), |p| format!("{p:.0}"));
        sheet.text(x + step / 2.0, floor + 22.0, QUIET, Anchor::Middle, &text);
    }
    sheet.line((EDGE, floor), (WIDTH - EDGE, floor), 1.0, EDGE_INK);
    if let Some((low, high)) = one.median {
        let x = |i: usize| EDGE + step * f64::from(u32::try_from(i).unwrap_or(0));
        let under = floor + 4.0;
        sheet.line((x(low) + 3.0, under), (x(high + 1) - 3.0, under), 3.0, SEAL);
    }
    sheet.text(EDGE, floor + 43.0, QUIET, Anchor::Start, &one.low);
    sheet.text(WIDTH - EDGE, floor + 43.0, QUIET, Anchor::End, &one.high);
    sheet.y = floor + 51.0;
    for bar in &one.missing {
        let text = format!("{} {}", bar.label, bar.figure);
        sheet.paragraph(EDGE, long, QUIET, &text);
    }
}

fn curve(sheet: &mut Sheet, one: &Curve) {
    const TALL: f64 = 200.0;
    let long = WIDTH - 2.0 * EDGE;
    sheet.paragraph(EDGE, long, WORDS.bold(), &one.caption);
    let floor = sheet.y + 10.0 + TALL;
    let x = |place: f64| EDGE + long * (0.08 + 0.84 * place);
    let y = |share: f64| floor - TALL * share / 100.0;
    sheet.line((EDGE, y(50.0)), (WIDTH - EDGE, y(50.0)), 1.0, TRACK);
    sheet.line((EDGE, floor), (WIDTH - EDGE, floor), 1.0, EDGE_INK);
    for pair in one.points.windows(2) {
        if let [a, b] = pair {
            let (from, to) = ((x(a.place), y(a.value)), (x(b.place), y(b.value)));
            sheet.line(from, to, 2.0, INK_2);
        }
    }
    for point in &one.points {
        let at = x(point.place);
        sheet.line(
            (at, y(point.interval.0)),
            (at, y(point.interval.1)),
            1.5,
            INK,
        );
        sheet.dot(at, y(point.value));
        let (figure, label) = (point.figure.as_str(), point.label.as_str());
        sheet.text(
            at + 12.0,
            y(point.value) - 8.0,
            WORDS.bold(),
            Anchor::Start,
            figure,
        );
        sheet.text(at, floor + 20.0, QUIET, Anchor::Middle, label);
    }
    sheet.y = floor + 40.0;
}
