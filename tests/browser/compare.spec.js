// Runs side by side: what is kept, trained together, and what a shallow network learns from a deep one.
import { button, openLesson, openTab, press } from "./lesson.js";
import { expect, open, test } from "./page.js";

const table = (page) => page.getByRole("table", { name: "Runs side by side" });
// The cells of a row, by its name.
const row = async (page, name) => table(page).getByRole("row", { name }).getByRole("cell").allTextContents();

test("a deep teacher and two shallow networks learn side by side, with as many parameters", async ({ page }) => {
  await open(page);
  await openTab(page, "Compare");
  await press(page, "Deep beside shallow");
  await expect(table(page).getByRole("columnheader")).toHaveCount(4);
  expect(await row(page, "network")).toEqual(["2-8-8-8-1", "2-44-1", "2-44-1"]);
  expect(await row(page, "parameters")).toEqual(["177", "177", "177"]);
  await page.getByRole("spinbutton", { name: "Epochs for all" }).fill("50");
  await press(page, "Run all");
  await expect(button(page, "Run all")).toBeVisible({ timeout: 20_000 });
  expect(await row(page, "epoch")).toEqual(["50", "50", "50"]);
  for (const right of await row(page, "test accuracy")) expect(right).toMatch(/^[\d.]+ \(\d+ of 120\)$/);
  await expect(table(page).getByRole("img", { name: /^The output over the plane/ })).toHaveCount(3);
  // What the page shows beside them is another run.
  await expect(page.getByRole("status", { name: "Epoch", exact: true })).toHaveText("0");
  await press(page, "Open Shallow 2-44-1 on the labels");
  await expect(page.getByText("Network 2-44-1", { exact: false })).toBeAttached();
});

test("any run can be kept, beside another design of it", async ({ page }) => {
  await open(page);
  await openLesson(page, "One hidden layer learns a step");
  await openTab(page, "Compare");
  await press(page, "Keep this run");
  await openTab(page, "Plot");
  await page.getByRole("slider", { name: "Hidden units" }).fill("2");
  await openTab(page, "Compare");
  await press(page, "Keep this run");
  expect(await row(page, "network")).toEqual(["1-8-1", "1-2-1"]);
  await page.getByRole("spinbutton", { name: "Epochs for all" }).fill("0");
  await press(page, "Run all");
  await expect(page.getByRole("alert")).toContainText("a whole number from 1 to");
  await table(page).getByRole("button", { name: /^Remove/ }).first().click();
  expect(await row(page, "network")).toEqual(["1-2-1"]);
});
