import { expect, expectAccessible, open, test } from "./page.js";

test("the page starts", async ({ page }) => {
  await open(page);
  await expect(page).toHaveTitle(/Chainrule/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the page has no violation that axe finds", async ({ page }) => {
  await open(page);
  await expectAccessible(page);
});
