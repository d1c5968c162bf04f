// Training speed in the browser: examples/speed.rs, built as the page is.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "../../script/lib/serve.mjs";

const repetitions = 9;
// A block of calls lasts about this long; the clock ticks in steps of 0.1 ms.
const blockMs = 40;

// Opens the build in `dir` in a page of `browser` and returns what a table and JSON show: medians of
// interleaved repetitions.
export async function measureSpeed(browser, dir) {
  await writeFile(join(dir, "index.html"), "<!doctype html><title>Speed</title>");
  const server = await serve({ dir, path: "/" });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  const medians = await page.evaluate(run, { repetitions, blockMs });
  await page.close();
  server.close();
  server.closeAllConnections();
  return medians;
}

// Runs in the page.
async function run({ repetitions, blockMs }) {
  const wasm = await import("/speed.js");
  await wasm.default();
  const peers = [
    { name: "registers", call: (n) => wasm.peak(1000 * n) },
    { name: "tile", call: (n) => wasm.tile(20 * n) },
    { name: "exp", call: (n) => wasm.exps(n) },
    { name: "tanh", call: (n) => wasm.tanhs(n) },
  ];
  const workloads = [0, 1, 2, 3, 4].map((k) => new wasm.Training(k));
  for (const [k, workload] of workloads.entries()) {
    peers.push({ name: `epoch ${k}`, call: (n) => workload.epochs(n) });
    peers.push({ name: `loss ${k}`, call: (n) => workload.losses(n) });
    peers.push({ name: `stepped ${k}`, call: (n) => workload.stepped(n) });
  }
  const time = (peer) => {
    const from = performance.now();
    peer.call(peer.n);
    return performance.now() - from;
  };
  for (const peer of peers) {
    // Short calls first: the optimising compiler replaces a function between calls.
    peer.n = 1;
    for (let k = 0; k < 20; k += 1) time(peer);
    while (time(peer) < blockMs) peer.n *= 2;
    peer.times = [];
  }
  for (let k = 0; k < repetitions; k += 1) {
    for (const [i] of peers.entries()) {
      const peer = peers[(i + k) % peers.length];
      peer.times.push(time(peer) / peer.n);
    }
  }
  const median = (name) => {
    const { times } = peers.find((peer) => peer.name === name);
    return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  };
  // How fast pairs can be multiplied and added here: the better one of two ways.
  const gflops = Math.max(48e3 / median("registers"), (20 * 50 * 32) / median("tile")) / 1e6;
  const [expNs, tanhNs] = [median("exp") * 1e3, median("tanh") * 1e3];
  const training = workloads.map((workload, k) => {
    const [us, lossUs, steppedUs] = ["epoch", "loss", "stepped"].map((what) => median(`${what} ${k}`) * 1e3);
    const flopUs = workload.flop() / gflops / 1e3;
    const limitUs = flopUs + (workload.n_tanh() * tanhNs + workload.n_exp() * expNs) / 1e3;
    return { name: workload.name(), us, lossUs, steppedUs, flopUs, limitUs, share: limitUs / us, flopShare: flopUs / us };
  });
  return { gflops, expNs, tanhNs, training };
}
