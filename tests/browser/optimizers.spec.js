// An update by an optimiser that remembers, number by number, its columns of the ledger, and what others make
// of the same derivatives: read off the page against textbook formulas in plain JavaScript.
import { box, card, expectColumn, importFile, NOT_YET, press, readLedger, stepBy, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { epoch, lessonFile, named, shown } from "./reference.js";

const [eta, beta1, beta2, epsilon, mu] = [0.05, 0.9, 0.999, 1e-8, 0.8];
const adam = { method: "adam", learning_rate: eta, beta1, beta2, epsilon };
const momentum = { method: "momentum", learning_rate: eta, momentum: mu };

// Steps of HMKCode by term before its updates: three sums of two terms, and ten single numbers.
const BEFORE_UPDATES = 16;

const lessonOf = (optimizer) => {
  const { published: _, ...lesson } = lessonFile("hmkcode");
  return { ...lesson, title: "By another optimiser", optimizer };
};

async function openWith(page, optimizer) {
  await open(page);
  await importFile(page, lessonOf(optimizer));
  await expect(card(page)).toContainText("By another optimiser");
}

// Every weight's way through updates 1 … t by a textbook's formulas.
function worked(optimizer, t) {
  let lesson = lessonOf(optimizer);
  let kept = {};
  let result;
  for (let n = 1; n <= t; n += 1) {
    const weights = named(lesson.network.layers);
    const gradients = named(epoch(lesson).gradients.map((layer) => ({ ...layer, biases: null })));
    result = {};
    for (const [name, g] of Object.entries(gradients)) {
      const old = kept[name] ?? { m: 0, v: 0 };
      const w = weights[name];
      if (optimizer.method === "adam") {
        const m = beta1 * old.m + (1 - beta1) * g;
        const v = beta2 * old.v + (1 - beta2) * g * g;
        const [mHat, vHat] = [m / (1 - beta1 ** n), v / (1 - beta2 ** n)];
        result[name] = { w, g, old, m, v, mHat, vHat, new: w - (eta * mHat) / (Math.sqrt(vHat) + epsilon) };
      } else {
        const m = mu * old.m + g;
        result[name] = { w, g, old, m, v: 0, new: w - eta * m };
      }
    }
    kept = result;
    const now = Object.values(result).map((one) => one.new);
    const layers = lesson.network.layers.map((layer) => ({ ...layer, weights: layer.weights.map((row) => row.map(() => now.shift())) }));
    lesson = { ...lesson, network: { ...lesson.network, layers } };
  }
  return result;
}

const heading = (page) => card(page).getByRole("heading", { level: 2 });
const formula = async (page) => (await card(page).getByRole("math").first().textContent()).replace(/\s/g, "");
const row = async (page, name) => (await readLedger(page))[name];

for (const t of [1, 2]) {
  test(`Adam's update ${t} number by number: m, v, both corrected, the new weight`, async ({ page }) => {
    await openWith(page, adam);
    if (t === 2) await press(page, "Next epoch");
    await stepBy(page, "term");
    await press(page, "Step forward", BEFORE_UPDATES);
    const all = worked(adam, t);
    const numbers = (name) => [
      [`What is the new m of ${name}?`, all[name].m],
      [`What is the new v of ${name}?`, all[name].v],
      [`What is the m of ${name}, corrected?`, all[name].mHat],
      [`What is the v of ${name}, corrected?`, all[name].vHat],
      [`What is the new ${name}?`, all[name].new],
    ];
    for (const name of ["w₁", "w₂"]) {
      for (const [k, [question, value]] of numbers(name).entries()) {
        await press(page, "Step forward");
        await expect(heading(page)).toHaveText(question);
        await expect(card(page)).toContainText(`number ${k + 1} of 5`);
        expect(await formula(page)).toMatch(new RegExp(`=${shown(value)}$`));
        // The ledger has what has been made, and nothing ahead of it.
        const expected = [all[name].m, all[name].v, null, null, all[name].new].map((x) => x !== null && shown(x));
        const cells = await row(page, name);
        expect([cells.m, cells.v, cells.new]).toEqual([
          expected[0],
          0 < k ? expected[1] : NOT_YET,
          k === 4 ? expected[4] : NOT_YET,
        ]);
      }
      await expectAccessible(page);
    }
    await press(page, "Step back", 3);
    await expect(heading(page)).toHaveText("What is the new v of w₂?");
    const { m, v, new: next } = await row(page, "w₂");
    expect([m, v, next]).toEqual([shown(all["w₂"].m), shown(all["w₂"].v), NOT_YET]);
    // By weight the rest comes with one press, and all formulas stand together.
    await stepBy(page, "value");
    await press(page, "Step forward");
    await expect(heading(page)).toHaveText("What is the new w₂?");
    for (const [, value] of numbers("w₂")) expect(await formula(page)).toContain(`=${shown(value)}`);
  });
}

test("all five lines of Adam's update, its reason and its effect are in sight in a low window", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 650 });
  await openWith(page, adam);
  await page.getByRole("slider", { name: "Step", exact: true }).press("End");
  await expect(card(page).getByText(/^Adam keeps a mean of the derivative/)).toBeInViewport({ ratio: 1 });
  await expect(card(page).getByText(/^To first order the whole update/)).toBeInViewport({ ratio: 1 });
  // What scrolls is a region.
  await expect(card(page).getByRole("region", { name: "Explanation" })).toHaveCount(0);
});

test("the first step of Adam is said to be as long as the learning rate", async ({ page }) => {
  await openWith(page, adam);
  await stepBy(page, "term");
  await press(page, "Step forward", BEFORE_UPDATES + 5);
  const { g } = worked(adam, 1)["w₁"];
  await expect(card(page)).toContainText(`√v̂ is the size of the derivative, ${shown(Math.abs(g))}: the step is nearly a = 0.05`);
});

test("the ledger has columns for what the optimiser remembers, and only then", async ({ page }) => {
  await open(page);
  const headings = async () => Object.keys(await row(page, "w₁"));
  expect(await headings()).toEqual(["old", "product", "∂E/∂w", "−a·∂E/∂w", "new"]);
  await importFile(page, lessonOf(momentum));
  await expect(card(page)).toContainText("By another optimiser");
  expect(await headings()).toEqual(["old", "product", "∂E/∂w", "m", "step", "new"]);
  await press(page, "Next epoch");
  await press(page, "End of phase", 4);
  const all = worked(momentum, 2);
  const column = (key) => Object.fromEntries(Object.entries(all).map(([name, one]) => [name, shown(one[key])]));
  await expectColumn(page, "m", column("m"));
  await expectColumn(page, "new", column("new"));
  // A press on a number of the column leads to where it is made.
  const cell = page.getByRole("table", { name: "Ledger" }).getByRole("row", { name: /^w₂/ }).getByText(shown(all["w₂"].m), { exact: true });
  await cell.click();
  await expect(heading(page)).toHaveText("What is the new m of w₂?");
});

for (const [width, height, hasStep] of [[1366, 650, true], [1024, 600, false], [390, 844, false]]) {
  test(`on ${width} × ${height} every column of the ledger is in sight with Adam`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const { published: _, ...xor } = lessonFile("xor");
    await importFile(page, { ...xor, title: "By another optimiser", optimizer: adam });
    await expect(card(page)).toContainText("By another optimiser");
    await press(page, "Next epoch");
    await press(page, "End of phase", 14);
    const table = page.getByRole("table", { name: "Ledger" });
    await expect(table.getByRole("columnheader", { name: "v", exact: true })).toHaveCount(1);
    // On a narrow panel the step is left to the two columns that it lies between.
    await expect(table.getByRole("columnheader", { name: "step", exact: true })).toHaveCount(hasStep ? 1 : 0);
    const beyond = await table.evaluate(({ parentElement: scroller }) => scroller.scrollWidth - scroller.clientWidth);
    expect(beyond, "width of the ledger beyond its panel").toBeLessThanOrEqual(0);
  });
}

test("an edit changes the number that is shown", async ({ page }) => {
  await openWith(page, momentum);
  await stepBy(page, "term");
  await press(page, "Step forward", BEFORE_UPDATES + 1);
  await expect(heading(page)).toHaveText("What is the new m of w₁?");
  await type(box(page, "w₅"), "0.5");
  // Δ = 0.85·0.5 + 0.48·0.15 − 1, and ∂E/∂w₁ = Δ·w₅·i₁.
  await expect(heading(page)).toHaveText("What is the new m of w₁?");
  expect(await formula(page)).toMatch(new RegExp(`=${shown((0.85 * 0.5 + 0.48 * 0.15 - 1) * 0.5 * 2)}$`));
});

test("in books and frameworks the same update is made otherwise, with this step's numbers", async ({ page }) => {
  const variants = page.getByRole("group", { name: "More about this step" }).getByRole("button", { name: "Variants", exact: true });
  await open(page);
  await press(page, "Step forward");
  await expect(variants).toHaveCount(0);
  await openWith(page, momentum);
  await press(page, "Next epoch");
  await press(page, "Step forward");
  await expect(variants).toBeDisabled();
  await press(page, "End of phase", 3);
  await press(page, "Step forward");
  await variants.click();
  const table = page.getByRole("table", { name: "The update in books and frameworks" });
  const cells = (name) => table.getByRole("row", { name }).getByRole("cell");
  const { w, g, old, m } = worked(momentum, 2)["w₁"];
  await expect(cells(/PyTorch, and this page/)).toHaveText([shown(w - eta * m), shown(w - (eta / 2) * m)]);
  // velocity = momentum * velocity - learning_rate * g; w = w + velocity
  const velocity = (rate) => mu * (0 - eta * old.m) - rate * g;
  await expect(cells(/^Keras/)).toHaveText([shown(w + velocity(eta)), shown(w + velocity(eta / 2))]);
  const mean = mu * (1 - mu) * old.m + (1 - mu) * g;
  await expect(cells(/^Ng/)).toHaveText([shown(w - eta * mean), shown(w - (eta / 2) * mean)]);
  await expectAccessible(page);
  await page.keyboard.press("6");
  await expect(table).toHaveCount(0);

  await openWith(page, adam);
  await press(page, "Next epoch");
  await press(page, "End of phase", 3);
  await press(page, "Step forward");
  await page.keyboard.press("6");
  const second = worked(adam, 2)["w₁"];
  const alpha = (eta * Math.sqrt(1 - beta2 ** 2)) / (1 - beta1 ** 2);
  await expect(cells(/algorithm 1/)).toHaveText([shown(second.new)]);
  await expect(cells(/Keras, TensorFlow/)).toHaveText([shown(second.w - (second.m * alpha) / (Math.sqrt(second.v) + epsilon))]);
  await expect(cells(/^BERT/)).toHaveText([shown(second.w - (eta * second.m) / (Math.sqrt(second.v) + epsilon))]);
  await expectAccessible(page);
});
