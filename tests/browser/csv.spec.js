// Import of CSV files: what is recognised and chosen, a bad file, cancel, undo.
import { atFullSpeed, box, card, choice, openLesson, openTab, press, readLedger, spin, status, type } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const dialog = (page) => page.getByRole("dialog", { name: "Import CSV" });
const problem = (page) => dialog(page).getByRole("alert");
const outcome = (page) => dialog(page).getByRole("status", { name: "What will be imported" });
const columns = (page) => dialog(page).getByRole("table", { name: "Columns" });
const inDialog = (page, name) => dialog(page).getByRole("button", { name, exact: true });

const choose = (page, text, name = "flowers.csv") =>
  page.getByLabel("CSV file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

// Three kinds of flowers, told apart by the sum of their numbers; decimal commas between semicolons.
const flowers = (() => {
  const rows = ["length;width;colour;kind"];
  for (let k = 0; k < 90; k += 1) {
    const size = 1 + (k % 3) * 2 + ((k * 7) % 10) / 10;
    rows.push(`${size.toFixed(2)};${(size / 2).toFixed(3)};${["red", "blue"][k % 2]};${["rose", "lily", "iris"][k % 3]}`.replaceAll(".", ","));
  }
  return `${rows.join("\r\n")}\r\n`;
})();

const weights = async (page) => {
  await openTab(page, "Ledger");
  const rows = Object.values(await readLedger(page)).map(({ old }) => old);
  await openTab(page, "Design");
  return rows;
};

test.beforeEach(async ({ page }) => {
  await open(page);
  await openLesson(page, "XOR 2-2-1 with momentum");
  await openTab(page, "Design");
});

test("a table is imported, learned and undone", async ({ page }) => {
  const before = await weights(page);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "Import CSV…")]);
  await chooser.setFiles({ name: "flowers.csv", mimeType: "text/csv", buffer: Buffer.from(flowers) });
  await expect(dialog(page)).toContainText("flowers.csv 90 rows, 4 columns");
  await expect(choice(page, "Delimiter")).toHaveValue("semicolon");
  await expect(choice(page, "Decimal mark")).toHaveValue("comma");
  await expect(page.getByRole("checkbox", { name: "the first row holds names" })).toBeChecked();
  await expect(choice(page, "Use of kind")).toHaveValue("target");
  await expect(columns(page).getByRole("row", { name: /^length/ })).toContainText("1 to 5.9");
  await expect(columns(page).getByRole("row", { name: /^length/ })).toContainText("1,00");
  await expect(outcome(page)).toHaveText("72 training samples, 18 test samples; 4 inputs, 3 outputs: softmax, cross-entropy.");
  await expectAccessible(page);
  await choice(page, "Use of colour").selectOption("ignore");
  await type(box(page, "Test share"), "0.1");
  await expect(outcome(page)).toHaveText("81 training samples, 9 test samples; 2 inputs, 3 outputs: softmax, cross-entropy.");
  // Until now nothing has changed.
  await expect(card(page)).toContainText("XOR 2-2-1 with momentum");
  await inDialog(page, "Import").click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("alert")).toContainText("flowers: 81 training samples, 9 test samples; 2 inputs, 3 outputs.");
  await expect(card(page)).toContainText("flowers 2-2-3");
  await expect(card(page)).toContainText("flowers.csv, 90 rows, 9 of them the test set by seed 1. Standardised by");
  await expect(page.getByRole("group", { name: "Data", exact: true }).getByText("81 training samples, 9 test samples")).toBeVisible();

  await choice(page, "Optimiser").selectOption("Adam");
  await type(box(page, "Learning rate"), "0.1");
  await type(box(page, "Units of layer 1"), "6");
  await spin(page, "Epochs").fill("300");
  await atFullSpeed(page);
  await press(page, "Run");
  await expect(status(page, "Epoch")).toHaveText("300", { timeout: 30_000 });
  await openTab(page, "Accuracy");
  await expect(page.getByRole("table", { name: "Training: classes" })).toContainText(/accuracy (1|0\.9\d*) /);
  // Optimiser, rate, units, import.
  await press(page, "Undo", 4);
  await expect(card(page)).toContainText("XOR 2-2-1 with momentum");
  expect(await weights(page)).toEqual(before);
});

test("a bad row is named by line and column, and nothing is imported", async ({ page }) => {
  const before = await weights(page);
  await choose(page, flowers.replace("\r\n5,40;", "\r\nabc;"));
  await expect(problem(page)).toContainText("Line 4, column 1 “length”: “abc” is no number. A number such as 0,25 or -3e5 is accepted.");
  await expect(inDialog(page, "Import")).toBeDisabled();
  // A row that is too short ends the reading.
  await inDialog(page, "Cancel").click();
  await choose(page, "a,b\n1,2\n3\n");
  await expect(problem(page)).toContainText("Line 3, column 2 “b”: the cell is missing");
  await expect(inDialog(page, "Import")).toBeDisabled();
  await expectAccessible(page);
  // Another delimiter reads it again.
  await choice(page, "Delimiter").selectOption("semicolon");
  await expect(problem(page)).toContainText("only one column with the delimiter semicolon");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(card(page)).toContainText("XOR 2-2-1 with momentum");
  expect(await weights(page)).toEqual(before);
});

test("a large file is read while the page answers, and can be cancelled", async ({ page }) => {
  const row = (k) => `${Array.from({ length: 14 }, (_, j) => ((k * 31 + j * 17) % 1000) / 8 + 0.0625).join(",")},${k % 5}\n`;
  const large = Array.from({ length: 50_000 }, (_, k) => row(k)).join("");
  await choose(page, large, "large.csv");
  await expect(dialog(page).getByRole("progressbar", { name: "Reading" })).toBeVisible();
  // In a frame, however much is left to be read.
  const isOpen = await inDialog(page, "Cancel").evaluate(async (cancel) => {
    const dialog = cancel.closest("dialog");
    cancel.click();
    await new Promise((next) => requestAnimationFrame(next));
    return dialog.open;
  });
  expect(isOpen).toBe(false);
  await expect(dialog(page)).toHaveCount(0);
  await expect(card(page)).toContainText("XOR 2-2-1 with momentum");
  // Read to its end it is the lesson's data, and can be stepped through.
  await choose(page, large, "large.csv");
  await expect(outcome(page)).toContainText("40,000 training samples, 10,000 test samples; 14 inputs, 5 outputs", { timeout: 40_000 });
  await inDialog(page, "Import").click();
  await expect(card(page)).toContainText("large 14-2-5");
  await expect(page.getByRole("alert")).toContainText("Batches of 32, shuffled each epoch. So many data are not kept over a reload");
  await press(page, "Step forward");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(/\?$/);
});

test("a file that is dropped or chosen by Import is opened by its kind", async ({ page }) => {
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["x,y\n1,2\n2,4.5\n3,6\n"], "line.csv", { type: "text/csv" }));
    return transfer;
  });
  await page.dispatchEvent("main", "drop", { dataTransfer: data });
  await expect(dialog(page)).toContainText("line.csv 3 rows, 2 columns");
  await expect(outcome(page)).toContainText("1 input, 1 output: identity, half squared error");
  await inDialog(page, "Cancel").click();
  await page.getByLabel("Lesson file").setInputFiles({ name: "line.csv", mimeType: "text/csv", buffer: Buffer.from("x,y\n1,no\n2,yes\n3,yes\n") });
  await expect(outcome(page)).toContainText("1 input, 1 output: sigmoid, binary cross-entropy");
});

test("a table is known by its content, whatever its name", async ({ page }) => {
  for (const [name, text] of [["line.data", "x y\n1 2\n2 4.5\n3 6\n"], ["line", "x;y\n1;2\n2;4,5\n3;6\n"], ["line.txt", "x\ty\n1\t2\n2\t4.5\n3\t6\n"]]) {
    await page.getByLabel("Lesson file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
    await expect(dialog(page)).toContainText(`${name} 3 rows, 2 columns`);
    await inDialog(page, "Cancel").click();
    await expect(dialog(page)).toHaveCount(0);
  }
});

test("a file of another kind is named, with what to do, and changes nothing", async ({ page }) => {
  const files = {
    "sheet.xlsx": ["PK\u0003\u0004 [Content_Types].xml xl/workbook.xml", "looks like an Excel workbook. Save its table as CSV"],
    "iris.arff": ["@RELATION iris\n@DATA\n5.1,3.5\n", "looks like an ARFF table of Weka. Delete the lines up to “@data”"],
    "book.ipynb": ['{"cells": [], "nbformat": 4}', "looks like a Jupyter notebook."],
    "cat.svg": ["<svg xmlns='http://www.w3.org/2000/svg'/>", "looks like a picture."],
  };
  for (const way of ["Lesson file", "CSV file"]) {
    for (const [name, [text, says]] of Object.entries(files)) {
      await page.getByLabel(way).setInputFiles({ name, mimeType: "", buffer: Buffer.from(text, "latin1") });
      await expect(page.getByRole("alert")).toContainText(`“${name}” ${says}`);
      await expect(dialog(page)).toHaveCount(0);
      await page.getByRole("button", { name: "Dismiss" }).click();
    }
  }
  // A lesson is one there, too.
  await page.getByLabel("CSV file").setInputFiles({ name: "mazur.json", mimeType: "", buffer: Buffer.from(JSON.stringify(lessonFile("mazur"))) });
  await expect(card(page)).toContainText("Mazur 2-2-2");
});

test("a table is pasted from a spreadsheet, and into a text box it is not", async ({ page, context, browserName }) => {
  if (browserName === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // Cells between tabs, as spreadsheets and notebooks copy them.
  const table = flowers.replaceAll(";", "\t");
  await page.evaluate((text) => navigator.clipboard.writeText(text), table);
  await page.getByRole("tab", { name: "Design", exact: true }).focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(columns(page)).toContainText("colour");
  await expect(outcome(page)).toContainText("72 training samples, 18 test samples");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await page.evaluate(() => navigator.clipboard.writeText("0.75"));
  const rate = box(page, "Learning rate");
  await rate.fill("");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(rate).toHaveValue("0.75");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  // What cannot be opened says so.
  await page.getByRole("tab", { name: "Design", exact: true }).focus();
  await page.evaluate(() => navigator.clipboard.writeText("{}"));
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.getByRole("alert")).toContainText("“pasted text”");
});
