// The measurements of script/bench, on the release build in dist/.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { measurePage } from "./page-speed.js";
import { dist, start } from "./server.js";
import { measureSpeed } from "./speed.js";
import { measureCost } from "./step-cost.js";
import { measureRates } from "./training-rate.js";
import { measureWaiting } from "./waiting.js";

const presses = 300;
// Between two presses, in milliseconds: 30 a second.
const keyRepeatMs = 33;

const server = await start();
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

// What a first visit downloads: as it is, and as hosts send it.
const files = new Set();
page.on("response", (response) => {
  const file = decodeURIComponent(new URL(response.url()).pathname).slice(new URL(server.url).pathname.length);
  if (response.ok() && response.url().startsWith(server.url)) files.add(file || "index.html");
});
await page.goto(server.url, { waitUntil: "networkidle" });
await page.getByRole("heading", { level: 1 }).waitFor();
await page.evaluate(() => document.fonts.ready);

const size = (file) => stat(join(dist, file)).then(({ size }) => size);
const download = await Promise.all(
  [...files].sort().map(async (file) => {
    const bytes = await size(file);
    const compressed = (ending) => size(file + ending).catch(() => bytes);
    return { file, bytes, gzip: await compressed(".gz"), brotli: await compressed(".br") };
  }),
);
const total = (list) => {
  const sum = (kind) => list.reduce((sum, file) => sum + file[kind], 0);
  return { gzip: sum("gzip"), brotli: sum("brotli") };
};
const all = total(download);
const withoutFonts = total(download.filter(({ file }) => !file.endsWith(".woff2")));

// Each press: from the dispatch of keydown until the frame that follows it is painted. The message
// posted in the animation frame arrives after that frame's style, layout and paint.
// Presses come as fast as a held key repeats, not before the last frame is on the screen.
async function stepToPaint(page) {
  const times = await page.evaluate(async ([presses, keyRepeatMs]) => {
    const times = [];
    for (let press = 0; press < presses; press += 1) {
      await new Promise((rest) => setTimeout(rest, keyRepeatMs));
      const options = { key: "ArrowRight", code: "ArrowRight", bubbles: true, cancelable: true };
      const from = performance.now();
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", options));
      await new Promise((painted) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = painted;
          port2.postMessage(null);
        });
      });
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b);
  }, [presses, keyRepeatMs]);
  const at = (share) => Number(times[Math.ceil(share * times.length) - 1].toFixed(2));
  return { median: at(0.5), p95: at(0.95) };
}

const waiting = await measureWaiting(browser, server.url);
const stepAt60HzMs = await stepToPaint(page);
// A screen of 60 Hz shows no frame sooner than 16.7 ms after the last one, whatever the page does:
// what the page itself takes is measured where frames come as soon as they are ready.
const unbound = await chromium.launch({
  ...launchOptions,
  args: [...launchOptions.args, "--disable-frame-rate-limit", "--disable-gpu-vsync"],
});
async function stepUnbound(address, lesson) {
  const page = await unbound.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}${address}`, { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Lesson", exact: true }).selectOption({ label: lesson });
  await page.getByRole("region", { name: "Step", exact: true }).getByText(lesson).waitFor();
  const times = await stepToPaint(page);
  await page.close();
  return times;
}
const [small, large] = ["HMKCode 2-2-1", "Skalski’s moons 2-25-50-50-25-1"];
const stepToPaintMs = await stepUnbound("", small);
const stepToPaintLargeMs = await stepUnbound("", large);
await unbound.close();
const costMs = { small: await measureCost(browser, server.url, small), large: await measureCost(browser, server.url, large) };
const speedBuild = fileURLToPath(new URL("../../target/speed", import.meta.url));
const speed = await measureSpeed(browser, speedBuild);
const rates = await measureRates(browser, server.url, speedBuild);
const inPage = await measurePage(browser, server.url);
await browser.close();
server.close();

const result = { download, all, withoutFonts, waiting, presses, stepToPaintMs, stepToPaintLargeMs, stepAt60HzMs, costMs, speed, rates, inPage };

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
const sizes = ({ gzip, brotli }) => `${kilobytes(gzip)} gzip${kilobytes(brotli)} brotli`;
for (const file of download) console.log(`${kilobytes(file.bytes)}${sizes(file)}  ${file.file}`);
console.log(`${" ".repeat(10)}${sizes(all)}  in all`);
console.log(`${" ".repeat(10)}${sizes(withoutFonts)}  without fonts`);
const waits = ({ frameMs, stepMs }) => `the frame after ${frameMs} ms, the first step after ${stepMs} ms`;
console.log(`on 10 Mbit/s with a processor four times slower, cold: ${waits(waiting.cold)}; warm: ${waits(waiting.warm)}`);
const percentiles = ({ median, p95 }) => `median ${median} ms, 95th percentile ${p95} ms`;
console.log(`step to paint over ${presses} presses, HMKCode: ${percentiles(stepToPaintMs)}`);
console.log(`                             2-25-50-50-25-1: ${percentiles(stepToPaintLargeMs)}`);
console.log(`on a screen of 60 Hz, pressed just after a frame: ${percentiles(stepAt60HzMs)}`);
const costs = ({ scriptMs, styleMs, layoutMs, totalMs, styles, layouts }) =>
  `${totalMs.toFixed(1)} ms (script ${scriptMs.toFixed(1)}, style ${styleMs.toFixed(1)}, layout ${layoutMs.toFixed(1)}), styled ${styles.toFixed(2)} and laid out ${layouts.toFixed(2)} times`;
console.log(`processor time of a step, HMKCode: ${costs(costMs.small.step)}`);
console.log(`                  2-25-50-50-25-1: ${costs(costMs.large.step)}`);
console.log(`of an edit,               HMKCode: ${costs(costMs.small.edit)}`);
console.log(`                  2-25-50-50-25-1: ${costs(costMs.large.edit)}`);

const cell = (x) => x.toPrecision(3).padStart(10);
console.log(`multiplication and addition ${speed.gflops.toFixed(1)} GFLOP/s, exp ${speed.expNs.toFixed(2)} ns, tanh ${speed.tanhNs.toFixed(2)} ns`);
console.log("training, µs    an epoch   its loss    stepped  the limit  with functions   share");
for (const t of speed.training) {
  const share = `${(100 * t.share).toFixed(1)} %`.padStart(8);
  console.log(`${t.name.padEnd(14)}${[t.us, t.lossUs, t.steppedUs, t.flopUs, t.limitUs].map(cell).join(" ")}     ${share}`);
}
console.log("2-25-50-50-25-1 at full speed, epochs/s in the page and of the kernel alone, pair by pair:");
for (const { epochs, kernel, share, frames, shown } of rates) {
  console.log(`  ${cell(epochs)} of ${cell(kernel)}: ${(100 * share).toFixed(0)} %, at ${frames.toFixed(0)} frames/s, ${shown.toFixed(1)} of them with new numbers`);
}
const megabytes = ({ wasmBytes, heapBytes }) => `${(wasmBytes / 1e6).toFixed(1)} MB of its own, ${(heapBytes / 1e6).toFixed(1)} MB of JavaScript`;
const { trainingFrames, largestFrames } = inPage;
console.log(`training 2-25-50-50-25-1: ${trainingFrames.perSecond.toFixed(1)} frames/s, a click answered after at most ${inPage.trainingClickMs} ms`);
console.log(`  memory after some seconds: ${megabytes(inPage.memoryMeanwhile)}; after 10,000 epochs: ${megabytes(inPage.memoryAfter)}`);
console.log(`  back over 10,000 epochs: median ${inPage.backMedianMs} ms, at most ${inPage.backMs} ms`);
console.log(`training 2-256-256-256-256-1 on 5,000 samples: ${largestFrames.perSecond.toFixed(1)} frames/s, a click answered after at most ${inPage.largestClickMs} ms, Stop after ${inPage.largestStopMs} ms`);
console.log(JSON.stringify(result));
