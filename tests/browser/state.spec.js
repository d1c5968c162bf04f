// What a reload keeps, and what becomes of stored state that is damaged.
import { alert, box, choice, expectColumn, map, openLesson, openTab, press, readLedger, set, slider, status, stepBy, type, writtenAddress } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { epoch, lessonFile, named, shown } from "./reference.js";

const KEY = "chainrule";

// Stores `text` before the page starts, each time it is opened, in both storages that are written as it is left.
const store = (page, text) =>
  page.addInitScript(([key, text]) => [localStorage, sessionStorage].forEach((storage) => storage.setItem(key, text)), [KEY, text]);

test("a reload keeps lesson, weights, data, settings, epoch and step", async ({ page }) => {
  const lesson = lessonFile("mazur");
  lesson.network.layers[0].weights[0][0] = 0.75;
  lesson.data.inputs[0][1] = -0.3;
  lesson.data.targets[0][0] = 0.2;
  lesson.optimizer.learning_rate = 0.25;
  const { updated } = epoch(lesson);
  const next = { ...lesson, network: { ...lesson.network, layers: updated } };
  const { loss, gradients } = epoch(next);

  await open(page);
  await openLesson(page, lesson.title);
  await type(box(page, "w₁"), "0.75");
  await type(box(page, "i₂"), "-0.3");
  await type(box(page, "target o₁"), "0.2");
  await type(box(page, "Learning rate"), "0.25");
  await set(page, "Digits", "8");
  await set(page, "Theme", "Dark");
  await press(page, "Next epoch");
  await stepBy(page, "layer");
  await press(page, "Step forward", 4);
  const step = await slider(page).getAttribute("aria-valuetext");
  const ledger = await readLedger(page);

  await page.reload();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", step);
  await expect(choice(page, "Lesson")).toHaveValue("Mazur 2-2-2");
  await expect(choice(page, "Step by")).toHaveValue("layer");
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(status(page, "Loss")).toHaveText(shown(loss, 8));
  await expect(box(page, "i₂")).toHaveValue("−0.3");
  await expect(box(page, "target o₁")).toHaveValue("0.2");
  await expect(box(page, "Learning rate")).toHaveValue("0.25");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectColumn(page, "old", map(named(updated), (x) => shown(x, 8)));
  expect(await readLedger(page)).toEqual(ledger);
  expect(ledger["w₅"]["∂E/∂w"]).toBe(shown(gradients[1].weights[0][0], 8));

  // And back from there to the start of the run, and to the lesson as it was opened.
  await press(page, "To start");
  await expectColumn(page, "old", map(named(lesson.network.layers), (x) => shown(x, 8)));
  await press(page, "Reset");
  await expectColumn(page, "old", map(named(lessonFile("mazur").network.layers), (x) => shown(x, 8)));
});

test("a reload keeps added samples", async ({ page }) => {
  await open(page);
  await openTab(page, "Data");
  await press(page, "Add sample");
  await type(box(page, "i₁ of sample 2"), "5");
  await page.reload();
  await openTab(page, "Data");
  await expect(box(page, "i₁ of sample 1")).toHaveValue("2");
  await expect(box(page, "i₁ of sample 2")).toHaveValue("5");
});

test("a reload keeps the loss curve of a run", async ({ page }) => {
  await open(page);
  await press(page, "Run");
  await expect(status(page, "Epoch")).toHaveText("100");
  const summary = await page.getByRole("img", { name: /E per epoch/ }).getAttribute("aria-label");
  await page.reload();
  await expect(status(page, "Epoch")).toHaveText("100");
  await expect(page.getByRole("img", { name: summary, exact: true })).toBeVisible();
});

// What may be found in the storage in place of a saved session.
const damages = {
  "garbage": () => "%%% not a session",
  "nothing": () => "",
  "a list": () => "[1, 2, 3]",
  "the first half": (text) => text.slice(0, text.length / 2),
  "an older version": (text) => text.replace('"version":2', '"version":0'),
  "a newer version": (text) => text.replace('"version":2', '"version":3'),
  "only a version": () => '{"version":2}',
  "a key that is not known": (text) => text.replace('"version":2', '"version":2,"colour":"red"'),
  "a damaged lesson": (text) => edited(text, (it) => (it.start = it.start.replace("identity", "cosine"))),
  "no weights": (text) => edited(text, (it) => (it.now.params = [])),
  "weights that are text": (text) => edited(text, (it) => (it.front.params[0][0] = "0.11")),
  "weights beyond numbers": (text) => text.replaceAll("0.11", "1e999"),
  "an epoch before its start": (text) => edited(text, (it) => (it.now.epoch = -1)),
  "an epoch that was never reached": (text) => edited(text, (it) => (it.now.epoch = 1e15)),
  "digits that cannot be": (text) => edited(text, (it) => (it.digits = 99)),
  "a step by nothing known": (text) => edited(text, (it) => (it.grain = "leap")),
};

function edited(text, change) {
  const session = JSON.parse(text);
  change(session);
  return JSON.stringify(session);
}

for (const [what, damage] of Object.entries(damages)) {
  test(`stored state that is ${what} is set aside with a sentence`, async ({ page }) => {
    await open(page);
    await press(page, "Step forward", 3);
    // Leaving the page stores it.
    await page.reload();
    await expect(slider(page)).toHaveValue("3");
    const stored = await page.evaluate((key) => localStorage.getItem(key), KEY);
    const damaged = damage(stored);
    expect(damaged).not.toBe(stored);

    await store(page, damaged);
    // By the address of the page alone: one that names a moment opens that.
    await page.goto("");
    await expect(alert(page)).toContainText("could not be read and was set aside");
    expect(await page.evaluate(() => Object.entries({ ...localStorage }).filter(([key]) => key !== "chainrule").map(([, text]) => text))).toContain(damaged);
    await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
    await expect(slider(page)).toHaveValue("0");
    await press(page, "Step forward");
    await expect(slider(page)).toHaveValue("1");
    await expect(status(page, "Loss")).toHaveText("0.32724");
  });
}

test("where stored state is damaged the address opens what it names", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 3);
  await writtenAddress(page);
  await store(page, "garbage");
  await page.reload();
  await expect(alert(page)).toContainText("What the address names is open instead.");
  await expect(slider(page)).toHaveValue("3");
});

test("a step beyond the last becomes the last", async ({ page }) => {
  await open(page);
  await page.reload();
  const stored = await page.evaluate((key) => localStorage.getItem(key), KEY);
  await store(page, edited(stored, (it) => (it.step = 1_000_000)));
  await page.reload();
  await expect(slider(page)).toHaveValue("19");
  await expect(alert(page)).toBeHidden();
});

test("a theme that is not known is the system's", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("chainrule-theme", "neon"));
  await open(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});
