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

// The font of mathematics counts apart: it has thousands of signs, and the page does not wait for it.
test("a first visit downloads less than 945 kB without the font", async ({ page }) => {
  const requests = [];
  page.on("requestfinished", (request) => requests.push(request));
  await page.goto("", { waitUntil: "networkidle" });
  const code = requests.filter((request) => !request.url().endsWith(".woff2"));
  const sizes = await Promise.all(code.map(async (request) => (await request.sizes()).responseBodySize));
  expect(code.map((request) => request.url()).join(" ")).toMatch(/\.wasm.*\.css|\.css.*\.wasm/);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(945_000);
});
