//! Days of the calendar, as numbers and as people write them.

use crate::lang::Lang;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// 1970-01-01 counted from 0000-03-01.
const EPOCH: i32 = 719_468;

impl Date {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let there = (1..=9_999).contains(&year) && (1..=length).contains(&day);
        there.then_some(Self { year, month, day })
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> f64 {
        // A year that begins in March has its leap day at its end.
        let month = i32::from(self.month);
        let year = i32::from(self.year) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(self.day) - 1;
        let day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        f64::from(era * 146_097 + day - EPOCH)
    }

    /// The day with this number; `None` for what is not a whole number of days in range.
    #[must_use]
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "the range is checked before"
    )]
    pub fn from_days(days: f64) -> Option<Self> {
        if days.fract() != 0.0 || !(-719_162.0..=2_932_896.0).contains(&days) {
            return None;
        }
        let day = days as i32 + EPOCH;
        let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i32::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(of_year - (153 * shifted + 2) / 5 + 1).ok()?,
        )
    }

    /// The day as people type it: year, month and day, apart or as eight digits.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(['日', '号']);
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if text.len() == 8 && digits(text) {
            return Self::read(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        }
        let mut parts = text.split(['-', '/', '.', '年', '月']).map(str::trim);
        let date = Self::read(parts.next()?, parts.next()?, parts.next()?);
        date.filter(|_| parts.next().is_none())
    }

    fn read(year: &str, month: &str, day: &str) -> Option<Self> {
        let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        if year.len() != 4 || ![year, month, day].into_iter().all(plain) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// `YYYY-MM-DD`.
    #[must_use]
    pub fn iso(self) -> String {
        let Self { year, month, day } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The day in a sentence.
    #[must_use]
    pub fn spelled(self, lang: Lang) -> String {
        let Self { year, month, day } = self;
        match lang {
            Lang::Zh => format!("{year}年{month}月{day}日"),
            Lang::En => {
                let name = MONTHS.get(usize::from(month) - 1).copied();
                format!("{day} {} {year}", name.unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_has_its_number() {
        let mut expected = -141_427.0; // 1582-10-15
        for year in 1582..=2000_u16 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let after = (year, month, day) >= (1582, 10, 15);
                    if let Some(date) = Date::new(year, month, day).filter(|_| after) {
                        assert_eq!(date.days(), expected, "{}", date.iso());
                        assert_eq!(Date::from_days(expected), Some(date));
                        expected += 1.0;
                    }
                }
            }
        }
        assert_eq!(expected, 11_323.0, "2001-01-01");
        for (days, iso) in [(-719_162.0, "0001-01-01"), (2_932_896.0, "9999-12-31")] {
            assert_eq!(Date::from_days(days).map(Date::iso).as_deref(), Some(iso));
        }
        for none in [0.5, f64::NAN, f64::INFINITY, -719_163.0, 2_932_897.0] {
            assert_eq!(Date::from_days(none), None);
        }
    }

    #[test]
    fn reads_what_people_type() {
        let day = Date::new(2026, 3, 5);
        for text in [
            "2026-03-05",
            "2026/3/5",
            "2026.03.5",
            "2026年3月5日",
            "20260305",
            " 2026-3-5 ",
        ] {
            assert_eq!(Date::typed(text), day, "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-3",
            "26-3-5",
            "2026-02-29",
            "2026-13-01",
            "2026-3-5-1",
            "5 March",
        ] {
            assert_eq!(Date::typed(text), None, "{text}");
        }
        assert!(Date::typed("2024-02-29").is_some());
    }

    #[test]
    fn is_spelled_in_each_language() {
        let day = Date::new(2026, 3, 5).unwrap();
        assert_eq!(day.spelled(Lang::Zh), "2026年3月5日");
        assert_eq!(day.spelled(Lang::En), "5 March 2026");
    }
}
