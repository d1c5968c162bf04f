// Designing a network in the page: layers, data, start weights; and the plot of what it makes of them.
import { alert, atFullSpeed, box, openLesson, openTab, press, readLedger, spin, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const choose = (page, name, label) => page.getByRole("combobox", { name, exact: true }).selectOption({ label });
const table = (page, name) => page.getByRole("table", { name, exact: true });
const weights = async (page) => {
  await openTab(page, "Ledger");
  const rows = await readLedger(page);
  await openTab(page, "Design");
  return Object.values(rows).map(({ old }) => old);
};

test.beforeEach(async ({ page }) => {
  await open(page);
  await openLesson(page, "XOR 2-2-1 with momentum");
  await openTab(page, "Design");
});

test("layers and units come and go, and what they leave alone stays", async ({ page }) => {
  const before = await weights(page);
  await type(box(page, "Units of layer 1"), "3");
  await expect(table(page, "Layers")).toContainText("13 weights and biases");
  const wider = await weights(page);
  expect(wider).toHaveLength(13);
  // The first two units keep their weights, row by row.
  expect(wider.slice(0, 4)).toEqual(before.slice(0, 4));
  await press(page, "Add a layer before layer 2");
  await expect(table(page, "Layers").getByRole("row")).toHaveCount(5);
  await press(page, "Remove layer 2");
  await press(page, "Undo");
  await press(page, "Undo");
  await press(page, "Undo");
  expect(await weights(page)).toEqual(before);
});

test("the same seed draws the same weights, the next one others", async ({ page }) => {
  await press(page, "Sample new weights");
  const first = await weights(page);
  await openTab(page, "Design");
  await press(page, "Draw again");
  const second = await weights(page);
  expect(second).not.toEqual(first);
  await press(page, "Undo");
  expect(await weights(page)).toEqual(first);
});

test("what makes no sense is explained and changes nothing", async ({ page }) => {
  await type(box(page, "Units of layer 1"), "0");
  await expect(alert(page)).toContainText("a whole number from 1 to 256");
  await expect(box(page, "Units of layer 1")).toHaveValue("2");
  await type(box(page, "Units of layer 1"), "2.5");
  await expect(alert(page)).toContainText("a whole number is accepted");
  await choose(page, "Activation of layer 1", "softmax");
  await expect(alert(page)).toContainText("last layer only");
  await expect(page.getByRole("combobox", { name: "Activation of layer 1" })).toHaveValue("sigmoid");
  await choose(page, "Activation of layer 2", "softmax");
  await expect(alert(page)).toContainText("the share of a single one is always 1");
  await expect(page.getByRole("combobox", { name: "Activation of layer 2" })).toHaveValue("sigmoid");
  await type(box(page, "Scale"), "-5");
  await expect(alert(page)).toContainText("a number from 0 to 1000 is accepted");
  await choose(page, "Data", "encoder");
  await choose(page, "Activation of layer 2", "softmax");
  await expect(alert(page)).toContainText("go together");
  await expect(page.getByRole("combobox", { name: "Loss function" })).toHaveValue("cross-entropy");
  await choose(page, "Data", "sine");
  await choose(page, "Activation of layer 2", "ReLU");
  await expect(page.getByText("Of ReLU outputs some targets are out of reach: they go from −1 to 1.")).toBeVisible();
});

test("an optimiser has its numbers, data their size, and what is drawn stays chosen", async ({ page }) => {
  await choose(page, "Optimiser", "Adam");
  await type(box(page, "decay β₁"), "0.8");
  await choose(page, "Data", "symmetry");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("64 training samples")).toBeVisible();
  await type(box(page, "Number of inputs"), "4");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("16 training samples")).toBeVisible();
  await choose(page, "Data", "teacher network");
  await type(box(page, "Hidden layers of the teacher"), "2");
  await type(box(page, "Units of the teacher’s layers"), "6");
  await expect(box(page, "Units of the teacher’s layers")).toHaveValue("6");
  await choose(page, "Scheme", "zeros");
  await type(box(page, "Seed"), "41");
  await page.getByRole("button", { name: "Draw again" }).click();
  await openTab(page, "Ledger");
  await openTab(page, "Design");
  await expect(box(page, "Seed")).toHaveValue("42");
  await expect(page.getByRole("combobox", { name: "Scheme" })).toHaveValue("zeros");
  await expect(box(page, "decay β₁")).toHaveValue("0.8");
  await page.reload();
  await openTab(page, "Design");
  await expect(box(page, "Seed")).toHaveValue("42");
});

test("the width is dragged while the network learns, and taken back at once", async ({ page }) => {
  await openLesson(page, "One hidden layer learns a step");
  await openTab(page, "Plot");
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("1000000");
  await atFullSpeed(page);
  await press(page, "Run");
  const width = page.getByRole("slider", { name: "Hidden units" });
  const before = await width.inputValue();
  const track = await width.boundingBox();
  const across = (share) => [track.x + share * track.width, track.y + track.height / 2];
  await page.mouse.move(...across(0.4));
  await page.mouse.down();
  for (const share of [0.5, 0.6, 0.7]) await page.mouse.move(...across(share));
  await page.mouse.up();
  const epoch = page.getByRole("status", { name: "Epoch", exact: true });
  expect(Number(await width.inputValue())).toBeGreaterThan(Number(before));
  await expect(epoch).not.toHaveText("0");
  await press(page, "Stop");
  await press(page, "Undo");
  await expect(width).toHaveValue(before);
});

test("a truth table is the data", async ({ page }) => {
  await choose(page, "Data", "OR");
  await openTab(page, "Data");
  const targets = table(page, "Samples").getByRole("textbox", { name: /^(y|target)/ });
  await expect(targets).toHaveCount(4);
  expect(await targets.evaluateAll((boxes) => boxes.map(({ value }) => value))).toEqual(["0", "1", "1", "1"]);
});

test("the data of a built-in lesson are given to another network", async ({ page }) => {
  await choose(page, "Data", "Iris");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("120 training samples, 30 test samples")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Data", exact: true })).toHaveValue("Iris");
  await openTab(page, "Accuracy");
  await expect(table(page, "Test: classes")).toContainText("of 30");
  await expect(table(page, "Test: classes").getByRole("columnheader", { name: "predicted versicolor" })).toBeVisible();
  await press(page, "Undo");
  await openTab(page, "Design");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("4 training samples, 0 test samples")).toBeVisible();
});

test("a network designed for the moons learns them, in a plot and a count", async ({ page }) => {
  await choose(page, "Data", "moons");
  await type(box(page, "Noise"), "0.1");
  await type(box(page, "Test share"), "0.25");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("150 training samples, 50 test samples")).toBeVisible();
  await type(box(page, "Units of layer 1"), "8");
  await choose(page, "Activation of layer 1", "tanh");
  await choose(page, "Optimiser", "Adam");
  await choose(page, "Loss function", "binary cross-entropy");
  await type(box(page, "Learning rate"), "0.05");
  await spin(page, "Epochs").fill("300");
  await atFullSpeed(page);
  await press(page, "Run");
  await expect(status(page, "Epoch")).toHaveText("300", { timeout: 30_000 });
  await openTab(page, "Accuracy");
  const held = table(page, "Test: classes");
  await expect(held).toContainText(/accuracy (1|0\.9\d*) \((4[5-9]|50) of 50\)/);
  await openTab(page, "Plot");
  await expect(page.getByRole("img", { name: /over the plane of the two inputs: from .* with 200 samples/ })).toBeVisible();
  // Each unit has a picture of its own.
  const unit = page.getByRole("combobox", { name: "Unit", exact: true });
  await expect(unit.getByRole("option")).toHaveCount(9);
  await unit.selectOption({ index: 1 });
  await expect(page.getByRole("img", { name: /^a.* over the plane/ })).toBeVisible();
  // And one step of the very next update is explained as on the smallest network.
  await choose(page, "Step by", "value");
  await press(page, "Step forward");
  await expect(page.getByRole("heading", { level: 2 })).toContainText("What is the weighted sum of");
});

test("the held-out points of a large network are counted", async ({ page }) => {
  await openLesson(page, lessonFile("skalski").title);
  await expect(table(page, "Layers")).toContainText("5,226 weights and biases");
  await openTab(page, "Accuracy");
  await expect(table(page, "Test: classes")).toContainText(/accuracy 0\.\d+ \(\d+ of 100\)/);
});

test("one input is plotted as a curve, three are not", async ({ page }) => {
  await choose(page, "Data", "sine");
  await openTab(page, "Plot");
  await expect(page.getByRole("img", { name: /over the input: from .* with 200 samples/ })).toBeVisible();
  await openLesson(page, lessonFile("lecture-3-2-1").title);
  await expect(page.getByText("this network has 3")).toBeVisible();
});

test("mini-batches come in a seeded order that a reload finds again", async ({ page }) => {
  await type(box(page, "Batch size"), "1");
  await page.getByRole("checkbox", { name: "shuffle each epoch" }).check();
  await expect(page.getByText("batch 1 of 4").first()).toBeVisible();
  await press(page, "Next epoch");
  await openTab(page, "Data");
  const current = () => page.getByRole("tabpanel").locator("tr[aria-current]").textContent();
  await press(page, "Step forward");
  const before = await current();
  await page.reload();
  await openTab(page, "Data");
  await expect.poll(current).toBe(before);
});
