// A row of the ledger, its edge and its formula belong together: pointing at one lights the others.
import { button, card, diagram, openTab, press, slider } from "./lesson.js";
import { expect, open, test } from "./page.js";

const row = (page, name) => page.getByRole("table", { name: "Ledger" }).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const lit = (place) => place.locator(".is-lit");
// The mark of a quantity in the formula.
const factor = (page, name) => card(page).locator(`.formula [data-quantity="${name}"]`).first();
const label = (page, name) => diagram(page).locator(".chip").filter({ has: page.getByRole("spinbutton", { name, exact: true }) });
const isLit = /\bis-lit\b/;

test("pointing at a row lights its edge", async ({ page }) => {
  await open(page);
  await expect(lit(diagram(page))).toHaveCount(0);
  await row(page, "w₅").getByRole("rowheader").hover();
  await expect(label(page, "w₅")).toHaveClass(isLit);
  await expect(diagram(page).locator("g.edge.is-lit")).toHaveCount(1);
  await row(page, "w₂").getByRole("rowheader").hover();
  await expect(label(page, "w₅")).not.toHaveClass(isLit);
  await expect(label(page, "w₂")).toHaveClass(isLit);
  await page.mouse.move(0, 0);
  await expect(lit(page.locator("main"))).toHaveCount(0);
});

test("pointing at a row lights its weight in the formula", async ({ page }) => {
  await open(page);
  // ∂E/∂w₁ = Δ·w₅·i₁
  await press(page, "Step forward", 10);
  await row(page, "w₅").getByRole("rowheader").hover();
  await expect(factor(page, "w₅")).toHaveClass(isLit);
});

test("pointing at a factor of the formula lights where it comes from", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 10);
  await expect(row(page, "w₅")).not.toHaveClass(isLit);
  await factor(page, "w₅").hover();
  await expect(row(page, "w₅")).toHaveClass(isLit);
  await expect(label(page, "w₅")).toHaveClass(isLit);
  await factor(page, "i₁").hover();
  await expect(row(page, "w₅")).not.toHaveClass(isLit);
  await expect(diagram(page).locator("circle.is-lit")).toHaveCount(1);
  // i₁ stands in the chains of w₁ and w₃.
  await expect(row(page, "w₁").locator(".chain .is-lit")).toContainText("i₁");
  await expect(row(page, "w₃").locator(".chain .is-lit")).toContainText("i₁");
});

test("the focus lights as the pointer does", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 10);
  await card(page).getByRole("button", { name: /^w₅, / }).or(card(page).getByRole("img", { name: /^w₅, / })).first().focus();
  await expect(row(page, "w₅")).toHaveClass(isLit);
  await expect(label(page, "w₅")).toHaveClass(isLit);
  await row(page, "w₂").getByRole("textbox").focus();
  await expect(label(page, "w₂")).toHaveClass(isLit);
  await expect(row(page, "w₅")).not.toHaveClass(isLit);
});

test("pointing at an edge or its label lights the row", async ({ page }) => {
  await open(page);
  await label(page, "w₃").hover();
  await expect(row(page, "w₃")).toHaveClass(isLit);
  await page.mouse.move(0, 0);
  await expect(row(page, "w₃")).not.toHaveClass(isLit);
});

test("the current step's row and edge are marked", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 6);
  await expect(row(page, "w₅")).toHaveAttribute("aria-current", "step");
  await expect(page.locator("[aria-current=step]")).toHaveCount(1);
  await expect(label(page, "w₅")).toHaveClass(/\bis-current\b/);
  // h₁ is a factor of the formula.
  await expect(diagram(page).locator("circle.is-current")).not.toHaveCount(0);
});

// A click on a row, a cell or an edge leads to its step.
for (const [what, click, step] of [
  ["a row's name", (page) => row(page, "w₅").getByRole("button", { name: "w₅", exact: true }).click(), "6"],
  ["a row's chain", (page) => row(page, "w₁").locator(".chain").click({ position: { x: 2, y: 2 } }), "10"],
  ["a derivative's cell", (page) => row(page, "w₆").getByRole("cell").nth(2).click(), "7"],
  ["a new weight's cell", (page) => row(page, "w₂").getByRole("cell").nth(4).click(), "15"],
  ["a weight's name in the diagram", (page) => button(page, "Go to the step of w₄").click(), "13"],
]) {
  test(`a click on ${what} goes to its step`, async ({ page }) => {
    await open(page);
    await click(page);
    await expect(slider(page)).toHaveValue(step);
  });
}

test("a click on a factor goes to the step that made it", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 10);
  await factor(page, "Δ").click();
  await expect(slider(page)).toHaveValue("5");
});

test("the matrix marks the cell of the current step", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 6);
  await openTab(page, "Matrix");
  await expect(page.getByRole("tabpanel", { name: "Matrix" }).locator(".is-result").first()).toBeVisible();
});
