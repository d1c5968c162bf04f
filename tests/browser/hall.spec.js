// The workspace in windows as laptops and projectors have them: what fits, what grows, what stays.
import { button, card, choice, curve, diagram, openLesson, openTab, press, readLedger, slider, type, box } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const MAZUR = "Mazur 2-2-2";
const region = (page, name) => page.getByRole("region", { name, exact: true });
const tables = (page) => region(page, "Tables");
const transport = (page) => region(page, "Transport");
const curveCard = (page) => page.getByRole("region", { name: /per epoch$/ });
const cards = (page) => [diagram(page), card(page), curveCard(page), tables(page), transport(page)];

const boxes = async (page) => {
  const all = await Promise.all(cards(page).map((one) => one.boundingBox()));
  return all.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round));
};

async function expectAllInWindow(page) {
  const { width, height } = page.viewportSize();
  for (const [x, y, w, h] of await boxes(page)) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + w).toBeLessThanOrEqual(width);
    expect(y + h).toBeLessThanOrEqual(height);
  }
  const scrolled = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
  expect(scrolled, "the page does not scroll").toEqual([width, height]);
}

for (const [width, height] of [[1366, 650], [1280, 640], [1024, 768], [1024, 600], [1920, 950], [1440, 900]]) {
  test.describe(`in a window of ${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });

    test("everything is in the window, and nothing jumps while stepping", async ({ page }) => {
      await open(page);
      await expectAllInWindow(page);
      for (const control of [box(page, "Learning rate"), button(page, "Run"), choice(page, "Pace"), slider(page), button(page, "Redo")]) {
        await expect(control).toBeInViewport({ ratio: 1 });
      }
      const before = await boxes(page);
      for (let step = 1; step <= 19; step += 1) {
        await page.keyboard.press("PageDown");
        await expect(slider(page)).toHaveValue(String(step));
        expect(await boxes(page), `cards at step ${step}`).toEqual(before);
      }
    });
  });
}

test.describe("in a window of 1366 × 650", () => {
  test.use({ viewport: { width: 1366, height: 650 } });

  test("the ledger shows all six rows, and five of twelve at least", async ({ page }) => {
    await open(page);
    const rows = async () => {
      const names = Object.keys(await readLedger(page));
      const seen = await Promise.all(names.map(async (name) => (await tables(page).getByRole("rowheader", { name, exact: true }).boundingBox()).y));
      const card = await tables(page).boundingBox();
      return seen.filter((y) => y + 24 <= card.y + card.height).length;
    };
    expect(await rows()).toBe(6);
    await openLesson(page, MAZUR);
    expect(await rows()).toBeGreaterThanOrEqual(5);
  });
});

// Sizes of type in px: numbers and names in the diagram, the formula, the sentences.
const typeSizes = (page) =>
  page.evaluate(() => {
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const smallest = (selector) => Math.min(...[...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map(size));
    return {
      numbers: smallest(".diagram .chip-number, .diagram .tag span:not(.visually-hidden):not(.scripts):not(.scripts *), .diagram .unit-number, .diagram .unit-value input, .diagram .target input, .diagram .loss"),
      formula: smallest(".card .formula"),
      prose: smallest(".card .why"),
    };
  });

for (const [width, height, least] of [[1920, 1080, { numbers: 28, formula: 40, prose: 30 }], [1024, 768, { numbers: 20, formula: 28, prose: 22 }]]) {
  test.describe(`presenting at ${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });

    test("type grows, one key is one step, nothing else is in the way", async ({ page }) => {
      await open(page, "#present");
      await page.evaluate(() => document.fonts.ready);
      for (let step = 1; step <= 19; step += 1) {
        await page.keyboard.press("PageDown");
        await expect(slider(page)).toHaveValue(String(step));
        const { numbers, formula, prose } = await typeSizes(page);
        expect.soft(numbers, `numbers at step ${step}`).toBeGreaterThanOrEqual(least.numbers);
        expect.soft(formula, `formula at step ${step}`).toBeGreaterThanOrEqual(least.formula);
        expect.soft(prose, `sentences at step ${step}`).toBeGreaterThanOrEqual(least.prose);
      }
      await expect(tables(page)).toBeHidden();
      await expect(choice(page, "Lesson")).toBeHidden();
      for (const one of [diagram(page), card(page), curveCard(page), transport(page)]) await expect(one).toBeInViewport({ ratio: 1 });
      // A key pulls the tables in, and back.
      await page.keyboard.press("t");
      await expect(tables(page)).toBeInViewport({ ratio: 1 });
      await expect(card(page)).toBeHidden();
      await page.keyboard.press("t");
      await expect(card(page)).toBeVisible();
    });
  });
}

for (const [width, height] of [[1366, 650], [1024, 600]]) {
  test(`presenting in a low window of ${width} × ${height} all of it is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "#present");
    for (let step = 1; step <= 19; step += 1) {
      await page.keyboard.press("PageDown");
      await expect(slider(page)).toHaveValue(String(step));
      for (const one of [diagram(page), card(page), curveCard(page), transport(page)]) await expect(one).toBeInViewport({ ratio: 1 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  });
}

test("presenting keeps lesson, step and undo, and leaves everything where it was", async ({ page }) => {
  await open(page);
  await type(box(page, "Learning rate"), "0.1");
  for (let k = 0; k < 6; k += 1) await page.keyboard.press("PageDown");
  const before = await boxes(page);
  await button(page, "Present").click();
  await expect(choice(page, "Lesson")).toBeHidden();
  await page.keyboard.press("PageDown");
  await expect(slider(page)).toHaveValue("7");
  await page.keyboard.press("p");
  await expect(choice(page, "Lesson")).toBeVisible();
  await expect.poll(() => boxes(page)).toEqual(before);
  await expect(slider(page)).toHaveValue("7");
  await press(page, "Undo");
  await expect(box(page, "Learning rate")).toHaveValue("0.05");
});

test("B and a clicker's dot darken the screen, and it comes back", async ({ page }) => {
  await open(page);
  const dark = page.getByRole("img", { name: /screen is dark/ });
  for (const key of ["b", "."]) {
    await page.keyboard.press(key);
    await expect(dark).toBeVisible();
    await page.keyboard.press(key);
    await expect(dark).toHaveCount(0);
  }
  await page.keyboard.press("b");
  await page.keyboard.press("Escape");
  await expect(dark).toHaveCount(0);
});

test("every card can be enlarged by its button and by a key; Escape goes back", async ({ page }) => {
  await open(page);
  await page.keyboard.press("PageDown");
  const before = await boxes(page);
  const ways = [["Enlarge the network", "n", diagram(page)], ["Enlarge the derivation", "d", card(page)], ["Enlarge the loss curve", "c", curveCard(page)], ["Enlarge the tables", "t", tables(page)]];
  for (const [name, key, one] of ways) {
    await button(page, name).click();
    await expect(button(page, name)).toHaveAttribute("aria-pressed", "true");
    const { width, height } = await one.boundingBox();
    expect(width).toBeGreaterThan(1400);
    expect(height).toBeGreaterThan(700);
    await expect(transport(page)).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Escape");
    await expect.poll(() => boxes(page)).toEqual(before);
    await page.keyboard.press(key);
    expect((await one.boundingBox()).width).toBe(width);
    await page.keyboard.press(key);
    await expect.poll(() => boxes(page)).toEqual(before);
  }
  // Stepping goes on.
  await page.keyboard.press("d");
  await page.keyboard.press("PageDown");
  await expect(slider(page)).toHaveValue("2");
});

test("an enlarged tab fills the window in larger type", async ({ page }) => {
  await open(page);
  await openTab(page, "Matrix");
  const size = () => page.getByRole("tabpanel", { name: "Matrix" }).locator("math").first().evaluate((math) => parseFloat(getComputedStyle(math).fontSize));
  const before = await size();
  await button(page, "Enlarge the tables").click();
  await expect.poll(size).toBeGreaterThan(1.2 * before);
});

test("borders are dragged, moved by keys, kept, and put back by two clicks", async ({ page }) => {
  await open(page);
  const border = page.getByRole("separator", { name: "Border between network and derivation" });
  const before = await boxes(page);
  const { x, y, width, height } = await border.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 200, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(border).toHaveAttribute("aria-valuenow", "43");
  expect((await boxes(page))[0][2]).toBeLessThan(before[0][2] - 150);
  await page.reload();
  await expect(border).toHaveAttribute("aria-valuenow", "43");
  await border.focus();
  await page.keyboard.press("ArrowRight");
  await expect(border).toHaveAttribute("aria-valuenow", "45");
  await border.dblclick();
  await expect(border).toHaveAttribute("aria-valuenow", "57");
  await expect.poll(() => boxes(page)).toEqual(before);
});

test("a sentence for the reader moves nothing and covers no card", async ({ page }) => {
  await open(page);
  const before = await boxes(page);
  await type(box(page, "w₅"), "much");
  const sentence = page.getByRole("alert");
  await expect(sentence).toContainText("much");
  expect(await boxes(page)).toEqual(before);
  const { y, height } = await sentence.boundingBox();
  expect(y + height).toBeLessThanOrEqual(before[0][1]);
});

test("a spot of light follows the pointer while L is held", async ({ page }) => {
  await open(page);
  const spot = page.locator(".spot");
  await page.mouse.move(300, 200);
  await page.keyboard.down("l");
  await expect(spot).toBeVisible();
  await page.mouse.move(420, 260);
  await expect.poll(async () => Math.round((await spot.boundingBox()).x)).toBe(406);
  await page.keyboard.up("l");
  await expect(spot).toHaveCount(0);
});

test("a run takes the pace that is chosen while it runs", async ({ page }) => {
  await open(page);
  await expect(choice(page, "Pace")).toHaveValue("20 epochs/s");
  await type(page.getByRole("spinbutton", { name: "Epochs" }), "5000");
  await expect(button(page, "Stop")).toBeVisible();
  await choice(page, "Pace").selectOption({ label: "full speed" });
  await expect(button(page, "Run")).toBeVisible();
  await expect(page.getByRole("status", { name: "Epoch", exact: true })).toHaveText("5000");
});

// The largest has 59 weights and biases.
for (const title of [MAZUR, lessonFile("iris").title]) {
  test(`on paper ${title} is one page, upright and across`, async ({ page }) => {
    await open(page);
    await openLesson(page, title);
    await press(page, "End of phase", 2);
    for (const landscape of [false, true]) {
      const pdf = (await page.pdf({ format: "A4", landscape })).toString("latin1");
      expect(pdf.match(/\/Type\s*\/Page[^s]/g), landscape ? "across" : "upright").toHaveLength(1);
    }
    // 190 × 277 mm of A4 at 96 pixels an inch, either way.
    await page.emulateMedia({ media: "print" });
    for (const [width, height] of [[718, 1047], [1047, 718]]) {
      await page.setViewportSize({ width, height });
      const beyond = await page.getByRole("main").evaluate((main, width) => {
        const parts = [...main.querySelectorAll("math, .diagram .stage, .ledger td, .ledger th, canvas")];
        return parts.filter((it) => it.getBoundingClientRect().right > width + 1).map((it) => it.outerHTML.slice(0, 80));
      }, width);
      expect(beyond, `${width} wide`).toEqual([]);
    }
  });
}

test("on paper there are no controls, and every weight", async ({ page }) => {
  await open(page);
  await openLesson(page, MAZUR);
  for (let k = 0; k < 12; k += 1) await page.keyboard.press("PageDown");
  await expect(slider(page)).toHaveValue("12");
  await page.emulateMedia({ media: "print" });
  await expect(button(page, "Play")).toBeHidden();
  // As what the page is about.
  await expect(choice(page, "Lesson")).toBeVisible();
  for (const name of Object.keys(await readLedger(page))) {
    await expect(tables(page).getByRole("rowheader", { name, exact: true })).toBeVisible();
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("network, formula and bar are in sight; curve and tables are a page away", async ({ page }) => {
    await open(page);
    for (let k = 0; k < 6; k += 1) await button(page, "Step forward").tap();
    for (const one of [diagram(page), card(page), transport(page)]) await expect(one).toBeInViewport({ ratio: 1 });
    await expect(card(page).getByRole("math").first()).toBeInViewport({ ratio: 1 });
    const main = page.getByRole("main");
    await main.evaluate((main) => main.scrollTo({ left: main.clientWidth }));
    await expect(box(page, "Learning rate")).toBeInViewport({ ratio: 1 });
    await expect(curve(page)).toBeInViewport();
  });

  test("no control lies over a large network; enlarged, they stand below it", async ({ page }) => {
    await open(page);
    await openLesson(page, "Two spirals 2-16-16-1");
    const finder = page.getByRole("group", { name: "Look at a unit" });
    await expect(finder).toBeHidden();
    await button(page, "Enlarge the network").tap();
    await expect(finder.getByRole("combobox").first()).toBeInViewport({ ratio: 1 });
    const top = async (name) => (await diagram(page).getByRole("button", { name }).last().boundingBox()).y;
    const unit = await diagram(page).locator("circle.unit").evaluateAll((all) => Math.max(...all.map((it) => it.getBoundingClientRect().bottom)));
    expect((await finder.getByRole("combobox").first().boundingBox()).y).toBeGreaterThanOrEqual(unit);
    expect(await top("Edit network")).toBeGreaterThanOrEqual(unit);
    await expect(button(page, "Enlarge the network")).toBeInViewport({ ratio: 1 });
    await button(page, "Enlarge the network").tap();
    await expect(finder).toBeHidden();
  });

  test("a swipe steps while presenting", async ({ page }) => {
    await open(page, "#present");
    const swipe = (from, to) =>
      page.getByRole("main").evaluate(
        (main, [from, to]) => {
          const touch = (x) => new Touch({ identifier: 1, target: main, clientX: x, clientY: 300 });
          main.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(from)], changedTouches: [touch(from)] }));
          main.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [touch(to)] }));
        },
        [from, to],
      );
    await swipe(300, 100);
    await expect(slider(page)).toHaveValue("1");
    await swipe(300, 100);
    await expect(slider(page)).toHaveValue("2");
    await swipe(100, 300);
    await expect(slider(page)).toHaveValue("1");
    await swipe(100, 110);
    await expect(slider(page)).toHaveValue("1");
  });
});

// Edits and as many earlier runs as are kept: their names and marks are all in the curve's card, none over
// another, and nothing else has moved for them.
for (const [width, height, address] of [[1366, 650, ""], [1024, 600, ""], [390, 844, ""], [1920, 1080, "#present"]]) {
  test(`marks and earlier runs have their places at ${width} × ${height}${address && ", presented"}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, address);
    const bar = (await transport(page).boundingBox()).height;
    for (const rate of ["0.1", "0.02", "0.2", "0.03"]) {
      await press(page, "Next epoch", 2);
      await page.keyboard.press("Shift+R");
      await type(box(page, "Learning rate"), rate);
    }
    await press(page, "Next epoch", 6);
    await type(box(page, "Learning rate"), "0.3");
    await press(page, "Next epoch", 4);
    const marks = curveCard(page).getByRole("button", { name: /^Edit at/ });
    await expect(marks).toHaveAccessibleName("Edit at epoch 6: a 0.03 → 0.3");
    const runs = curveCard(page).getByRole("button", { name: /^Remove run/ });
    await expect(runs).toHaveCount(4);
    const card = await curveCard(page).boundingBox();
    const places = await Promise.all([...(await runs.all()), marks, choice(page, "Scale")].map((one) => one.boundingBox()));
    for (const [k, one] of places.entries()) {
      expect(one.x, "in the card").toBeGreaterThanOrEqual(card.x);
      expect(one.x + one.width, "in the card").toBeLessThanOrEqual(card.x + card.width);
      for (const other of places.slice(k + 1)) {
        const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
        const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
        expect(Math.min(across, down), "one over another").toBeLessThanOrEqual(0.5);
      }
    }
    expect((await transport(page).boundingBox()).height, "the bar is as high as before").toBe(bar);
  });
}
