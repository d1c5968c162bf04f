// One full round of backpropagation, stepped forwards and back: every number on the page is the
// reference's.
import { box, button, card, choice, diagram, each, expectColumn, map, NOT_YET, openLesson, press, readLedger, set, slider, status, stepBy } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { golden, lessonFile, named, shown } from "./reference.js";
import { measureCost } from "./step-cost.js";

// HMKCode's network after its first round, by hand: Δ = 0.191 − 1 = −0.809; ∂E/∂w₅ = Δ·h₁ …
const start = { "w₁": 0.11, "w₂": 0.21, "w₃": 0.12, "w₄": 0.08, "w₅": 0.14, "w₆": 0.15 };
const gradient = { "w₁": -0.22652, "w₂": -0.33978, "w₃": -0.2427, "w₄": -0.36405, "w₅": -0.68765, "w₆": -0.38832 };
const change = { "w₁": 0.011326, "w₂": 0.016989, "w₃": 0.012135, "w₄": 0.0182025, "w₅": 0.0343825, "w₆": 0.019416 };
const updated = { "w₁": 0.121326, "w₂": 0.226989, "w₃": 0.132135, "w₄": 0.0982025, "w₅": 0.1743825, "w₆": 0.169416 };
const losses = ["0.32724", "0.27696", "0.2229"];
const nothing = each(start, NOT_YET);

// What a full epoch takes in presses of "Step forward". Steps: h₁ h₂ out, E, Δ w₅ w₆ h₁ h₂ w₁ … w₄,
// and the six updates; term by term each of the three weighted sums takes one more.
const presses = { term: 22, value: 19, layer: 7, phase: 4 };

async function expectAll(page, digits) {
  const text = (numbers) => map(numbers, (x) => shown(x, digits));
  await expectColumn(page, "old", text(start));
  await expectColumn(page, "∂E/∂w", text(gradient));
  await expectColumn(page, "−a·∂E/∂w", text(change));
  await expectColumn(page, "new", text(updated));
}

async function expectNothing(page) {
  await expectColumn(page, "∂E/∂w", nothing);
  await expectColumn(page, "−a·∂E/∂w", nothing);
  await expectColumn(page, "new", nothing);
}

for (const [grain, n] of Object.entries(presses)) {
  test(`an epoch stepped ${grain} by ${grain}, and back to the start`, async ({ page }) => {
    await open(page);
    await stepBy(page, grain);
    await expectNothing(page);
    await press(page, "Step forward", n);
    await expectAll(page, 5);
    await expect(status(page, "Epoch")).toHaveText("0");
    await expect(status(page, "Loss")).toHaveText(losses[0]);

    await press(page, "Step forward");
    await expect(status(page, "Epoch")).toHaveText("1");
    await expect(status(page, "Loss")).toHaveText(losses[1]);
    await expectColumn(page, "old", map(updated, (x) => shown(x)));
    await expectNothing(page);

    await press(page, "Step back");
    await expect(status(page, "Epoch")).toHaveText("0");
    await expectAll(page, 5);
    await press(page, "Step back", n);
    await expectNothing(page);
    await expect(status(page, "Loss")).toHaveText(losses[0]);
    await expect(button(page, "Step back")).toBeDisabled();
  });
}

test("with ten digits the numbers are exactly the reference's", async ({ page }) => {
  await open(page);
  await set(page, "Digits", "10");
  await stepBy(page, "phase");
  await press(page, "Step forward", 4);
  for (const [heading, numbers] of [["old", start], ["∂E/∂w", gradient], ["−a·∂E/∂w", change], ["new", updated]]) {
    await expectColumn(page, heading, map(numbers, (x) => String(x).replace("-", "−")));
  }
  // The loss, (1 − 0.191)² / 2.
  await expect(status(page, "Loss")).toHaveText("0.3272405");
});

test("each cell of the ledger fills at its own step", async ({ page }) => {
  // The presses after which each number is there.
  const derived = { "w₅": 6, "w₆": 7, "w₁": 10, "w₂": 11, "w₃": 12, "w₄": 13 };
  const renewed = { "w₁": 14, "w₂": 15, "w₃": 16, "w₄": 17, "w₅": 18, "w₆": 19 };
  await open(page);
  for (let n = 0; n <= presses.value; n += 1) {
    const reached = (at, numbers) => Object.fromEntries(Object.keys(start).map((name) => [name, at[name] <= n ? shown(numbers[name]) : NOT_YET]));
    await expectColumn(page, "∂E/∂w", reached(derived, gradient));
    await expectColumn(page, "−a·∂E/∂w", reached(renewed, change));
    await expectColumn(page, "new", reached(renewed, updated));
    await press(page, "Step forward");
  }
});

// The names of the weights that the step is about, in the network.
const lit = (page) => diagram(page).locator(".chip.is-current .chip-name");

test("a sum is written term by term", async ({ page }) => {
  await open(page);
  await stepBy(page, "term");
  await press(page, "Step forward");
  // h₁ = i₁·w₁ + i₂·w₂ = 0.22 + 0.63
  await expect(card(page)).toContainText("0.22");
  await expect(card(page)).toContainText("term 1 of 2");
  // Only the product that has been added lights up.
  await expect(lit(page)).toHaveText(["w1"]);
  await press(page, "Step forward");
  await expect(card(page)).toContainText("0.85");
  await expect(card(page)).not.toContainText("term 1 of 2");
});

test("the end of each phase, the next epoch, and the start", async ({ page }) => {
  await open(page);
  for (const [step, phase] of [["3", "Forward"], ["4", "Error"], ["13", "Backward"], ["19", "Update"]]) {
    await press(page, "End of phase");
    await expect(slider(page)).toHaveValue(step);
    await expect(slider(page)).toHaveAttribute("aria-valuetext", new RegExp(`^${phase}, step`));
  }
  await expectAll(page, 5);
  for (let k = 1; k < losses.length; k += 1) {
    await press(page, "Next epoch");
    await expect(status(page, "Epoch")).toHaveText(String(k));
    await expect(status(page, "Loss")).toHaveText(losses[k]);
    await expect(slider(page)).toHaveValue("0");
  }
  await press(page, "To start");
  await expect(status(page, "Epoch")).toHaveText("0");
  await expect(status(page, "Loss")).toHaveText(losses[0]);
  await expectColumn(page, "old", map(start, (x) => shown(x)));
  await expectNothing(page);
});

test("the slider goes to any step", async ({ page }) => {
  await open(page);
  await slider(page).focus();
  for (const [key, step] of [["ArrowRight", "1"], ["End", "19"], ["ArrowLeft", "18"], ["Home", "0"], ["ArrowUp", "1"]]) {
    await slider(page).press(key);
    await expect(slider(page)).toHaveValue(step);
  }
  await slider(page).press("End");
  await expectAll(page, 5);
  await slider(page).press("Home");
  await expectNothing(page);
});

test("played, the steps go by themselves, through the epochs, until Pause", async ({ page }) => {
  await open(page);
  await choice(page, "Speed").selectOption({ label: "20 steps/s" });
  await press(page, "Play");
  await expect(status(page, "Epoch")).not.toHaveText("0");
  await press(page, "Pause");
  const reached = Number(await status(page, "Epoch").textContent());
  await expect(status(page, "Loss")).toHaveText(shown(golden("hmkcode").expected.loss_history[reached]));
  await press(page, "To start");
  await expectNothing(page);
});

test("stepping back crosses from one epoch into the one before", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch", 2);
  await expect(status(page, "Loss")).toHaveText(losses[2]);
  await stepBy(page, "phase");
  await press(page, "Step back");
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(slider(page)).toHaveValue("19");
  await expectColumn(page, "old", map(updated, (x) => shown(x)));
  await press(page, "Step back", 4);
  await expect(slider(page)).toHaveValue("0");
  await press(page, "Step back");
  await expect(status(page, "Epoch")).toHaveText("0");
  await expectAll(page, 5);
});

// The first update of the other lessons against the golden files.
for (const [file, reference, headings] of [
  ["mazur", "mazur", ["∂E/∂w", "−a·∂E/∂w"]],
  ["lecture-3-2-1", "lecture-3-2-1", ["∂L/∂w", "−α·∂L/∂w"]],
  ["hmkcode-four-points", "multi-point", ["∂E/∂w", "−a·∂E/∂w"]],
  ["xor", "xor", ["∂L/∂w", "step"]],
]) {
  const { title, notation, network, optimizer } = lessonFile(file);
  test(`the first update of ${title}`, async ({ page }) => {
    const { loss, gradients, updated, loss_history } = golden(reference).expected;
    const names = (layers) => named(layers, notation);
    const now = names(network.layers);
    const derivatives = names(gradients);
    const isFixed = (name) => network.train_biases === false && name.startsWith("b");
    const column = (numbers) => Object.fromEntries(Object.keys(now).map((name) => [name, isFixed(name) ? "fixed" : shown(numbers[name])]));

    await open(page);
    await openLesson(page, title);
    await expect(status(page, "Loss")).toHaveText(shown(loss));
    await slider(page).press("End");
    await expectColumn(page, "old", map(now, (x) => shown(x)));
    await expectColumn(page, headings[0], column(derivatives));
    // The first step of momentum is that of plain gradient descent.
    await expectColumn(page, headings[1], column(map(derivatives, (g) => -optimizer.learning_rate * g)));
    await expectColumn(page, "new", column(names(updated)));

    await press(page, "Next epoch");
    await expect(status(page, "Loss")).toHaveText(shown(loss_history[1]));
    await expectColumn(page, "old", map(names(updated), (x) => shown(x)));
    await press(page, "Next epoch");
    await expect(status(page, "Loss")).toHaveText(shown(loss_history[2]));
  });
}

test("with several samples each derivative is shown, then their mean", async ({ page }) => {
  const { samples, gradients } = golden("multi-point").expected;
  await open(page);
  await openLesson(page, "HMKCode, four data points");
  await stepBy(page, "phase");
  for (const { delta, a } of samples) {
    await press(page, "Step forward", 3);
    // ∂E/∂w₅ of this sample is its Δ·h₁.
    await expect.poll(async () => (await readLedger(page))["w₅"]["∂E/∂w"]).toBe(shown(delta[1][0] * a[0][0]));
  }
  await press(page, "Step forward");
  await expectColumn(page, "∂E/∂w", map(named(gradients), (x) => shown(x)));
});

test("the learning rate is the lesson's", async ({ page }) => {
  await open(page);
  await expect(box(page, "Learning rate")).toHaveValue("0.05");
});

// Times depend on the machine, how often the browser has to begin anew does not. A size that turns out wrong costs
// a second layout now and then.
for (const name of ["hmkcode", "skalski"]) {
  test(`a step of ${name} is styled at most twice and laid out hardly more than once`, async ({ browser }) => {
    const { step } = await measureCost(browser, process.env.CHAINRULE_URL, lessonFile(name).title);
    expect(step.styles).toBeLessThanOrEqual(2);
    expect(step.layouts).toBeLessThanOrEqual(1.5);
  });
}
