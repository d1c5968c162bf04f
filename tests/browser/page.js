// What every browser test starts from: a page that fails its test on any fault, and `open`.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.CHAINRULE_URL),

  // Fails the test on an error in the console, a breach of the content security policy, an uncaught
  // exception, or a request that leaves the origin.
  page: async ({ page, baseURL }, use) => {
    const faults = [];
    page.on("console", (message) => {
      if (message.type() === "error" || /content security policy/i.test(message.text())) {
        faults.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== new URL(baseURL).origin) {
        faults.push(`request to ${request.url()}`);
      }
    });
    await use(page);
    expect(faults, "faults of the page").toEqual([]);
  },
});

// Opens the page and waits until it has started.
export async function open(page, address = "") {
  await page.goto(address);
  await expectStarted(page);
}

// Waits until the page that is being opened listens to keys: it is seen a moment earlier.
export async function expectStarted(page) {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForFunction(() => window.chainruleStarted);
}

// Fails on whatever axe finds in the page as it is now.
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(" ")) }));
  expect(found, "violations that axe finds").toEqual([]);
}
