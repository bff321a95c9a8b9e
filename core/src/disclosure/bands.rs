//! Bands in which numbers are published.

use crate::{
    date::Date,
    instrument::{Number, Slider},
};

/// A band of numbers: `low` up to but not including the next band's `low`.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Code in the tables: `0_9`, `21_plus`.
    pub code: String,
    /// Least value in it.
    pub low: f64,
    /// Greatest value in it; `None` when it is open.
    pub high: Option<f64>,
    /// The two as a reader is told them: those of a date are years.
    pub told: (f64, Option<f64>),
}

const SLIDER_BANDS: u32 = 10;

/// Ten bands of equal width; the last includes the greatest value.
pub(crate) fn of_slider(slider: &Slider) -> Vec<Band> {
    let width = (slider.max - slider.min) / f64::from(SLIDER_BANDS);
    let bound = |i: u32| slider.min + width * f64::from(i);
    (0..SLIDER_BANDS)
        .map(|i| {
            let high = if i + 1 == SLIDER_BANDS {
                slider.max
            } else {
                bound(i + 1) - slider.step
            };
            Band {
                code: format!("{}_{high}", bound(i)),
                low: bound(i),
                high: Some(high),
                told: (bound(i), Some(high)),
            }
        })
        .collect()
}

/// The bands that the instrument declares; the last is open.
pub(crate) fn of_number(number: &Number) -> Vec<Band> {
    let unit = if number.integer { 1.0 } else { 0.0 };
    let next = number.bands.iter().skip(1).map(Some).chain([None]);
    number
        .bands
        .iter()
        .zip(next)
        .map(|(&low, next)| {
            let high = next.map(|n| n - unit);
            let told = if number.date {
                (year(low), high.map(year))
            } else {
                (low, high)
            };
            let code = match told {
                (from, None) => format!("{from}_plus"),
                (from, Some(to)) if to <= from => from.to_string(),
                (from, Some(to)) => format!("{from}_{to}"),
            };
            Band {
                code,
                low,
                high,
                told,
            }
        })
        .collect()
}

fn year(days: f64) -> f64 {
    Date::from_days(days).map_or(days, |date| f64::from(date.year))
}

/// The band that holds `value`.
pub(crate) fn index_of(bands: &[Band], value: f64) -> Option<usize> {
    bands.iter().rposition(|band| value >= band.low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Text;

    fn slider() -> Slider {
        let text = Text::default();
        Slider {
            min: 0.0,
            max: 100.0,
            step: 1.0,
            low: text.clone(),
            high: text,
            missing: vec![],
        }
    }

    #[test]
    fn a_slider_has_ten_bands_and_the_last_includes_the_end() {
        let bands = of_slider(&slider());
        let codes: Vec<_> = bands.iter().map(|b| b.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "0_9", "10_19", "20_29", "30_39", "40_49", "50_59", "60_69", "70_79", "80_89",
                "90_100"
            ]
        );
        assert_eq!(index_of(&bands, 9.0), Some(0));
        assert_eq!(index_of(&bands, 10.0), Some(1));
        assert_eq!(index_of(&bands, 100.0), Some(9));
        assert_eq!(index_of(&bands, -1.0), None);
    }

    #[test]
    fn declared_bands_are_named_by_what_they_hold() {
        let number = Number {
            min: 0.0,
            max: 80.0,
            integer: true,
            soft_max: None,
            soft_message: None,
            unit: None,
            bands: vec![0.0, 1.0, 3.0, 21.0],
            date: false,
            missing: vec![],
        };
        let bands = of_number(&number);
        let codes: Vec<_> = bands.iter().map(|b| b.code.as_str()).collect();
        assert_eq!(codes, ["0", "1_2", "3_20", "21_plus"]);
        assert_eq!(index_of(&bands, 2.0), Some(1));
        assert_eq!(index_of(&bands, 80.0), Some(3));
    }
}
