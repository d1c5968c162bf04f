// Going to a named moment: in a list, by a key while presenting, and after a link.
import { alert, box, button, card, choice, openLesson, press, slider, status, type } from "./lesson.js";
import { expect, expectStarted, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const dialog = (page) => page.getByRole("dialog", { name: "Go to" });
const tab = (page, name) => page.getByRole("tab", { name, exact: true });

test("each bookmark of the lecture’s network is one key away while presenting, and opens what it is about", async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page, "#present");
  const { bookmarks } = lessonFile("hmkcode");
  for (const [k, { epoch = 0, opens = [] }] of bookmarks.slice(0, 9).entries()) {
    await page.keyboard.press(String(k + 1));
    await expect(status(page, "Epoch")).toHaveText(String(epoch));
    await expect(slider(page)).not.toHaveValue("0");
    if (opens.includes("lines")) await expect(page.getByRole("region", { name: "Derivation" })).toBeVisible();
    if (opens.includes("prediction")) await expect(page.getByRole("region", { name: "Prediction" })).toBeVisible();
  }
  await page.keyboard.press("4");
  await expect(card(page)).toContainText("How does the error change with w₆?");
  await page.keyboard.press("7");
  for (const name of ["w₁", "w₆"]) await expect(card(page).locator("math").filter({ hasText: name.slice(0, 1) }).first()).toBeVisible();
  await expect(choice(page, "Step by").locator("option:checked")).toHaveText("phase");
});

test("not presenting, the number keys open what they always did", async ({ page }) => {
  await open(page);
  await press(page, "Step forward");
  await page.keyboard.press("2");
  await expect(page.getByRole("region", { name: "General form" })).toBeVisible();
  await expect(slider(page)).toHaveValue("1");
});

test("the list leads to bookmarks, phases and samples", async ({ page }) => {
  await open(page);
  await openLesson(page, "HMKCode, four data points");
  await page.keyboard.press("m");
  await dialog(page).getByRole("button", { name: "The average", exact: true }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^Average/);
  await button(page, "Go to").click();
  await dialog(page).getByRole("region", { name: "This update" }).getByRole("button", { name: "Update, layer 1", exact: true }).click();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^Update, step 1/);
  await button(page, "Go to").click();
  await dialog(page).getByRole("region", { name: "Samples" }).getByRole("button", { name: "Forward, sample 3", exact: true }).click();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^Forward.*sample 3|sample 3.*Forward/i);
  await button(page, "Go to").click();
  await dialog(page).getByRole("button", { name: "Multiple data points, as matrices", exact: true }).click();
  await expect(tab(page, "Matrix")).toHaveAttribute("aria-selected", "true");
});

test("a moment is bookmarked under a name, kept over a reload, undone by name, and removed", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch");
  await press(page, "Step forward", 2);
  await page.keyboard.press("m");
  await box(page, "This moment as").fill("second pass, <b>h₂</b>");
  await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
  const mine = dialog(page).getByRole("button", { name: "second pass, <b>h₂</b>", exact: true });
  await expect(mine).toBeVisible();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(button(page, "Undo")).toHaveAttribute("title", "Undo: bookmark “second pass, <b>h₂</b>” (U)");
  await press(page, "To start");
  await page.reload();
  await expectStarted(page);
  await page.keyboard.press("m");
  await mine.click();
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(slider(page)).toHaveValue("2");
  await page.keyboard.press("m");
  await dialog(page).getByRole("button", { name: "Remove “second pass, <b>h₂</b>”", exact: true }).click();
  await expect(mine).toBeHidden();
});

test("undo and redo say what they take back", async ({ page }) => {
  await open(page);
  await expect(button(page, "Undo")).toHaveAttribute("title", "Undo (U)");
  await type(box(page, "w₅"), "0.2");
  await type(box(page, "Learning rate"), "0.6");
  await expect(button(page, "Undo")).toHaveAttribute("title", "Undo: a 0.05 → 0.6 (U)");
  await press(page, "Undo");
  await expect(button(page, "Undo")).toHaveAttribute("title", "Undo: w₅ 0.14 → 0.2 (U)");
  await expect(button(page, "Redo")).toHaveAttribute("title", "Redo: a 0.05 → 0.6 (Shift U)");
  await page.reload();
  await expect(button(page, "Undo")).toHaveAttribute("title", "Undo: w₅ 0.14 → 0.2 (U)");
  await press(page, "Redo");
  await expect(box(page, "Learning rate")).toHaveValue("0.6");
  await expect(alert(page)).toBeHidden();
});
