// The sheets that open from a number: slice, learning-rate explorer, gradient check.
import { NOT_YET, alert, box, button, card, choice, importFile, openLesson, openTab, press, readLedger, slider, spin, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const tab = (page, name) => page.getByRole("tab", { name, exact: true });
const explorer = (page) => page.getByRole("region", { name: "Learning-rate explorer" });
const check = (page) => page.getByRole("table", { name: "Gradient check" });

// A number that the page writes.
const number = (text) => {
  const [digits, power = "0"] = text.replace(/−/g, "-").split("×10");
  const plain = [...power].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹".includes(c) ? "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c) : c === "⁻" ? "-" : c).join("");
  return Number(digits) * 10 ** Number(plain);
};

// The cell of a row of a table in words.
const inWords = async (page, table, row) =>
  page.getByRole("table", { name: table }).getByRole("row", { name: row }).getByRole("cell").textContent();

const openSlice = (page, weight, loss = "E") => button(page, `Slice of ${loss} along ${weight}`).first().click();

const SHEETS = ["Slice", "Learning rates", "Gradient check"];

test("the slice's tangent has the slope that the ledger has, and its numbers are those of the article", async ({ page }) => {
  await open(page);
  await openSlice(page, "w₅");
  await expect(page.getByRole("region", { name: "Slice" })).toBeVisible();
  // ∂E/∂w₅ = (0.191 − 1) · 0.85, and E = ½ (0.85 w₅ + 0.48 · 0.15 − 1)².
  expect(await inWords(page, "Slice in numbers", "slope of the tangent, ∂E/∂w₅")).toBe("−0.68765");
  expect(await inWords(page, "Slice in numbers", "w₅ by this update")).toBe("0.14 to 0.17438, a step of 0.034383");
  expect(await inWords(page, "Slice in numbers", "E at the old w₅")).toBe("0.32724");
  expect(await inWords(page, "Slice in numbers", /^E predicted/)).toBe("0.3036");
  expect(await inWords(page, "Slice in numbers", /^E at the new w₅/)).toBe("0.30402");
  await choice(page, "Along").selectOption({ label: "w₁" });
  const slope = await inWords(page, "Slice in numbers", "slope of the tangent, ∂E/∂w₁");
  await slider(page).press("End");
  await openTab(page, "Ledger");
  expect(slope).toBe((await readLedger(page))["w₁"]["∂E/∂w"]);
});

const openers = { Slice: /^Slice of E/, "Learning rates": /^Explore/, "Gradient check": /^Gradient check$/ };

test("an opened sheet can be closed, by its button and by Delete, and the focus returns to what opened it", async ({ page }) => {
  await open(page);
  for (const name of SHEETS) {
    await openTab(page, "Ledger");
    await expect(tab(page, name)).toHaveCount(0);
    // By mouse the keys stay the lesson's.
    await openTab(page, name);
    await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
    await expect(tab(page, name)).not.toBeFocused();
    await press(page, `Close ${name}`);
    await expect(tab(page, name)).toHaveCount(0);
    await expect(tab(page, "Ledger")).toHaveAttribute("aria-selected", "true");
    await page.getByRole("button", { name: openers[name] }).first().focus();
    await page.keyboard.press("Enter");
    await expect(tab(page, name)).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await expect(tab(page, name)).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(tab(page, name)).toHaveCount(0);
    await expect(page.locator(":focus")).toHaveAccessibleName(openers[name]);
    await page.keyboard.press("Enter");
    await button(page, `Close ${name}`).focus();
    await page.keyboard.press("Enter");
    await expect(tab(page, name)).toHaveCount(0);
    await expect(page.locator(":focus")).toHaveAccessibleName(openers[name]);
  }
});

test("the map over two weights has the way of the run", async ({ page }) => {
  await open(page);
  await openSlice(page, "w₅");
  await choice(page, "And along").selectOption({ label: "w₆" });
  await spin(page, "Epochs").fill("7");
  await press(page, "Run");
  await expect.poll(() => inWords(page, "Slice in numbers", "points of the way of the run")).toBe("9");
  expect(await inWords(page, "Slice in numbers", "∂E/∂w₆")).toMatch(/^−/);
});

// The rates that were tested by hand and with the page: 0.01 to 0.26, 0.28 to 0.50, from 0.55.
test("the explorer says what becomes of the run with 0.2, 0.4 and 0.6", async ({ page }) => {
  await open(page);
  await press(page, "Explore learning rates");
  const outcome = (rate) => explorer(page).getByRole("listitem").filter({ hasText: new RegExp(`^${rate}: `) });
  await expect(outcome("0.2")).toContainText("0.2: converges");
  await expect(outcome("0.4")).toContainText("0.4: oscillates");
  await expect(outcome("0.6")).toContainText("0.6: diverges");
  expect(await inWords(page, "Learning rate in numbers", "E before the update")).toBe("0.32724");
  // E after the first six updates of the article: ½ (0.26 − 1)².
  expect(await inWords(page, "Learning rate in numbers", /^E after it \d/)).toBe("0.27696");
  await choice(page, "Axis of the rates").selectOption({ label: "logarithmic" });
  await expect(outcome("0.4")).toContainText("0.4: oscillates");
});

test("the explorer's handle sets the learning rate as an edit does", async ({ page }) => {
  await open(page);
  await press(page, "Explore learning rates");
  const handle = page.getByRole("slider", { name: "Learning rate on the curve" });
  await expect(handle).toHaveAttribute("aria-valuetext", "0.05: E 0.27696");
  await handle.press("ArrowRight");
  await expect(box(page, "Learning rate")).toHaveValue("0.06");
  await expect(handle).toHaveAttribute("aria-valuetext", /^0.06: /);
  await press(page, "Undo");
  await expect(box(page, "Learning rate")).toHaveValue("0.05");
  await expect(handle).toHaveAttribute("aria-valuetext", "0.05: E 0.27696");
});

test("the gradient check agrees, and is red exactly where the order of the update is wrong", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("mazur").title);
  await press(page, "Gradient check");
  const verdicts = () => check(page).getByRole("row").evaluateAll((rows) =>
    rows.slice(1).map((row) => [row.querySelector("th").textContent.trim(), row.cells[4].textContent.trim()]));
  await expect.poll(async () => (await verdicts()).length).toBeGreaterThan(8);
  for (const [name, verdict] of await verdicts()) expect(`${name} ${verdict}`).toMatch(/✓ agrees$/);
  // Mazur's article prints ∂E/∂w₅ = 0.082167041 and, for w₁, 0.000438568.
  const cells = async (name) => check(page).getByRole("row", { name: new RegExp(`^${name} `) }).getByRole("cell").allTextContents();
  const [computed, measured] = await cells("w₅");
  expect(number(computed)).toBeCloseTo(0.082167041, 6);
  expect(number(measured)).toBeCloseTo(0.082167041, 6);
  await openTab(page, "Data");
  await choice(page, "Update order").selectOption({ label: "layer by layer" });
  await openTab(page, "Gradient check");
  for (const name of ["w₁", "w₂", "w₃", "w₄"]) expect((await cells(name))[3]).toBe("✗ differs");
  for (const name of ["w₅", "w₆", "w₇", "w₈"]) expect((await cells(name))[3]).toBe("✓ agrees");
  // With them the two biases of the hidden layer.
  await expect(page.getByRole("status", { name: "Findings" })).toHaveText("6 of 12 agree, 6 differ");
});

test("the ledger has the central differences beside the derivatives, each once its own is reached", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("mazur").title);
  const off = await readLedger(page);
  expect(Object.keys(off["w₅"])).not.toContain("central difference");
  await press(page, "Central differences");
  await expect(button(page, "Central differences")).toHaveAttribute("aria-pressed", "true");
  const column = (heading, rows) => expect.poll(async () => {
    const ledger = await readLedger(page);
    return rows.map((name) => ledger[name][heading]);
  }, `column ${heading} of ${rows}`);
  const weights = ["w₁", "w₂", "w₃", "w₄", "w₅", "w₆", "w₇", "w₈"];
  await column("central difference", weights).toEqual(weights.map(() => NOT_YET));
  // ∂E/∂w₅ is the first derivative by a weight; the article prints 0.082167041.
  await press(page, "Step forward", 12);
  await column("∂E/∂w", ["w₅", "w₆"]).toEqual(["0.082167", NOT_YET]);
  await column("central difference", ["w₅", "w₆"]).toEqual(["0.082167", NOT_YET]);
  await column("error", ["w₅"]).toEqual([expect.stringMatching(/agrees$/)]);
  await slider(page).press("End");
  await column("error", weights).toEqual(weights.map(() => expect.stringMatching(/agrees$/)));
  await expectAccessible(page);
  // It follows an edit, and is red exactly where the order of the update is wrong.
  const before = (await readLedger(page))["w₅"]["central difference"];
  await type(spin(page, "w₅"), "0.9");
  await column("central difference", ["w₅"]).not.toEqual([before]);
  await column("central difference", ["w₅"]).toEqual([(await readLedger(page))["w₅"]["∂E/∂w"]]);
  await press(page, "Undo");
  await openTab(page, "Data");
  await choice(page, "Update order").selectOption({ label: "layer by layer" });
  await openTab(page, "Ledger");
  await press(page, "Central differences");
  await slider(page).press("End");
  await column("error", ["w₁", "w₂", "w₃", "w₄"]).toEqual(Array(4).fill(expect.stringMatching(/differs$/)));
  await column("error", ["w₅", "w₆", "w₇", "w₈"]).toEqual(Array(4).fill(expect.stringMatching(/agrees$/)));
  await expectAccessible(page);
  await press(page, "Central differences");
  expect(Object.keys((await readLedger(page))["w₅"])).toEqual(Object.keys(off["w₅"]));
});

test("a small ε leaves fewer digits", async ({ page }) => {
  await open(page);
  await press(page, "Gradient check");
  const error = async () => number(await check(page).getByRole("row", { name: /^w₅ / }).getByRole("cell").nth(2).textContent());
  const best = await error();
  await page.getByRole("slider", { name: "ε", exact: true }).fill("12");
  await expect.poll(error).toBeGreaterThan(1000 * best + 1e-9);
  await expect(page.getByRole("slider", { name: "ε", exact: true })).toHaveAttribute("aria-valuetext", "10⁻¹²");
});

for (const name of SHEETS) {
  test(`${name}: follows edits, runs, lessons and files while it is open`, async ({ page }) => {
    test.slow();
    await open(page);
    await openTab(page, name);
    const panel = page.getByRole("tabpanel", { name, exact: true });
    const shown = () => panel.getByRole("table").first().textContent();
    const before = await shown();
    await type(spin(page, "w₅"), "0.9");
    await expect.poll(shown).not.toBe(before);
    await press(page, "Undo");
    await expect.poll(shown).toBe(before);
    await spin(page, "Epochs").fill("3");
    await press(page, "Run");
    await expect.poll(shown).not.toBe(before);
    for (const file of ["xor", "mazur", "iris", "approximate-sine"]) {
      await openLesson(page, lessonFile(file).title);
      await expect(panel).toBeVisible();
      await expect(panel.getByRole("table").first()).not.toBeEmpty();
    }
    await importFile(page, { ...lessonFile("xor"), title: "A lesson of one's own" });
    await expect(card(page)).toContainText("A lesson of one's own");
    await expect(panel.getByRole("table").first()).not.toBeEmpty();
    await expect(alert(page)).toHaveCount(0);
    await press(page, `Close ${name}`);
  });

  for (const theme of ["light", "dark", "projector"]) {
    test(`${name}: can be used by everyone in the ${theme} theme`, async ({ page }) => {
      await page.addInitScript((theme) => localStorage.setItem("chainrule-theme", theme), theme);
      await open(page);
      await openTab(page, name);
      await expect(page.getByRole("tabpanel", { name, exact: true }).getByRole("table").first()).toBeVisible();
      await expectAccessible(page);
    });
  }
}
