// What a visitor waits for on a slow line and a slow processor: the frame of the page, and the first step.

// 10 Mbit/s, and a processor four times slower than this one.
const line = { offline: false, latency: 20, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 };
const slower = 4;
const visits = 5;

// Milliseconds from the request of the page to its first paint, and to the first step that is painted: the
// step is asked for as soon as there is a button for it.
async function visit(page, url) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", line);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.goto(url);
  const times = await page.waitForFunction(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return paint && window.stepped && { frame: paint.startTime, step: window.stepped };
  });
  return times.jsonValue();
}

const median = (numbers) => Math.round(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]);

// Medians over some visits: with nothing in the browser's cache, and with all of it.
export async function measureWaiting(browser, url) {
  const found = { cold: [], warm: [] };
  for (let k = 0; k < visits; k += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(() => {
      const look = () => {
        const button = [...document.querySelectorAll("button")].find((button) => button.ariaLabel === "Step forward");
        if (!button) return requestAnimationFrame(look);
        button.click();
        requestAnimationFrame(() => setTimeout(() => (window.stepped = performance.now())));
      };
      requestAnimationFrame(look);
    });
    for (const kind of ["cold", "warm"]) {
      const page = await context.newPage();
      found[kind].push(await visit(page, url));
      await page.close();
    }
    await context.close();
  }
  const times = (kind) => ({ frameMs: median(found[kind].map(({ frame }) => frame)), stepMs: median(found[kind].map(({ step }) => step)) });
  return { cold: times("cold"), warm: times("warm") };
}
