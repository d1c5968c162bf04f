// The weights of large networks: maps, images, a drawn digit, the ledger in another order, long sums.
import { box, button, card, choice, openLesson, openTab, press, readLedger, status, stepBy } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const table = (page, name) => page.getByRole("table", { name, exact: true });
const map = (page, heading) => page.getByRole("application", { name: new RegExp(`^Map of ${heading}, `) });
const reading = (page, heading) => status(page, `Number in the map of ${heading}`);
const question = (page) => page.getByRole("heading", { level: 2 });
const magnitudes = (rows, column) => Object.values(rows).map((row) => Math.abs(Number(row[column].replace("−", "-").replace(/×10(.*)/, (_, power) => `e${plain(power)}`))));
const plain = (power) => [...power].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)).map((k) => (k === 0 ? "-" : k - 1)).join("");
const falls = (numbers) => numbers.every((x, k) => k === 0 || x <= numbers[k - 1]);

test.beforeEach(async ({ page }) => open(page));

test("a map is read by keyboard, and agrees with the ledger", async ({ page }) => {
  await openLesson(page, lessonFile("xor").title);
  await press(page, "Step forward");
  const ledger = await readLedger(page);
  await openTab(page, "Weights");
  await choice(page, "Layer").selectOption({ label: "1: 2 × 2" });
  await map(page, "w").focus();
  // Two units with two weights and a bias each, unit by unit.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  for (const [key, name] of [[null, "w₁₁⁽¹⁾"], ["ArrowRight", "w₁₂⁽¹⁾"], ["ArrowDown", "w₂₂⁽¹⁾"], ["End", "b₂⁽¹⁾"]]) {
    if (key) await page.keyboard.press(key);
    await expect(reading(page, "w")).toHaveText(`${name} = ${ledger[name].old}`);
  }
  // Its derivative is not there yet; Enter goes to the step that computes it, where it is.
  await expect(reading(page, "∂L/∂w")).toHaveText(/: not yet$/);
  await page.keyboard.press("Enter");
  await expect(question(page)).toHaveText("How does the error change with b₂⁽¹⁾?");
  await openTab(page, "Ledger");
  const gradient = (await readLedger(page))["b₂⁽¹⁾"]["∂L/∂w"];
  await openTab(page, "Weights");
  await expect(reading(page, "∂L/∂w")).toContainText(`= ${gradient}`);
});

test("a click on a map goes to the step of its cell, and pointing lights it elsewhere", async ({ page }) => {
  await openLesson(page, lessonFile("skalski").title);
  await openTab(page, "Weights");
  await choice(page, "Layer").selectOption({ label: "3: 50 × 50" });
  await expect(map(page, "w")).toHaveAccessibleName("Map of w, layer 3: 50 rows, 50 columns and the biases");
  await map(page, "∂L/∂w").hover({ position: { x: 1, y: 1 } });
  await expect(reading(page, "∂L/∂w")).toHaveText("∂L₁/∂w₁₁⁽³⁾: not yet");
  await expect(reading(page, "w")).toHaveText(/^w₁₁⁽³⁾ = −?0\.\d+$/);
  await map(page, "∂L/∂w").click({ position: { x: 1, y: 1 } });
  await expect(question(page)).toHaveText("How does the error change with w₁₁⁽³⁾?");
  await expect(reading(page, "∂L/∂w")).toHaveText(/^∂L₁\/∂w₁₁⁽³⁾ = /);
  await choice(page, "Maps").selectOption("−α·∂L/∂w");
  await expect(map(page, "w")).toHaveCount(0);
});

test("the ledger puts the largest derivative first and goes to it", async ({ page }) => {
  await openLesson(page, lessonFile("iris").title);
  await choice(page, "Order by").selectOption("size of w");
  expect(falls(magnitudes(await readLedger(page), "old"))).toBe(true);
  const largest = "To the largest ∂L/∂w";
  await press(page, largest);
  const row = table(page, "Ledger").locator("tr[aria-current]");
  const name = await row.getByRole("rowheader").textContent();
  await expect(question(page)).toHaveText(`How does the error change with ${name.trim()}?`);
  await choice(page, "Order by").selectOption("size of ∂L/∂w");
  await expect(table(page, "Ledger").getByRole("rowheader").first()).toHaveText(name);
  // Where all are there they can be seen to fall.
  await press(page, "End of phase");
  const seen = Object.values(await readLedger(page)).filter((row) => row["∂L/∂w"] !== "not yet");
  expect(seen.length).toBeGreaterThan(10);
  expect(falls(magnitudes(seen, "∂L/∂w"))).toBe(true);
  // An edit moves no row away from under the hand.
  await table(page, "Ledger").locator("..").evaluate((scroller) => scroller.scrollTo(0, 0));
  const first = table(page, "Ledger").getByRole("row").nth(1).getByRole("textbox");
  await expect(table(page, "Ledger").getByRole("row").nth(1)).toHaveAttribute("aria-rowindex", "2");
  const label = await first.getAttribute("aria-label");
  await first.fill("0.0001");
  await first.press("Enter");
  await expect(box(page, label)).toHaveValue("0.0001");
  await expect(first).toHaveAttribute("aria-label", label);
});

test("a drawn digit is answered at once and changes no sample", async ({ page }) => {
  await openLesson(page, lessonFile("digits").title);
  await openTab(page, "Data");
  const outputs = (whose) => page.getByRole("list", { name: new RegExp(`^Outputs for ${whose}`) }).getByRole("listitem");
  const ofSample = await outputs("sample").allTextContents();
  expect(ofSample).toHaveLength(10);
  await expect(status(page, "Answer")).toContainText(/^sample \d+: is \d$/);
  // A copy of the sample is answered as the sample is.
  await press(page, "From sample");
  await expect(outputs("your drawing")).toHaveText(ofSample);
  await press(page, "Clear");
  await expect(outputs("sample")).toHaveText(ofSample);
  const pad = page.getByRole("application", { name: "Draw an image of 8 × 8 pixels" });
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 90, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 150, { steps: 4 });
  await page.mouse.up();
  const drawn = await outputs("your drawing").allTextContents();
  expect(drawn).not.toEqual(ofSample);
  // By keyboard, which a drag has not given it: the first pixel is filled, and emptied again.
  await pad.blur();
  await pad.focus();
  await page.keyboard.press("Space");
  await expect(status(page, "Pixel")).toHaveText("row 1, column 1: 1");
  expect(await outputs("your drawing").allTextContents()).not.toEqual(drawn);
  await page.keyboard.press("Space");
  await expect(outputs("your drawing")).toHaveText(drawn);
  await press(page, "Clear");
  await expect(outputs("sample")).toHaveText(ofSample);
  await openTab(page, "Weights");
  // The image of a unit leads to its activation.
  const units = page.getByRole("application", { name: "Weights of the 32 units of layer 1 as images" });
  await units.focus();
  await page.keyboard.press("ArrowRight");
  await expect(status(page, "Unit")).toHaveText(/^a₂⁽¹⁾: weights from −0\.\d+ to 0\.\d+$/);
  await page.keyboard.press("Enter");
  await expect(question(page)).toHaveText("What does unit 2 of layer 1 pass on?");
});

test("a sum of 65 terms is shown in part, and whole with its running total", async ({ page }) => {
  await openLesson(page, lessonFile("digits").title);
  await stepBy(page, "value");
  await press(page, "Step forward");
  await press(page, "… 58 more terms");
  const terms = table(page, "Terms of z₁⁽¹⁾");
  await expect(terms).toHaveAttribute("aria-rowcount", "66");
  const result = await card(page).locator("math .result").first().textContent();
  await terms.locator("..").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  const last = terms.getByRole("row").filter({ has: button(page, "65") });
  await expect(last.getByRole("cell").last()).toHaveText(result);
  // One term goes to the sum as far as it.
  await terms.locator("..").evaluate((scroller) => scroller.scrollTo(0, 0));
  await terms.getByRole("button", { name: "3", exact: true }).click();
  await expect(card(page)).toContainText("term 3 of 65");
  const current = terms.locator("tr[aria-current]");
  const total = await current.getByRole("cell").last().textContent();
  await expect(card(page).locator("math .result").first()).toHaveText(total);
  await stepBy(page, "term");
  await press(page, "Step forward");
  await expect(current.getByRole("rowheader")).toHaveText("4");
  await press(page, "Fewer terms");
  await expect(terms).toHaveCount(0);
});

test("what the network makes of a sample is not told before its steps, where they ask first", async ({ page }) => {
  await openLesson(page, lessonFile("digits").title);
  await openTab(page, "Data");
  const pad = page.getByRole("application", { name: "Draw an image of 8 × 8 pixels" });
  await expect(pad).toBeVisible();
  await press(page, "Ask first");
  await press(page, "Step forward");
  await expect(table(page, "Samples")).toBeVisible();
  await expect(pad).toHaveCount(0);
});
