// Control of a run: pace, rate, where it stops, and what happens in a hidden page.
import { alert, box, button, card, choice, openLesson, openTab, press, readLedger, spin, status, stepBy, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const epoch = (page) => status(page, "Epoch");
const outcome = (page) => status(page, "End of the run");

async function run(page, n, pace = "full speed") {
  await choice(page, "Pace").selectOption({ label: pace });
  await spin(page, "Epochs").fill(String(n));
  await press(page, "Run");
}

// Changes settings of a run in their dialog.
async function set(page, change) {
  await press(page, "Run settings");
  const dialog = page.getByRole("dialog", { name: "Run" });
  await change(dialog);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
}

test.beforeEach(async ({ page }) => {
  await open(page);
  await openLesson(page, "XOR 2-2-1 with momentum");
});

test("a run stops where the loss is below a number, or the task is solved, and says so", async ({ page }) => {
  await set(page, async (dialog) => {
    await dialog.getByRole("textbox", { name: "Stop when the loss is below" }).fill("0.1");
    await dialog.getByRole("textbox", { name: "Stop when the loss is below" }).press("Tab");
  });
  await run(page, 10_000);
  await expect(outcome(page)).toHaveText(/^Stopped at epoch [\d,]+: L is below 0.1\.$/);
  const below = Number(await epoch(page).textContent());
  expect(Number(await status(page, "Loss").textContent())).toBeLessThan(0.1);
  await press(page, "Step back");
  await expect(outcome(page)).toHaveText("");
  expect(Number(await status(page, "Loss").textContent())).toBeGreaterThanOrEqual(0.1);

  await set(page, async (dialog) => {
    await dialog.getByRole("textbox", { name: "Stop when the loss is below" }).fill("");
    await dialog.getByRole("checkbox", { name: /stop when solved: the class of every training sample is right/ }).check();
  });
  await press(page, "To start");
  await press(page, "Reset");
  await run(page, 10_000);
  await expect(outcome(page)).toHaveText(/^Solved at epoch [\d,]+: the class of every training sample is right\.$/);
  expect(Number(await epoch(page).textContent())).toBeLessThanOrEqual(below);
  // The settings are there again after a reload.
  await page.reload();
  await press(page, "Run settings");
  await expect(page.getByRole("checkbox", { name: /stop when solved/ })).toBeChecked();
});

test("a loss that is no positive number is refused with a sentence", async ({ page }) => {
  for (const text of ["-1", "0", "low", "1e999"]) {
    await set(page, async (dialog) => {
      await dialog.getByRole("textbox").fill(text);
      await dialog.getByRole("textbox").press("Tab");
    });
    await expect(alert(page)).toContainText(`cannot be “${text}”: a number above 0 is accepted`);
  }
});

test("a paced run makes its updates one by one, and the pace can be changed meanwhile", async ({ page }) => {
  await openLesson(page, "Iris 4-8-3");
  // A clock that goes on by 16 ms in each frame, however long the machine takes for one.
  await page.evaluate(() => {
    const [frames, clock] = [window.requestAnimationFrame.bind(window), performance.now.bind(performance)];
    let [time, frame] = [clock(), 0];
    window.requestAnimationFrame = (callback) =>
      frames((now) => {
        if (frame !== now) [time, frame] = [time + 16, now];
        callback(now);
      });
    performance.now = () => time;
    window.useRealClock = () => Object.assign(performance, { now: clock });
  });
  // So many that the run does not end before its rate has been read.
  await run(page, 10_000_000, "20 epochs/s");
  await expect(status(page, "Rate")).toHaveText(/updates\/s$/);
  const rate = async () => Number((await status(page, "Rate").textContent()).match(/([\d.,]+) epochs/)[1].replace(",", ""));
  // Measured over half a second, from one frame to another, once the start is made up for.
  await expect.poll(async () => Math.abs((await rate()) - 20)).toBeLessThan(1);
  await page.evaluate(() => window.useRealClock());
  await choice(page, "Pace").selectOption({ label: "full speed" });
  await expect.poll(rate).toBeGreaterThan(200);
  await press(page, "Stop");
  await expect(button(page, "Run")).toBeVisible();
});

test("an epoch that takes long is run in pieces: it can be stopped, and goes on", async ({ page }) => {
  const layer = (units) => ({ activation: "tanh", units, init: { scheme: "glorot_uniform", seed: units } });
  const lesson = {
    format: "chainrule-lesson",
    version: 1,
    title: "A large network",
    network: { inputs: 2, layers: [layer(256), layer(255), layer(254), layer(1)] },
    loss: "half_squared_error",
    optimizer: { method: "sgd", learning_rate: 0.01 },
    data: { generator: "moons", samples: 7500 },
  };
  const file = { name: "large.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(lesson)) };
  await page.getByLabel("Lesson file").setInputFiles(file);
  await expect(card(page)).toContainText("A large network");
  await press(page, "Next epoch");
  await press(page, "Stop");
  await expect(button(page, "Run")).toBeVisible();
  await expect(epoch(page)).toHaveText("0");
  await press(page, "Next epoch");
  await expect(epoch(page)).toHaveText("1", { timeout: 30_000 });
  await expect(button(page, "Run")).toBeVisible();
});

test("a run goes on in a hidden page", async ({ page }) => {
  // As a browser does for a tab in the background: hidden, and no more animation frames.
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => window.isHidden ?? false });
    const frames = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => (window.isHidden ? 0 : frames(callback));
    window.hide = (isHidden) => {
      window.isHidden = isHidden;
      document.dispatchEvent(new Event("visibilitychange"));
    };
  });
  await run(page, 10_000_000);
  await expect(page.getByText("of 10,000,000")).toBeVisible();
  for (const isHidden of [true, false]) {
    await page.evaluate((isHidden) => window.hide(isHidden), isHidden);
    const before = Number(await epoch(page).textContent());
    await expect.poll(async () => Number(await epoch(page).textContent())).toBeGreaterThan(before + 1000);
  }
  await press(page, "Stop");
});

test("a step does a layer of a large network until another grain is chosen", async ({ page }) => {
  await expect(choice(page, "Step by")).toHaveValue("value");
  await openLesson(page, lessonFile("skalski").title);
  await expect(choice(page, "Step by")).toHaveValue("layer");
  await openLesson(page, "Mazur 2-2-2");
  await expect(choice(page, "Step by")).toHaveValue("value");
  await stepBy(page, "phase");
  await openLesson(page, lessonFile("skalski").title);
  await expect(choice(page, "Step by")).toHaveValue("phase");
});

// Whether a point lies in a ring about the origin.
const ring = (() => {
  const rows = ["across,up,inside"];
  for (let k = 0; k < 60; k += 1) {
    const [radius, angle] = [k % 2 ? 2 : 0.8, k * 0.7];
    rows.push(`${(radius * Math.cos(angle)).toFixed(3)},${(radius * Math.sin(angle)).toFixed(3)},${k % 2 ? "no" : "yes"}`);
  }
  return rows.join("\n");
})();

test("import a CSV, design a network, train it, stop, step one product, and go back 5,000 epochs", async ({ page }) => {
  await openTab(page, "Design");
  await page.getByLabel("CSV file").setInputFiles({ name: "ring.csv", mimeType: "text/csv", buffer: Buffer.from(ring) });
  await page.getByRole("dialog", { name: "Import CSV" }).getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("48 training samples, 12 test samples")).toBeVisible();
  await type(box(page, "Units of layer 1"), "4");
  await choice(page, "Optimiser").selectOption("momentum");
  await type(box(page, "Learning rate"), "0.05");
  await expect(page.getByRole("table", { name: "Layers", exact: true })).toContainText("17 weights and biases");
  await openTab(page, "Ledger");
  const weights = async () => Object.values(await readLedger(page)).map(({ old }) => old);
  await run(page, 100);
  await expect(epoch(page)).toHaveText("100");
  const [before, loss] = [await weights(), await status(page, "Loss").textContent()];

  await run(page, 1_000_000);
  await expect.poll(async () => Number(await epoch(page).textContent())).toBeGreaterThan(5_100);
  await press(page, "Stop");
  await expect(button(page, "Run")).toBeVisible();
  expect(await weights()).not.toEqual(before);

  // The very next update, one product of one sum.
  await stepBy(page, "term");
  await press(page, "Step forward");
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("What is the weighted sum of");
  await expect(page.getByRole("slider", { name: "Step", exact: true })).toHaveValue("1");
  await press(page, "Step forward");
  await expect(page.getByRole("slider", { name: "Step", exact: true })).toHaveValue("1");

  // Back over 5,000 epochs: the same numbers as before.
  await press(page, "To start");
  await run(page, 100);
  await expect(epoch(page)).toHaveText("100");
  expect(await weights()).toEqual(before);
  await expect(status(page, "Loss")).toHaveText(loss);
});

// The lesson's notes say what it comes to: 0.90 of the 120 points that are held out.
test("how many predictions are right stands on the curve, where there are classes", async ({ page }) => {
  const right = status(page, "Predictions");
  await openLesson(page, "HMKCode 2-2-1");
  await expect(right).toBeHidden();
  await openLesson(page, "Deep teacher 2-8-8-8-1");
  await expect(right).toHaveText(/^accuracy [\d.]+ \(\d+ of 120\), test [\d.]+ \(\d+ of 120\)$/);
  await run(page, 2000);
  await expect(epoch(page)).toHaveText("2000", { timeout: 60_000 });
  await expect(right).toHaveText(/, test 0\.9 \(108 of 120\)$/);
  // Beside it opens the accuracy of every epoch that is kept, to the one that is shown, and what is taken for what.
  const [, training] = (await right.textContent()).match(/^accuracy ([\d.]+) /);
  await openTab(page, "Accuracy");
  const curve = page.getByRole("img", { name: /^accuracy per epoch: from [\d.]+ at epoch 0 to [\d.]+ at epoch 2,000$/ });
  await expect(curve).toHaveAccessibleName(new RegExp(` to ${training.replace(".", "\\.")} at epoch 2,000$`));
  await expect(page.getByRole("table", { name: "Test: classes" })).toContainText("accuracy 0.9 (108 of 120)");
});
