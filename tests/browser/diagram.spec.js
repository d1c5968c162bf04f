// The diagram: every unit and weight of a large network reached by keyboard and by
// click, a network designed in the drawing, and its size.
import { alert, button, card, choice, diagram, openLesson, openTab, press, readLedger, spin } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const facts = (page) => diagram(page).getByRole("group", { name: "Look at a unit" });
const unit = (page, name) => diagram(page).getByRole("button", { name: new RegExp(`^${name}: `) });
const selected = (page) => diagram(page).locator("[aria-current=true]");
const label = (page, name) => diagram(page).locator(".chip").getByRole("spinbutton", { name, exact: true });
const number = (text) => Number(text.replace("−", "-"));

async function openLarge(page, lesson) {
  await open(page);
  await openLesson(page, lessonFile(lesson).title);
}

test("in a network of 5,226 parameters every unit and weight is reached by keys", async ({ page }) => {
  await openLarge(page, "skalski");
  // One unit is on the way by Tab; the arrow keys go on from there.
  await expect(diagram(page).locator("button.unit-button[tabindex='0']")).toHaveCount(1);
  await unit(page, "Unit 1 of layer 1").focus();
  await page.keyboard.press("ArrowRight");
  for (let k = 1; k <= 17; k += 1) {
    await expect(selected(page)).toHaveAccessibleName(new RegExp(`^Unit ${k} of layer 2: `));
    await expect(selected(page)).toBeFocused();
    if (k < 17) await page.keyboard.press("ArrowDown");
  }
  // The weights into it, the ninth of them.
  await page.keyboard.press("Shift+Home");
  for (let k = 1; k < 9; k += 1) await page.keyboard.press("Shift+ArrowDown");
  await expect(selected(page)).toHaveAccessibleName(/; w₁₇,₉⁽²⁾ = 0\.\d+, ∂L₁\/∂w₁₇,₉⁽²⁾ not yet$/);
  await expect(spin(page, "Weight from unit")).toHaveValue("9");
  // Enter goes to the weight's step; value and derivative are the ledger's.
  await page.keyboard.press("Enter");
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("w₁₇,₉⁽²⁾");
  const row = (await readLedger(page))["w₁₇,₉⁽²⁾"];
  await expect(facts(page).getByRole("button", { name: `w₁₇,₉⁽²⁾ = ${row.old}`, exact: true })).toBeVisible();
  await expect(facts(page).getByRole("button", { name: `∂L₁/∂w₁₇,₉⁽²⁾ = ${row["∂L/∂w"]}`, exact: true })).toBeVisible();
  expect(number(await label(page, "w₁₇,₉⁽²⁾").inputValue())).toBeCloseTo(number(row.old), 4);
  // The last one is the bias; Escape lets go.
  await page.keyboard.press("Shift+End");
  await expect(selected(page)).toHaveAccessibleName(/; b₁₇⁽²⁾ = /);
  await page.keyboard.press("Escape");
  await expect(selected(page)).toHaveCount(0);
});

test("a click brings in what is left out, its weights, and their steps", async ({ page }) => {
  await openLarge(page, "digits");
  const dots = diagram(page).getByRole("button", { name: /^Show one of units \d+ to \d+ of layer 0$/ }).first();
  const [first, last] = (await dots.getAttribute("aria-label")).match(/\d+/g).map(Number);
  await dots.click();
  await expect(spin(page, "Unit of the layer")).toHaveValue(String(Math.floor((first + last) / 2)));
  await choice(page, "Layer of the unit").selectOption({ label: "hidden · tanh" });
  await spin(page, "Unit of the layer").fill("20");
  await expect(selected(page)).toHaveAccessibleName(/^Unit 20 of layer 1: /);
  // A weight by its number, with its value beside its edge.
  await spin(page, "Weight from unit").fill("40");
  await expect(label(page, "w₂₀,₄₀⁽¹⁾")).toBeVisible();
  await facts(page).getByRole("button", { name: /^∂L.* not yet$/ }).click();
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("w₂₀,₄₀⁽¹⁾");
  // What there is none of is refused with a sentence.
  await spin(page, "Weight from unit").fill("65");
  await spin(page, "Weight from unit").blur();
  await expect(alert(page)).toContainText("a whole number from 1 to 64 is accepted");
  // A click on a unit selects it, another one goes to its step.
  await unit(page, "Unit 3 of layer 2").click();
  await expect(spin(page, "Unit of the layer")).toHaveValue("3");
  await unit(page, "Unit 3 of layer 2").click();
  await expect(card(page).getByRole("heading", { level: 2 })).toContainText("a₃⁽²⁾");
});

test("a network is designed in the drawing, each change undone", async ({ page }) => {
  await open(page);
  await openLesson(page, "XOR 2-2-1 with momentum");
  const before = await readLedger(page);
  const layers = diagram(page).getByText(/^Network \d/);
  await expect(layers).toContainText("Network 2-2-1");
  await press(page, "Edit network");
  await press(page, "Add a unit to layer 1");
  await expect(layers).toContainText("Network 2-3-1");
  await press(page, "Add a layer before layer 2");
  await expect(layers).toContainText("Network 2-3-4-1");
  await press(page, "Remove a unit from layer 2", 2);
  await expect(layers).toContainText("Network 2-3-2-1");
  await press(page, "Add a unit to layer 1", 12);
  await expect(layers).toContainText("Network 2-15-2-1");
  await press(page, "Remove layer 1");
  await expect(layers).toContainText("Network 2-2-1");
  await press(page, "Remove a unit from layer 1", 2);
  await expect(alert(page)).toContainText("a whole number from 1 to 256");
  await expect(layers).toContainText("Network 2-1-1");
  for (let k = 0; k < 18; k += 1) await press(page, "Undo");
  await expect(layers).toContainText("Network 2-2-1");
  expect(await readLedger(page)).toEqual(before);
});

test("the drawing grows and is whole again, by button, key and wheel", async ({ page }) => {
  await openLarge(page, "skalski");
  const buttons = diagram(page).locator("button.unit-button");
  const width = () => diagram(page).locator(".stage").evaluate((stage) => stage.clientWidth);
  const [n, whole] = [await buttons.count(), await width()];
  await press(page, "Zoom in", 4);
  // Three times as wide, with more of each layer.
  await expect.poll(width).toBeGreaterThan(2.9 * whole);
  expect(await buttons.count()).toBeGreaterThan(1.5 * n);
  await unit(page, "Unit 1 of layer 5").focus();
  await page.keyboard.press("0");
  await expect.poll(width).toBe(whole);
  await page.keyboard.press("+");
  await expect.poll(width).toBeGreaterThan(1.4 * whole);
  await press(page, "Whole network");
  await diagram(page).locator(".stage").hover();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect.poll(width).toBeGreaterThan(1.4 * whole);
  await expect(button(page, "Zoom out")).toBeEnabled();
});

test("two fingers change the size of the drawing", async ({ page }) => {
  await openLarge(page, "skalski");
  const stage = diagram(page).locator(".stage");
  const width = () => stage.evaluate((stage) => stage.clientWidth);
  const whole = await width();
  // Two fingers that are so far apart, one after another.
  const pinch = (...distances) =>
    stage.evaluate((target, distances) => {
      const { left, top } = target.getBoundingClientRect();
      const at = (identifier, x) => new Touch({ identifier, target, clientX: left + 200 + x, clientY: top + 100 });
      const send = (name, touches) => target.dispatchEvent(new TouchEvent(name, { touches, bubbles: true, cancelable: true }));
      distances.forEach((distance, k) => send(k ? "touchmove" : "touchstart", [at(1, -distance / 2), at(2, distance / 2)]));
      send("touchend", []);
    }, distances);
  await pinch(100, 110, 130);
  await expect.poll(width).toBeGreaterThan(1.4 * whole);
  await pinch(200, 180, 150);
  await expect.poll(width).toBe(whole);
});

test("each hidden unit shows what it makes of two inputs, while it learns, too", async ({ page }) => {
  await openLarge(page, "skalski");
  const pictures = diagram(page).locator("canvas.pictures");
  const pixels = () => pictures.evaluate((canvas) => canvas.toDataURL());
  // From the start: a network of two inputs.
  await expect(pictures).toBeVisible();
  const before = await pixels();
  await spin(page, "Epochs").fill("30");
  await press(page, "Run");
  await expect.poll(pixels).not.toBe(before);
  await press(page, "Unit pictures");
  await expect(pictures).toHaveCount(0);
  // Of three inputs there is no picture.
  await openLesson(page, lessonFile("lecture-3-2-1").title);
  await expect(button(page, "Unit pictures")).toHaveCount(0);
});

for (const theme of ["light", "dark", "projector"]) {
  test(`a unit drawn out and the controls are accessible in the ${theme} theme`, async ({ page }) => {
    await page.addInitScript((theme) => localStorage.setItem("chainrule-theme", theme), theme);
    await openLarge(page, "skalski");
    await press(page, "Edit network");
    await openTab(page, "Data");
    await unit(page, "Unit 2 of layer 3").click();
    await spin(page, "Weight from unit").fill("30");
    await press(page, "End of phase");
    await expectAccessible(page);
    const small = await diagram(page).locator("button:visible, input:visible, select:visible").evaluateAll((controls) =>
      controls.map((control) => control.getBoundingClientRect()).filter(({ width, height }) => Math.min(width, height) < 23.5).length,
    );
    expect(small).toBe(0);
  });
}
