// In every engine the page says what it says in Chromium, and draws no formula over itself.
import { lessonFile } from "../reference.js";
import { expect, test } from "./engine.js";
import { choose, click, leave, open, openLesson, openTab, overlaps, read, step, texts } from "./hands.js";

const decimal = /^−?\d+\.(\d+)$/;

// Whether one of two texts is the other's number with fewer digits: where a label has room for so many, an engine
// whose letters are a pixel wider has room for one less.
function isRounded(one, other) {
  const places = [one, other].map((text) => decimal.exec(text ?? "")?.[1].length);
  if (places.includes(undefined) || places[0] === places[1]) return false;
  const [x, y] = [one, other].map((text) => Number(text.replace("−", "-")));
  return Math.abs(x - y) <= 0.5001 * 10 ** -Math.min(...places);
}

// Presses the key on both pages until `isLast` of where they stand; gives all these places.
async function walk({ page, reference, engine, region }, key, isLast) {
  const places = [];
  while (!isLast(places)) {
    places.push(await step(page, key));
    if (engine !== "chromium") {
      expect(await step(reference, key)).toBe(places.at(-1));
      const expected = await texts(reference, region);
      expect((await texts(page, region)).map((text, k) => (isRounded(text, expected[k]) ? expected[k] : text))).toEqual(expected);
    }
    expect(await overlaps(page), places.at(-1)).toEqual([]);
  }
  return places;
}

async function openBoth({ page, reference, engine }, title) {
  for (const each of engine === "chromium" ? [page] : [page, reference]) {
    await open(each);
    await openLesson(each, title);
  }
}

const isNextEpoch = (places) => places.at(-1)?.startsWith("1:");

for (const [file, n] of [["hmkcode", 20], ["mazur", 32], ["hmkcode-four-points", 50], ["xor", 60]]) {
  const { title } = lessonFile(file);
  test(`${title}: an epoch, step by step`, async ({ page, reference, engine }) => {
    const both = { page, reference, engine };
    await openBoth(both, title);
    const places = await walk(both, "ArrowRight", isNextEpoch);
    expect(new Set(places).size).toBeGreaterThanOrEqual(n);
  });
}

test("what matters is whole and stands out", async ({ page }) => {
  await open(page);
  for (let k = 0; k < 9; k += 1) await step(page);
  const seen = await page.evaluate(() => {
    const boxOf = (selector) => document.querySelector(selector).getBoundingClientRect();
    const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize);
    const result = document.querySelector(".formula .result");
    const rows = [...document.querySelectorAll(".ledger tbody tr")].filter((row) => row.querySelector("th"));
    return {
      enlarged: sizeOf(result) / sizeOf(result.parentElement),
      indexBelowTag: boxOf(".diagram .tag .name sub").bottom - boxOf(".diagram .tag:has(sub)").bottom,
      lastRowBelowLedger: rows.at(-1).getBoundingClientRect().bottom - boxOf(".ledger > .scroller").bottom,
    };
  });
  expect(seen.enlarged).toBeCloseTo(1.15, 3);
  expect(seen.indexBelowTag).toBeLessThan(0);
  expect(seen.lastRowBelowLedger).toBeLessThanOrEqual(0);
});

test("the matrix form, in a wide window and in a narrow one", async ({ page }) => {
  for (const width of [1440, 520]) {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    await openLesson(page, "HMKCode, four data points");
    await openTab(page, "Matrix");
    await leave(page);
    for (let phase = 0; phase < 14; phase += 1) {
      const place = await step(page, "End");
      expect(await page.evaluate(() => document.querySelectorAll(".matrix math").length)).toBeGreaterThan(0);
      expect(await overlaps(page), place).toEqual([]);
    }
  }
});

test("the matrix form with all that is written on demand, in each orientation", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await openLesson(page, "HMKCode, four data points");
  await openTab(page, "Matrix");
  await leave(page);
  for (let phase = 0; phase < 13; phase += 1) await step(page, "End");
  for (const name of ["Write Δ out", "Sample by sample"]) await click(page, "button", name);
  for (const orientation of ["z = W a: rows receive", "z = Wᵀ a: rows send", "z = a W: samples in rows"]) {
    await choose(page, "Orientation", orientation);
    await expect.poll(() => read(page, "choice", "Orientation")).toBe(orientation);
    expect(await overlaps(page), orientation).toEqual([]);
  }
  await leave(page);
  const place = await step(page, "End");
  expect(await overlaps(page), place).toEqual([]);
});

for (const file of ["iris", "encoder", "spirals", "symmetry"]) {
  const { title } = lessonFile(file);
  test(`${title}: an update phase by phase, and epochs`, async ({ page, reference, engine }) => {
    // How many digits the diagram of a large network has room for depends on the engine's controls.
    const both = { page, reference, engine, region: "Step" };
    await openBoth(both, title);
    await walk(both, "ArrowRight", (places) => places.length === 3);
    await walk(both, "End", (places) => places.length === 3);
    await walk(both, "e", (places) => places.length === 3);
  });
}
