// The guides: every page of every lesson that has one, played to its end, by buttons and by keys.
import { readFileSync, readdirSync } from "node:fs";
import { atFullSpeed, box, button, card, openLesson, openTab, press, slider, status, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";

const folder = new URL("../../static/lessons/", import.meta.url);
const lessons = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")))
  .filter((lesson) => lesson.guide);
const lesson = (title) => lessons.find((it) => it.title === title);

const guide = (page) => page.getByRole("region", { name: "Guide", exact: true });
const text = (page) => guide(page).getByRole("paragraph");
const on = (page) => press(page, "On in the guide");
const back = (page) => press(page, "Back in the guide");

// The words of a page, between its numbers.
const words = ({ text }) => text.split(/\{[^}]*\}/).map((it) => it.trim()).filter(Boolean);

// What a view is on the page: a region, a tab, or a button of the card that is pressed.
const views = {
  lines: (page) => button(page, "In one line"),
  paths: (page) => page.getByRole("region", { name: "Paths", exact: true }),
  matrix: (page) => page.getByRole("tab", { name: "Matrix", selected: true }),
  plot: (page) => page.getByRole("tab", { name: "Plot", selected: true }),
  ledger: (page) => page.getByRole("tab", { name: "Ledger", selected: true }),
  experiments: (page) => page.getByRole("tab", { name: "Experiments", selected: true }),
  rates: (page) => page.getByRole("tab", { name: "Learning rates", selected: true }),
};

// Whether page `k` of the lesson is open, and shows what it says.
async function expectPage(page, lesson, k) {
  const about = lesson.guide[k];
  await expect(guide(page)).toContainText(`${k + 1} of ${lesson.guide.length}`);
  await expect(text(page)).toHaveCount(1);
  for (const part of words(about)) await expect(text(page)).toContainText(part);
  // A number that is not there yet would be a point.
  await expect(text(page).getByText("not yet")).toHaveCount(0);
  for (const view of about.opens ?? []) await expect(views[view](page)).toBeVisible();
  if (about.learning_rate !== undefined) await expect(box(page, "Learning rate")).toHaveValue(String(about.learning_rate));
  if (about.run_to) {
    await expect(button(page, "Run")).toBeVisible();
    return;
  }
  await expect(status(page, "Epoch")).toHaveText(String(about.epoch ?? 0));
  if (about.at) await expect(slider(page)).not.toHaveValue("0");
  else await expect(slider(page)).toHaveValue("0");
}

for (const lesson of lessons) {
  test(`the guide of “${lesson.title}”, on to its end and back`, async ({ page }) => {
    await open(page);
    await openLesson(page, lesson.title);
    await atFullSpeed(page);
    const last = lesson.guide.length - 1;
    for (let k = 0; k <= last; k++) {
      if (k) await on(page);
      await expectPage(page, lesson, k);
    }
    await expect(button(page, "On in the guide")).toBeDisabled();
    for (let k = last - 1; 0 <= k; k--) {
      await back(page);
      await expectPage(page, lesson, k);
    }
    await expect(button(page, "Back in the guide")).toBeDisabled();
  });
}

test("the chain rule in four clicks, its numbers worked out by hand", async ({ page }) => {
  await open(page);
  await openLesson(page, "The chain rule in four clicks");
  // HMKCode: i = (2, 3), w₁ … w₆ = 0.11 0.21 0.12 0.08 0.14 0.15, target 1, a = 0.05.
  const h1 = 2 * 0.11 + 3 * 0.21, h2 = 2 * 0.12 + 3 * 0.08;
  const out = h1 * 0.14 + h2 * 0.15, delta = out - 1;
  const number = (x) => String(Number(x.toPrecision(5))).replace("-", "−");
  for (const expected of [[out, 0.5 * delta ** 2], [delta], [0.14, delta * 0.14], [2, delta * 0.14 * 2], [0.11 - 0.05 * delta * 0.14 * 2]]) {
    await on(page);
    for (const x of expected) await expect(text(page)).toContainText(number(x));
  }
});

test("whatever is done in between, the next page is as it says", async ({ page }) => {
  const title = "Which learning rate?";
  await open(page);
  await openLesson(page, title);
  await expectPage(page, lesson(title), 0);
  await page.keyboard.press("g");
  await expectPage(page, lesson(title), 1);
  await openTab(page, "Ledger");
  await type(box(page, "w₅"), "0.7");
  await press(page, "Step forward", 3);
  await openTab(page, "Data");
  await page.keyboard.press("g");
  await expectPage(page, lesson(title), 2);
  await press(page, "To start");
  await openTab(page, "Ledger");
  await expect(box(page, "w₅")).toHaveValue("0.14");
  await page.keyboard.press("Shift+G");
  await expectPage(page, lesson(title), 1);
  await press(page, "Undo");
  await expect(guide(page)).toContainText("3 of 6");
  await page.reload();
  await expect(guide(page)).toContainText("3 of 6");
  await press(page, "Reset");
  await expectPage(page, lesson(title), 0);
});

test("a lesson without a guide has none, and its keys do nothing", async ({ page }) => {
  await open(page);
  await expect(guide(page)).toHaveCount(0);
  await page.keyboard.press("g");
  await expect(slider(page)).toHaveValue("0");
  await openLesson(page, "Sum or mean?");
  await on(page);
  await openLesson(page, "Mazur 2-2-2");
  await expect(guide(page)).toHaveCount(0);
  await expect(card(page)).toContainText("Mazur 2-2-2");
});

for (const size of [{ width: 1366, height: 650 }, { width: 1024, height: 600 }, { width: 390, height: 844 }]) {
  test(`turning a page moves nothing, ${size.width}×${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page);
    await openLesson(page, "The chain rule in four clicks");
    const main = () => page.getByRole("main").boundingBox();
    const before = await main();
    for (let k = 1; k < 7; k++) {
      await on(page);
      expect(await main()).toEqual(before);
      const scroll = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(scroll).toBeLessThanOrEqual(0);
    }
    await expectAccessible(page);
  });
}
