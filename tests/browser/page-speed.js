// How the page answers while it trains, and what it holds in memory.

const layer = (units, activation, seed) => ({
  units,
  activation,
  init: { scheme: "he_normal", scale: 1, seed, biases: true },
});

// The largest network that a lesson may hold, on data of which one epoch takes seconds.
export const largest = JSON.stringify({
  format: "chainrule-lesson",
  version: 1,
  title: "The largest network",
  network: { inputs: 2, layers: [...[1, 2, 3, 4].map((seed) => layer(256, "relu", seed)), layer(1, "sigmoid", 5)] },
  loss: "binary_cross_entropy",
  optimizer: { method: "adam", learning_rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  data: { generator: "moons", samples: 5000, noise: 0.1, seed: 1 },
});

const skalski = "Skalski’s moons 2-25-50-50-25-1";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const epoch = (page) => page.getByRole("status", { name: "Epoch", exact: true });

async function open(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    // The page's own memory, to be measured.
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original(...given);
        window.wasmMemory = (made.instance ?? made).exports.memory;
        return made;
      };
    }
    // From an input to the frame that shows what it has done.
    window.delays = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "click") window.delays.push(duration);
    }).observe({ type: "event", durationThreshold: 16 });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

async function run(page, n) {
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill(String(n));
  await button(page, "Run").click();
}

// Frames per second and the longest time between two of them, over some seconds.
const frames = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const times = [];
        const frame = (now) => {
          times.push(now);
          if (now - times[0] < 3000) requestAnimationFrame(frame);
          else {
            const gaps = times.slice(1).map((time, k) => time - times[k]);
            done({ perSecond: (1000 * gaps.length) / (now - times[0]), longestMs: Math.max(...gaps) });
          }
        };
        requestAnimationFrame(frame);
      }),
  );

// Clicks on tabs, real ones; the longest time from one to its frame.
async function clicks(page, n) {
  await page.evaluate(() => (window.delays = []));
  for (let k = 0; k < n; k += 1) {
    await page.getByRole("tab", { name: ["Data", "Ledger", "Design"][k % 3], exact: true }).click();
    await page.waitForTimeout(120 + 7 * k);
  }
  return page.evaluate(() => Math.max(0, ...window.delays));
}

export async function measurePage(browser, url) {
  let page = await open(browser, url);
  await page.getByRole("combobox", { name: "Lesson", exact: true }).selectOption({ label: skalski });
  await page.getByRole("region", { name: "Step", exact: true }).getByText(skalski).waitFor();
  await run(page, 10_000);
  const trainingFrames = await frames(page);
  const trainingClickMs = await clicks(page, 12);
  const client = await page.context().newCDPSession(page);
  const memory = async () => {
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    return { wasmBytes: await page.evaluate(() => window.wasmMemory.buffer.byteLength), heapBytes: usedSize };
  };
  const memoryMeanwhile = await memory();
  await button(page, "Run").waitFor({ timeout: 600_000 });
  const memoryAfter = await memory();

  // Back over the whole run: clicks on the curve.
  const canvas = page.getByRole("img", { name: /per epoch/ });
  const { width, height } = await canvas.boundingBox();
  const back = [];
  for (let k = 0; k < 15; k += 1) {
    await page.evaluate(() => (window.delays = []));
    await canvas.click({ position: { x: width * (0.1 + 0.8 * (((k * 7) % 15) / 15)), y: height / 2 }, force: true });
    await page.waitForFunction(() => 0 < window.delays.length, null, { timeout: 5000 }).catch(() => {});
    back.push(await page.evaluate(() => Math.max(0, ...window.delays)));
  }
  await page.close();

  page = await open(browser, url);
  await page.getByLabel("Lesson file").setInputFiles({ name: "largest.json", mimeType: "application/json", buffer: Buffer.from(largest) });
  await page.getByRole("region", { name: "Step", exact: true }).getByText("The largest network").waitFor({ timeout: 120_000 });
  await run(page, 1000);
  const largestFrames = await frames(page);
  const largestClickMs = await clicks(page, 30);
  await page.evaluate(() => (window.delays = []));
  await button(page, "Stop").click();
  await button(page, "Run").waitFor();
  await page.waitForTimeout(200);
  const largestStopMs = await page.evaluate(() => Math.max(0, ...window.delays));
  const largestEpoch = Number(await epoch(page).textContent());
  await page.close();
  return {
    trainingFrames,
    trainingClickMs,
    memoryMeanwhile,
    memoryAfter,
    backMs: Math.max(...back),
    backMedianMs: back.sort((a, b) => a - b)[7],
    largestFrames,
    largestClickMs,
    largestStopMs,
    largestEpoch,
  };
}
