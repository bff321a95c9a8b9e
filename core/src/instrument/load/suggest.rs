//! The name that was probably meant.

const LONGEST: usize = 100;

/// The nearest of the valid names, if one is near enough to have been meant.
pub(super) fn nearest<'a>(name: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).clamp(1, 4);
    // Comparing takes the product of both lengths; nobody mistypes a name that long.
    let comparable =
        |candidate: &&str| length <= LONGEST && candidate.len().abs_diff(name.len()) <= 4 * limit;
    valid
        .into_iter()
        .filter(comparable)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean" when there is a near name, else the names that there are.
pub(super) fn hint<'a>(name: &str, valid: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(name, valid.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut names: Vec<&str> = valid.into_iter().collect();
    let more = names.len() > 12;
    names.truncate(12);
    if names.is_empty() {
        return "there is none to refer to".to_owned();
    }
    let end = if more { ", …" } else { "" };
    format!("valid here: {}{end}", names.join(", "))
}

/// Edits (insert, delete, replace, swap neighbours) from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replace = at(&row, j) + usize::from(x != y);
            let mut best = replace.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(nearest("tilte", ["title", "help"]), Some("title"));
        assert_eq!(
            nearest("requierd", ["required", "routing"]),
            Some("required")
        );
        assert_eq!(nearest("zzz", ["title", "help"]), None);
    }
}
