// The address names what is seen: a link opens the page there, on any device; a damaged one says so.
import { alert, atFullSpeed, box, button, card, choice, linkOf, openLesson, openTab, press, readLedger, set, slider, spin, status, stepBy, type, writtenAddress } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { after, epoch, lessonFile, shown } from "./reference.js";

// A page of someone else, with nothing stored.
async function stranger(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await open(page, address);
  return page;
}

test("a link opens at the same step, with the same numbers, choices and cards", async ({ page, browser }) => {
  const lesson = lessonFile("mazur");
  await open(page);
  await openLesson(page, lesson.title);
  await press(page, "Next epoch");
  await type(box(page, "Learning rate"), "0.25");
  await set(page, "Digits", "8");
  await set(page, "Theme", "Dark");
  await press(page, "Next epoch");
  await stepBy(page, "layer");
  await press(page, "Step forward", 4);
  await page.keyboard.press("2");
  await openTab(page, "Matrix");
  await openTab(page, "Ledger");
  const ledger = await readLedger(page);
  const step = await slider(page).getAttribute("aria-valuetext");
  await openTab(page, "Matrix");
  const link = await linkOf(page);
  expect(new URL(link).hash.length).toBeLessThan(2_000);

  const other = await stranger(browser, link);
  await expect(choice(other, "Lesson").locator("option:checked")).toHaveText("Mazur 2-2-2");
  await expect(slider(other)).toHaveAttribute("aria-valuetext", step);
  await expect(choice(other, "Step by").locator("option:checked")).toHaveText("layer");
  await expect(status(other, "Epoch")).toHaveText("2");
  const learned = after({ ...after(lesson, 1), optimizer: { ...lesson.optimizer, learning_rate: 0.25 } }, 1);
  await expect(status(other, "Loss")).toHaveText(shown(epoch(learned).loss, 8));
  await expect(other.getByRole("tab", { name: "Matrix", exact: true })).toHaveAttribute("aria-selected", "true");
  await expect(other.getByRole("region", { name: "General form" })).toBeVisible();
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await openTab(other, "Ledger");
  expect(await readLedger(other)).toEqual(ledger);
  // What was before is there as well: the run is learned again from its start.
  await press(other, "To start");
  await expect(box(other, "Learning rate")).toHaveValue("0.5");
  await other.context().close();
});

test("the address names what is seen, and a reload goes on with it and with undo", async ({ page, browser }) => {
  await open(page);
  await type(box(page, "w₅"), "0.5");
  await press(page, "Step forward", 3);
  const address = await writtenAddress(page);
  await page.reload();
  await expect(slider(page)).toHaveValue("3");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
  await press(page, "Undo");
  await expect(box(page, "w₅").first()).toHaveValue("0.14");
  const other = await stranger(browser, address);
  await expect(slider(other)).toHaveValue("3");
  await expect(box(other, "w₅").first()).toHaveValue("0.5");
  await other.context().close();
});

test("a link that is put into the address of an open page opens there, and undo brings back what was open", async ({ page, browser }) => {
  const other = await stranger(browser, "");
  await openLesson(other, "Mazur 2-2-2");
  const link = await linkOf(other);
  await other.context().close();
  await open(page);
  await type(box(page, "w₅"), "0.5");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
  await page.evaluate((link) => location.assign(link), link);
  await expect(choice(page, "Lesson").locator("option:checked")).toHaveText("Mazur 2-2-2");
  await press(page, "Undo");
  await expect(choice(page, "Lesson").locator("option:checked")).toHaveText("HMKCode 2-2-1");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
});

test("a link that this very page has made opens what it names, also when the page has gone on", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 3);
  const link = await linkOf(page);
  await press(page, "Step forward", 4);
  await writtenAddress(page);
  await page.evaluate((link) => location.assign(link), link);
  await expect(slider(page)).toHaveValue("3");
  await press(page, "Undo");
  await expect(slider(page)).toHaveValue("7");
});

test("a reload while the address is being written keeps the last step", async ({ page }) => {
  await open(page);
  await press(page, "Step forward");
  const first = await writtenAddress(page);
  await press(page, "Step forward");
  await writtenAddress(page);
  // As a browser that has begun to load the page before it was written.
  await page.evaluate((first) => history.replaceState(null, "", first), first);
  await page.reload();
  await expect(slider(page)).toHaveValue("2");
});

test("a damaged link says so, and takes nothing away", async ({ page, browser }) => {
  await open(page);
  const whole = new URL(await linkOf(page)).hash;
  for (const [hash, says] of [
    [whole.slice(0, -9), "This link cannot be opened: some of its characters are missing or others than they were."],
    ["#v7.abc", "This link cannot be opened: version 7, expected 1: it may be of a later page."],
  ]) {
    const other = await stranger(browser, hash);
    await expect(alert(other)).toContainText(says);
    await expect(choice(other, "Lesson").locator("option:checked")).toHaveText("HMKCode 2-2-1");
    await press(other, "Step forward");
    await expect(slider(other)).toHaveValue("1");
    await other.context().close();
  }
  // On a page where something is open already that stays.
  await type(box(page, "w₅"), "0.5");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
  await page.evaluate((hash) => (location.hash = hash), whole.slice(0, -9));
  await expect(alert(page)).toContainText("This link cannot be opened");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
});

test("an address may name a lesson; one that there is not is told from those that there are", async ({ page, browser }) => {
  await open(page, "?lesson=xor");
  await expect(choice(page, "Lesson").locator("option:checked")).toHaveText("XOR 2-2-1 with momentum");
  const other = await stranger(browser, "?lesson=chess");
  await expect(alert(other)).toContainText("No lesson is called “chess”: hmkcode, mazur");
  await expect(choice(other, "Lesson").locator("option:checked")).toHaveText("HMKCode 2-2-1");
  await other.context().close();
});

test("sharing gives the link as text and as a code as large as the window has room for", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1366, height: 650 });
  await open(page);
  await button(page, "Share").click();
  const dialog = page.getByRole("dialog", { name: "Share this moment" });
  await expect(dialog).toContainText("with these weights, settings and this view");
  await expect(box(page, "Link")).toBeFocused();
  const code = await dialog.getByRole("img", { name: "QR code of the link" }).boundingBox();
  expect(Math.min(code.width, code.height)).toBeGreaterThan(0.8 * 650);
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await box(page, "Link").inputValue());
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});

test("what a link has no room for is said, and the file is offered", async ({ page }) => {
  await open(page);
  await openLesson(page, "Skalski’s moons 2-25-50-50-25-1");
  await spin(page, "Epochs").fill("30");
  await atFullSpeed(page);
  await press(page, "Run");
  await expect(status(page, "Epoch")).toHaveText("30");
  await button(page, "Share").click();
  const dialog = page.getByRole("dialog", { name: "Share this moment" });
  await expect(dialog).toContainText("Without: what has been learned: it opens before the first epoch");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Export the lesson as a file" }).click()]);
  expect(download.suggestedFilename()).toContain("skalski");
});

test("a link may start presenting", async ({ page, browser }) => {
  await open(page, "#present");
  await expect(page.locator("html")).toHaveAttribute("data-present", "true");
  await page.keyboard.press("t");
  await expect(page.getByRole("table", { name: "Ledger" })).toBeVisible();
  const other = await stranger(browser, await linkOf(page));
  await expect(other.locator("html")).toHaveAttribute("data-present", "true");
  await expect(other.getByRole("table", { name: "Ledger" })).toBeVisible();
  await expect(card(other)).toBeHidden();
  await other.context().close();
});

test("two pages in frames of one document have a memory each", async ({ page, browser, baseURL }) => {
  const other = await stranger(browser, "");
  await press(other, "Step forward");
  const first = await writtenAddress(other);
  await openLesson(other, "Mazur 2-2-2");
  const second = await linkOf(other);
  await other.context().close();
  const host = new URL("host.html", baseURL).href;
  const frame = (address, title) => `<iframe title="${title}" src="${address}" width="1100" height="620"></iframe>`;
  await page.route(host, (route) => route.fulfill({ contentType: "text/html", body: frame(first, "first") + frame(second, "second") }));
  const lesson = (title) => page.frameLocator(`iframe[title=${title}]`).getByRole("combobox", { name: "Lesson", exact: true });
  const w5 = (title) => page.frameLocator(`iframe[title=${title}]`).getByRole("textbox", { name: "w₅", exact: true }).first();
  await page.goto(host);
  for (const times of [1, 2]) {
    await expect(lesson("first").locator("option:checked"), `opened ${times} times`).toHaveText("HMKCode 2-2-1");
    await expect(lesson("second").locator("option:checked"), `opened ${times} times`).toHaveText("Mazur 2-2-2");
    await expect(w5("first")).toHaveValue("0.14");
    await expect(w5("second")).toHaveValue("0.4");
    await w5("first").fill("0.75");
    await w5("first").press("Enter");
    await expect(w5("first")).toHaveValue("0.75");
    await expect(w5("second")).toHaveValue("0.4");
    await page.reload();
  }
});
