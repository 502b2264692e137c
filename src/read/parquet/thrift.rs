//! A walk over Thrift's compact protocol, in which the footer and the headers of pages are written.
//!
//! The parquet crate believes the lengths that these bytes claim and reserves memory for them, and follows nested types as
//! deep as they go; a process does not survive either. So what it is to read is walked over first: each length must fit
//! into the bytes that are there, each depth into [`DEEPEST`].

/// Structures inside structures, at most: the format itself needs about six.
const DEEPEST: u8 = 24;

/// What is wrong with the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// They end too early: more of the file may be needed.
    Ends,
    /// They are no such structure.
    Nonsense,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    True,
    False,
    Byte,
    Int,
    Double,
    Binary,
    List,
    Map,
    Struct,
}

impl Kind {
    fn of(code: u8) -> Result<Kind, Flaw> {
        Ok(match code {
            1 => Kind::True,
            2 => Kind::False,
            3 => Kind::Byte,
            4..=6 => Kind::Int,
            7 => Kind::Double,
            8 => Kind::Binary,
            9 | 10 => Kind::List,
            11 => Kind::Map,
            12 => Kind::Struct,
            _ => return Err(Flaw::Nonsense),
        })
    }
}

/// A field of a struct.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) id: i16,
    pub(super) kind: Kind,
}

/// The head of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListHead {
    pub(super) kind: Kind,
    pub(super) len: usize,
}

/// A place in the bytes.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Cursor { bytes, at: 0 }
    }

    /// Bytes walked over.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next field of a struct, given the id of the one before; `None` at its end.
    pub(super) fn field(&mut self, before: i16) -> Result<Option<Field>, Flaw> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        let kind = Kind::of(head & 15)?;
        let id = match head >> 4 {
            0 => i16::try_from(self.int()?).map_err(|_| Flaw::Nonsense)?,
            step => before.checked_add(i16::from(step)).ok_or(Flaw::Nonsense)?,
        };
        Ok(Some(Field { id, kind }))
    }

    /// A whole number, which a field of kind [`Kind::Int`] holds.
    pub(super) fn int(&mut self) -> Result<i64, Flaw> {
        let raw = self.varint()?;
        Ok((raw >> 1) as i64 ^ -((raw & 1) as i64))
    }

    /// As [`Cursor::int`], where it must be a size.
    pub(super) fn size(&mut self, field: Field) -> Result<u32, Flaw> {
        if field.kind != Kind::Int {
            return Err(Flaw::Nonsense);
        }
        // Sizes are signed 32-bit numbers in the format.
        i32::try_from(self.int()?).ok().and_then(|n| u32::try_from(n).ok()).ok_or(Flaw::Nonsense)
    }

    /// The head of a list whose elements can all be there.
    pub(super) fn list(&mut self) -> Result<ListHead, Flaw> {
        let head = self.byte()?;
        let kind = Kind::of(head & 15)?;
        let len = match head >> 4 {
            15 => usize::try_from(self.varint()?).map_err(|_| Flaw::Nonsense)?,
            len => usize::from(len),
        };
        if len > self.bytes.len() - self.at {
            return Err(Flaw::Ends);
        }
        Ok(ListHead { kind, len })
    }

    /// Passes over the value of a field.
    pub(super) fn skip(&mut self, kind: Kind) -> Result<(), Flaw> {
        self.skip_at(kind, 0)
    }

    fn skip_at(&mut self, kind: Kind, depth: u8) -> Result<(), Flaw> {
        if depth == DEEPEST {
            return Err(Flaw::Nonsense);
        }
        match kind {
            Kind::True | Kind::False => Ok(()),
            Kind::Byte => self.pass(1),
            Kind::Int => self.varint().map(|_| ()),
            Kind::Double => self.pass(8),
            Kind::Binary => {
                let len = self.varint()?;
                self.pass(usize::try_from(len).map_err(|_| Flaw::Nonsense)?)
            }
            Kind::List => {
                let head = self.list()?;
                (0..head.len).try_for_each(|_| self.skip_element(head.kind, depth))
            }
            Kind::Map => self.skip_map(depth),
            Kind::Struct => {
                let mut id = 0;
                while let Some(field) = self.field(id)? {
                    id = field.id;
                    self.skip_at(field.kind, depth + 1)?;
                }
                Ok(())
            }
        }
    }

    fn skip_map(&mut self, depth: u8) -> Result<(), Flaw> {
        let len = self.varint()?;
        if len == 0 {
            return Ok(());
        }
        let kinds = self.byte()?;
        let (key, value) = (Kind::of(kinds >> 4)?, Kind::of(kinds & 15)?);
        // Each entry takes a byte at least, so a length that lies ends at the end of the bytes.
        (0..len).try_for_each(|_| {
            self.skip_element(key, depth)?;
            self.skip_element(value, depth)
        })
    }

    /// Passes over an element of a list; there, true and false take a byte. An empty struct is refused: a list of a million
    /// of them takes a megabyte here, and a hundred in the parquet crate.
    fn skip_element(&mut self, kind: Kind, depth: u8) -> Result<(), Flaw> {
        let from = self.at;
        match kind {
            Kind::True | Kind::False => self.pass(1)?,
            kind => self.skip_at(kind, depth + 1)?,
        }
        if kind == Kind::Struct && self.at - from == 1 { Err(Flaw::Nonsense) } else { Ok(()) }
    }

    fn varint(&mut self) -> Result<u64, Flaw> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Flaw::Nonsense)
    }

    fn byte(&mut self) -> Result<u8, Flaw> {
        let byte = *self.bytes.get(self.at).ok_or(Flaw::Ends)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, n: usize) -> Result<(), Flaw> {
        if n > self.bytes.len() - self.at {
            return Err(Flaw::Ends);
        }
        self.at += n;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_that_lie_and_depths_without_end_are_refused() {
        // A binary that claims a terabyte, a list that claims more elements than there are bytes, a map that claims 2^60.
        for bytes in [
            &[0x18, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40][..],
            &[0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0x7F],
            &[0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x55, 1],
        ] {
            assert_eq!(Cursor::new(bytes).skip(Kind::Struct), Err(Flaw::Ends), "{bytes:?}");
        }
        assert_eq!(Cursor::new(&[0x1C; 100_000]).skip(Kind::Struct), Err(Flaw::Nonsense));
        assert_eq!(Cursor::new(&[0x19; 100_000]).skip(Kind::Struct), Err(Flaw::Nonsense));
        assert_eq!(Cursor::new(&[0x19, 0x2C, 0, 0, 0]).skip(Kind::Struct), Err(Flaw::Nonsense));
        assert_eq!(Cursor::new(&[0x1D]).skip(Kind::Struct), Err(Flaw::Nonsense));
    }

    #[test]
    fn a_struct_is_walked_to_its_end() {
        // 1: int 150, 2: true, 4: binary "ab", 20: list of two ints.
        let bytes = [0x15, 0xAC, 0x02, 0x11, 0x28, 2, b'a', b'b', 0x09, 0x28, 0x25, 2, 4, 0, 99];
        let mut cursor = Cursor::new(&bytes);
        assert_eq!(cursor.skip(Kind::Struct), Ok(()));
        assert_eq!(cursor.at(), bytes.len() - 1);
        let mut cursor = Cursor::new(&bytes);
        let first = cursor.field(0).unwrap().unwrap();
        assert_eq!((first.id, cursor.size(first).unwrap()), (1, 150));
        for cut in 0..bytes.len() - 1 {
            assert_eq!(Cursor::new(&bytes[..cut]).skip(Kind::Struct), Err(Flaw::Ends), "{cut}");
        }
    }
}
