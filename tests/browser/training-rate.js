// How fast the page trains beside the kernel alone in the same browser: pairs of some seconds, one after the
// other, so that what else the machine does meets both.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "../../script/lib/serve.mjs";

const pairs = 5;
const pageMs = 3000;
const kernelMs = 1500;
// Skalski's network and as many samples, among the workloads of examples/speed.rs.
const lesson = "Skalski’s moons 2-25-50-50-25-1";
const workload = 3;

const button = (page, name) => page.getByRole("button", { name, exact: true });

// Epochs and frames per second of a run at full speed, from epoch to epoch shown.
async function ofPage(page) {
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("1000000");
  await button(page, "Run").click();
  const rates = await page.getByRole("status", { name: "Epoch", exact: true }).evaluate(async (status, pageMs) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const epoch = () => Number(status.textContent.replace(/\D/g, ""));
    const next = async () => {
      const before = epoch();
      while (epoch() === before) await frame();
      return [performance.now(), epoch()];
    };
    const start = performance.now();
    while (performance.now() < start + 500) await frame();
    const [from, first] = await next();
    let [frames, shown, last] = [0, 0, first];
    while (performance.now() < from + pageMs) {
      await frame();
      frames += 1;
      if (epoch() !== last) [shown, last] = [shown + 1, epoch()];
    }
    const [to, final] = await next();
    const seconds = (to - from) / 1000;
    return { epochs: (final - first) / seconds, frames: (frames + 1) / seconds, shown: shown / seconds };
  }, pageMs);
  await button(page, "Stop").click();
  await button(page, "Run").waitFor();
  return rates;
}

const ofKernel = (page) =>
  page.evaluate((kernelMs) => {
    let n = 0;
    const from = performance.now();
    for (; performance.now() < from + kernelMs; n += 20) window.kernel.epochs(20);
    return (1000 * n) / (performance.now() - from);
  }, kernelMs);

// Pairs of rates, in epochs per second. `dir` is the build of examples/speed.rs.
export async function measureRates(browser, url, dir) {
  await writeFile(join(dir, "index.html"), "<!doctype html><title>Speed</title>");
  const server = await serve({ dir, path: "/" });
  const alone = await browser.newPage();
  await alone.goto(`http://localhost:${server.address().port}/`);
  await alone.evaluate(async (workload) => {
    const wasm = await import("/speed.js");
    await wasm.default();
    window.kernel = new wasm.Training(workload);
    window.kernel.epochs(300);
  }, workload);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Lesson", exact: true }).selectOption({ label: lesson });
  await page.getByRole("region", { name: "Step", exact: true }).getByText(lesson).waitFor();
  const rates = [];
  for (let k = 0; k < pairs; k += 1) {
    await page.bringToFront();
    const { epochs, frames, shown } = await ofPage(page);
    await alone.bringToFront();
    const kernel = await ofKernel(alone);
    rates.push({ epochs, kernel, share: epochs / kernel, frames, shown });
  }
  await page.close();
  await alone.close();
  server.close();
  server.closeAllConnections();
  return rates;
}
