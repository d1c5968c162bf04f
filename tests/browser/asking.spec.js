// Ask first: each step's number is asked for before it is told, and until then it stands nowhere on the page.
import { box, button, card, curve, diagram, linkOf, openLesson, openTab, press, readLedger, set, slider, status, stepBy, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const TABS = ["Ledger", "Matrix", "Data", "Published", "Plot", "Weights", "Compare", "Design", "Experiments"];

const turn = (page) => page.getByRole("textbox", { name: /^Your answer for / });
// What the formula of the step ends with: its number, or "?".
const answer = async (page) => (await card(page).getByRole("math").first().textContent()).split(/[=≈]/).at(-1).trim();

// All that is written on the page or told to who listens: text, values, names, titles.
async function everything(page) {
  const seen = await page.evaluate(() => {
    const all = [document.title, document.body.innerText];
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility()) continue;
      all.push(element.title ?? "", element.getAttribute("aria-valuetext") ?? "");
      if (element.matches("input:not([type=range])")) all.push(element.value);
    }
    return all.join("\n");
  });
  return `${seen}\n${await page.locator("body").ariaSnapshot()}`;
}

// Whether `number` stands in `text` as a number of its own.
const holds = (text, number) => new RegExp(`(?<![\\d.])${number.replace(".", "\\.")}(?!\\d)`).test(text);
const size = (number) => number.replace("−", "");

for (const [name, n_steps] of [["hmkcode", 19], ["mazur", 31], ["hmkcode-four-points", 64]]) {
  test(`the answer is nowhere on the page before it is told: ${lessonFile(name).title}`, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page, `?lesson=${name}`);
    const last = Number(await slider(page).getAttribute("max"));
    expect(last).toBe(n_steps);
    await page.keyboard.press("q");
    // What is given, and what has been told: another number may be the same.
    const given = await page.locator("input:not([type=range])").evaluateAll((all) => all.map((input) => input.value));
    const known = new Set(["0", "1", "2", ...given.map(size)]);
    let n_looked = 0;
    for (let step = 1; step <= last; step += 1) {
      await openTab(page, TABS[step % TABS.length]);
      await page.keyboard.press("PageDown");
      await expect(slider(page)).toHaveValue(String(step));
      await expect.poll(() => answer(page)).toBe("?");
      const asked = await everything(page);
      await page.keyboard.press("PageDown");
      await expect.poll(() => answer(page)).toMatch(/^−?\d/);
      await expect(slider(page)).toHaveValue(String(step));
      const told = await answer(page);
      if (!known.has(size(told))) {
        n_looked += 1;
        expect(holds(asked, told), `${told} of step ${step}`).toBe(false);
        expect(holds(await everything(page), told), `${told} of step ${step}, told`).toBe(true);
      }
      known.add(size(told));
    }
    expect(n_looked).toBeGreaterThan(0.6 * last);
  });
}

// HMKCode: h₁ = 2 · 0.11 + 3 · 0.21 = 0.85, h₂ = 2 · 0.12 + 3 · 0.08 = 0.48, out = 0.191.
test("an answer is judged, a usual mistake is named, and the round is counted", async ({ page }) => {
  await open(page);
  await press(page, "Ask first");
  await expect(button(page, "Ask first")).toHaveAttribute("aria-pressed", "true");
  await expect(status(page, "Loss")).toHaveText("?");
  await press(page, "Step forward");
  const verdict = card(page).getByRole("status").first();
  const say = async (text) => {
    await type(turn(page), text);
    return verdict;
  };
  await expect(turn(page)).toHaveAccessibleName("Your answer for h₁");
  await expect(await say("one")).toContainText("“one” cannot be taken: type a number between");
  // 2 + 0.11 + 3 + 0.21.
  await expect(await say("5.32")).toContainText("value and weight are multiplied");
  await expect(await say("0.22")).toContainText("without what arrives from i₂");
  await expect(await say("0.8")).toContainText("type more digits");
  await expect(await say("0.7")).toHaveText("That is not h₁.");
  await expect(diagram(page).getByText("?", { exact: true })).toBeVisible();
  await expectAccessible(page);
  // The focus goes along with who answers: Enter, Enter, and on.
  await turn(page).fill("0.85");
  await page.keyboard.press("Enter");
  await expect(verdict).toHaveText("✓ Right.");
  await expect(button(page, "Next question")).toBeFocused();
  await expect(card(page)).toContainText("Right 1 of 1, 0 at once");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(turn(page)).toHaveAccessibleName("Your answer for h₂");
  await expect(turn(page)).toBeFocused();
  await page.keyboard.type("0.48");
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("Right 2 of 2, 1 at once");
  // Who steps by a clicker meanwhile answers nothing, and the typing is not in the way.
  await page.keyboard.press("Enter");
  await expect(turn(page)).toBeFocused();
  await page.keyboard.type("7");
  await page.keyboard.press("PageDown");
  await expect.poll(() => answer(page)).toBe("0.191");
  await expect(card(page)).toContainText("Right 2 of 2, 1 at once");
  // Kept on the device, and begun anew with a new round.
  await page.reload();
  await expect(card(page)).toContainText("Right 2 of 2, 1 at once");
  await expect.poll(() => answer(page)).toBe("0.191");
  await press(page, "Ask first");
  await press(page, "Ask first");
  await expect(card(page)).not.toContainText("Right 2 of 2");
});

// Each as the lecture's numbers have it: Δ = 0.191 − 1, ∂E/∂w₆ = Δ · h₂, w₆ − 0.05 · ∂E/∂w₆.
for (const [step, name, mistakes] of [
  [4, "E", { "0.65448": "the ½ is missing", "0.16362": "the ½ is there twice" }],
  [5, "Δ", { "0.809": "target − prediction" }],
  [7, "∂E/∂w₆", { "0.38832": "the sign is the other way round", "-0.12135": "w₆", "-0.329": "multiplied" }],
  [8, "∂E/∂h₁", { "0.11326": "sign" }],
  [19, "new w₆", { "0.53832": "learning rate", "0.13058": "direction" }],
]) {
  test(`usual mistakes are named where ${name} is asked for`, async ({ page }) => {
    await open(page);
    for (let k = 0; k < step; k += 1) await page.keyboard.press("PageDown");
    await page.keyboard.press("q");
    await page.keyboard.press("PageUp");
    await expect.poll(() => answer(page)).toBe("?");
    for (const [typed, says] of Object.entries(mistakes)) {
      await type(turn(page), typed);
      await expect(card(page).getByRole("status").first()).toContainText(says);
    }
  });
}

test("the hints come one after the other: formula, numbers, answer", async ({ page }) => {
  await open(page, "?lesson=mazur");
  await page.keyboard.press("q");
  await page.keyboard.press("PageDown");
  const formula = async () => (await card(page).getByRole("math").first().textContent()).replace(/\s/g, "");
  expect(await formula()).toBe("neth1=?");
  await press(page, "Hint: formula");
  await expect.poll(formula).toBe("neth1=i1·w1+i2·w2+b1=?");
  await press(page, "Hint: numbers");
  await expect.poll(formula).toBe("neth1=i1·w1+i2·w2+b1=0.05×0.15+0.1×0.2+0.35=?");
  await button(page, "Show answer").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => answer(page)).toBe("0.3775");
  // Who goes on by keyboard goes on answering.
  await expect(button(page, "Next question")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(turn(page)).toBeFocused();
  // The last number of an update is followed by the first of the next one.
  await slider(page).fill("31");
  for (let k = 0; k < 3; k += 1) await card(page).getByRole("button", { name: /^(Hint|Show)/ }).click();
  await press(page, "Next question");
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(turn(page)).toBeFocused();
});

test("what could tell an answer waits while steps ask first, and is there once all is told", async ({ page }) => {
  await open(page, "?lesson=mazur");
  await openTab(page, "Slice");
  await page.keyboard.press("q");
  const sheet = page.getByRole("tabpanel", { name: "Slice" });
  const waits = /^This could tell an answer\. It is here at the end of the update/;
  // Before the first step, at a question, and at an answer before which others are asked for.
  for (let k = 0; k < 3; k += 1) {
    await expect(sheet).toHaveText(waits, { useInnerText: true });
    await page.keyboard.press("PageDown");
  }
  await slider(page).fill("31");
  await expect(sheet).toHaveText(waits, { useInnerText: true });
  await page.keyboard.press("PageDown");
  await expect(sheet.getByRole("combobox").first()).toBeVisible();
  await slider(page).fill("3");
  await expect(sheet).toHaveText(waits, { useInnerText: true });
  await page.keyboard.press("q");
  await expect(sheet.getByRole("combobox").first()).toBeVisible();
});

test("nothing that is copied, hinted at or read in a guide tells an answer", async ({ page }) => {
  await open(page, "?lesson=mazur");
  await page.keyboard.press("q");
  await page.keyboard.press("PageDown");
  await openTab(page, "Matrix");
  await expect(button(page, "Copy as LaTeX")).toHaveCount(0);
  await expect(button(page, "Copy LaTeX")).toHaveCount(0);
  await openTab(page, "Ledger");
  for (let k = 0; k < 24; k += 1) await page.keyboard.press("PageDown");
  await expect.poll(() => answer(page)).toBe("?");
  const asked = Object.values(await readLedger(page)).filter((row) => Object.values(row).includes("?"));
  expect(asked.map(({ product }) => product)).toEqual([""]);
  // By layer a sum is asked for as well as what the unit makes of it: 0.3775 stands in no formula.
  await page.keyboard.press("Home");
  await stepBy(page, "layer");
  await page.keyboard.press("PageDown");
  await press(page, "Hint: formula");
  await press(page, "Hint: numbers");
  expect(holds(await everything(page), "0.3775")).toBe(false);
  await openLesson(page, lessonFile("guided-update-order").title);
  await stepBy(page, "value");
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("region", { name: "Guide" })).toContainText("The guide goes on once the step has told its number.");
});

test("a link opens the question that it was made of, presented", async ({ page, browser }) => {
  await open(page);
  await page.keyboard.press("q");
  for (let k = 0; k < 9; k += 1) await page.keyboard.press("PageDown");
  await expect.poll(() => answer(page)).toBe("?");
  await press(page, "Present");
  const link = await linkOf(page);
  const context = await browser.newContext({ viewport: { width: 1366, height: 650 } });
  const other = await context.newPage();
  await open(other, link);
  await expect(other.locator("html")).toHaveAttribute("data-present");
  await expect.poll(() => answer(other)).toBe("?");
  await other.keyboard.press("PageDown");
  await expect.poll(() => answer(other)).toBe("−0.809");
  await other.keyboard.press("PageUp");
  await expect.poll(() => answer(other)).toBe("?");
  await context.close();
});

test("on a phone an answer is typed and found with a thumb", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await open(page);
  await button(page, "Ask first").tap();
  await button(page, "Step forward").tap();
  for (const control of [button(page, "Ask first"), turn(page), button(page, "Check"), button(page, "Hint: formula")]) {
    const { width, height } = await control.boundingBox();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  }
  await turn(page).fill("0.85");
  await button(page, "Check").tap();
  await button(page, "Next question").tap();
  await expect(turn(page)).toHaveAccessibleName("Your answer for h₂");
  await context.close();
});

test("the loss curve holds back what is asked for, also where it has been seen", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch", 2);
  await page.keyboard.press("q");
  await expect(status(page, "Loss")).toHaveText("?");
  await expect(curve(page)).toHaveAttribute("aria-valuetext", /^epoch 1: /);
  for (let k = 0; k < 8; k += 1) await page.keyboard.press("PageDown");
  await expect(status(page, "Loss")).not.toHaveText("?");
  await expect(curve(page)).toHaveAttribute("aria-valuetext", /^epoch 2: /);
  await set(page, "Digits", "8");
  await expect(slider(page)).toHaveValue("4");
  await stepBy(page, "layer");
  await press(page, "Step forward");
  await expect(box(page, "w₅").first()).toBeVisible();
});
