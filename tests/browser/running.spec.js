// Learning many epochs: the end of the run, the page meanwhile, and runs that diverge.
import { alert, atFullSpeed, box, button, choice, curve, expectColumn, map, openLesson, openTab, press, readLedger, set, spin, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { after, epoch, golden, lessonFile, named, shown } from "./reference.js";

async function run(page, n) {
  await atFullSpeed(page);
  await spin(page, "Epochs").fill(String(n));
  await press(page, "Run");
}

for (const [file, reference, n] of [["hmkcode", "hmkcode", 100], ["mazur", "mazur", 10_000], ["xor", "xor", 200], ["lecture-3-2-1", "lecture-3-2-1", 50]]) {
  const { title, notation } = lessonFile(file);
  test(`${n} epochs of ${title} end where the reference does`, async ({ page }) => {
    const { loss_after, final, loss_history } = golden(reference).expected;
    await open(page);
    await set(page, "Digits", "10");
    await openLesson(page, title);
    await run(page, n);
    await expect(status(page, "Epoch")).toHaveText(String(n), { timeout: 20_000 });
    await expect(button(page, "Run")).toBeVisible();
    await expect(status(page, "Loss")).toHaveText(shown(loss_after, 10));
    await expectColumn(page, "old", map(named(final, notation), (x) => shown(x, 10)));
    await press(page, "Step back");
    await expect(status(page, "Loss")).toHaveText(shown(loss_history[n - 1], 10));
  });
}

test("the page answers while it runs, and the run can be stopped", async ({ page }) => {
  await open(page);
  await openLesson(page, "Mazur 2-2-2");
  await run(page, 10_000_000);
  await expect(page.getByText("of 10,000,000")).toBeVisible();
  await openTab(page, "Data");
  await expect(page.getByRole("table", { name: "Samples" })).toBeVisible();
  await openTab(page, "Ledger");
  await expect(page.getByText("of 10,000,000")).toBeVisible();
  await press(page, "Stop");
  await expect(button(page, "Run")).toBeVisible();
  const reached = Number(await status(page, "Epoch").textContent());
  expect(reached).toBeGreaterThan(0);
  expect(reached).toBeLessThan(10_000_000);
  // What stands there is that epoch's.
  const { loss } = epoch(after(lessonFile("mazur"), Math.min(reached, 50)));
  await curve(page).focus();
  await curve(page).press("Home");
  await curve(page).press("Enter");
  await expect(status(page, "Epoch")).toHaveText("0");
  await run(page, Math.min(reached, 50));
  await expect(status(page, "Loss")).toHaveText(shown(loss));
});

for (const text of ["0", "-5", "2.5", "10000001", ""]) {
  test(`“${text}” epochs are refused with a sentence`, async ({ page }) => {
    await open(page);
    await run(page, text);
    await expect(alert(page)).toContainText("must be a whole number from 1 to 10,000,000");
    await expect(status(page, "Epoch")).toHaveText("0");
  });
}

test("a run that diverges stops, says where and what to try, and leaves all epochs before", async ({ page }) => {
  const lesson = lessonFile("hmkcode");
  lesson.optimizer.learning_rate = 0.6;
  // The first epoch whose error is beyond all numbers.
  const losses = [];
  for (let now = lesson; Number.isFinite(epoch(now).loss); now = after(now, 1)) losses.push(epoch(now).loss);
  const end = losses.length;

  await open(page);
  await type(box(page, "Learning rate"), "0.6");
  await run(page, 1000);
  await expect(alert(page)).toContainText(`diverged at epoch ${end}`);
  await expect(alert(page)).toContainText(`Every epoch up to ${end - 1} can still be visited`);
  await expect(alert(page)).toContainText("Try half the learning rate, a = 0.3");
  await expect(button(page, "Run")).toBeVisible();
  await expect(status(page, "Epoch")).toHaveText(String(end - 1));
  await expect(status(page, "Loss")).not.toHaveText(/∞|NaN|undefined/);
  for (const { old } of Object.values(await readLedger(page))) expect(old).not.toMatch(/∞|NaN|undefined/);
  await expect(page.getByRole("img", { name: /E per epoch: from 0.327 at epoch 0 to/ })).toBeVisible();

  for (const back of [1, 2, 3]) {
    await press(page, "Step back", 20);
    await expect(status(page, "Epoch")).toHaveText(String(end - 1 - back));
    await expect(status(page, "Loss")).toHaveText(shown(losses[end - 1 - back]));
  }
  await press(page, "To start");
  await expect(status(page, "Loss")).toHaveText("0.32724");
  await expectColumn(page, "old", map(named(lesson.network.layers), (x) => shown(x)));
});

test("the curve leads back to an epoch by the keyboard", async ({ page }) => {
  const { loss_history } = golden("hmkcode").expected;
  await open(page);
  await run(page, 100);
  await expect(status(page, "Epoch")).toHaveText("100");
  await curve(page).focus();
  await curve(page).press("Home");
  for (let k = 0; k < 3; k += 1) await curve(page).press("ArrowRight");
  await expect(curve(page)).toHaveAttribute("aria-valuetext", `epoch 3: ${shown(loss_history[3])}`);
  // Looking is not going.
  await expect(status(page, "Epoch")).toHaveText("100");
  await curve(page).press("Enter");
  await expect(status(page, "Epoch")).toHaveText("3");
  await expect(status(page, "Loss")).toHaveText(shown(loss_history[3]));
  await curve(page).press("End");
  await curve(page).press("Enter");
  await expect(status(page, "Epoch")).toHaveText("100");
});

test("a click on the curve goes to the epoch under the pointer", async ({ page }) => {
  const { loss_history } = golden("hmkcode").expected;
  await open(page);
  await run(page, 10);
  await expect(status(page, "Epoch")).toHaveText("10");
  const canvas = page.getByRole("img", { name: /E per epoch/ });
  const { width, height } = await canvas.boundingBox();
  await canvas.click({ position: { x: width / 2, y: height / 2 }, force: true });
  await expect(status(page, "Epoch")).toHaveText(/^[456]$/);
  const at = Number(await status(page, "Epoch").textContent());
  await expect(status(page, "Loss")).toHaveText(shown(loss_history[at]));
});

test("the curve has a linear and a logarithmic scale, and keeps earlier runs for comparison", async ({ page }) => {
  await open(page);
  await run(page, 20);
  await expect(status(page, "Epoch")).toHaveText("20");
  const earlier = page.getByRole("button", { name: /^Remove run/ });
  await expect(earlier).toHaveCount(0);
  for (const scale of ["logarithmic", "linear"]) {
    await page.getByRole("combobox", { name: "Scale" }).selectOption(scale);
    await expect(page.getByRole("combobox", { name: "Scale" })).toHaveValue(scale);
  }
  await press(page, "To start");
  await type(box(page, "Learning rate"), "0.1");
  await expect(button(page, "Remove run 1: a 0.05")).toBeVisible();
  await press(page, "Next epoch", 2);
  await press(page, "Reset weights");
  await expect(button(page, "Remove run 2: a 0.1")).toBeVisible();
  await expect(curve(page)).toHaveAttribute("aria-valuetext", /^epoch 0: 0.32724, run 1 0.32724, run 2 0.32724$/);
  await page.reload();
  await expect(earlier).toHaveCount(2);
  await press(page, "Remove run 1: a 0.05");
  await expect(earlier).toHaveText(["run 2: a 0.1×"]);
  await openLesson(page, "XOR 2-2-1 with momentum");
  await expect(earlier).toHaveCount(0);
});

test("an edit leaves a mark on the curve, which leads back there and goes with undo", async ({ page }) => {
  const mark = (name) => page.getByRole("button", { name, exact: true });
  await open(page);
  await press(page, "Next epoch", 3);
  await type(box(page, "Learning rate"), "0.1");
  const rate = mark("Edit at epoch 3: a 0.05 → 0.1");
  await expect(rate).toBeVisible();
  await press(page, "Next epoch", 4);
  const w5 = await box(page, "w₅").inputValue();
  await type(box(page, "w₅"), "0.5");
  const weight = mark(`Edit at epoch 7: w₅ ${w5} → 0.5`);
  await expect(weight).toBeVisible();
  await press(page, "Next epoch", 2);

  await rate.click();
  await expect(status(page, "Epoch")).toHaveText("3");
  await weight.focus();
  await weight.press("Enter");
  await expect(status(page, "Epoch")).toHaveText("7");

  await page.reload();
  await expect(rate).toBeVisible();
  await press(page, "Undo");
  await expect(weight).toBeHidden();
  await expect(rate).toBeVisible();
  await press(page, "Redo");
  await expect(weight).toBeVisible();
});

test("resetting the weights keeps the learning rate, and says what is gone", async ({ page }) => {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await open(page);
    await press(page, "Reset");
    await type(box(page, "Learning rate"), "0.1");
    await press(page, "Next epoch", 2);
    await press(page, "Reset weights");
    await expect(status(page, "Epoch")).toHaveText("0");
    await expect(box(page, "Learning rate")).toHaveValue("0.1");
    await expect(status(page, "Loss")).toHaveText("0.32724");
    await expect(page.getByText("Reset the weights, with learning rate and data as they are: 2 epochs are gone. Undo (U) brings them back.")).toBeVisible();
    await press(page, "Undo");
    await expect(status(page, "Epoch")).toHaveText("2");
  }
});
