// What a reader does with the page, and what a reader sees, by accessible names.
import { readFileSync } from "node:fs";
import { expect } from "./page.js";

export const NOT_YET = "not yet";

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const box = (page, name) => page.getByRole("textbox", { name, exact: true });
export const spin = (page, name) => page.getByRole("spinbutton", { name, exact: true });
export const choice = (page, name) => page.getByRole("combobox", { name, exact: true });
export const status = (page, name) => page.getByRole("status", { name, exact: true });
export const slider = (page) => page.getByRole("slider", { name: "Step", exact: true });
export const curve = (page) => page.getByRole("slider", { name: "Epoch on the curve" });
export const card = (page) => page.getByRole("region", { name: "Step", exact: true });
export const diagram = (page) => page.getByRole("region", { name: "Network diagram" });
export const alert = (page) => page.getByRole("alert");

export async function press(page, name, times = 1) {
  for (let k = 0; k < times; k += 1) await button(page, name).click();
}

// Types a number into a text box and takes it over.
export async function type(field, text) {
  await field.fill(text);
  await field.press("Enter");
}

export async function openLesson(page, title) {
  // A person who chooses what is chosen already changes nothing.
  if ((await choice(page, "Lesson").locator("option:checked").textContent()) === title) return;
  await choice(page, "Lesson").selectOption({ label: title });
  await expect(card(page)).toContainText(title);
}

// What opens a tab that stands in the list only then; from the ledger, where that is.
const openers = {
  Slice: (page) => page.getByRole("button", { name: /^Slice of . along/ }).first().click(),
  "Learning rates": (page) => press(page, "Explore learning rates"),
  "Gradient check": (page) => press(page, "Gradient check"),
  Accuracy: (page) => press(page, "Accuracy per epoch and confusion matrix"),
};

export async function openTab(page, name) {
  if (openers[name] && (await page.getByRole("tab", { name, exact: true }).count()) === 0) {
    await openTab(page, "Ledger");
    return openers[name](page);
  }
  await page.getByRole("tab", { name, exact: true }).click();
  await expect(page.getByRole("tabpanel", { name, exact: true })).toBeVisible();
}

// Opens the settings, makes a choice there, and closes them.
export async function set(page, name, label) {
  await button(page, "Settings").click();
  await choice(page, name).selectOption({ label });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
}

// A run of a small network waits for its readers unless it is told not to.
export async function atFullSpeed(page) {
  await choice(page, "Pace").selectOption({ label: "full speed" });
}

export async function stepBy(page, grain) {
  await choice(page, "Step by").selectOption({ label: grain });
}

// Whether each step asks first, as it is to be.
export async function askFirst(page, asks) {
  const toggle = button(page, "Ask first");
  if ((await toggle.getAttribute("aria-pressed")) !== String(asks)) await toggle.click();
  await expect(toggle).toHaveAttribute("aria-pressed", String(asks));
}

// The ledger: each row by its name, each cell by its column's heading.
export function readLedger(page) {
  return page.getByRole("table", { name: "Ledger" }).evaluate((table) => {
    const text = (cell) => {
      const input = cell.querySelector("input");
      if (input) return input.value;
      const copy = cell.cloneNode(true);
      for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
      return copy.textContent.trim();
    };
    const headings = [...table.querySelectorAll("thead th")].map(text).slice(1);
    const rows = [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("th"));
    return Object.fromEntries(
      rows.map((row) => {
        const cells = [...row.querySelectorAll("td")].map(text);
        return [text(row.querySelector("th")), Object.fromEntries(headings.map((name, k) => [name, cells[k]]))];
      }),
    );
  });
}

// Waits until a column of the ledger reads as expected: a text per row name.
export async function expectColumn(page, heading, expected) {
  const column = async () => Object.fromEntries(Object.entries(await readLedger(page)).map(([name, cells]) => [name, cells[heading]]));
  await expect.poll(column, `column ${heading}`).toEqual(expected);
}

// The same value for every key of an object.
export const each = (object, value) => Object.fromEntries(Object.keys(object).map((key) => [key, value]));
export const map = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

// Opens a lesson file through the file input; `content` is text, or an object to be written as JSON.
export async function importFile(page, content, name = "lesson.json") {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await page.getByLabel("Lesson file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

// Presses Export and gives the text of the file.
export async function exportFile(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Export")]);
  return readFileSync(await download.path(), "utf8");
}

// The link that the dialog gives, which is made at once.
export async function linkOf(page) {
  await page.keyboard.press("s");
  const link = await box(page, "Link").inputValue();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  return link;
}

// The address of the page once it names what is seen now: it is written when the page is quiet.
export async function writtenAddress(page) {
  const link = await linkOf(page);
  await expect(page).toHaveURL(link);
  return link;
}
