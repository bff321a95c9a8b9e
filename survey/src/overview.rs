//! Where the respondent stands: how far it is, every section, and the way to each that is open.

use partake_core::flow::{Progress, Stage};

use crate::{
    Words,
    markup::{Element, el},
    steering,
};

/// Last segment of the address on which answers are looked over before they are sent.
pub const REVIEW: &str = "review";

/// What the overview is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'a> {
    pub progress: Progress,
    pub stages: &'a [Stage],
    /// The section on the page, or [`REVIEW`].
    pub current: &'a str,
    /// True once the answers have been looked over: every section is open from then on.
    pub reviewed: bool,
    /// `/zh` or `/zh/s/other`.
    pub base: &'a str,
    /// True in the runner, where a button need not send a form.
    pub live: bool,
}

/// The time left in words.
fn minutes_left(words: &Words, progress: Progress) -> String {
    match progress.minutes_left() {
        0 | 1 => words.get("minutes-last"),
        minutes => words.fill("minutes-left", &[("n", &minutes.to_string())]),
    }
}

/// A button that leads to another section without judging this one.
pub(crate) fn jump(class: &'static str, to: String, live: bool) -> Element {
    el("button")
        .attr("type", if live { "button" } else { "submit" })
        .class(class)
        .attr("name", steering::GO)
        .attr("value", "jump")
        .attr("formaction", to)
}

impl Overview<'_> {
    /// A row of boxes, one for each section, and the list behind one line.
    #[must_use]
    pub fn draw(self, words: &Words) -> Vec<Element> {
        let list = el("details")
            .class("overview")
            .child(self.line(words))
            .child(self.list(words));
        vec![self.boxes(), list]
    }

    pub(crate) fn boxes(self) -> Element {
        let Progress { index, total, .. } = self.progress;
        let looked_over = self.current == REVIEW;
        let boxes = (1..=total).map(|at| {
            el("i").class(match at.cmp(&index) {
                std::cmp::Ordering::Equal if !looked_over => "now",
                std::cmp::Ordering::Greater => "ahead",
                _ => "done",
            })
        });
        // The line below says the same in words.
        el("div")
            .class("progress")
            .attr("aria-hidden", "true")
            .children(boxes)
    }

    pub(crate) fn line(self, words: &Words) -> Element {
        let Progress { index, total, .. } = self.progress;
        let place = if self.current == REVIEW {
            words.get("overview-review")
        } else {
            words.fill(
                "progress",
                &[("n", &index.to_string()), ("total", &total.to_string())],
            )
        };
        let left = (self.current != REVIEW).then(|| minutes_left(words, self.progress));
        el("summary")
            .child(el("span").text(place))
            .children(left.map(|left| el("span").class("left-over").text(left)))
            .child(el("span").class("all-parts").text(words.get("overview")))
    }

    pub(crate) fn list(self, words: &Words) -> Element {
        let reached = self.reached();
        let mut items = Vec::new();
        for (at, stage) in self.stages.iter().enumerate() {
            let count = words.fill(
                "answered-of",
                &[
                    ("n", &stage.answered.to_string()),
                    ("total", &stage.asked.to_string()),
                ],
            );
            let open = self.reviewed || at <= reached;
            items.push(
                self.item(&stage.id, &stage.title, open)
                    .child(el("span").class("count").text(count)),
            );
        }
        let review = words.get("overview-review");
        items.push(self.item(REVIEW, &review, self.reviewed));
        el("ol").children(items)
    }

    fn item(self, id: &str, title: &str, open: bool) -> Element {
        if id == self.current {
            let here = el("span").class("here").text(title);
            return el("li").child(here.attr("aria-current", "step"));
        }
        if !open {
            return el("li").child(el("span").class("ahead").text(title));
        }
        let to = format!("{}/survey/{id}", self.base);
        el("li").child(jump("link jump", to, self.live).text(title))
    }

    /// Place of the last section that has been opened: the present one, or one with an answer.
    fn reached(self) -> usize {
        let known = |stage: &Stage| stage.answered > 0 || stage.id == self.current;
        self.stages.iter().rposition(known).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::html;

    fn stage(id: &str, answered: u32) -> Stage {
        Stage {
            id: id.to_owned(),
            title: id.to_owned(),
            optional: false,
            asked: 2,
            answered,
        }
    }

    #[test]
    fn leads_back_and_to_what_was_opened_but_not_past_it() {
        let stages = [stage("a", 0), stage("b", 0), stage("c", 1), stage("d", 0)];
        let overview = Overview {
            progress: Progress {
                index: 2,
                total: 4,
                seconds_left: 100,
                percent: 10,
            },
            stages: &stages,
            current: "b",
            reviewed: false,
            base: "/zh",
            live: false,
        };
        let ways = |overview: Overview<'_>| {
            let drawn = html(&overview.draw(&Words::default()));
            ["a", "b", "c", "d", REVIEW].map(|id| drawn.contains(&format!("/zh/survey/{id}\"")))
        };
        assert_eq!(ways(overview), [true, false, true, false, false]);
        let reviewed = Overview {
            reviewed: true,
            ..overview
        };
        assert_eq!(ways(reviewed), [true, false, true, true, true]);
    }
}
