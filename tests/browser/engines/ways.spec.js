// The page's main ways in every engine: edit, run, import, export and come back.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { after, epoch, lessonFile, shown } from "../reference.js";
import { expect, test } from "./engine.js";
import { click, expectText, exported, leave, open, openLesson, read, reload, run, selected, step, type } from "./hands.js";

const hmkcode = lessonFile("hmkcode");

// Each weight reads the same in the ledger and in the diagram.
async function expectLedgerIsDiagram(page, names) {
  for (const name of names) await expectText(page, "box", name).toBe(await read(page, "spin", name));
}

const weights = ["w₁", "w₂", "w₃", "w₄", "w₅", "w₆"];

test("a number that is clicked is selected as a whole", async ({ page }) => {
  await open(page);
  for (const [role, name] of [["box", "i₁"], ["spin", "w₅"], ["box", "w₅"], ["box", "Learning rate"]]) {
    await click(page, role, name);
    expect(await selected(page), `${role} ${name}`).toBe(await read(page, role, name));
    await leave(page);
  }
  await click(page, "box", "i₁");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expectText(page, "box", "i₁").toBe("3");
  await click(page, "box", "w₅");
  await page.keyboard.type("0.5");
  await page.keyboard.press("Enter");
  await expectText(page, "spin", "w₅").toBe("0.5");
  // Enter has given the keys back: a click selects again, and a second one sets the caret, as in any field.
  await click(page, "box", "w₅");
  expect(await selected(page)).toBe("0.5");
  await click(page, "box", "w₅", 0.9);
  expect(await selected(page)).toBe("");
});

test("the browser's own undo leaves no number behind that does not hold", async ({ page }) => {
  await open(page);
  await type(page, "box", "w₅", "0.5");
  await leave(page);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("e");
  await expectText(page, "status", "Epoch").toBe("1");
  const lesson = structuredClone(hmkcode);
  lesson.network.layers[1].weights[0][0] = 0.5;
  await expectText(page, "box", "w₅").toBe(shown(after(lesson, 1).network.layers[1].weights[0][0]));
  await expectLedgerIsDiagram(page, weights);
});

test("nor does it after a number has been given up", async ({ page }) => {
  await open(page);
  await type(page, "box", "w₅", "0.25");
  await click(page, "box", "w₅");
  await page.keyboard.type("9");
  await page.keyboard.press("Escape");
  await expectText(page, "box", "w₅").toBe("0.25");
  await leave(page);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("e");
  await expectText(page, "status", "Epoch").toBe("1");
  const lesson = structuredClone(hmkcode);
  lesson.network.layers[1].weights[0][0] = 0.25;
  await expectText(page, "box", "w₅").toBe(shown(after(lesson, 1).network.layers[1].weights[0][0]));
  await expectLedgerIsDiagram(page, weights);
});

test("a run, and where it stands after coming back", async ({ page }) => {
  await open(page);
  await run(page, 100);
  await expectText(page, "status", "Loss").toBe(shown(epoch(after(hmkcode, 100)).loss));
  for (let k = 0; k < 3; k += 1) await step(page);
  const place = await read(page, "slider", "Step");
  await reload(page);
  await expectText(page, "status", "Epoch").toBe("100");
  await expectText(page, "slider", "Step").toBe(place);
});

test("a link made in Chromium opens at the same step with the same digits", async ({ page, reference }) => {
  await open(reference);
  await type(reference, "box", "w₅", "0.5");
  await leave(reference);
  await run(reference, 100);
  for (let k = 0; k < 4; k += 1) await step(reference);
  const place = await read(reference, "slider", "Step");
  await reference.keyboard.press("s");
  const link = await read(reference, "box", "Link");
  await open(page, link);
  await expectText(page, "slider", "Step").toBe(place);
  for (const [role, name] of [["status", "Loss"], ["status", "Epoch"], ...weights.map((name) => ["box", name])]) {
    await expectText(page, role, name).toBe(await read(reference, role, name));
  }
});

test("coming back by an address, from page to page, with what was done there", async ({ page }) => {
  await open(page);
  await type(page, "box", "w₅", "0.25");
  for (let k = 0; k < 3; k += 1) {
    await open(page);
    await expectText(page, "box", "w₅").toBe("0.25");
  }
});

test("a lesson that is opened from a file", async ({ page }) => {
  await open(page);
  await page.setInputFiles("input[type=file]", fileURLToPath(new URL("../../../static/lessons/mazur.json", import.meta.url)));
  await expect.poll(() => page.evaluate(() => window.the("region", "Step").textContent)).toContain("Mazur 2-2-2");
  // JSON, but no lesson.
  await page.setInputFiles("input[type=file]", fileURLToPath(new URL("../package.json", import.meta.url)));
  await expect.poll(() => page.evaluate(() => document.querySelector("[role=alert]")?.textContent)).toContain("“package.json” is not a lesson");
});

test("what is exported after a run has the bits of the native program", async ({ page }) => {
  const n = 200;
  await open(page);
  await openLesson(page, lessonFile("xor").title);
  await run(page, n);
  const { layers } = JSON.parse(await exported(page)).network;
  const file = fileURLToPath(new URL("../../../static/lessons/xor.json", import.meta.url));
  const native = JSON.parse(execFileSync("cargo", ["run", "--quiet", "--example", "trace", "--", file, "--epochs", String(n)], { encoding: "utf8" }));
  expect(layers.map(({ weights, biases }) => ({ weights, biases }))).toEqual(native.final);
});
