//! Time per epoch of training, natively: `cargo bench`. In the browser: `script/bench`.

mod workloads;

use criterion::{Criterion, criterion_group, criterion_main};

fn training(c: &mut Criterion) {
    let mut group = c.benchmark_group("epoch");
    for workload in workloads::all() {
        let mut trainer = workload.trainer();
        group.bench_function(workload.name, |b| b.iter(|| trainer.epoch()));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = training
}
criterion_main!(benches);
