// Where things stand: nothing beyond the page's sides, no label above another.
import { box, card, openLesson, press, set, slider, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const screens = [
  { width: 1440, height: 900, theme: "light" },
  { width: 1920, height: 1080, theme: "projector" },
  { width: 1366, height: 650, theme: "dark" },
  { width: 1024, height: 600, theme: "light" },
  { width: 390, height: 844, theme: "light" },
];
const lessons = ["hmkcode", "mazur", "lecture-3-2-1", "hmkcode-four-points", "xor"].map((file) => lessonFile(file).title);

// Pairs of things in the diagram that overlap: labels, notes, units, targets, captions.
const overlaps = (page) =>
  page.getByRole("region", { name: "Network diagram" }).evaluate((diagram) => {
    const things = [...diagram.querySelectorAll(".chip, .tag, .unit, .unit-name > *, .target, .loss, .caption, .sample, .legend")];
    const boxes = things
      .map((thing) => ({ says: `${thing.getAttribute("class")} ${thing.textContent}`.trim(), box: thing.getBoundingClientRect() }))
      .filter(({ box }) => 0 < box.width && 0 < box.height);
    const cover = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    // A unit is a disc: its box has corners that are free.
    const reaches = (disc, box) => {
      const [x, y] = [(disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2];
      return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < disc.width / 2 - 1;
    };
    const isUnit = ({ says }) => says.startsWith("unit ") && !says.startsWith("unit-");
    const clash = (a, b) => cover(a.box, b.box) && (isUnit(a) ? reaches(a.box, b.box) : !isUnit(b) || reaches(b.box, a.box));
    return boxes.flatMap((a, k) => boxes.slice(k + 1).filter((b) => clash(a, b)).map((b) => `${a.says} | ${b.says}`));
  });

// What stands out of the drawing, which is as large as its panel; in a small window it may scroll there.
const outside = (page, mayScroll) =>
  page.getByRole("region", { name: "Network diagram" }).evaluate((diagram, mayScroll) => {
    const frame = (mayScroll ? diagram.querySelector(".stage") : diagram).getBoundingClientRect();
    return [...diagram.querySelectorAll(".chip, .tag, .unit, .target, .loss")]
      .filter((thing) => {
        const box = thing.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      })
      .map((thing) => `${thing.getAttribute("class")} ${thing.textContent}`);
  }, mayScroll);

// Numbers that do not fit the room they have.
const cut = (page) =>
  page.getByRole("region", { name: "Network diagram" }).evaluate((diagram) =>
    [...diagram.querySelectorAll(".chip, .tag, .target, .loss, input")]
      .filter((thing) => thing.scrollWidth > thing.clientWidth + 1)
      .map((thing) => `${thing.ariaLabel ?? thing.textContent} ${thing.value ?? ""}: ${thing.scrollWidth} in ${thing.clientWidth} px`),
  );

// How far the ledger reaches beyond its panel, in pixels.
const ledgerBeyond = (page) =>
  page.getByRole("table", { name: "Ledger" }).evaluate(({ parentElement }) => parentElement.scrollWidth - parentElement.clientWidth);

async function expectTidy(page) {
  const { size, room } = await page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return { size: [scrollWidth, scrollHeight], room: [clientWidth, clientHeight] };
  });
  expect.soft(size, "size of the page, which never scrolls").toEqual(room);
  expect.soft(await overlaps(page), "what covers each other").toEqual([]);
  expect.soft(await outside(page, page.viewportSize().width < 900 || page.viewportSize().height < 650), "what stands out of the diagram").toEqual([]);
  expect.soft(await cut(page), "what is cut off").toEqual([]);
  await expect(page.getByRole("heading", { level: 2 })).toBeVisible();
}

for (const { width, height, theme } of screens) {
  test.describe(`on ${width} × ${height}, ${theme}`, () => {
    test.use({ viewport: { width, height } });

    for (const title of lessons) {
      test(`${title} is tidy from the first step to the last`, async ({ page }) => {
        await page.addInitScript((theme) => localStorage.setItem("chainrule-theme", theme), theme);
        await open(page);
        await openLesson(page, title);
        await page.evaluate(() => document.fonts.ready);
        await expect(page.locator(".stage")).toBeVisible();
        await expectTidy(page);
        const last = Number(await slider(page).getAttribute("max"));
        for (const share of [0.25, 0.5, 0.75, 1]) {
          await slider(page).fill(String(Math.round(last * share)));
          await expect(slider(page)).toHaveValue(String(Math.round(last * share)));
          await expectTidy(page);
        }
        expect.soft(await ledgerBeyond(page), "width of the ledger beyond its panel").toBeLessThanOrEqual(0);
        await set(page, "Digits", "10");
        await expectTidy(page);
      });
    }
  });
}

test("the question and the diagram are in sight without scrolling", async ({ page }) => {
  await open(page);
  for (const step of [0, 6, 19]) {
    await slider(page).fill(String(step));
    await expect(page.getByRole("heading", { level: 2 })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("region", { name: "Network diagram" })).toBeInViewport({ ratio: 0.95 });
  }
});

// What a cell of the ledger has no room for, in pixels.
const ledgerCut = (page) =>
  page.getByRole("table", { name: "Ledger" }).evaluate((table) =>
    [...table.querySelectorAll("tbody :is(td, th, input)")]
      .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
      .map((cell) => `${cell.value ?? cell.textContent}: ${cell.scrollWidth} in ${cell.clientWidth} px`),
  );

for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 600 }, { width: 390, height: 844 }]) {
  test.describe(`on ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport });

    test("numbers of a run that diverges stay within the ledger", async ({ page }) => {
      await open(page);
      await type(box(page, "Learning rate"), "5");
      for (let epoch = 1; epoch <= 4; epoch += 1) {
        await press(page, "Next epoch");
        await slider(page).fill("19");
        await expect(slider(page)).toHaveValue("19");
        expect(await ledgerBeyond(page), `epoch ${epoch}: width of the ledger beyond its panel`).toBeLessThanOrEqual(0);
        expect(await ledgerCut(page), `epoch ${epoch}: what is cut off`).toEqual([]);
      }
      await expect(page.getByRole("table", { name: "Ledger" })).toContainText("×10¹¹⁷");
    });
  });
}

test("every letter of Adam's update can be read, and the sentence below is whole", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("approximate-sine").title);
  await slider(page).fill(await slider(page).getAttribute("max"));
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("new b");
  const sizes = () =>
    card(page).evaluate((step) => [...step.querySelectorAll(".formula :is(mi, mn, mo)")].map((one) => parseFloat(getComputedStyle(one).fontSize)));
  await expect.poll(async () => Math.min(...(await sizes()))).toBeGreaterThanOrEqual(10);
  const fractions = () =>
    card(page).evaluate((step) => [...step.querySelectorAll(".formula mfrac > mi, .formula mfrac > mn")].map((one) => parseFloat(getComputedStyle(one).fontSize)));
  expect(Math.min(...(await fractions())), "type in fractions").toBeGreaterThanOrEqual(12);
  await expect(card(page).getByText(/^Adam keeps a mean/)).toBeInViewport({ ratio: 1 });
});
