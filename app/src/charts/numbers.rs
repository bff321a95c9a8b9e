//! Numbers and dates as people read them.

use partake_core::lang::Lang;

use crate::i18n::t_with;

/// A share in whole per cent; more digits would be made up by the rounding.
pub(super) fn percent(value: f64) -> String {
    format!("{:.0}%", value.clamp(0.0, 100.0))
}

/// From where to where: `38–48%`.
pub(super) fn between((low, high): (f64, f64)) -> String {
    format!("{:.0}–{}", low.clamp(0.0, 100.0), percent(high))
}

/// A signed score.
pub(super) fn signed(value: f64) -> String {
    let rounded = value.round();
    if rounded > 0.0 {
        format!("+{rounded:.0}")
    } else if rounded < 0.0 {
        format!("−{:.0}", -rounded)
    } else {
        "0".to_owned()
    }
}

/// A count with commas between thousands.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The same for what is counted in memory.
#[must_use]
pub fn counted(count: usize) -> String {
    grouped(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Parts of a list in one line.
pub(super) fn joined(lang: Lang, parts: &[String]) -> String {
    parts.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}

/// A coordinate in a drawing.
pub(super) fn coordinate(value: f64) -> String {
    format!("{value:.2}")
}

/// A day written `YYYY-MM-DD`, in words.
#[must_use]
pub fn date(lang: Lang, day: &str) -> String {
    let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(date))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return day.to_owned();
    };
    t_with(
        lang,
        "results-date",
        &[
            ("year", year.to_string().into()),
            ("month", month.into()),
            ("day", date.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(480), "480");
        assert_eq!(grouped(2140), "2,140");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }

    #[test]
    fn a_score_carries_its_sign() {
        assert_eq!(signed(12.4), "+12");
        assert_eq!(signed(-12.4), "−12");
        assert_eq!(signed(0.3), "0");
    }

    #[test]
    fn days_are_written_in_words() {
        assert_eq!(date(Lang::En, "2026-11-30"), "30 November 2026");
        assert_eq!(date(Lang::Zh, "2026-11-30"), "2026 年 11 月 30 日");
        assert_eq!(date(Lang::Zh, "soon"), "soon");
    }
}
