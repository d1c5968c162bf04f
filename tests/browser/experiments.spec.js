// Experiments: the network is broken on purpose, says so wherever it is looked at, and computes what the
// mistake computes.
import { readFileSync } from "node:fs";
import {
  button, card, diagram, importFile, openLesson, openTab, press, readLedger, set, spin, status, type,
} from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile, shown } from "./reference.js";

// By plain loops in Python: tests/cases/mistakes.py.
const independent = JSON.parse(readFileSync(new URL("../cases/mistakes.json", import.meta.url), "utf8"));

const NAMES = {
  layer_by_layer: "layer-by-layer update",
  no_slope: "no g′",
  sign_flipped: "sign flipped",
  sum_for_mean: "sum instead of mean",
  two_for_half: "2 for ½",
  bias_not_updated: "bias not updated",
  rounded: "weights rounded to two digits",
};

const group = (page) => page.getByRole("group", { name: "Broken on purpose" });
const toggle = (page, mistake) => group(page).getByRole("switch", { name: NAMES[mistake], exact: true });
const banner = (page) => diagram(page).getByRole("note", { name: "Broken on purpose" });
const loss = (page) => status(page, "Loss");
const check = (page) => card(page).getByText(/^\S nudging/);

async function start(page, file) {
  await open(page);
  await openLesson(page, lessonFile(file).title);
  // The page comes back as it was left.
  await press(page, "Reset");
  await openTab(page, "Experiments");
}

test("layer by layer, Mazur's second error is 0.291027924, as his post prints it", async ({ page }) => {
  await start(page, "mazur");
  await set(page, "Digits", "9");
  await press(page, "Next epoch");
  await expect(loss(page)).toHaveText("0.291027774");
  await press(page, "Reset");
  await toggle(page, "layer_by_layer").check();
  await press(page, "Next epoch");
  await expect(loss(page)).toHaveText("0.291027924");
});

for (const file of ["hmkcode", "mazur", "xor"]) {
  test(`every mistake in ${file} comes to the errors of an independent computation`, async ({ page }) => {
    await start(page, file);
    for (const [mistake, name] of Object.entries(NAMES)) {
      await toggle(page, mistake).check();
      await expect(banner(page)).toContainText(name);
      for (const expected of independent[file][mistake].losses.slice(1, 4)) {
        await press(page, "Next epoch");
        await expect(loss(page)).toHaveText(shown(expected));
      }
      await press(page, "Reset");
      await expect(banner(page)).toHaveCount(0);
      await expect(toggle(page, mistake)).not.toBeChecked();
    }
  });
}

test("the check turns red where a derivative is wrong, and only there", async ({ page }) => {
  await start(page, "hmkcode");
  // Δ, then w₅, of which both factors are as they should be.
  await press(page, "Step forward", 6);
  await expect(check(page)).toHaveText(/^✓ .*−0.68765$/);
  await toggle(page, "two_for_half").check();
  await expect(check(page)).toHaveText(/^✗ .*gives −0.68765\. Broken on purpose: the ½/);
  await expect(card(page)).toContainText("−1.3753");
  await toggle(page, "two_for_half").uncheck();
  // A linear network has no slope to be left out, and says so.
  await toggle(page, "no_slope").check();
  await expect(check(page)).toHaveText(/^✓/);
  await expect(toggle(page, "no_slope")).toHaveAccessibleDescription(/every unit is linear, so g′ = 1/);
  await expect(banner(page)).toContainText("without effect here");
  // Mazur's units are sigmoids.
  await openLesson(page, lessonFile("mazur").title);
  await toggle(page, "no_slope").check();
  await press(page, "End of phase", 3);
  await expect(check(page)).toHaveText(/^✗ .*a factor g′\(z\) on the way back is left out/);
});

test("the machine says that it is broken, how, and is mended; undo and a reload keep it", async ({ page }) => {
  await start(page, "xor");
  await press(page, "Next epoch", 3);
  const before = await loss(page).textContent();
  await toggle(page, "sign_flipped").check();
  await toggle(page, "rounded").check();
  await toggle(page, "sum_for_mean").check();
  await expect(banner(page)).toContainText("Broken: sign flipped, sum instead of mean and 1 more");
  await expectAccessible(page);
  await expect(page.getByRole("button", { name: /^Edit at epoch 3: broken: sign flipped/ })).toBeVisible();
  await press(page, "Next epoch");
  const broken = await loss(page).textContent();
  expect(broken).not.toBe(before);
  await page.reload();
  await expect(banner(page)).toContainText("Broken: sign flipped, sum instead of mean and 1 more");
  await expect(loss(page)).toHaveText(broken);
  // Before the edits everything is as it was.
  await press(page, "To start");
  await expect(banner(page)).toHaveCount(0);
  await press(page, "Next epoch", 4);
  await expect(loss(page)).toHaveText(broken);
  await banner(page).getByRole("button", { name: "Mend the machine" }).click();
  await expect(banner(page)).toHaveCount(0);
  await press(page, "Undo");
  await expect(banner(page)).toBeVisible();
  await press(page, "Undo", 3);
  await expect(banner(page)).toHaveCount(0);
  await expect(loss(page)).toHaveText(before);
});

test("a saturated unit is marked in the network while the gradient flow is open, and says why", async ({ page }) => {
  await start(page, "mazur");
  const marks = diagram(page).getByRole("img", { name: /saturated|dead/ });
  await expect(page.getByRole("table", { name: "Derivatives per layer" })).toBeVisible();
  await expect(marks).toHaveCount(0);
  // z = 300 · 0.05 + 0.2 · 0.1 + 0.35 = 15.37: σ′ is 2 · 10⁻⁷.
  await type(spin(page, "w₁"), "300");
  await expect(marks).toHaveCount(1);
  const why = "h₁ has a slope below 0.01 for the sample: its sigmoid is saturated, less than a hundredth of a derivative goes back through it.";
  await expect(marks).toHaveAccessibleName(`h₁, saturated: ${why}`);
  await expect(page.getByRole("list", { name: "Stuck units" })).toContainText(why);
  // It is explained where it is pointed at, and where the focus is.
  const note = diagram(page).getByText(why, { exact: true });
  await expect(note).toHaveCount(0);
  await marks.hover();
  await expect(note).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(note).toHaveCount(0);
  await button(page, "Go to the step of h₁").first().focus();
  await expect(note).toBeVisible();
  await expectAccessible(page);
  // Edits are followed, and without the gradient flow the network is as ever.
  await type(spin(page, "w₁"), "0.15");
  await expect(marks).toHaveCount(0);
  await press(page, "Undo");
  await expect(marks).toHaveCount(1);
  await openTab(page, "Ledger");
  await expect(marks).toHaveCount(0);
});

test("dead units of a large network are marked, and their buttons say so", async ({ page }) => {
  await open(page);
  // Whatever the inputs, z of the first unit is −1.
  const weights = Array.from({ length: 12 }, (_, unit) => (unit === 0 ? [0, 0] : [1, unit / 12]));
  const biases = weights.map((_, unit) => (unit === 0 ? -1 : 0.1));
  await importFile(page, {
    ...lessonFile("xor"),
    title: "A dead unit",
    notation: "indexed",
    loss: "half_squared_error",
    published: undefined,
    network: { inputs: 2, layers: [
      { activation: "relu", weights, biases },
      { activation: "identity", weights: [weights.map(() => 0.1)], biases: [0] },
    ] },
  });
  await expect(card(page)).toContainText("A dead unit");
  await openTab(page, "Experiments");
  await expect(diagram(page).getByRole("img", { name: /^a₁⁽¹⁾, dead: Unit 1 of layer 1 has slope 0 for all 4 samples/ })).toBeVisible();
  await expect(diagram(page).getByRole("img", { name: /, (dead|saturated): / })).toHaveCount(1);
  await expect(diagram(page).getByRole("button", { name: /^Unit 1 of layer 1, dead: / })).toHaveCount(1);
  await expectAccessible(page);
});

test("running with a mistake comes where stepping comes", async ({ page }) => {
  for (const mistake of ["no_slope", "rounded", "sign_flipped"]) {
    await start(page, "xor");
    await set(page, "Digits", "10");
    await toggle(page, mistake).check();
    await press(page, "Next epoch", 8);
    await openTab(page, "Ledger");
    const stepped = await readLedger(page);
    await press(page, "Reset");
    await openTab(page, "Experiments");
    await toggle(page, mistake).check();
    await spin(page, "Epochs").fill("8");
    await press(page, "Run");
    await expect(status(page, "Epoch")).toHaveText("8");
    await expect(button(page, "Run")).toBeVisible();
    await openTab(page, "Ledger");
    expect(await readLedger(page)).toEqual(stepped);
  }
});

test("the banner covers and moves nothing", async ({ page }) => {
  for (const size of [{ width: 1366, height: 650 }, { width: 1920, height: 1080 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    await start(page, "mazur");
    const places = () =>
      diagram(page).evaluate((it) => [...it.querySelectorAll(".place:not(.legend), circle")].map((e) => JSON.stringify(e.getBoundingClientRect())));
    // The numbers stand where they do once their font is there.
    await page.evaluate(() => document.fonts.ready);
    const before = await places();
    await toggle(page, "no_slope").check();
    await expect(banner(page)).toHaveCount(1);
    // A narrow window has a line for it, on another page than the switches.
    if (900 < size.width) await expect.poll(places).toEqual(before);
    // What is written in the diagram: a name's room is larger than its letters.
    const covered = await diagram(page).evaluate((it) => {
      const over = it.querySelector(".broken").getBoundingClientRect();
      const meets = (r) => r.left < over.right && over.left < r.right && r.top < over.bottom && over.top < r.bottom;
      const found = [];
      const texts = document.createTreeWalker(it.querySelector(".stage"), NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        if (!parent.closest(".legend, .visually-hidden") && meets(range.getBoundingClientRect())) found.push(texts.currentNode.data);
      }
      for (const circle of it.querySelectorAll("circle")) if (meets(circle.getBoundingClientRect())) found.push("a unit");
      return found;
    });
    expect(covered, JSON.stringify(size)).toEqual([]);
  }
});

const flow = (page) => page.getByRole("region", { name: "Gradient flow" });

test("the gradient vanishes through five layers of sigmoids and not through ReLU", async ({ page }) => {
  await start(page, "vanishing-sigmoid");
  await expect(flow(page)).toContainText(/times smaller in layer 1 than in layer 6: the gradient vanishes on its way back/);
  const rows = flow(page).getByRole("table", { name: "Derivatives per layer" }).locator("tbody tr");
  await expect(rows).toHaveCount(6);
  await expect(flow(page).getByRole("img")).toHaveAccessibleName(/^‖∂L\/∂W‖ per epoch; layer 1: .* at epoch 0; layer 2: /);
  await press(page, "Next epoch", 2);
  await expect(flow(page).getByRole("img")).toHaveAccessibleName(/layer 1: \S+ at epoch 0, \S+ at epoch 2;/);
  await expectAccessible(page);
  await openLesson(page, lessonFile("vanishing-relu").title);
  await expect(flow(page)).toContainText(/in layer 1 than in layer 6\./);
  await expect(flow(page)).not.toContainText("vanishes");
});

test("of one sample the sizes are those of the derivatives, and of δ", async ({ page }) => {
  await start(page, "hmkcode");
  // ∂E/∂w₁ … w₄ and w₅, w₆ as HMKCode has them.
  const norm = (...xs) => shown(Math.hypot(...xs));
  const cells = flow(page).getByRole("table", { name: "Derivatives per layer" }).locator("tbody tr").locator("td:nth-of-type(odd)");
  await expect(cells).toHaveText([
    norm(0.22652, 0.33978, 0.2427, 0.36405),
    norm(0.809 * 0.14, 0.809 * 0.15),
    norm(0.68765, 0.38832),
    "0.809",
  ]);
});
