// Tables as people have them: the files of tests/cases/tables are opened by button, drop and paste, and what they become
// is read off the page. What that must be stands in expected.json there, by hand.
import { readFileSync } from "node:fs";
import { box, card, choice, press, readLedger } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";

const folder = new URL("../cases/tables/", import.meta.url);
const bytesOf = (name) => readFileSync(new URL(name, folder));
const cases = Object.entries(JSON.parse(bytesOf("expected.json")));

const dialog = (page) => page.getByRole("dialog", { name: "Import CSV" });
const outcome = (page) => dialog(page).getByRole("status", { name: "What will be imported" });
const notes = (page) => dialog(page).getByRole("list", { name: "Notes on the file" });
const columns = (page) => dialog(page).getByRole("table", { name: "Columns" });
const inDialog = (page, name) => dialog(page).getByRole("button", { name, exact: true });

const choose = (page, name) => page.getByLabel("CSV file").setInputFiles({ name, mimeType: "", buffer: bytesOf(name) });

// A file, or what a spreadsheet puts beside nothing: text.
const carried = (page, name, isText) =>
  page.evaluateHandle(
    ([name, numbers, isText]) => {
      const data = new DataTransfer();
      const bytes = new Uint8Array(numbers);
      if (isText) data.setData("text/plain", new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      else data.items.add(new File([bytes], name));
      return data;
    },
    [name, [...bytesOf(name)], isText],
  );

const drop = async (page, name) => page.dispatchEvent("main", "drop", { dataTransfer: await carried(page, name, false) });

// Text has no encoding: of a file that is not UTF-8 the file itself is pasted.
const isText = (name) => !/utf-16|ansi/.test(name);

const paste = async (page, name) => {
  const data = await carried(page, name, isText(name));
  await page.evaluate((clipboardData) => document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })), data);
};

async function expectCase(page, expected, shownName) {
  const { size, delimiter, decimal, names, target, ignored = [], outcome: says, missing, notes: noted = [], hints = {} } = expected;
  await expect(dialog(page)).toContainText(`${shownName} ${size[0]} rows, ${size[1]} columns`);
  await expect(choice(page, "Delimiter")).toHaveValue(delimiter);
  await expect(choice(page, "Decimal mark")).toHaveValue(decimal);
  await expect(page.getByRole("checkbox", { name: "the first row holds names" })).toBeChecked({ checked: names });
  await expect(choice(page, `Use of ${target}`)).toHaveValue("target");
  for (const name of ignored) await expect(dialog(page).getByRole("combobox", { name: `Use of ${name}`, exact: true })).toHaveValue("ignore");
  await expect(outcome(page)).toHaveText([says, missing].filter(Boolean).join(" "));
  for (const note of noted) await expect(notes(page)).toContainText(note);
  for (const [column, hint] of Object.entries(hints)) await expect(notes(page)).toContainText(`“${column}” ${hint}`);
  if (!noted.length && !Object.keys(hints).length) await expect(notes(page).filter({ hasText: /line|UTF|Left out/ })).toHaveCount(0);
  await expect(inDialog(page, "Import")).toBeEnabled();
}

test.beforeEach(async ({ page }) => {
  await open(page);
});

for (const [way, give] of [["by button", choose], ["dropped", drop], ["pasted", paste]]) {
  test(`tables of every kind become what they are: ${way}`, async ({ page }) => {
    test.slow();
    for (const [name, expected] of cases) {
      await test.step(`${name}: ${expected.of}`, async () => {
        await give(page, name);
        await expectCase(page, expected, give === paste && isText(name) ? "pasted text" : name);
        await page.keyboard.press("Escape");
        await expect(dialog(page)).toHaveCount(0);
      });
    }
    // Nothing of all that has changed anything.
    await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
  });
}

test("rows with missing cells are left out or filled, and both are said", async ({ page }) => {
  await choose(page, "penguins.csv");
  await expect(columns(page).getByRole("row", { name: /^bill_length_mm/ })).toContainText("39.1 to 48.1; 1 missing");
  await expect(outcome(page)).toContainText("2 rows with a missing cell are left out.");
  await page.getByRole("checkbox", { name: "fill missing inputs: mean, commonest word" }).check();
  await expect(outcome(page)).toHaveText(
    "8 training samples, 2 test samples; 6 inputs, 1 output: sigmoid, binary cross-entropy. 3 missing cells are filled by the mean or the commonest word of all rows.",
  );
  await expectAccessible(page);
  await choice(page, "Use of sex").selectOption("ignore");
  await expect(outcome(page)).toContainText("1 missing cell is filled");
  await inDialog(page, "Import").click();
  await expect(card(page)).toContainText("penguins.csv, 10 rows, 2 of them the test set by seed 1. 1 missing cell is filled by the mean or the commonest word of all rows.");
});

test("over a lesson a table starts the network anew, and says so", async ({ page }) => {
  // Hidden units that are linear, no biases, weights of the author.
  const before = Object.keys(await readLedger(page));
  await choose(page, "xor.csv");
  await inDialog(page, "Import").click();
  await expect(page.getByRole("alert")).toContainText(
    "xor: 4 training samples, 0 test samples; 2 inputs, 1 output. Each output is a yes or no: sigmoid outputs, binary cross-entropy. The network starts anew: fresh weights, tanh in the hidden layer, biases in every layer.",
  );
  await expect(card(page)).toContainText("xor 2-2-1");
  expect(Object.keys(await readLedger(page)).length).toBe(before.length + 3);
  await press(page, "Undo");
  expect(Object.keys(await readLedger(page))).toEqual(before);
  await expect(box(page, "w₅")).toHaveValue("0.14");
});

test("where letters are wrong, the other encoding is chosen", async ({ page }) => {
  await choose(page, "ansi-1250.csv");
  const encoding = choice(page, "Encoding");
  await expect(encoding.locator("option:checked")).toHaveText("Windows-1250, Central Europe");
  await encoding.focus();
  await encoding.selectOption({ label: "Windows-1252, Western Europe" });
  await expect(columns(page).getByRole("row", { name: /^hõmérséklet/ })).toBeVisible();
  await expect(notes(page)).toContainText("read as Windows-1252, Western Europe");
  // The table has been read again around it.
  await expect(encoding).toBeFocused();
  await expectAccessible(page);
  await encoding.selectOption({ label: "Windows-1250, Central Europe" });
  await expect(columns(page).getByRole("row", { name: /^hőmérséklet/ })).toBeVisible();
  await page.keyboard.press("Escape");
  // Of UTF-8 there is nothing to choose.
  await choose(page, "xor.csv");
  await expect(choice(page, "Delimiter")).toBeVisible();
  await expect(encoding).toHaveCount(0);
});

test("the focus stands on what comes next", async ({ page }) => {
  await choose(page, "xor.csv");
  await expect(inDialog(page, "Import")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  // A file that is no table as it is taken to be: how it is written comes first.
  await page.getByLabel("CSV file").setInputFiles({ name: "one.csv", mimeType: "", buffer: Buffer.from("x\n1\n2\n") });
  await expect(dialog(page).getByRole("alert")).toContainText("only one column");
  await expect(choice(page, "Delimiter")).toBeFocused();
  await page.keyboard.press("Escape");
  await choose(page, "xor.csv");
  await expect(inDialog(page, "Import")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("xor 2-2-1");
});
