// Weights of other programs: opened by button, drop and paste, what is asked, and what the network then predicts;
// weights that are saved.
import { readFileSync } from "node:fs";
import { alert, card, choice, importFile, openLesson, openTab, press, readLedger, slider } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { shown } from "./reference.js";

const folder = new URL("../weights/", import.meta.url);
const load = (name) => ({ name, buffer: readFileSync(new URL(name, folder)) });
// What the libraries predict: tests/weights/make.py, make.numpy.py and make.mjs.
const entries = ["python.json", "numpy.json", "node.json"].flatMap((list) => JSON.parse(load(list).buffer));
const words = { tanh: "tanh", sigmoid: "sigmoid", relu: "ReLU", identity: "identity" };

const dialog = (page) => page.getByRole("dialog", { name: "Open weights" });
const inDialog = (page, name) => dialog(page).getByRole("button", { name, exact: true });
const outcome = (page) => dialog(page).getByRole("status", { name: "What will be opened" });

const choose = (page, files) => page.getByLabel("Lesson file").setInputFiles(files.map(({ name, buffer }) => ({ name, mimeType: "application/octet-stream", buffer })));

const carried = (page, files) =>
  page.evaluateHandle(
    (files) => {
      const data = new DataTransfer();
      for (const { name, bytes } of files) data.items.add(new File([Uint8Array.from(bytes)], name));
      return data;
    },
    files.map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  );

const drop = async (page, files) => page.dispatchEvent("main", "drop", { dataTransfer: await carried(page, files) });

const paste = (page, data) =>
  page.evaluate((clipboardData) => document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })), data);

const pasteText = async (page, text) =>
  paste(page, await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    return data;
  }, text));

// A lesson whose samples are those that a library has predicted for.
function lessonOf({ inputs, outputs, sizes }) {
  const [n, m] = [sizes[0], sizes.at(-1)];
  return {
    format: "chainrule-lesson",
    version: 1,
    title: "Samples",
    network: { inputs: n, layers: [{ activation: "identity", units: m, init: { scheme: "zeros" } }] },
    loss: "half_squared_error",
    optimizer: { method: "sgd", learning_rate: 0.1 },
    data: { inputs, targets: outputs.map(() => Array.from({ length: m }, (_, k) => (k === 0 ? 1 : 0))) },
  };
}

// The outputs of all samples in the tab Data, once each has been stepped through.
async function predictions(page, { outputs, sizes }) {
  await slider(page).press("End");
  await openTab(page, "Data");
  return page.getByRole("table", { name: "Samples" }).evaluate(
    (table, [layer, n]) => {
      const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
      const at = Array.from({ length: n }, (_, k) => headings.findIndex((text) => text.startsWith(`a${"₁₂₃"[k]}⁽${layer}⁾`)));
      const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children]);
      return rows.filter((cells) => cells.length === headings.length).map((cells) => at.map((k) => cells[k].textContent.trim()));
    },
    ["⁰¹²³⁴"[sizes.length - 1], outputs[0].length],
  );
}

for (const entry of entries) {
  test(`${entry.files.join(" and ")} of ${entry.by} predicts what the library predicts`, async ({ page }) => {
    test.slow();
    const files = entry.files.map(load);
    await open(page);
    await importFile(page, lessonOf(entry));
    await expect(card(page)).toContainText("Samples");
    const shape = entry.sizes.join(" → ");
    const ways = [choose, async () => paste(page, await carried(page, files)), drop];
    const isText = entry.files.length === 1 && entry.files[0].endsWith(".json");
    if (isText) ways.unshift(async () => pasteText(page, files[0].buffer.toString()));
    for (const give of ways) {
      await give(page, files);
      const { hidden, output } = entry.answers;
      if (hidden) {
        await expect(outcome(page)).toHaveText("Choose the activation function of the hidden layers: the file does not say.");
        await expect(inDialog(page, "Open")).toBeDisabled();
        await expect(dialog(page).getByRole("combobox").first()).toBeFocused();
        await choice(page, "Activation of the hidden layers").selectOption({ label: words[hidden] });
        await choice(page, "Activation of the output layer").selectOption({ label: words[output] });
      }
      await expect(outcome(page)).toHaveText(new RegExp(`^${shape}, [\\d,]+ weights and biases\\. The samples stay those that were here\\.$`));
      if (!hidden) await expect(inDialog(page, "Open")).toBeFocused();
      if (give === choose) await expectAccessible(page);
      await inDialog(page, give === drop ? "Open" : "Cancel").click();
      await expect(dialog(page)).toBeHidden();
    }
    await expect(alert(page)).toContainText(`: ${shape}. The samples stay those that were here.`);
    const found = await predictions(page, entry);
    expect(found.map((row) => row.length)).toEqual(entry.outputs.map((row) => row.length));
    // A library that computes in single precision may round the last digit that is shown otherwise.
    const near = (x) => [-entry.tolerance, 0, entry.tolerance].map((gap) => shown(x + gap));
    found.forEach((row, s) => row.forEach((text, k) => expect(near(entry.outputs[s][k]), `output ${k + 1} of sample ${s + 1}`).toContain(text)));
  });
}

test("lists of matrices are pasted as text, and the way a square one lies is asked", async ({ page }) => {
  await open(page);
  const before = await readLedger(page);
  await pasteText(page, "[[0.1, 0.2], [0.3, 0.4]]");
  await expect(dialog(page)).toContainText("pasted text matrices as JSON");
  await expect(outcome(page)).toHaveText("Choose what a row of a matrix belongs to: the file does not say.");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  expect(await readLedger(page)).toEqual(before);
  for (const [rows, w12] of [["units that receive (W a)", "0.2"], ["units that send (a W)", "0.3"]]) {
    await pasteText(page, "[[0.1, 0.2], [0.3, 0.4]]");
    await choice(page, "What a row belongs to").selectOption({ label: rows });
    await choice(page, "Activation of the output layer").selectOption({ label: "identity" });
    await expect(outcome(page)).toHaveText("2 → 2, 4 weights and biases. The samples do not fit: one of inputs 1 stands for them; type your own.");
    await inDialog(page, "Open").click();
    await expect(dialog(page)).toBeHidden();
    await expect(alert(page)).toContainText("The samples do not fit: one of inputs 1 stands for them");
    expect(Object.values(await readLedger(page)).map(({ old }) => old)).toEqual(["0.1", w12, w12 === "0.2" ? "0.3" : "0.2", "0.4"]);
    await press(page, "Undo");
    expect(await readLedger(page)).toEqual(before);
  }
});

test("weights that are pasted as a dialog is closed are shown", async ({ page }) => {
  await open(page);
  await pasteText(page, "[[0, 1]]");
  for (let n = 3; n < 12; n += 1) {
    await expect(dialog(page).getByRole("cell", { name: `1 × ${n - 1}`, exact: true })).toBeVisible();
    // In one task: the browser tells of the closing only after it.
    await inDialog(page, "Cancel").evaluate((cancel, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      cancel.click();
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, JSON.stringify([Array.from({ length: n }, (_, k) => k)]));
  }
});

test("opening can be cancelled in a frame", async ({ page }) => {
  await open(page);
  const before = await readLedger(page);
  const row = (k) => Array.from({ length: 700 }, (_, j) => ((k * 31 + j * 17) % 1000) / 7e3);
  const large = { name: "large.json", buffer: Buffer.from(JSON.stringify({ "0.weight": Array.from({ length: 256 }, (_, k) => row(k)) })) };
  for (const way of ["Cancel", "Escape"]) {
    // As soon as the dialog is open, before the file is read.
    const isOpen = page.evaluate(async (way) => {
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      let dialog;
      while (!(dialog = document.querySelector("dialog[open]"))) await frame();
      if (way === "Escape") dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
      else [...dialog.querySelectorAll("button")].find((button) => button.textContent === way).click();
      await frame();
      return dialog.open;
    }, way);
    await choose(page, [large]);
    expect(await isOpen).toBe(false);
    await expect(dialog(page)).toBeHidden();
    expect(await readLedger(page)).toEqual(before);
  }
  // It would have been read.
  await choose(page, [large]);
  await expect(dialog(page)).toContainText("256 × 700");
});

test("what is not read is said, and nothing changes", async ({ page }) => {
  await open(page);
  const before = await readLedger(page);
  for (const [files, says] of [
    [[load("model.json")], "in the file “weights.bin”: choose or drop both files together."],
    [[load("weights.bin")], "choose or drop its model.json with it."],
    [[{ name: "cnn.json", buffer: Buffer.from('{"conv1.weight": [[[[1]]]]}') }], "“conv1.weight” has 4 dimensions (1 × 1 × 1 × 1), as of a convolution"],
    [[{ name: "cut.npz", buffer: Buffer.from("PK\u0003\u0004 W.npy") }], "The archive is damaged"],
  ]) {
    await choose(page, files);
    await expect(dialog(page).getByRole("alert")).toContainText(says);
    await expect(inDialog(page, "Open")).toBeDisabled();
    await inDialog(page, "Cancel").click();
    await expect(dialog(page)).toBeHidden();
  }
  for (const [name, start, says] of [
    ["net.h5", [0x89, 0x48, 0x44, 0x46, 13, 10], "keras.models.load_model(file)"],
    ["net.pkl", [0x80, 4, 0x95], "pickle.load"],
    ["net.pt", [...Buffer.from("PK\u0003\u0004 archive/data.pkl")], "torch.load(file)"],
    ["net.keras", [...Buffer.from("PK\u0003\u0004 config.json model.weights.h5")], "keras.models.load_model(file)"],
    ["net.xlsx", [...Buffer.from("PK\u0003\u0004 [Content_Types].xml xl/workbook.xml")], "an Excel workbook. Save its table as CSV"],
    ["net.net", [...Buffer.from("FANN_FLO_2.1\nnum_layers=3\n")], "a network of FANN. Write its weights as JSON"],
    ["net.txt", [...Buffer.from("=== Run information ===\n\nScheme: weka.classifiers.functions.MultilayerPerceptron")], "the report of a Weka model. Write its weights as JSON"],
    ["net.pmml", [...Buffer.from('<?xml version="1.0"?>\n<PMML version="4.4">')], "a PMML model. Write its weights as JSON"],
  ]) {
    const file = { name, buffer: Buffer.from(start) };
    for (const give of [choose, drop, async () => paste(page, await carried(page, [file]))]) {
      await give(page, [file]);
      await expect(alert(page)).toContainText(`“${name}” looks like`);
      await expect(alert(page)).toContainText(says);
      await press(page, "Dismiss");
    }
  }
  await pasteText(page, "https://playground.tensorflow.org/#activation=tanh&dataset=spiral");
  await expect(alert(page)).toContainText("looks like a link to the TensorFlow Playground, which holds no weights.");
  await press(page, "Dismiss");
  expect(await readLedger(page)).toEqual(before);
});

test("weights are saved for other programs, and opened again", async ({ page }) => {
  await open(page);
  await openLesson(page, "Mazur 2-2-2");
  const before = await readLedger(page);
  await openTab(page, "Design");
  for (const [name, ending] of [["JSON", "json"], ["NumPy (.npz)", "npz"], [".safetensors", "safetensors"]]) {
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, `Save the weights as ${name}`)]);
    expect(download.suggestedFilename()).toBe(`mazur-2-2-2.${ending}`);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "Open weights…")]);
    await chooser.setFiles({ name: download.suggestedFilename(), mimeType: "application/octet-stream", buffer: readFileSync(await download.path()) });
    await choice(page, "Activation of the hidden layers").selectOption({ label: "sigmoid" });
    await choice(page, "Activation of the output layer").selectOption({ label: "sigmoid" });
    await inDialog(page, "Open").click();
    await expect(dialog(page)).toBeHidden();
    await openTab(page, "Ledger");
    expect(Object.values(await readLedger(page)).map(({ old }) => old)).toEqual(Object.values(before).map(({ old }) => old));
    await openTab(page, "Design");
  }
});
