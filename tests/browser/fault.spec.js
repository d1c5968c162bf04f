// A fault of ours is never a dead page: it says so, keeps the session, and tells what happened.
import { readFileSync } from "node:fs";
import { test as base } from "@playwright/test";
import { box, openLesson, press, readLedger, slider, status } from "./lesson.js";
import { expect, expectAccessible } from "./page.js";

// The provoked error is in the console, which the page of the other tests may not have.
const test = base.extend({
  baseURL: async ({}, use) => use(process.env.CHAINRULE_URL),
});

const VERSION = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8").match(/^version = "(.*)"$/m)[1];

async function open(page, address = "") {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

const dialog = (page) => page.getByRole("alertdialog", { name: /fault/ });
const stored = (page) => page.evaluate(() => localStorage.getItem("chainrule"));

// The next formula cannot be put on the page, which Yew does not expect.
const provoke = (page) =>
  page.evaluate(() => {
    document.createElementNS = () => {
      throw new Error("provoked");
    };
  });

test("a panic stops the page with a report, and a reload comes back", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await openLesson(page, "Mazur 2-2-2");
  await press(page, "Next epoch");
  await press(page, "Step forward", 3);
  await expect.poll(() => stored(page)).toContain('"step":3');
  const [before, ledger] = [await stored(page), await readLedger(page)];

  await provoke(page);
  await page.getByRole("tab", { name: "Matrix" }).click();
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page)).toContainText("comes back to the session as it was stored");
  await expectAccessible(page);

  // What it says, and what is copied.
  const report = await page.getByRole("textbox", { name: "Report" }).inputValue();
  expect(report).toContain(`Chainrule ${VERSION}: panicked at `);
  expect(report).toMatch(/\.rs:\d+:\d+/);
  expect(report).toContain(`Browser: ${await page.evaluate(() => navigator.userAgent)}`);
  expect(report.trim().split("\n").slice(-4)).toEqual(["NextEpoch", ...Array(3).fill("StepForward { coarser: false }")]);
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(report);

  // Nothing of the stopped program acts any more, and nothing is stored.
  for (const key of ["Escape", "ArrowRight", "e"]) await page.keyboard.press(key);
  await expect(dialog(page)).toBeVisible();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /step 3/);
  expect(await readLedger(page)).toEqual(ledger);
  expect(await stored(page)).toBe(before);
});

test("a stored session that stops the page at its start can be set aside", async ({ page }) => {
  await open(page);
  await openLesson(page, "Mazur 2-2-2");
  await expect.poll(() => stored(page)).toContain("Mazur");
  const before = await stored(page);
  // The page can be made, the session not: once, in this document.
  await page.addInitScript(() => {
    if (sessionStorage.getItem("provoked")) return;
    sessionStorage.setItem("provoked", "yes");
    document.createElementNS = () => {
      throw new Error("provoked");
    };
  });
  await page.reload();
  await expect(dialog(page)).toContainText("could not start");
  await page.getByRole("button", { name: "Start afresh" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Nor what the address names.
  await expect(box(page, "w₅").first()).toHaveValue("0.14");
  expect(await page.evaluate(() => localStorage.getItem("chainrule-damaged"))).toBe(before);
});

test("what an extension or the browser raises stops nothing", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    window.dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }));
    window.dispatchEvent(new ErrorEvent("error", { error: new TypeError("not ours") }));
  });
  await press(page, "Step forward");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /step 1/);
  await expect(dialog(page)).toHaveCount(0);
});
