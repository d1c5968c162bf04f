// The plot: its points are the data, to add, move and take away; hidden units, their number and shares.
import { box, openLesson, openTab, press } from "./lesson.js";
import { expect, open, test } from "./page.js";

const points = (page) => page.getByRole("application", { name: "Points" });
const rows = async (page) => {
  await openTab(page, "Data");
  const n = await page.getByRole("table", { name: "Samples" }).getByRole("row").count();
  await openTab(page, "Plot");
  return n - 1;
};

test.describe("of XOR", () => {
  test.beforeEach(async ({ page }) => {
    await open(page);
    await openLesson(page, "XOR 2-2-1 with momentum");
    await openTab(page, "Plot");
  });

  test("the keyboard adds a point and takes it away", async ({ page }) => {
    await page.getByRole("combobox", { name: "New points" }).selectOption({ label: "target 1" });
    await points(page).focus();
    await expect(points(page).getByRole("status")).toHaveText("0.5, 0.5");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(points(page).getByRole("status")).toContainText("on sample 5");
    await openTab(page, "Data");
    // The plot is as wide as −0.1 … 1.1 is: 12 pixels to the right of the middle.
    await expect(box(page, "x₂ of sample 5")).toHaveValue("0.5");
    expect(Number(await box(page, "x₁ of sample 5").inputValue())).toBeGreaterThan(0.5);
    await expect(box(page, "y of sample 5")).toHaveValue("1");
    await openTab(page, "Plot");
    await press(page, "Undo");
    expect(await rows(page)).toBe(4);
  });

  test("the pointer adds, moves and takes away, and the steps go on from there", async ({ page }) => {
    await press(page, "Step forward", 3);
    const area = await points(page).boundingBox();
    const at = (x, y) => [area.x + (area.width * (x + 0.1)) / 1.2, area.y + (area.height * (1.1 - y)) / 1.2];
    await page.mouse.click(...at(0.5, 0.5));
    expect(await rows(page)).toBe(5);
    await page.mouse.move(...at(0.5, 0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.6, 0.5));
    await page.mouse.move(...at(0.75, 0.25));
    await page.mouse.up();
    await openTab(page, "Data");
    expect(Number(await box(page, "x₁ of sample 5").inputValue())).toBeCloseTo(0.75, 1);
    expect(Number(await box(page, "x₂ of sample 5").inputValue())).toBeCloseTo(0.25, 1);
    await openTab(page, "Plot");
    // The whole drag is undone at once.
    await press(page, "Undo");
    await page.mouse.click(...at(0.5, 0.5));
    expect(await rows(page)).toBe(4);
  });
});

test("a hidden layer's width is a slider, and its units' shares can be seen", async ({ page }) => {
  await open(page);
  await openLesson(page, "One hidden layer learns a sine");
  await openTab(page, "Plot");
  const width = page.getByRole("slider", { name: "Hidden units" });
  await width.fill("3");
  await expect(page.getByText("Network 1-3-1", { exact: false })).toBeAttached();
  await width.press("ArrowRight");
  await expect(page.getByText("Network 1-4-1", { exact: false })).toBeAttached();
  const shares = page.getByRole("checkbox", { name: "hidden units’ shares" });
  await shares.check();
  await expect(shares).toBeChecked();
});
