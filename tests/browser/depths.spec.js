// What opens on the card of a step: the general form, the paths, the prediction as an expression, forward
// beside reverse mode. Read off the page against the lecture and against arithmetic by hand.
import { button, card, diagram, openLesson, press, status, stepBy } from "./lesson.js";
import { readFile } from "node:fs/promises";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const more = (page, name) => page.getByRole("group", { name: "More about this step" }).getByRole("button", { name, exact: true });
const compact = (texts) => texts.map((text) => text.replace(/\s/g, ""));
const formulas = async (scope) => compact(await scope.getByRole("math").allTextContents());

// Steps of HMKCode: h₁ h₂ out, E, Δ w₅ w₆ h₁ h₂ w₁.
const at = { "h₁": 1, E: 4, "Δ": 5, "h₁ back": 8, "w₁": 10 };

test("the general form of each page of the lecture, with the indices of the step", async ({ page }) => {
  await open(page);
  const forms = [
    [at["h₁"], ["ail=zil=∑jajl−1·wijl", "a11=z11=∑j=12aj0·w1j1"]],
    [at.E, ["E=12·∑k(akl−yk)2", "E=12·∑k=11(ak2−yk)2"]],
    [at["h₁ back"], ["∂E∂ail=∑k∂E∂akl+1·g′(zkl+1)·wkil+1", "∂E∂a11=∑k=11∂E∂ak2·g′(zk2)·wk12"]],
    [at["w₁"], ["∂E∂wijl=∂E∂ail·g′(zil)·ajl−1", "∂E∂w111=∂E∂a11·g′(z11)·a10"]],
  ];
  let step = 0;
  for (const [to, expected] of forms) {
    await press(page, "Step forward", to - step);
    step = to;
    if (to === at["h₁"]) await more(page, "General form").click();
    expect(await formulas(region(page, "General form"))).toEqual(expected);
  }
  const indices = page.getByRole("list", { name: "Indices" }).getByRole("listitem");
  await expect(indices).toHaveText([
    "l = 1: the layer: the first hidden layer; layer 0 is the inputs",
    "i = 1: the unit in that layer: h₁",
    "j = 1: the unit before it, from which the weight comes: i₁",
  ]);
  await expectAccessible(page);
  await more(page, "General form").click();
  await expect(region(page, "General form")).toHaveCount(0);
});

test("the prediction is written out unit by unit and folded up again", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 3);
  await more(page, "Prediction").click();
  const prediction = region(page, "Prediction");
  const shown = async () => (await formulas(prediction))[0];
  expect(await shown()).toBe("out=h1·w5+h2·w6=0.85×0.14+0.48×0.15=0.191");
  await button(prediction, "Write out h₁").click();
  expect(await shown()).toContain("out=(i1·w1+i2·w2)·w5+h2·w6");
  await button(prediction, "All").click();
  expect(await shown()).toBe(
    "out=(i1·w1+i2·w2)·w5+(i1·w3+i2·w4)·w6=(2×0.11+3×0.21)×0.14+(2×0.12+3×0.08)×0.15=0.191",
  );
  await expectAccessible(page);
  // What has not been computed yet is not given away.
  await press(page, "Step back", 2);
  expect(await shown()).toMatch(/=·$/);
  // What is written out stays so while the card is the lesson's, and while something else is open.
  await press(page, "To start");
  await expect(prediction).toHaveCount(0);
  await press(page, "Step forward");
  expect(await shown()).toContain("out=(i1·w1+i2·w2)·w5+(i1·w3+i2·w4)·w6");
  await more(page, "General form").click();
  await more(page, "Prediction").click();
  expect(await shown()).toContain("out=(i1·w1+i2·w2)·w5+(i1·w3+i2·w4)·w6");
  await button(prediction, "None").click();
  expect(await shown()).toBe("out=h1·w5+h2·w6=0.85×0.14+·×0.15=·");
});

test("the paths of a weight add up to its derivative, and a chosen one lights up", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("mazur").title);
  await page.keyboard.press("End");
  await page.keyboard.press("End");
  await press(page, "Step forward", 11);
  await more(page, "Paths").click();
  const table = region(page, "Paths").getByRole("table", { name: "Paths of w₁" });
  const number = (text) => Number(text.replace("−", "-"));
  const products = (await table.locator("tbody td.grad").allTextContents()).map(number);
  // Mazur: 0.138498562 · 0.40 and −0.038098236 · 0.50, each times 0.241300709 and 0.05.
  expect(products).toEqual([0.0006684, -0.00022983]);
  const sum = number(await table.locator("tfoot td").first().textContent());
  expect(Math.abs(products[0] + products[1] - sum)).toBeLessThan(1e-8);
  await expect(table.getByRole("row", { name: /Sum: ∂E\/∂w₁/ })).toContainText("0.00043857");
  const path = table.getByRole("button", { name: "w₁ → h₁ → o₂ → E" });
  await path.click();
  await expect(path).toHaveAttribute("aria-pressed", "true");
  const lit = (name) => diagram(page).locator(".is-lit").getByRole("button", { name: `Go to the step of ${name}` });
  await expect(lit("w₇")).toHaveCount(1);
  await expect(lit("o₂")).toHaveCount(1);
  await expect(lit("w₅")).toHaveCount(0);
  await expectAccessible(page);
  // Another step has other paths.
  await press(page, "Step forward");
  await expect(page.getByRole("table", { name: "Paths of w₂" }).getByRole("button", { pressed: true })).toHaveCount(0);
});

test("of a large network's paths the largest are listed, the others are one sum", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("skalski").title);
  await stepBy(page, "layer");
  // The forward pass, then layer by layer back to the first.
  await page.keyboard.press("End");
  await press(page, "Step forward", 6);
  await page.keyboard.press("3");
  const paths = region(page, "Paths");
  await expect(paths).toContainText("62,500 paths lead from");
  await expect(paths.getByRole("rowheader", { name: "62,488 others" })).toBeVisible();
});

test("forward and reverse mode come to the same, and reverse mode needs fewer multiplications", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", at["w₁"]);
  await more(page, "Two ways").click();
  const ways = region(page, "Two ways through the chain rule");
  const [forward, reverse] = await formulas(ways);
  expect(forward).toBe("∂h1∂w1=i1=2∂out∂w1=w5·∂h1∂w1=0.28∂E∂w1=∂E∂out·∂out∂w1=−0.22652");
  expect(reverse).toBe("Δ=∂E∂out=−0.809Δh1=Δ·w5=−0.11326∂E∂w1=Δh1·i1=−0.22652");
  const row = (name) => ways.getByRole("row", { name });
  await expect(row(/forward mode/).getByRole("cell")).toHaveText(["2", "10"]);
  await expect(row(/reverse mode/).getByRole("cell")).toHaveText(["—", "8"]);
  await expectAccessible(page);
});

test("keys 1 to 5 open and close; nothing is open at first, and what a step lacks cannot be pressed", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", at["w₁"]);
  const names = ["Derivation", "General form", "Paths", "Prediction", "Two ways through the chain rule"];
  for (const name of names) await expect(region(page, name)).toHaveCount(0);
  for (const [k, name] of names.entries()) {
    await page.keyboard.press(String(k + 1));
    await expect(region(page, name)).toBeVisible();
    for (const other of names.filter((other) => other !== name)) await expect(region(page, other)).toHaveCount(0);
  }
  // It stays from step to step, also of another epoch.
  await page.keyboard.press("e");
  await expect(status(page, "Epoch")).toHaveText("1");
  await press(page, "Step forward", at["w₁"]);
  await expect(region(page, names[4])).toBeVisible();
  await page.keyboard.press("5");
  await expect(region(page, names[4])).toHaveCount(0);
  await press(page, "To start");
  await press(page, "Step forward");
  await expect(more(page, "Paths")).toBeDisabled();
  await expect(more(page, "General form")).toBeEnabled();
});

test("by phase all formulas stand together, as on the lecture's page of six updates", async ({ page }) => {
  await open(page);
  await stepBy(page, "phase");
  await press(page, "Step forward", 4);
  await expect(card(page).getByRole("heading", { level: 2 })).toHaveText("What are the 6 new weights?");
  const lines = (await card(page).getByRole("math").first().locator("mtr").allTextContents()).map((line) => line.replace(/\s/g, ""));
  expect(lines).toEqual([
    "w1new=w1−a·∂E∂w1=0.11−0.05×(−0.22652)=0.12133",
    "w2new=w2−a·∂E∂w2=0.21−0.05×(−0.33978)=0.22699",
    "w3new=w3−a·∂E∂w3=0.12−0.05×(−0.2427)=0.13214",
    "w4new=w4−a·∂E∂w4=0.08−0.05×(−0.36405)=0.098203",
    "w5new=w5−a·∂E∂w5=0.14−0.05×(−0.68765)=0.17438",
    "w6new=w6−a·∂E∂w6=0.15−0.05×(−0.38832)=0.16942",
  ]);
  await expectAccessible(page);
  await stepBy(page, "value");
  await expect(card(page).getByRole("heading", { level: 2 })).toHaveText("What is the new w₆?");
});

test("the whole update is saved as a LaTeX document", async ({ page }) => {
  await open(page);
  await press(page, "Step forward");
  await page.keyboard.press("d");
  const download = page.waitForEvent("download");
  await button(page, "Save .tex").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("hmkcode-2-2-1.tex");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(/^\\documentclass\{article\}[^]*\\end\{document\}\n$/);
  expect(text).toContain("&= 0.098203");
});
