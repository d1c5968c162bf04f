// What the tests in three engines start from: the engine's browser, a page that fails its test on any fault
// that the engine tells, and Chromium's page beside it to be compared with.
import { test as base, expect } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchOptions } from "../chromium.js";
import { launch as launchWebkit } from "./webkit.js";

export { expect };

const launch = {
  chromium: ({ chromium }) => chromium.launch(launchOptions),
  // Debian's own, by WebDriver BiDi. (Playwright 1.65 asks it for what it does not know.)
  firefox: ({ firefox }) => firefox.launch({ channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr" }),
  webkit: launchWebkit,
};

const viewport = { width: 1440, height: 900 };

export const test = base.extend({
  engine: ["chromium", { option: true, scope: "worker" }],
  baseURL: async ({}, use) => use(process.env.CHAINRULE_URL),

  browser: [
    async ({ engine, playwright }, use) => {
      const browser = await launch[engine](playwright);
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  chromium: [
    async ({ playwright }, use) => {
      const browser = await launch.chromium(playwright);
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  page: async ({ browser, baseURL }, use) => {
    const page = await browser.newPage({ baseURL, viewport });
    const faults = [];
    page.on?.("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    page.on?.("pageerror", ({ message }) => faults.push(message));
    await use(page);
    faults.push(...(await page.evaluate(() => window.faults)));
    await page.close();
    // Told by Firefox and WebKit where an observer changes what it observes, which ends by itself.
    const real = faults.filter((fault) => !fault.includes("ResizeObserver loop"));
    expect(real, "faults of the page").toEqual([]);
  },

  // The same page in Chromium.
  reference: async ({ chromium, baseURL }, use) => {
    const page = await chromium.newPage({ baseURL, viewport });
    await use(page);
    await page.close();
  },
});
