// Where the program does not start, the page says why: never an empty page.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { test as base } from "@playwright/test";
import { expect, open, test } from "./page.js";
import { dist, start } from "./server.js";

// Pages that must fail: their console has errors, which the page of the other tests may not have.
const failing = base.extend({
  baseURL: async ({}, use) => use(process.env.CHAINRULE_URL),
});

const WASM = /_bg\.wasm$/;
const SCRIPT = /chainrule-page-\w+\.js$/;

async function expectSentence(page, ...parts) {
  const alert = page.getByRole("alert");
  await expect(alert).toBeVisible();
  for (const part of parts) await expect(alert).toContainText(part);
  await expect(page.getByText("Chainrule", { exact: false }).first()).toBeVisible();
}

const answer = (page, file, response) => page.route(file, (route) => route.fulfill(response));

// The file as it is, but cut in half.
async function halved(page, file, contentType) {
  await page.route(file, async (route) => {
    const body = await (await route.fetch()).body();
    await route.fulfill({ contentType, body: body.subarray(0, body.length / 2) });
  });
}

for (const status of [403, 404]) {
  failing(`the page says that its program is answered ${status}`, async ({ page }) => {
    await answer(page, WASM, { status, contentType: "text/plain", body: "no" });
    await page.goto("");
    await expectSentence(page, `the server answered ${status} for chainrule-page-`, "_bg.wasm");
  });
}

failing("the page says that a web page came in place of its program", async ({ page }) => {
  await answer(page, WASM, { contentType: "text/html", body: "<p>Please sign in</p>" });
  await page.goto("");
  await expectSentence(page, "in place of chainrule-page-", "a filter or a sign-in page");
});

failing("the page says that its program was cut off", async ({ page }) => {
  await halved(page, WASM, "application/wasm");
  await page.goto("");
  await expectSentence(page, "did not arrive whole", "_bg.wasm was cut off");
});

failing("the page says that its script comes as something else, or not at all", async ({ page }) => {
  const body = readFileSync(`${dist}/index.html`, "utf8").match(/chainrule-page-\w+\.js/)[0];
  await answer(page, SCRIPT, { contentType: "text/plain", body });
  await page.goto("");
  await expectSentence(page, "as “text/plain” and not as JavaScript");
  await page.unroute(SCRIPT);
  await answer(page, SCRIPT, { status: 404, contentType: "text/plain", body: "no" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expectSentence(page, "the server answered 404 for chainrule-page-");
  // The network is back: the same button starts the page.
  await page.unroute(SCRIPT);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

failing("the page says that the browser has no WebAssembly, or not all of it", async ({ page, context }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto("");
  await expectSentence(page, "has no WebAssembly", "Chrome or Edge 117, Firefox 121 or Safari 16.4");
  const old = await context.newPage();
  await old.addInitScript(() => {
    WebAssembly.validate = () => false;
    WebAssembly.instantiate = WebAssembly.instantiateStreaming = () => Promise.reject(new WebAssembly.CompileError("SIMD unsupported"));
  });
  await old.goto("");
  await expectSentence(old, "too old", "128-bit", "Chrome or Edge 117, Firefox 121 or Safari 16.4");
});

failing("the page says that it was opened from a file", async ({ page }) => {
  await page.goto(`${pathToFileURL(dist)}/index.html`);
  await expectSentence(page, "opened from a file", "script/server");
});

failing("the page says that a sandboxed frame does not let it in", async ({ page, baseURL }) => {
  // Another page of the same server stands around the frame.
  await answer(page, /around\.html$/, { contentType: "text/html", body: `<iframe sandbox="allow-scripts" src="${baseURL}"></iframe>` });
  await page.goto("around.html");
  await expectSentence(page.frameLocator("iframe"), "in a frame that does not let it load its program", baseURL);
});

// Where the server lets anyone read its files, it starts even there, with its styles.
test("the page starts in a sandboxed frame of a server that allows it", async ({ page, baseURL }) => {
  await page.route(/courses\/networks\/(?!around)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
  });
  await answer(page, /around\.html$/, {
    contentType: "text/html",
    body: `<link rel="icon" href="data:,"><iframe width="1400" height="900" sandbox="allow-scripts" src="${baseURL}"></iframe>`,
  });
  await page.goto("around.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  await frame.getByRole("button", { name: "Step forward" }).click();
  await expect(frame.getByRole("slider", { name: "Step", exact: true })).toHaveAttribute("aria-valuetext", /step 1/);
  expect(await frame.locator("main").evaluate((main) => getComputedStyle(main).position)).toBe("relative");
});

failing.describe("without JavaScript", () => {
  failing.use({ javaScriptEnabled: false });
  failing("the page says so", async ({ page }) => {
    await page.goto("");
    // Playwright's own look for a text passes over this element.
    const sentence = page.locator("noscript p");
    await expect(sentence).toBeVisible();
    await expect(sentence).toContainText("Chainrule needs JavaScript");
  });
});

for (const address of ["lab/", "lab"]) {
  test(`the old address /${address} leads to the page`, async ({ page, baseURL }) => {
    await page.goto(address);
    await expect(page).toHaveURL(baseURL);
    await expect(page.getByRole("tab", { name: "Weights" })).toBeVisible();
  });
}

test("no slash is added outside the page's own folder", async () => {
  const { url, close } = await start();
  try {
    const { status } = await fetch(new URL("/courses", url), { redirect: "manual" });
    expect(status).toBe(404);
  } finally {
    close();
  }
});
