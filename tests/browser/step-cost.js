// What a step and an edit cost the processor: the time in scripts, style and layout, however long the
// screen makes the reader wait for the next frame.

const actions = 100;

// A key that steps, or that changes a weight by a little and back: dispatched in the page, since what
// Playwright does to press a key is not the page's. A number has its keys while it has the focus.
function act([kind, n]) {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const weight = () => {
    const input = document.activeElement.closest("[aria-label=Ledger] input") ?? document.querySelector("[aria-label=Ledger] input");
    input.focus();
    return input;
  };
  const press = (target, key) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true }));
  return (async () => {
    for (let k = 0; k < n; k += 1) {
      if (kind === "step") press(document.body, "ArrowRight");
      if (kind === "edit") press(weight(), k % 2 === 0 ? "ArrowUp" : "ArrowDown");
      // The second frame has what the first one's sizes have led to.
      await frame();
      await frame();
    }
  })();
}

async function cost(page, client, kind) {
  await page.evaluate(act, [kind, 20]);
  const read = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  await page.evaluate(act, [kind, actions]);
  const after = await read();
  const per = (name) => (after[name] - before[name]) / actions;
  const ms = (name) => 1000 * per(`${name}Duration`);
  return {
    scriptMs: ms("Script"),
    styleMs: ms("RecalcStyle"),
    layoutMs: ms("Layout"),
    totalMs: ms("Script") + ms("RecalcStyle") + ms("Layout"),
    styles: per("RecalcStyleCount"),
    layouts: per("LayoutCount"),
  };
}

// The cost of each step and of each edit of a lesson.
export async function measureCost(browser, url, lesson) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Lesson", exact: true }).selectOption({ label: lesson });
  await page.getByRole("region", { name: "Step", exact: true }).getByText(lesson).waitFor();
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const idle = await cost(page, client, "none");
  const step = await cost(page, client, "step");
  const edit = await cost(page, client, "edit");
  await page.close();
  return { idle, step, edit };
}
