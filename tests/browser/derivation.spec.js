// A derivative worked out line by line, as the lecture's pages on the chain rule do it.
import { NOT_YET, box, button, card, openLesson, press, readLedger, slider, stepBy, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const region = (page) => page.getByRole("region", { name: "Derivation", exact: true });
const lines = (page) => region(page).getByRole("listitem").getByRole("math");
// Without what only a reader's eyes need: a fraction is "over under".
const written = async (page) => (await lines(page).allTextContents()).map((text) => text.replace(/\s/g, ""));

// Steps: h₁ h₂ out, E, Δ w₅ w₆ h₁ h₂ w₁.
const at = { "Δ": 5, "w₆": 7, "w₁": 10 };

// The lecture writes prediction, actual and Error for out, target and E.
const lecture = {
  "w₆": [
    "=∂E∂out·∂out∂w6",
    "=∂12·(out−target)2∂out·∂((i1·w1+i2·w2)·w5+(i1·w3+i2·w4)·w6)∂w6",
    "=2·12·(out−target)·∂(out−target)∂out·(i1·w3+i2·w4)",
    "=(out−target)·(i1·w3+i2·w4)",
    "=Δ·h2",
    "=−0.809×0.48=−0.38832",
  ],
  "w₁": [
    "=∂E∂out·∂out∂h1·∂h1∂w1",
    "=∂12·(out−target)2∂out·∂(h1·w5+h2·w6)∂h1·∂(i1·w1+i2·w2)∂w1",
    "=2·12·(out−target)·∂(out−target)∂out·w5·i1",
    "=(out−target)·w5·i1",
    "=Δ·w5·i1",
    "=−0.809×0.14×2=−0.22652",
  ],
};

// By which share of its place the widest formula reaches beyond it: how wide a formula is, is estimated.
const beyond = (page) =>
  region(page).locator("math").evaluateAll((all) =>
    Math.max(
      ...all.map((math) => {
        const place = math.closest(".formula").getBoundingClientRect();
        return (math.getBoundingClientRect().right - place.right) / place.width;
      }),
    ),
  );

for (const [weight, expected] of Object.entries(lecture)) {
  test(`the lecture's lines of ∂E/∂${weight}`, async ({ page }) => {
    await open(page);
    await press(page, "Step forward", at[weight]);
    await expect(region(page)).toHaveCount(0);
    await button(page, "Line by line").click();
    await expect(lines(page)).toHaveCount(expected.length);
    expect(await written(page)).toEqual(expected);
    await expect(region(page)).toContainText("Power rule: the derivative of x² is 2x, times the inner derivative.");
    await expect(region(page)).toContainText("target is a constant, so the inner derivative is 1; 2 · ½ = 1.");
  });
}

test("Δ is derived where it first appears, and the lines stay from step to step until they are folded up", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", at["Δ"]);
  await button(page, "Line by line").click();
  expect((await written(page)).at(-1)).toBe("=0.191−1=−0.809");
  await press(page, "Step forward");
  expect((await written(page)).at(-2)).toBe("=Δ·h1");
  await expectAccessible(page);
  // Nothing is derived by an activation: there is nothing to open.
  await press(page, "Step back", 3);
  await expect(region(page)).toHaveCount(0);
  await press(page, "Step forward", 3);
  await button(page, "In one line").click();
  await expect(region(page)).toHaveCount(0);
});

test("stepped by term, a derivation that is open comes line by line, with its number at the end", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", at["w₁"] - 1);
  await button(page, "Line by line").click();
  await stepBy(page, "term");
  const expected = lecture["w₁"];
  for (let n = 1; n <= expected.length; n += 1) {
    await press(page, "Step forward");
    await expect(lines(page)).toHaveCount(n);
    expect(await written(page)).toEqual(expected.slice(0, n));
    const isWhole = n === expected.length;
    const place = isWhole ? "step 6 of 9" : `step 6 of 9 · line ${n} of 6`;
    await expect(card(page).getByText(place, { exact: true })).toBeVisible();
    expect((await readLedger(page))["w₁"]["∂E/∂w"]).toBe(isWhole ? "−0.22652" : NOT_YET);
    // What is said, and where the slider stands.
    const said = card(page).getByRole("status").last();
    await expect(said).toHaveText(isWhole ? /step 6 of 9\. How does the error change with w 1\?/ : new RegExp(`step 6 of 9, line ${n} of 6`));
    await expect(slider(page)).toHaveAttribute("aria-valuetext", isWhole ? "Backward, step 6 of 9: w₁" : `Backward, step 6 of 9, line ${n} of 6: w₁`);
  }
  await expectAccessible(page);
  await press(page, "Step back", 2);
  expect(await written(page)).toEqual(expected.slice(0, -2));
  await expect(page.getByText("Power rule: the derivative of x² is 2x")).toBeInViewport();
  // An edit stays at the line, a reload comes back to it.
  await type(box(page, "w₁"), "0.5");
  await expect(lines(page)).toHaveCount(4);
  await page.reload();
  await expect(lines(page)).toHaveCount(4);
  // By weight the step is one again, and so it is once the lines are closed.
  await press(page, "Step back", 2);
  await button(page, "In one line").click();
  await expect(region(page)).toHaveCount(0);
  // With w₁ = 0.5, h₁ is 1.63: (1.63 · 0.14 + 0.48 · 0.15 − 1) · 0.14 · 2.
  expect((await readLedger(page))["w₁"]["∂E/∂w"]).toBe("−0.19594");
});

test("softmax with cross-entropy collapses to prediction − target, from the Jacobian", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("iris").title);
  await stepBy(page, "value");
  // Eight sums with their activations, three sums, three shares, the loss, and the first δ.
  await press(page, "Step forward", 24);
  await button(page, "Line by line").click();
  const rules = region(page).getByRole("listitem");
  await expect(rules.filter({ hasText: "The derivatives of softmax" })).toHaveCount(1);
  await expect(rules.filter({ hasText: "The targets add up to 1." })).toHaveCount(1);
  const last = (await written(page)).at(-2);
  expect(last).toBe("=a1(2)−y1");
});

for (const [width, height, how] of [[1920, 1080, "Present"], [1366, 650, "Present"], [1024, 768, "Present"], [1024, 768, null], [390, 844, "Enlarge the derivation"]]) {
  test(`no line is wider than its card at ${width}×${height}${how === null ? "" : `: ${how}`}`, async ({ page }) => {
    for (const [lesson, grain, steps] of [["hmkcode", "value", Object.values(at)], ["iris", "layer", [4, 5]]]) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, `?lesson=${lesson}`);
      await stepBy(page, grain);
      await press(page, "Step forward", steps[0]);
      await button(page, "Line by line").click();
      await page.setViewportSize({ width, height });
      if (how !== null) await press(page, how);
      for (const [k, n] of steps.entries()) {
        for (let from = steps[k - 1] ?? n; from < n; from += 1) await page.keyboard.press("PageDown");
        await expect(region(page)).toBeVisible();
        await expect.poll(() => beyond(page), `step ${n} of ${lesson}`).toBeLessThan(0.04);
      }
    }
  });
}
