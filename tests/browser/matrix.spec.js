// The tab Matrix: each orientation, shapes, Δ written out, sample by sample, cells by keyboard, copying.
import { card, choice, diagram, importFile, openLesson, openTab, press, slider, stepBy } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { epoch, lessonFile, shown } from "./reference.js";

const ORIENTATIONS = ["z = W a: rows receive", "z = Wᵀ a: rows send", "z = a W: samples in rows"];
const form = (page) => page.getByRole("region", { name: "Matrix form" });
const orient = (page, label) => choice(page, "Orientation").selectOption({ label });
const toggle = (page, name) => form(page).getByRole("button", { name, exact: true });
const copy = (page, what) => form(page).getByRole("button", { name: `Copy as ${what}`, exact: true });

// The lines of each equation: rows of a matrix after ";", cells after ",", its shape in angle brackets.
function equations(page) {
  return form(page).getByRole("math").evaluateAll((all) => {
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent;
      const parts = [...node.childNodes].map(read);
      switch (node.localName) {
        case "munder":
          return node.firstElementChild.querySelector(":scope > mtable") ? `${parts[0]}⟨${parts[1]}⟩` : parts.join("");
        case "mtable":
          return parts.join("; ");
        case "mtr":
          return parts.join(", ");
        case "msubsup":
          return `${parts[0]}${parts[1]}'`;
        default:
          return parts.join("");
      }
    };
    const line = (row) => [...row.children].map((cell) => [...cell.childNodes].map(read).join("")).join("");
    return all.flatMap((math) => [...math.querySelectorAll(":scope > mtable")].map((table) => [...table.children].map(line)));
  });
}
const withoutShapes = (lines) => lines.map((line) => line.replace(/⟨[^⟩]*⟩/g, ""));

// At the end of this phase of the first update.
async function openAt(page, phase, lesson) {
  await open(page);
  if (lesson) await openLesson(page, lesson);
  await stepBy(page, "phase");
  const heading = page.getByRole("heading", { name: phase });
  await openTab(page, "Matrix");
  for (let k = 0; k < 20 && !(await heading.count()); k += 1) await press(page, "Step forward");
  await expect(heading).toBeVisible();
}

// HMKCode, Backpropagation Step by Step, 2019: the update in matrices, and its numbers to five digits.
test("the lecture's page of the update stands there cell by cell", async ({ page }) => {
  await openAt(page, /^Update/);
  await orient(page, "z = Wᵀ a: rows send");
  await toggle(page, "Write Δ out").click();
  const x = (number) => shown(number);
  const { updated } = epoch(lessonFile("hmkcode"));
  const [newHidden, newOutput] = updated.map((layer) => layer.weights);
  const delta = 0.191 - 1;
  const change = (input, weight) => x(0.05 * input * delta * weight);
  await expect.poll(async () => (await equations(page)).map(withoutShapes)).toEqual([
    [
      "[w1', w3'; w2', w4']=[w1, w3; w2, w4]−a·Δ·[i1; i2]·[w5, w6]",
      "=[w1, w3; w2, w4]−[a·i1·Δ·w5, a·i1·Δ·w6; a·i2·Δ·w5, a·i2·Δ·w6]",
      "=[0.11, 0.12; 0.21, 0.08]−0.05·(−0.809)·[2; 3]·[0.14, 0.15]",
      `=[0.11, 0.12; 0.21, 0.08]−[${change(2, 0.14)}, ${change(2, 0.15)}; ${change(3, 0.14)}, ${change(3, 0.15)}]`,
      `=[${x(newHidden[0][0])}, ${x(newHidden[1][0])}; ${x(newHidden[0][1])}, ${x(newHidden[1][1])}]`,
    ],
    [
      "[w5'; w6']=[w5; w6]−a·Δ·[h1; h2]",
      "=[w5; w6]−[a·h1·Δ; a·h2·Δ]",
      "=[0.14; 0.15]−0.05·(−0.809)·[0.85; 0.48]",
      `=[0.14; 0.15]−[${change(0.85, 1)}; ${change(0.48, 1)}]=[${x(newOutput[0][0])}; ${x(newOutput[0][1])}]`,
    ],
  ]);
});

test("each orientation has its matrices and their shapes", async ({ page }) => {
  await openAt(page, /^Forward/);
  const first = async () => (await equations(page))[0][0];
  const expected = [
    "[h1; h2]⟨2×1⟩=[w1, w2; w3, w4]⟨2×2⟩·[i1; i2]⟨2×1⟩",
    "[h1; h2]⟨2×1⟩=[w1, w3; w2, w4]⟨2×2⟩T·[i1; i2]⟨2×1⟩",
    "[h1, h2]⟨1×2⟩=[i1, i2]⟨1×2⟩·[w1, w3; w2, w4]⟨2×2⟩",
  ];
  for (const [k, label] of ORIENTATIONS.entries()) {
    await orient(page, label);
    await expect.poll(first).toBe(expected[k]);
  }
  // It is the reader's, and outlives another tab and the page.
  await openTab(page, "Ledger");
  await page.reload();
  await openTab(page, "Matrix");
  await expect.poll(first).toBe(expected[2]);
});

test("the shape is that of the whole matrix where dots stand for a part of it", async ({ page }) => {
  await openAt(page, /^Forward/, "Handwritten digits 64-32-10");
  await expect.poll(async () => (await equations(page))[0].join("")).toContain("⟨32×64⟩");
});

test("the mean over four points is worked out sample by sample", async ({ page }) => {
  await openAt(page, /^Average/, "HMKCode, four data points");
  await orient(page, "z = Wᵀ a: rows send");
  await toggle(page, "Sample by sample").click();
  const lesson = lessonFile("hmkcode-four-points");
  const one = (k) => epoch({ ...lesson, data: { inputs: [lesson.data.inputs[k]], targets: [lesson.data.targets[k]] } }).gradients[1].weights[0];
  const all = [0, 1, 2, 3].map(one);
  const mean = epoch(lesson).gradients[1].weights[0];
  const column = (pair) => `[${shown(pair[0])}; ${shown(pair[1])}]`;
  const read = async () => withoutShapes((await equations(page))[0]).join("");
  await expect.poll(read).toContain(`=14·(${all.map(column).join("+")})`);
  await expect.poll(read).toContain(`=14·${column(mean.map((x) => 4 * x))}=${column(mean)}`);
  // Taken for the mean, the sum has no factor.
  await openTab(page, "Experiments");
  await page.getByRole("switch", { name: "sum instead of mean" }).click();
  await openTab(page, "Matrix");
  await expect.poll(read).not.toContain("14·");
});

test("the update with a mean over samples is written out as W − η 1/m Δ Aᵀ", async ({ page }) => {
  await openAt(page, /^Update/, "HMKCode, four data points");
  await orient(page, "z = Wᵀ a: rows send");
  const read = async () => withoutShapes((await equations(page)).at(-1)).join("");
  const before = await read();
  await toggle(page, "Write Δ out").click();
  await expect.poll(read).not.toBe(before);
  // W ← W − a · ¼ · A Δᵀ, with a row of Δ per sample.
  await expect.poll(read).toContain("−a·14·");
  await expect.poll(read).toContain("[w5; w6]");
  await expectAccessible(page);
  await toggle(page, "Write Δ out").click();
  await expect.poll(read).toBe(before);
});

test("the controls stay in sight while the matrices are scrolled", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 650 });
  await openAt(page, /^Backward/, "HMKCode, four data points");
  await form(page).evaluate((section) => section.scrollTo(0, section.scrollHeight));
  await expect(toggle(page, "Write Δ out")).toBeInViewport();
  await toggle(page, "Write Δ out").click();
  await expect(toggle(page, "Write Δ out")).toHaveAttribute("aria-pressed", "true");
});

test("shown to a hall, a row of four inputs with long names is not cut", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await openAt(page, /^Forward/, lessonFile("iris").title);
  await orient(page, "z = a W: samples in rows");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("p");
  await page.keyboard.press("t");
  const beyond = () => form(page).evaluate((section) => section.scrollWidth - section.clientWidth);
  await expect(form(page).getByText("petal width").first()).toBeVisible();
  await expect.poll(beyond).toBe(0);
});

test("what does nothing in a phase cannot be pressed", async ({ page }) => {
  await openAt(page, /^Forward/);
  await expect(toggle(page, "Write Δ out")).toBeDisabled();
  await expect(toggle(page, "Write Δ out")).toHaveAccessibleDescription("There is no Δ of a hidden layer in the phase Forward.");
  await expect(toggle(page, "Sample by sample")).toBeDisabled();
  await expect(toggle(page, "Sample by sample")).toHaveAccessibleDescription("There is no mean over samples to be worked out in the phase Forward.");
  // Adam divides what it remembers: there is no Δ in its step.
  await openTab(page, "Design");
  await choice(page, "Optimiser").selectOption({ label: "Adam" });
  await openTab(page, "Matrix");
  await slider(page).press("End");
  await expect(toggle(page, "Write Δ out")).toHaveAccessibleDescription(/^This optimiser makes its step of more than the derivative/);
});

test("a cell lights its quantity and leads to its step, by pointer and by keyboard", async ({ page }) => {
  await openAt(page, /^Update/);
  const lit = diagram(page).locator("g.edge.is-lit");
  const cell = form(page).locator('[data-quantity="w₆"]:visible').first();
  await cell.hover();
  await expect(lit).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(lit).toHaveCount(0);
  // One stop of Tab for an equation; the arrows go from cell to cell.
  const cells = form(page).getByRole("list", { name: "Cells" }).first().getByRole("button");
  await toggle(page, "Write Δ out").focus();
  await page.keyboard.press("Tab");
  await expect(cells.first()).toBeFocused();
  await expect(form(page).locator(".is-focused").first()).toBeInViewport();
  await page.keyboard.press("End");
  await expect(cells.last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(cells.nth(1)).toBeFocused();
  await expect(lit).toHaveCount(1);
  const before = await slider(page).inputValue();
  await page.keyboard.press("Enter");
  await expect(slider(page)).not.toHaveValue(before);
  await expect(form(page)).toBeFocused();
});

test("what is copied has the page's numbers", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await openAt(page, /^Update/);
  await orient(page, "z = a W: samples in rows");
  await copy(page, "LaTeX").click();
  await expect(form(page).getByRole("button", { name: "Copied" })).toBeVisible();
  const latex = await clipboard();
  expect(latex.startsWith("\\begin{align*}")).toBe(true);
  const { updated } = epoch(lessonFile("hmkcode"));
  for (const row of updated.flatMap((layer) => layer.weights)) for (const w of row) expect(latex).toContain(shown(w));
  await copy(page, "NumPy").click();
  await expect.poll(clipboard).toContain("import numpy as np");
  const numpy = await clipboard();
  for (const line of ["X = np.array([[2.0, 3.0]])", "W2 = np.array([[0.14], [0.15]])", "eta = 0.05", "W2_new = W2 - eta * dW2"]) {
    expect(numpy).toContain(line);
  }
  // An edit goes into it at once.
  await page.getByRole("spinbutton", { name: "w₅", exact: true }).fill("0.3");
  await page.keyboard.press("Enter");
  await copy(page, "NumPy").click();
  await expect.poll(clipboard).toContain("W2 = np.array([[0.3], [0.15]])");
});

test("an update with too many numbers says how many can be copied", async ({ page }) => {
  await open(page);
  const lesson = lessonFile("hmkcode");
  const many = (one) => Array.from({ length: 8000 }, () => one);
  await importFile(page, { ...lesson, title: "Many", published: [], data: { inputs: many([2, 3]), targets: many([1]) } });
  await expect(card(page)).toContainText("Many");
  await openTab(page, "Matrix");
  await copy(page, "NumPy").click();
  await expect(page.getByText(/24,006 numbers .* at most 20,000/)).toBeVisible();
});

test("it is accessible with all of it open, in both notations", async ({ page }) => {
  for (const lesson of ["HMKCode, four data points", "Lecture 3-2-1"]) {
    await openAt(page, /^(Average|Update)/, lesson);
    await orient(page, "z = Wᵀ a: rows send");
    for (const name of [/^Write . out$/, "Sample by sample"]) {
      const button = form(page).getByRole("button", { name });
      if ((await button.isEnabled()) && (await button.getAttribute("aria-pressed")) === "false") await button.click();
    }
    await expectAccessible(page);
  }
});
