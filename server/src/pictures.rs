//! Charts as PNG, for places that show pictures but no SVG.
//!
//! The fonts are those of the system, because the letters of Chinese alone would double the size of
//! the program. They are looked up for each picture and let go again, so that a server at rest
//! holds none. Where a letter has no font no picture is made: one with holes in its question would
//! say something else than the chart.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::body::Bytes;
use partake_core::lang::Lang;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Group, Node, Options, Tree,
        fontdb::{Database, Family, Query},
    },
};
use tokio::{sync::Semaphore, task::JoinError};

/// Points of the picture for each point of the drawing.
const SCALE: f32 = 2.0;
/// Pictures kept; they are asked for in bursts, when a link is passed on.
const KEPT: usize = 64;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("no font of this system has every letter of the drawing")]
    Letters,
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    #[error("a picture of that size cannot be made")]
    Size,
    #[error("the picture cannot be written: {0}")]
    Encoding(String),
    #[error("the work was broken off: {0}")]
    Broken(#[from] JoinError),
}

/// The pictures made last. One is made at a time: each takes some megabytes and a core.
#[derive(Clone, Debug)]
pub struct Pictures {
    turn: Arc<Semaphore>,
    kept: Arc<Mutex<VecDeque<(String, Bytes)>>>,
    writes: Arc<[OnceLock<bool>; Lang::ALL.len()]>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
            kept: Arc::default(),
            writes: Arc::default(),
        }
    }
}

impl Pictures {
    /// The picture of a drawing. The key names everything that the drawing depends on.
    pub async fn png(&self, key: &str, svg: String) -> Result<Bytes, PictureError> {
        // The semaphore is never closed.
        let _turn = self.turn.acquire().await;
        if let Some(png) = self.find(key) {
            return Ok(png);
        }
        let png = tokio::task::spawn_blocking(move || png(&svg)).await??;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key.to_owned(), png.clone()));
        kept.truncate(KEPT);
        Ok(png)
    }

    fn find(&self, key: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, png) = kept.iter().find(|(k, _)| k == key)?;
        Some(png.clone())
    }

    /// True when the system has the letters of a language; looked up once.
    pub async fn writes(&self, lang: Lang) -> bool {
        let Some(at) = Lang::ALL.iter().position(|l| *l == lang) else {
            return false;
        };
        let writes = Arc::clone(&self.writes);
        let looked_up = tokio::task::spawn_blocking(move || {
            let known = writes.get(at)?;
            Some(*known.get_or_init(|| read(&sample(lang)).is_ok()))
        });
        looked_up.await.ok().flatten().unwrap_or_default()
    }
}

/// Letters, digits and marks that every drawing of a language has.
fn sample(lang: Lang) -> String {
    let letters = match lang {
        Lang::Zh => "人们参与公布回答的份数，一二三。、“”：（）·0123456789%–",
        Lang::En => "ABCXYZabcxyz .,:;“”’()·0123456789%–−",
    };
    let families = "sans-serif";
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
         <text font-family=\"{families}\">{letters}</text></svg>"
    )
}

fn png(svg: &str) -> Result<Bytes, PictureError> {
    let tree = read(svg)?;
    let size = tree
        .size()
        .to_int_size()
        .scale_by(SCALE)
        .ok_or(PictureError::Size)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::Size)?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let png = pixels
        .encode_png()
        .map_err(|error| PictureError::Encoding(error.to_string()))?;
    Ok(Bytes::from(png))
}

/// The drawing with its text set in fonts of this system.
fn read(svg: &str) -> Result<Tree, PictureError> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    stand_in(&mut fonts);
    let options = Options {
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    // A text for which no font at all was found is left out of the tree.
    let mut texts = svg.matches("<text").count();
    if lacks_letters(tree.root(), &mut texts) || texts > 0 {
        return Err(PictureError::Letters);
    }
    Ok(tree)
}

/// Lets some font of the system be the one with serifs and the one without, if those that usually
/// are that are not there. Letters that it lacks are taken from the others.
fn stand_in(fonts: &mut Database) {
    let is_there = |family| {
        let families = [family];
        let query = Query {
            families: &families,
            ..Query::default()
        };
        fonts.query(&query).is_some()
    };
    let (serif, sans) = (is_there(Family::Serif), is_there(Family::SansSerif));
    let any = fonts
        .faces()
        .find_map(|face| face.families.first().map(|(name, _)| name.clone()));
    let Some(any) = any else { return };
    if !serif {
        fonts.set_serif_family(&any);
    }
    if !sans {
        fonts.set_sans_serif_family(any);
    }
}

/// True when a letter has no glyph; takes the texts that it sees off the count.
fn lacks_letters(group: &Group, texts: &mut usize) -> bool {
    group.children().iter().any(|node| match node {
        Node::Group(inner) => lacks_letters(inner, texts),
        Node::Text(text) => {
            *texts = texts.saturating_sub(1);
            let mut glyphs = text.layouted().iter().flat_map(|s| &s.positioned_glyphs);
            glyphs.any(|glyph| glyph.id.0 == 0)
        }
        Node::Path(_) | Node::Image(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\">\
             <text x=\"5\" y=\"30\" font-family=\"Nowhere, sans-serif\">{text}</text></svg>"
        )
    }

    #[test]
    fn a_drawing_becomes_a_picture_of_twice_its_size() {
        let png = png(&drawing("one 二")).expect("a picture");
        assert_eq!(png.get(1..4), Some(&b"PNG"[..]));
        assert_eq!(png.get(16..24), Some(&[0, 0, 1, 144, 0, 0, 0, 80][..]));
    }

    /// No font has a letter at this place: it is not one of Unicode's.
    #[test]
    fn no_picture_is_made_with_a_letter_missing() {
        let refused = png(&drawing("one \u{50000}"));
        assert!(matches!(refused, Err(PictureError::Letters)));
    }

    #[tokio::test]
    async fn the_same_picture_is_made_once() {
        let pictures = Pictures::default();
        let first = pictures.png("a", drawing("one")).await.expect("a picture");
        let again = pictures.png("a", "broken".to_owned()).await;
        assert_eq!(again.expect("the kept one"), first);
    }
}
