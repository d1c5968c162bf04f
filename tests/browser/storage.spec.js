// Nothing is lost: what the browser keeps over a reload, of each tab, of a run, after it was killed, and
// what is said where it keeps nothing.
import { readFileSync } from "node:fs";
import { alert, atFullSpeed, box, button, card, choice, importFile, openLesson, press, readLedger, slider, spin, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

// All that the browser's database holds: a tab, when, and the session as text.
const database = (page) =>
  page.evaluate(
    () =>
      new Promise((done, failed) => {
        const opening = indexedDB.open("chainrule");
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("sessions").objectStore("sessions").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            done(reading.result);
          };
        };
      }),
  );

// The storages that are written as a page is left are as a killed browser leaves them: of before, or empty.
const killed = (page) =>
  page.addInitScript(() => {
    localStorage.clear();
    sessionStorage.removeItem("chainrule");
  });

async function startRun(page) {
  await spin(page, "Epochs").fill("10000000");
  await atFullSpeed(page);
  await press(page, "Run");
  await expect(button(page, "Run")).toBeHidden();
}

const epochOf = async (page) => Number((await status(page, "Epoch").textContent()).replace(/\D/g, ""));

test("after the browser was killed the last change is there", async ({ page }) => {
  await open(page);
  await type(box(page, "w₅"), "0.5");
  await press(page, "Step forward", 3);
  await expect.poll(async () => (await database(page))[0]?.[2]).toContain('"step":3');
  await killed(page);
  await page.reload();
  await expect(slider(page)).toHaveValue("3");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
});

test("a run that is left by a reload goes on from where it was, with the edit made in it", async ({ page }) => {
  await open(page);
  await startRun(page);
  await expect.poll(() => epochOf(page)).toBeGreaterThan(100);
  await type(box(page, "Learning rate"), "0.01");
  const epoch = await epochOf(page);
  await page.reload();
  expect(await epochOf(page)).toBeGreaterThanOrEqual(epoch);
  await expect(box(page, "Learning rate")).toHaveValue("0.01");
});

test("a run is stored while it goes on", async ({ page }) => {
  await open(page);
  await startRun(page);
  const front = async () => JSON.parse((await database(page))[0]?.[2] ?? "{}").front?.epoch ?? 0;
  await expect.poll(front, { timeout: 30_000 }).toBeGreaterThan(0);
  const epoch = await front();
  await killed(page);
  await page.reload();
  expect(await epochOf(page)).toBeGreaterThanOrEqual(epoch);
});

test("undo and redo are there after a reload", async ({ page }) => {
  await open(page);
  const loss = async () => [await status(page, "Epoch").textContent(), await status(page, "Loss").textContent()];
  const states = [await loss()];
  await press(page, "Next epoch", 2);
  await type(box(page, "w₅"), "0.5");
  states.push(await loss());
  await type(box(page, "Learning rate"), "0.1");
  await press(page, "Next epoch");
  await type(box(page, "w₅"), "0.25");
  states.push(await loss());
  await page.reload();
  expect(await loss()).toEqual(states[2]);

  await page.keyboard.press("u");
  await expect(box(page, "w₅").first()).not.toHaveValue("0.25");
  await expect(box(page, "Learning rate")).toHaveValue("0.1");
  await page.keyboard.press("u");
  await expect(box(page, "Learning rate")).toHaveValue("0.05");
  expect(await loss()).toEqual(states[1]);
  await page.reload();
  await press(page, "Redo", 2);
  await expect(box(page, "w₅").first()).toHaveValue("0.25");
  expect(await loss()).toEqual(states[2]);
  await expect(button(page, "Redo")).toBeDisabled();
  await press(page, "Undo", 3);
  await expect(box(page, "w₅").first()).not.toHaveValue("0.5");
  await expect(button(page, "Undo")).toBeDisabled();
  await press(page, "To start");
  expect(await loss()).toEqual(states[0]);
});

test("two tabs keep a session each, and a third one takes the latest", async ({ page, context }) => {
  await open(page);
  await press(page, "Next epoch");
  const other = await context.newPage();
  await open(other);
  await openLesson(other, "Mazur 2-2-2");
  await press(page, "Step forward", 2);
  await other.reload();
  await expect(card(other)).toContainText("Mazur 2-2-2");
  await page.reload();
  await expect(choice(page, "Lesson").locator("option:checked")).toHaveText("HMKCode 2-2-1");
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(slider(page)).toHaveValue("2");
  // Leaving the page stores it: this one is the latest.
  const third = await context.newPage();
  await open(third);
  await expect(status(third, "Epoch")).toHaveText("1");
});

test("what a tab was left with is there although another has stored since", async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  // It is left before the database has it.
  await other.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("not now", "UnknownError");
    };
  });
  await openLesson(other, "Mazur 2-2-2");
  await other.goto("about:blank");
  const stamp = () => page.evaluate(() => localStorage.getItem("chainrule-saved"));
  const before = await stamp();
  await press(page, "Step forward", 2);
  await expect.poll(stamp).not.toBe(before);
  await other.goBack();
  await expect(card(other)).toContainText("Mazur 2-2-2");
  await page.reload();
  await expect(slider(page)).toHaveValue("2");
});

test("a duplicated tab starts with a copy, and neither overwrites the other", async ({ page, context }) => {
  await open(page);
  await press(page, "Next epoch");
  await type(box(page, "w₅"), "0.5");
  await page.reload();
  await expect(status(page, "Epoch")).toHaveText("1");
  // A browser that duplicates a tab copies the storage of the tab.
  const kept = await page.evaluate(() => ({ ...sessionStorage }));
  const copy = await context.newPage();
  await copy.addInitScript((kept) => {
    if (sessionStorage.length === 0) for (const [key, text] of Object.entries(kept)) sessionStorage.setItem(key, text);
  }, kept);
  await open(copy);
  await expect(box(copy, "w₅").first()).toHaveValue("0.5");
  await expect(status(copy, "Epoch")).toHaveText("1");

  await press(copy, "Undo");
  await press(copy, "Next epoch");
  await expect(status(copy, "Epoch")).toHaveText("2");
  await press(page, "Step forward", 3);
  // Each is stored by itself.
  const epochs = async () => (await database(page)).map(([, , text]) => JSON.parse(text.split("\u001e")[0]).now.epoch).sort();
  await expect.poll(epochs).toEqual([1, 2]);
  await copy.reload();
  await page.reload();
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(slider(page)).toHaveValue("3");
  await expect(box(page, "w₅").first()).toHaveValue("0.5");
  await copy.reload();
  await expect(status(copy, "Epoch")).toHaveText("2");
  await expect(button(copy, "Redo")).toBeEnabled();
});

test("full storage of the smaller kind loses nothing", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(page);
  await press(page, "Next epoch");
  await expect.poll(async () => (await database(page))[0]?.[2]).toContain('"epoch":1');
  await page.reload();
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(alert(page)).toBeHidden();
});

const forbidden = {
  "that throws": () => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    }
  },
  "that is full": () => {
    Storage.prototype.setItem = IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "that is not there": () => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { value: null });
  },
};

for (const [what, forbid] of Object.entries(forbidden)) {
  test(`storage ${what} is said once`, async ({ page }) => {
    await page.addInitScript(forbid);
    await open(page);
    await expect(alert(page)).toContainText("This browser stores nothing: its storage is full or switched off.");
    await press(page, "Dismiss");
    await press(page, "Next epoch");
    await expect(status(page, "Epoch")).toHaveText("1");
    await press(page, "Step forward", 2);
    await expect(slider(page)).toHaveValue("2");
    await expect(alert(page)).toBeHidden();
  });
}

test("what was set aside can be saved as a file", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("chainrule", "%%% not a session"));
  await open(page);
  await expect(alert(page)).toContainText("was set aside: the settings give it as a file");
  await button(page, "Settings").click();
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Save what was set aside")]);
  expect(readFileSync(await download.path(), "utf8")).toBe("%%% not a session");
});

test("a lesson that is too large to be stored says so when it is opened", async ({ page }) => {
  const layer = { activation: "tanh", units: 250, init: { scheme: "glorot_uniform", seed: 1 } };
  const lesson = { ...lessonFile("hmkcode"), title: "Large", published: [] };
  lesson.network = { inputs: 2, layers: [layer, layer, layer, { ...layer, units: 1 }] };
  await open(page);
  await importFile(page, lesson);
  await expect(card(page)).toContainText("Large");
  await expect(alert(page)).toContainText("This lesson is too large to be stored: a reload of the page opens the one before.");
  await press(page, "Dismiss");
  await press(page, "Next epoch");
  await expect(status(page, "Epoch")).toHaveText("1");
  await expect(alert(page)).toBeHidden();
  expect(Object.keys(await readLedger(page)).length).toBeGreaterThan(0);
});

test("a start without what is stored is asked for once, also where nothing is stored", async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("asked")) return;
    sessionStorage.setItem("asked", "yes");
    localStorage.setItem("chainrule-afresh", "true");
  });
  await open(page);
  await press(page, "Step forward", 3);
  await page.reload();
  await expect(slider(page)).toHaveValue("3");
});
