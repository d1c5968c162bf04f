// The last digits: halves, what is 0 on paper, and what a measured derivative can tell.
import { button, card, diagram, importFile, press, readLedger, spin, status, stepBy } from "./lesson.js";
import { expect, open, test } from "./page.js";

test("a half is rounded away from zero, as on paper", async ({ page }) => {
  await open(page);
  await stepBy(page, "phase");
  await press(page, "Step forward", 4);
  // 0.05 · 0.36405 = 0.0182025 and 0.05 · 0.68765 = 0.0343825, to five digits.
  const { "w₄": w4, "w₅": w5 } = await readLedger(page);
  expect([w4["−a·∂E/∂w"], w5["−a·∂E/∂w"]]).toEqual(["0.018203", "0.034383"]);
});

test("a sum that is 0 on paper is about 0, and its check is at a kink", async ({ page }) => {
  const lesson = {
    format: "chainrule-lesson",
    version: 1,
    title: "0.1 + 0.2 − 0.3",
    notation: "numbered",
    network: {
      inputs: 3,
      layers: [
        { activation: "relu", weights: [[0.1, 0.2, -0.3]] },
        { activation: "identity", weights: [[0.5]] },
      ],
    },
    loss: "half_squared_error",
    optimizer: { method: "sgd", learning_rate: 0.1 },
    data: { inputs: [[1, 1, 1]], targets: [[1]] },
  };
  await open(page);
  await importFile(page, lesson);
  await stepBy(page, "value");
  await expect(card(page)).toContainText(lesson.title);
  await press(page, "Step forward");
  // 0.1 + 0.2 − 0.3 in JavaScript is 5.551115123125783e-17.
  await expect(card(page)).toContainText("≈0");
  await expect(card(page)).not.toContainText("=≈");
  await expect(card(page)).toContainText("On paper it is 0; binary arithmetic leaves 5.55×10⁻¹⁷. This is the kink of the ReLU: below 0 its slope is 0, above it 1");
  // Forward and error: z, h₁, out, E; backward: Δ, ∂E/∂w₄, ∂E/∂h₁, Δ h₁, ∂E/∂w₁.
  await press(page, "Step forward");
  await expect(diagram(page)).toContainText("h₁ = ≈ 0");
  while (!(await card(page).textContent()).includes("error change with w₁?")) await press(page, "Step forward");
  // ∂E/∂w₁ = (0 − 1) · ½ · 1; a nudge up finds it, a nudge down nothing.
  await expect(card(page)).toContainText(/measuring the slope of E gives −0\.25\d*\. A unit is at the kink of its ReLU/);
  expect((await readLedger(page))["w₁"]["∂E/∂w"]).toBe("−0.5");
});

test("at the end of a training the check says that it cannot tell", async ({ page }) => {
  await open(page);
  await spin(page, "Epochs").fill("100");
  await press(page, "Run");
  await expect(status(page, "Epoch")).toHaveText("100", { timeout: 20_000 });
  await expect(button(page, "Run")).toBeVisible();
  await stepBy(page, "value");
  const check = card(page).getByText(/^\S nudging/);
  let n = 0;
  while ((await status(page, "Epoch").textContent()) === "100") {
    if (0 < (await check.count())) {
      n += 1;
      await expect(check).toHaveText(/^\? nudging w\S by ±10⁻⁵ and measuring the slope of E cannot tell: it gives \S+, but may be off by \S+10⁻¹\S$/);
    }
    await press(page, "Step forward");
  }
  expect(n, "derivatives by a weight").toBe(6);
});
