//! Where a page ended, as a text that means nothing to anybody else.
//!
//! A cursor carries the value that is sorted by and the id, so that a page begins exactly after
//! the last item of the one before, whatever was written in between.

use std::fmt::Write as _;

use partake_core::forum::Sort;

use super::ForumError;

const VERSION: u8 = 1;

/// A place in the replies to `parent` (0 for the roots of the thread).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TreeCursor {
    pub(super) sort: Sort,
    pub(super) thread: i64,
    pub(super) parent: i64,
    /// Rank and id of the last item seen; in the order "active" the place that it had when the
    /// list was begun, and the first place of that time. None at the beginning.
    pub(super) last: Option<(i64, i64)>,
}

impl TreeCursor {
    pub(super) fn encode(self) -> String {
        let sort = Sort::ALL
            .iter()
            .position(|&s| s == self.sort)
            .unwrap_or_default();
        let (rank, id) = self.last.unwrap_or((0, 0));
        let head = [
            VERSION,
            b't',
            u8::try_from(sort).unwrap_or_default(),
            u8::from(self.last.is_some()),
        ];
        pack(&head, &[self.thread, self.parent, rank, id])
    }

    pub(super) fn decode(text: &str) -> Result<Self, ForumError> {
        let ([VERSION, b't', sort, seen @ (0 | 1)], [thread, parent, rank, id]) = unpack(text)?
        else {
            return Err(ForumError::BadCursor);
        };
        let sort = *Sort::ALL
            .get(usize::from(sort))
            .ok_or(ForumError::BadCursor)?;
        Ok(Self {
            sort,
            thread,
            parent,
            last: (seen == 1).then_some((rank, id)),
        })
    }
}

/// A place in a list that is ordered by a number and an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListCursor {
    pub(super) list: u8,
    pub(super) key: i64,
    pub(super) id: i64,
}

impl ListCursor {
    pub(super) fn encode(self) -> String {
        pack(&[VERSION, self.list, 0, 0], &[self.key, self.id, 0, 0])
    }

    pub(super) fn decode(list: u8, text: &str) -> Result<Self, ForumError> {
        match unpack(text)? {
            ([VERSION, of, 0, 0], [key, id, 0, 0]) if of == list => Ok(Self { list, key, id }),
            _ => Err(ForumError::BadCursor),
        }
    }
}

fn pack(head: &[u8; 4], numbers: &[i64; 4]) -> String {
    let mut text = String::with_capacity(72);
    let bytes = head
        .iter()
        .copied()
        .chain(numbers.iter().flat_map(|n| n.to_be_bytes()));
    for byte in bytes {
        // Writing to a String does not fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

fn unpack(text: &str) -> Result<([u8; 4], [i64; 4]), ForumError> {
    if text.len() != 72 || !text.is_ascii() {
        return Err(ForumError::BadCursor);
    }
    let mut bytes = [0_u8; 36];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| ForumError::BadCursor)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| ForumError::BadCursor)?;
    }
    let (head, numbers) = bytes.split_at(4);
    let mut out = [0_i64; 4];
    for (number, chunk) in out.iter_mut().zip(numbers.chunks(8)) {
        *number = i64::from_be_bytes(chunk.try_into().map_err(|_| ForumError::BadCursor)?);
    }
    Ok((head.try_into().map_err(|_| ForumError::BadCursor)?, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        for sort in Sort::ALL {
            for last in [None, Some((i64::MAX, 7)), Some((-1, i64::MIN))] {
                let cursor = TreeCursor {
                    sort,
                    thread: 3,
                    parent: 0,
                    last,
                };
                assert_eq!(TreeCursor::decode(&cursor.encode()).ok(), Some(cursor));
            }
        }
        let cursor = ListCursor {
            list: b'l',
            key: -5,
            id: 9,
        };
        assert_eq!(
            ListCursor::decode(b'l', &cursor.encode()).ok(),
            Some(cursor)
        );
    }

    #[test]
    fn forged_cursors_are_refused() {
        let good = TreeCursor {
            sort: Sort::New,
            thread: 3,
            parent: 0,
            last: None,
        }
        .encode();
        assert!(ListCursor::decode(b'l', &good).is_err());
        let long = "00".repeat(36);
        for bad in [
            "",
            "x",
            "é",
            &good[1..],
            &good.replace('0', "g"),
            &long,
            &"é".repeat(36),
        ] {
            assert!(TreeCursor::decode(bad).is_err(), "{bad}");
        }
    }
}
