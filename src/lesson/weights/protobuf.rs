//! The wire format of Protocol Buffers: fields by their numbers, without a schema.

/// A message.
#[derive(Clone, Copy)]
pub struct Message<'a>(pub &'a [u8]);

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A whole number, true or false.
    Whole(u64),
    /// Text, bytes, a message, or numbers one behind the other.
    Bytes(&'a [u8]),
    /// Four bytes: a number in single precision.
    Four([u8; 4]),
    /// Eight bytes: a number in double precision.
    Eight([u8; 8]),
}

impl<'a> Message<'a> {
    /// All fields in their order; `None` if the bytes are no message.
    pub fn fields(self) -> Option<Vec<(u64, Value<'a>)>> {
        let (mut left, mut fields) = (self.0, Vec::new());
        while !left.is_empty() {
            let key = whole(&mut left)?;
            let value = match key & 7 {
                0 => Value::Whole(whole(&mut left)?),
                1 => Value::Eight(taken(&mut left, 8)?.try_into().ok()?),
                2 => {
                    let n = usize::try_from(whole(&mut left)?).ok()?;
                    Value::Bytes(taken(&mut left, n)?)
                }
                5 => Value::Four(taken(&mut left, 4)?.try_into().ok()?),
                _ => return None,
            };
            fields.push((key >> 3, value));
        }
        Some(fields)
    }
}

impl<'a> Value<'a> {
    /// The bytes, of a field that has some.
    pub fn bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text.
    pub fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// Whole numbers: one, or several packed.
    pub fn wholes(self) -> Option<Vec<u64>> {
        match self {
            Self::Whole(n) => Some(vec![n]),
            Self::Bytes(mut left) => {
                let mut all = Vec::new();
                while !left.is_empty() {
                    all.push(whole(&mut left)?);
                }
                Some(all)
            }
            _ => None,
        }
    }
}

fn taken<'a>(left: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (taken, rest) = left.split_at_checked(n)?;
    *left = rest;
    Some(taken)
}

/// A whole number of seven bits per byte, the lowest first.
fn whole(left: &mut &[u8]) -> Option<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let byte = *taken(left, 1)?.first()?;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the format's own description ("Encoding", protobuf.dev).
    #[test]
    fn the_examples_of_the_description_are_read() {
        let fields = |bytes: &'static [u8]| Message(bytes).fields();
        assert_eq!(fields(&[0x08, 0x96, 0x01]), Some(vec![(1, Value::Whole(150))]));
        let testing = fields(&[0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]).unwrap();
        assert_eq!((testing[0].0, testing[0].1.text()), (2, Some("testing")));
        let packed = fields(&[0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]).unwrap();
        assert_eq!(packed[0].1.wholes(), Some(vec![3, 270, 86_942]));
        for broken in [&[0x08][..], &[0x12, 0x07, 0x74], &[0x0b], &[0xff; 11]] {
            assert_eq!(Message(broken).fields(), None);
        }
    }
}
