//! An index beyond its slice, built as the page is built: a test asserts that it stops the program.

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::hint::black_box;

    use wasm_bindgen::prelude::wasm_bindgen;

    /// Number `index` of ten.
    #[wasm_bindgen]
    pub fn read(index: usize) -> f64 {
        black_box(vec![0.5; 10])[index]
    }

    /// The sum of ten numbers of which number `index` has been set to `value`.
    #[wasm_bindgen]
    pub fn write(index: usize, value: f64) -> f64 {
        let mut numbers = black_box(vec![0.5; 10]);
        numbers[index] = value;
        numbers.iter().sum()
    }

    /// How many there are from `start` to `end`.
    #[wasm_bindgen]
    pub fn part(start: usize, end: usize) -> usize {
        black_box(vec![0.5; 10])[start..end].len()
    }
}

fn main() {}
