//! A sheet of paper as SVG: text that wraps, and marks. Colours are attributes, because a policy
//! that forbids inline style holds for drawings too.

use std::fmt::Write as _;

use partake_core::lang::Lang;

pub(super) const WIDTH: f64 = 880.0;
pub(super) const EDGE: f64 = 40.0;

pub(super) const PAPER: &str = "#faf7f1";
pub(super) const INK: &str = "#1d1a16";
pub(super) const INK_2: &str = "#565047";
pub(super) const LINE: &str = "#dcd5c8";
pub(super) const TRACK: &str = "#ece6da";
pub(super) const EDGE_INK: &str = "#857d71";
pub(super) const SEAL: &str = "#a83a26";
/// Steps of the diverging scale, as on the page.
pub(super) const STEPS: [&str; 5] = ["#8c510a", "#dfb774", "#d9d4ca", "#80c4b7", "#01665e"];

/// Faces for text with serifs and without. What both scripts share, such as quotation marks, comes
/// from the first face that has it, so that of the language stands first.
const fn family(lang: Lang, serif: bool) -> &'static str {
    match (lang, serif) {
        (Lang::Zh, true) => "Songti SC, Noto Serif CJK SC, Source Han Serif SC, SimSun, serif",
        (Lang::Zh, false) => "PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif",
        (Lang::En, true) => {
            "Georgia, Noto Serif, DejaVu Serif, Songti SC, Noto Serif CJK SC, serif"
        }
        (Lang::En, false) => "system-ui, Segoe UI, DejaVu Sans, PingFang SC, sans-serif",
    }
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) colour: &'static str,
    pub(super) serif: bool,
    pub(super) bold: bool,
}

impl Face {
    pub(super) const fn sans(size: f64, colour: &'static str) -> Self {
        Self {
            size,
            colour,
            serif: false,
            bold: false,
        }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// On which side of its point a text stands.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The drawing so far; `y` is where the next thing goes.
pub(super) struct Sheet {
    lang: Lang,
    marks: String,
    pub(super) y: f64,
}

impl Sheet {
    pub(super) const fn new(lang: Lang) -> Self {
        Self {
            lang,
            marks: String::new(),
            y: EDGE,
        }
    }

    /// A paragraph at `x`, at most `width` wide; moves on.
    pub(super) fn paragraph(&mut self, x: f64, width: f64, face: Face, text: &str) {
        let height = self.block(x, self.y, width, face, text);
        self.y += height;
    }

    /// A paragraph that leaves `y` where it is; its height.
    pub(super) fn block(&mut self, x: f64, top: f64, width: f64, face: Face, text: &str) -> f64 {
        let leading = face.size * 1.45;
        // The widest of the faces that a system may choose is a bold one with serifs.
        let room = if face.bold && face.serif {
            width / 1.25
        } else {
            width
        };
        let lines = lines(text, face.size, room);
        for (line, at) in lines.iter().zip(1_u32..) {
            let baseline = top + leading * f64::from(at) - face.size * 0.42;
            self.text(x, baseline, face, Anchor::Start, line);
        }
        leading * f64::from(u32::try_from(lines.len()).unwrap_or(1))
    }

    /// One line.
    pub(super) fn text(&mut self, x: f64, baseline: f64, face: Face, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let family = family(self.lang, face.serif);
        let weight = if face.bold { "600" } else { "400" };
        let text = html_escape::encode_text(text);
        _ = write!(
            self.marks,
            "<text x=\"{x:.1}\" y=\"{baseline:.1}\" font-family=\"{family}\" font-size=\"{}\" \
             font-weight=\"{weight}\" fill=\"{}\" text-anchor=\"{anchor}\">{text}</text>",
            face.size, face.colour,
        );
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        _ = write!(
            self.marks,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>",
            width.max(0.0),
        );
    }

    /// A bar whose light colours need an edge to be seen.
    pub(super) fn edged(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        _ = write!(
            self.marks,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{fill}\" \
             stroke=\"{EDGE_INK}\" stroke-width=\"1\"/>",
            width.max(0.0),
        );
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: &str) {
        _ = write!(
            self.marks,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{colour}\" stroke-width=\"{width}\" fill=\"none\"/>",
            from.0, from.1, to.0, to.1,
        );
    }

    pub(super) fn dot(&mut self, x: f64, y: f64) {
        _ = write!(
            self.marks,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{SEAL}\"/>"
        );
    }

    /// An interval: dark on light, so that it is seen on a bar and beside it.
    pub(super) fn whisker(&mut self, from: f64, to: f64, y: f64) {
        self.line((from, y), (to, y), 5.0, PAPER);
        self.line((from, y), (to, y), 1.5, INK);
    }

    /// The same from the bottom to the top.
    pub(super) fn upright(&mut self, x: f64, from: f64, to: f64) {
        self.line((x, from), (x, to), 5.0, PAPER);
        self.line((x, from), (x, to), 1.5, INK);
    }

    /// The whole drawing.
    pub(super) fn finish(self, title: &str, description: &str) -> String {
        let lang = self.lang.tag();
        let height = self.y + EDGE;
        let (title, description) = (
            html_escape::encode_text(title),
            html_escape::encode_text(description),
        );
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" \
             width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"img\" xml:lang=\"{lang}\">\
             <title>{title}</title><desc>{description}</desc>\
             <rect width=\"{WIDTH:.0}\" height=\"{height:.0}\" fill=\"{PAPER}\"/>{}</svg>",
            self.marks,
        )
    }
}

/// About how wide a text is: Han characters are square, Latin ones a little over half as wide.
fn advance(c: char) -> f64 {
    match c {
        '\u{1100}'.. if !('\u{2010}'..='\u{2027}').contains(&c) => 1.0,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.85,
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | ' ' | '.' | ',' | '\'' | '(' | ')' | ':' => 0.36,
        c if c.is_ascii_uppercase() => 0.68,
        _ => 0.56,
    }
}

fn measure(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// A text in lines no wider than `width`: Latin words stay whole, Han text breaks anywhere but
/// before closing punctuation.
fn lines(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut pieces: Vec<String> = vec![];
    for c in text.chars() {
        let wide = advance(c) >= 1.0;
        let closing = "，。、；：？！”’）》】".contains(c);
        match pieces.last_mut() {
            Some(piece) if closing || (!wide && !piece.ends_with(' ') && !ends_wide(piece)) => {
                piece.push(c);
            }
            _ => pieces.push(c.to_string()),
        }
    }
    let mut lines = vec![String::new()];
    for piece in pieces {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && measure(line, size) + measure(piece.trim_end(), size) > width {
            lines.push(piece);
        } else {
            line.push_str(&piece);
        }
    }
    lines
        .into_iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn ends_wide(piece: &str) -> bool {
    piece.chars().next_back().is_some_and(|c| advance(c) >= 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_stay_whole_and_han_text_breaks_anywhere() {
        assert_eq!(lines("one two three", 10.0, 40.0), ["one two", "three"]);
        assert_eq!(lines("一二三四五", 10.0, 30.0), ["一二三", "四五"]);
    }

    #[test]
    fn no_line_begins_with_closing_punctuation() {
        assert_eq!(lines("一二三，四", 10.0, 30.0), ["一二", "三，四"]);
    }

    #[test]
    fn what_people_wrote_is_text() {
        let mut sheet = Sheet::new(Lang::En);
        sheet.paragraph(0.0, 500.0, Face::sans(14.0, INK), "<b> & co");
        let svg = sheet.finish("<t>", "d");
        assert!(svg.contains("&lt;b&gt; &amp; co") && svg.contains("<title>&lt;t&gt;</title>"));
    }
}
