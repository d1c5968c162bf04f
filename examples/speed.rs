//! What `script/bench` measures in the browser: training, and how fast arithmetic can be there.

#[path = "../benches/workloads/mod.rs"]
mod workloads;

#[cfg(target_arch = "wasm32")]
mod browser {
    use backprop::activation::Activation;
    use backprop::kernel::Trainer;
    use backprop::lanes::{Lanes, Pair, both};
    use backprop::math;
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::workloads::{self, Workload};

    /// A workload in training.
    #[wasm_bindgen]
    pub struct Training {
        workload: Workload,
        trainer: Trainer,
    }

    #[wasm_bindgen]
    impl Training {
        /// Workload number `k`, from 0.
        #[wasm_bindgen(constructor)]
        pub fn new(k: usize) -> Self {
            let workload = workloads::all().swap_remove(k);
            Self { trainer: workload.trainer(), workload }
        }

        /// The workload's name.
        pub fn name(&self) -> String {
            self.workload.name.to_owned()
        }

        /// Trains from the start for `n` epochs.
        pub fn epochs(&mut self, n: usize) {
            self.trainer = self.workload.trainer();
            for _ in 0..n {
                self.trainer.epoch();
            }
        }

        /// Computes the loss over all samples `n` times.
        pub fn losses(&mut self, n: usize) -> f64 {
            (0..n).map(|_| self.trainer.loss()).sum()
        }

        /// Steps through `n` epochs.
        pub fn stepped(&self, n: usize) {
            let mut model = std::rc::Rc::clone(self.workload.model());
            for _ in 0..n {
                model = self.workload.stepped(&model);
            }
        }

        /// Multiplications and additions in an epoch.
        pub fn flop(&self) -> f64 {
            self.workload.flop()
        }

        /// Values of tanh in an epoch.
        pub fn n_tanh(&self) -> f64 {
            self.workload.n_values(Activation::Tanh)
        }

        /// Values of exp in an epoch.
        pub fn n_exp(&self) -> f64 {
            self.workload.n_values(Activation::Sigmoid) + self.workload.n_values(Activation::Softmax)
        }
    }

    /// `n` times 12 independent multiplications and additions of pairs: 48 operations each.
    #[wasm_bindgen]
    pub fn peak(n: usize) -> f64 {
        let (c, d) = (both(0.999_999), both(1e-9));
        let mut s: [Pair; 12] = std::array::from_fn(|k| both(k as f64));
        for _ in 0..n {
            s = [
                s[0] * c + d,
                s[1] * c + d,
                s[2] * c + d,
                s[3] * c + d,
                s[4] * c + d,
                s[5] * c + d,
                s[6] * c + d,
                s[7] * c + d,
                s[8] * c + d,
                s[9] * c + d,
                s[10] * c + d,
                s[11] * c + d,
            ];
        }
        s.iter().map(|s| s.to_array()[0] + s.to_array()[1]).sum()
    }

    /// `n` times the same from memory, as in a product of matrices: eight sums, six numbers loaded for
    /// their 32 operations, 50 times over.
    #[wasm_bindgen]
    pub fn tile(n: usize) -> f64 {
        let x: Vec<[Pair; 2]> = vec![[both(0.5); 2]; 50];
        let w: Vec<[f64; 4]> = vec![[0.1, 0.2, 0.3, 0.4]; 50];
        let mut total = both(0.0);
        for _ in 0..n {
            let [mut a, mut b, mut c, mut d] = [[total; 2]; 4];
            for (x, w) in x.iter().zip(&w) {
                let w = w.map(both);
                a = [a[0] + x[0] * w[0], a[1] + x[1] * w[0]];
                b = [b[0] + x[0] * w[1], b[1] + x[1] * w[1]];
                c = [c[0] + x[0] * w[2], c[1] + x[1] * w[2]];
                d = [d[0] + x[0] * w[3], d[1] + x[1] * w[3]];
            }
            total =
                [a, b, c, d].iter().map(|s| s[0] + s[1]).fold(both(0.0), |total, s| total + s * both(1e-9));
        }
        total.to_array()[0]
    }

    /// `n` times 1000 values of exp.
    #[wasm_bindgen]
    pub fn exps(n: usize) -> f64 {
        let c = math::constants();
        values(n, |x| math::exp(c, x))
    }

    /// `n` times 1000 values of tanh.
    #[wasm_bindgen]
    pub fn tanhs(n: usize) -> f64 {
        let c = math::constants();
        values(n, |x| math::tanh(c, x))
    }

    #[inline(always)]
    fn values(n: usize, f: impl Fn(Pair) -> Pair) -> f64 {
        let x: Vec<Pair> = (0..500).map(|k| Pair::new([f64::from(k) * 0.01 - 3.0, 0.5])).collect();
        let mut y = x.clone();
        let mut total = both(0.0);
        for _ in 0..n {
            for (y, x) in y.iter_mut().zip(&x) {
                *y = f(*x + total);
            }
            total = y[0].keep_if_positive(both(1e-9));
        }
        total.to_array()[0]
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    println!("Measures in a browser: script/bench. Natively: cargo bench");
}
