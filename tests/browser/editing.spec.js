// Live editing: a changed number changes everything at once, and the step stays where it was.
// What must follow is computed here by the network of reference.js.
import { alert, box, button, choice, diagram, each, expectColumn, map, openLesson, openTab, press, readLedger, set, slider, spin, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { after, epoch, lessonFile, named, shown } from "./reference.js";

// A copy of a lesson in which `change` has been made.
function changed(lesson, change) {
  const copy = structuredClone(lesson);
  change(copy);
  return copy;
}

// Everything on the page at the end of an epoch's steps.
async function expectNumbers(page, lesson) {
  const { notation, network, optimizer } = lesson;
  const { loss, gradients, updated } = epoch(lesson);
  const derivatives = named(gradients, notation);
  const [gradient, change] = notation === "numbered" ? ["∂E/∂w", "−a·∂E/∂w"] : ["∂L/∂w", "−α·∂L/∂w"];
  await expect(status(page, "Loss")).toHaveText(shown(loss));
  await expectColumn(page, "old", map(named(network.layers, notation), (x) => shown(x)));
  await expectColumn(page, gradient, map(derivatives, (x) => shown(x)));
  await expectColumn(page, change, map(derivatives, (x) => shown(-optimizer.learning_rate * x)));
  await expectColumn(page, "new", map(named(updated, notation), (x) => shown(x)));
}

const hmkcode = lessonFile("hmkcode");
const lecture = lessonFile("lecture-3-2-1");
const points = lessonFile("hmkcode-four-points");
const weights = (lesson, l) => lesson.network.layers[l].weights;

// What is edited, in which lesson and tab, how, and what that makes of the lesson.
const edits = [
  ["a weight in the ledger", hmkcode, "Ledger", (page) => type(box(page, "w₅"), "0.3"), (it) => (weights(it, 1)[0][0] = 0.3)],
  ["a weight in the diagram", hmkcode, "Ledger", (page) => type(spin(page, "w₄"), "-0.4"), (it) => (weights(it, 0)[1][1] = -0.4)],
  ["a weight in the diagram by an arrow key", hmkcode, "Ledger", (page) => spin(page, "w₅").press("ArrowUp"), (it) => (weights(it, 1)[0][0] = 0.15)],
  ["a weight by Shift and an arrow key", hmkcode, "Ledger", (page) => spin(page, "w₅").press("Shift+ArrowDown"), (it) => (weights(it, 1)[0][0] = 0.04)],
  ["a bias", lecture, "Ledger", (page) => type(box(page, "b₁⁽¹⁾"), "0.5"), (it) => (it.network.layers[0].biases[0] = 0.5)],
  ["an input", hmkcode, "Ledger", (page) => type(box(page, "i₁"), "−1,5"), (it) => (it.data.inputs[0][0] = -1.5)],
  ["a target", hmkcode, "Ledger", (page) => type(box(page, "target"), "0.5"), (it) => (it.data.targets[0][0] = 0.5)],
  ["the learning rate", hmkcode, "Ledger", (page) => type(box(page, "Learning rate"), "0.1"), (it) => (it.optimizer.learning_rate = 0.1)],
  ["an input in the data", points, "Data", (page) => type(box(page, "i₂ of sample 2"), "4"), (it) => (it.data.inputs[1][1] = 4)],
  ["a target in the data", points, "Data", (page) => type(box(page, "target of sample 4"), "2"), (it) => (it.data.targets[3][0] = 2)],
  [
    "one sample more",
    points,
    "Data",
    (page) => press(page, "Add sample"),
    ({ data }) => [data.inputs, data.targets].forEach((rows) => rows.push([...rows.at(-1)])),
  ],
  [
    "one sample less",
    points,
    "Data",
    (page) => press(page, "Remove sample 1"),
    ({ data }) => [data.inputs, data.targets].forEach((rows) => rows.shift()),
  ],
];

for (const [what, lesson, tab, edit, change] of edits) {
  test(`${what}: all numbers follow, the step stays, and it can be undone`, async ({ page }) => {
    await open(page);
    await openLesson(page, lesson.title);
    await slider(page).press("End");
    const place = await slider(page).getAttribute("aria-valuetext");
    await expectNumbers(page, lesson);

    await openTab(page, tab);
    await edit(page);
    await openTab(page, "Ledger");
    await expectNumbers(page, changed(lesson, change));
    await expect(slider(page)).toHaveAttribute("aria-valuetext", place);

    await press(page, "Undo");
    await expectNumbers(page, lesson);
    await expect(slider(page)).toHaveAttribute("aria-valuetext", place);
    await press(page, "Redo");
    await expectNumbers(page, changed(lesson, change));
    await expect(slider(page)).toHaveAttribute("aria-valuetext", place);
  });
}

test("an edit in a later epoch starts from there", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch", 2);
  await slider(page).press("End");
  await type(box(page, "w₁"), "1");
  await expectNumbers(page, changed(after(hmkcode, 2), (it) => (weights(it, 0)[0][0] = 1)));
  await expect(status(page, "Epoch")).toHaveText("2");
});

test("layer by layer is another update order, and what Mazur’s later numbers come from", async ({ page }) => {
  await open(page);
  await set(page, "Digits", "9");
  await openLesson(page, "Mazur 2-2-2");
  for (const [order, loss] of [["simultaneous", "0.291027774"], ["layer by layer", "0.291027924"]]) {
    await openTab(page, "Data");
    await choice(page, "Update order").selectOption({ label: order });
    await press(page, "Next epoch");
    await expect(status(page, "Loss")).toHaveText(loss);
    await press(page, "To start");
  }
});

test("momentum of 0 is plain gradient descent", async ({ page }) => {
  const xor = lessonFile("xor");
  await open(page);
  await openLesson(page, xor.title);
  await openTab(page, "Data");
  await type(box(page, "momentum μ"), "0");
  await openTab(page, "Ledger");
  await press(page, "Next epoch", 3);
  await expect(status(page, "Loss")).toHaveText(shown(epoch(after(xor, 3)).loss));
  await expectColumn(page, "old", map(named(after(xor, 3).network.layers, "indexed"), (x) => shown(x)));
});

test("Reset brings the lesson back as it was opened", async ({ page }) => {
  await open(page);
  await type(box(page, "w₅"), "0.3");
  await type(box(page, "i₁"), "7");
  await type(box(page, "Learning rate"), "0.01");
  await press(page, "Next epoch", 3);
  await press(page, "Reset");
  await expect(status(page, "Epoch")).toHaveText("0");
  await expect(box(page, "Learning rate")).toHaveValue("0.05");
  await slider(page).press("End");
  await expectNumbers(page, hmkcode);
});

test("a half-typed number is not overwritten while the page plays on", async ({ page }) => {
  await open(page);
  const field = box(page, "w₅");
  await press(page, "Play");
  await field.focus();
  await page.keyboard.type("0.");
  const step = await slider(page).inputValue();
  await expect(slider(page)).not.toHaveValue(step);
  await expect(field).toHaveValue("0.");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("0.3");
  await press(page, "Pause");
  await slider(page).press("End");
  await expectNumbers(page, changed(hmkcode, (it) => (weights(it, 1)[0][0] = 0.3)));
});

test("Escape brings the old number back", async ({ page }) => {
  await open(page);
  const field = box(page, "w₅");
  await field.fill("0.9");
  await field.press("Escape");
  await expect(field).toHaveValue("0.14");
  await expect(button(page, "Undo")).toBeDisabled();
});

// What cannot be: the field by its name, what is typed, and how the number is called in the sentence.
for (const [name, text, called] of [
  ["w₅", "abc", "w₅"],
  ["w₅", "1e9", "w₅"],
  ["w₅", "", "w₅"],
  ["w₅", "1.2.3", "w₅"],
  ["w₅", "NaN", "w₅"],
  ["w₅", "1/3", "w₅"],
  ["i₁", "-2000000", "i₁"],
  ["target", "one", "target"],
  ["Learning rate", "-1", "learning rate"],
  ["Learning rate", "1001", "learning rate"],
  ["Learning rate", "fast", "learning rate"],
]) {
  test(`${name} refuses “${text}” with a sentence and keeps its old value`, async ({ page }) => {
    await open(page);
    await slider(page).press("End");
    const old = await box(page, name).inputValue();
    await type(box(page, name), text);
    await expect(alert(page)).toContainText(new RegExp(`${called}.* cannot be .*The old value stays`, "i"));
    await box(page, name).blur();
    await expect(box(page, name)).toHaveValue(old);
    await expectNumbers(page, hmkcode);
    await expect(button(page, "Undo")).toBeDisabled();
    await press(page, "Dismiss");
    await expect(alert(page)).toBeHidden();
  });
}

test("a number that is refused as the clicker steps has its sentence until the next step", async ({ page }) => {
  await open(page);
  await box(page, "w₅").fill("1e9");
  await page.keyboard.press("PageDown");
  await expect(slider(page)).toHaveValue("1");
  await expect(alert(page)).toContainText(/w₅ cannot be .*The old value stays/);
  await page.keyboard.press("PageDown");
  await expect(slider(page)).toHaveValue("2");
  await expect(alert(page)).toBeHidden();
});

// Drags a field sideways with the mouse, a little at a time.
async function drag(page, field, pixels) {
  const { x, y, width, height } = await field.boundingBox();
  const [fromX, fromY] = [x + width / 2, y + height / 2];
  await page.mouse.move(fromX, fromY);
  await page.mouse.down();
  await page.mouse.move(fromX + pixels, fromY, { steps: 10 });
  await page.mouse.up();
}

for (const [what, field, pixels, value, change] of [
  ["a weight in the ledger", (page) => box(page, "w₅"), 20, "0.19", (it) => (weights(it, 1)[0][0] = 0.19)],
  ["a weight in the diagram", (page) => spin(page, "w₅"), -20, "0.09", (it) => (weights(it, 1)[0][0] = 0.09)],
  ["an input", (page) => diagram(page).getByRole("textbox", { name: "i₁" }), 40, "3", (it) => (it.data.inputs[0][0] = 3)],
  ["the learning rate", (page) => box(page, "Learning rate"), 40, "0.06", (it) => (it.optimizer.learning_rate = 0.06)],
]) {
  test(`${what} is dragged sideways, four pixels a step, and undone as one`, async ({ page }) => {
    await open(page);
    await slider(page).press("End");
    await drag(page, field(page), pixels);
    await expect(field(page)).toHaveValue(value);
    await expectNumbers(page, changed(hmkcode, change));
    await press(page, "Undo");
    await expectNumbers(page, hmkcode);
    await expect(button(page, "Undo")).toBeDisabled();
    await press(page, "Redo");
    await expectNumbers(page, changed(hmkcode, change));
  });
}

test("before its step a changed number shows nothing too early", async ({ page }) => {
  await open(page);
  await type(box(page, "w₅"), "0.3");
  await expectColumn(page, "new", each(await readLedger(page), "not yet"));
});

test("the only sample cannot be removed", async ({ page }) => {
  await open(page);
  await openTab(page, "Data");
  await expect(button(page, "Remove sample 1")).toBeDisabled();
});
