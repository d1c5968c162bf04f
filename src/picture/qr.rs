//! A QR code (ISO/IEC 18004) as a path of squares.

use qrcodegen::QrCodeEcc;

/// A code, in squares of side 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Squares on each side, without the four of quiet around it.
    pub size: i32,
    /// The dark squares as an SVG path.
    pub path: String,
}

impl QrCode {
    /// The code of `text`; none if it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let size = code.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let n = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
                if 0 < n {
                    path += &format!("M{x} {y}h{n}v1h-{n}z");
                }
                x += n + 1;
            }
        }
        Some(Self { size, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_room_for_a_link() {
        let code = QrCode::of("https://example.org/#v1.abc").expect("room");
        assert!(code.path.starts_with("M0 0h7v1h-7z"));
        let right = format!("M{} 0h7v1h-7z", code.size - 7);
        assert!(code.path.contains(&right));
        assert!(code.path.contains(&format!("M0 {}h7v1h-7z", code.size - 7)));
        assert!(QrCode::of(&"a".repeat(2_100)).is_some());
        assert_eq!(QrCode::of(&"a".repeat(3_000)), None);
    }
}
