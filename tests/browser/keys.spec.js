// Whom a key belongs to: after any use of the mouse the keys of the lesson are the lesson's again.
import { alert, askFirst, box, button, card, choice, openLesson, openTab, press, slider, status, stepBy, type } from "./lesson.js";
import { expect, expectStarted, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

// All keys behind all kinds of controls in both lessons take ten minutes: KEYS=all. Each run of the suite takes
// the first lesson and, of the keys, one for each kind of control in turn.
const ALL = process.env.KEYS === "all";
const KEYS = ["PageDown", "ArrowRight", "Space"];
const TABS = ["Ledger", "Matrix", "Data", "Published", "Plot", "Weights", "Compare", "Design", "Experiments"];
const ROLES = [
  "button", "textbox", "spinbutton", "slider", "combobox", "tab", "checkbox", "radio", "switch", "link", "application",
  "separator", "listbox", "option", "menuitem", "searchbox", "treeitem", "gridcell", "DisclosureTriangle",
].map((role) => role.toLowerCase());

const step = (page, value) => expect(slider(page)).toHaveValue(value);
const epoch = (page, value) => expect(status(page, "Epoch")).toHaveText(value);
const blur = (page) => page.evaluate(() => document.activeElement.blur());

// What the page shows of the lesson, and all that a reader has set. The two sliders that show where the
// lesson is move with it.
const look = (page) =>
  page.evaluate(async () => {
    for (let k = 0; k < 2; k += 1) await new Promise(requestAnimationFrame);
    const name = (element) => element.ariaLabel ?? element.closest("label")?.textContent.trim() ?? element.id;
    const set = {};
    for (const element of document.querySelectorAll("input, select, [role=tab], [aria-pressed], [aria-label=Undo], [role=separator]")) {
      if (element.type === "file" || ["Step", "Epoch on the curve"].includes(element.ariaLabel)) continue;
      const { value, checked, selectedIndex, ariaSelected, ariaPressed, ariaDisabled, ariaValueNow } = element;
      set[`${element.role ?? element.type} ${name(element)}`] ??= { value, is: [checked, selectedIndex, ariaSelected, ariaPressed, ariaDisabled, ariaValueNow].join() };
    }
    const at = document.querySelector("[role=status][aria-label=Epoch]").textContent;
    const bar = document.querySelector("input[aria-label=Step]");
    return {
      at: `${at} ${bar.value}`,
      epoch: Number(at),
      step: Number(bar.value),
      last: Number(bar.max),
      goesOn: [...document.querySelectorAll("button")].some((button) => ["Pause", "Stop"].includes(button.textContent.trim())),
      hasDialog: Boolean(document.querySelector("dialog[open]")),
      grain: document.querySelector("select[aria-label='Step by']").selectedOptions[0]?.textContent,
      lesson: document.querySelector("select[aria-label=Lesson]").selectedOptions[0]?.textContent,
      set,
    };
  });

// What is set to something else. A number in focus shows all its digits, others as many as are set.
function differing(before, after) {
  const plain = (power) => [...power].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)).map((k) => (k === 0 ? "-" : k - 1)).join("");
  const number = (text) => Number(String(text).replace("−", "-").replace(/×10(.*)/, (_, power) => `e${plain(power)}`));
  const near = (a, b) => a === b || Math.abs(number(a) - number(b)) <= 1e-4 * Math.abs(number(a));
  return Object.keys(before).filter((name) => after[name] && !(near(before[name].value, after[name].value) && before[name].is === after[name].is));
}

// Whether it is one step on; by a coarser grain, which "Step by" may have been used to choose, a larger one.
function isNext(before, after) {
  if (before.step === before.last) return after.step === 0;
  const length = after.step - before.step;
  return after.epoch === before.epoch && (before.grain === "value" ? length === 1 : 0 < length);
}

const stopping = (page) => page.getByRole("button", { name: /^(Pause|Stop)$/ }).first();

// All that can be used, from the accessibility tree: one of each kind. Of a kind are those of one role
// whose names differ by numbers only.
async function controls(cdp, isWanted) {
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const all = new Map(nodes.map((node) => [node.nodeId, node]));
  const within = (node) => (node ? [node.role?.value, ...within(all.get(node.parentId))] : []);
  const kinds = new Map();
  for (const node of nodes) {
    const role = node.role?.value?.toLowerCase();
    if (node.ignored || !ROLES.includes(role) || !isWanted(within(node))) continue;
    const property = (name) => node.properties?.find((property) => property.name === name)?.value.value;
    if (property("disabled")) continue;
    const kind = `${role} ${(node.name?.value ?? "").replace(/[^\p{L}\p{S} …]+/gu, "").trim()}`;
    if (!kinds.has(kind)) kinds.set(kind, { kind, role, backendNodeId: node.backendDOMNodeId });
  }
  return kinds;
}

// Uses a control as a hand with a mouse does, and whether it could be reached.
async function use(page, cdp, { role, backendNodeId }) {
  const isChoice = role === "combobox";
  try {
    await cdp.send("DOM.scrollIntoViewIfNeeded", { backendNodeId });
    const { model } = await cdp.send("DOM.getBoxModel", { backendNodeId });
    const [left, top, right, , , bottom] = model.border;
    // A slider is pressed off its middle, so that it moves.
    await page.mouse.click(left + (right - left) * (role === "slider" ? 0.3 : 0.5), (top + bottom) / 2);
  } catch {
    return false;
  }
  if (isChoice) {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
  return true;
}

for (const file of ALL ? ["hmkcode", "encoder"] : ["hmkcode"]) {
  const { title } = lessonFile(file);

  // The page as it is before a control is used: nothing goes on, and the step is an early one.
  const prepare = async (page, tab) => {
    let now = await look(page);
    const isOpen = page.getByRole("tab", { name: tab, selected: true });
    // An open dialog is closed, what is enlarged or presented goes back.
    for (let k = 0; k < 3 && (now.hasDialog || !(await isOpen.isVisible())); k += 1) {
      await page.keyboard.press("Escape");
      now = await look(page);
    }
    if (now.goesOn) await stopping(page).click();
    if (now.lesson !== title) await openLesson(page, title);
    if (!(await isOpen.isVisible())) await openTab(page, tab);
    if (now.grain !== "value") await stepBy(page, "value");
    if (await button(page, "Ask first").isVisible()) await askFirst(page, false);
    await blur(page);
    if (now.epoch > 0 || now.step > now.last / 4) await page.keyboard.press("Home");
  };

  // Presses each key behind the use of each kind of control, and what it did that it should not.
  const faultsOf = async (page, tab, isWanted) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Accessibility.enable");
    await cdp.send("DOM.enable");
    await prepare(page, tab);
    const faults = [];
    const used = new Set();
    for (const [k, kind] of [...(await controls(cdp, isWanted)).keys()].entries()) {
      for (const key of ALL ? KEYS : [KEYS[k % KEYS.length]]) {
        await prepare(page, tab);
        const control = (await controls(cdp, isWanted)).get(kind);
        if (!control || !(await use(page, cdp, control))) continue;
        // A lesson is fetched.
        if (kind === "combobox Lesson") await expect(card(page)).toContainText((await look(page)).lesson);
        let before = await look(page);
        if (before.goesOn) {
          // It plays or runs: what stops that is used with the mouse as well.
          await stopping(page).click();
          before = await look(page);
        }
        used.add(kind);
        await page.keyboard.press(key);
        const after = await look(page);
        const fault = (what) => faults.push(`${kind}, ${key}: ${what} (${before.at} to ${after.at})`);
        if (before.hasDialog) {
          // An open dialog has the keys.
          if (after.at !== before.at) fault("the lesson went on behind a dialog");
        } else if (key === "Space") {
          if (!after.goesOn) fault("does not play");
          await page.keyboard.press("Space");
          if ((await look(page)).goesOn) fault("does not pause");
        } else {
          if (!isNext(before, after)) fault("not one step");
          // The weights learn at the end of an update.
          const changed = before.step < before.last / 2 ? differing(before.set, after.set) : [];
          if (changed.length) fault(`changed ${changed.join()}`);
        }
      }
    }
    return { faults, used: [...used] };
  };

  const isInTab = (within) => within.includes("tabpanel");
  const start = async (page) => {
    await open(page);
    await openLesson(page, title);
  };

  test(`${title}: keys step after any use of the mouse around the tables`, async ({ page }) => {
    test.setTimeout(600_000);
    await start(page);
    const { faults, used } = await faultsOf(page, "Ledger", (within) => !isInTab(within));
    expect(faults).toEqual([]);
    const roles = new Set(used.map((kind) => kind.split(" ")[0]));
    expect([...roles]).toEqual(expect.arrayContaining(["button", "textbox", "spinbutton", "slider", "combobox", "tab"]));
    expect(used.length).toBeGreaterThan(30);
  });

  for (const tab of TABS) {
    test(`${title}: keys step after any use of the mouse in the tab ${tab}`, async ({ page }) => {
      test.setTimeout(300_000);
      await start(page);
      expect((await faultsOf(page, tab, isInTab)).faults).toEqual([]);
    });
  }
}

test("what was reached by Tab has the arrow keys, and gives them back at a click", async ({ page }) => {
  await open(page);
  const tabTo = async (control) => {
    for (let k = 0; k < 120; k += 1) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(control).toBeFocused();
  };
  const rate = page.getByRole("slider", { name: "Learning rate, coarse" });
  await tabTo(rate);
  const was = await rate.inputValue();
  await page.keyboard.press("ArrowRight");
  await expect(rate).not.toHaveValue(was);
  await step(page, "0");
  // A slider has no use for these two.
  await page.keyboard.press("PageDown");
  await step(page, "1");
  await page.keyboard.press("Space");
  await expect(button(page, "Pause")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(button(page, "Play")).toBeVisible();
  await page.keyboard.press("Control+z");

  const tab = (name) => page.getByRole("tab", { name, exact: true });
  await blur(page);
  await tabTo(tab("Ledger"));
  await page.keyboard.press("ArrowRight");
  await expect(tab("Matrix")).toBeFocused();
  await expect(tab("Matrix")).toHaveAttribute("aria-selected", "true");
  const at = Number(await slider(page).inputValue());
  await page.keyboard.press("PageDown");
  await step(page, String(at + 1));
  await tab("Data").click();
  await page.keyboard.press("ArrowRight");
  await step(page, String(at + 2));
  await expect(tab("Data")).toHaveAttribute("aria-selected", "true");
});

test("a list has its keys while it is open, and gives them back with the choice", async ({ page }) => {
  await open(page);
  const list = choice(page, "Lesson");
  await list.click();
  for (const key of ["PageDown", "Home", "Enter"]) await page.keyboard.press(key);
  await expect(list).toHaveValue("HMKCode 2-2-1");
  await step(page, "0");
  await list.click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(list).toHaveValue("Mazur 2-2-2");
  // The list says at once what was chosen, the card what has been fetched and is open.
  await expect(card(page)).toContainText("Mazur 2-2-2");
  for (const [k, key] of ["PageDown", "ArrowRight", "PageDown"].entries()) {
    await page.keyboard.press(key);
    await step(page, String(k + 1));
  }
  await expect(list).toHaveValue("Mazur 2-2-2");
  // The same by keyboard, where the place on the page stays.
  const grain = choice(page, "Step by");
  await grain.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(grain).toHaveValue("term");
  await expect(grain).toBeFocused();
  await page.keyboard.press("Home");
  await step(page, "0");
  await expect(grain).toHaveValue("term");
});

test("a number that is typed is taken over by Enter and by Page Down, and what is none stays to be mended", async ({ page }) => {
  await open(page);
  const field = box(page, "w₅");
  // A click alone leaves the keys to the lesson.
  await field.click();
  await page.keyboard.press("ArrowRight");
  await step(page, "1");
  await expect(button(page, "Undo")).toBeDisabled();
  // The arrows belong to a text that is being typed.
  await field.click();
  await page.keyboard.type("0.53");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  await expect(field).toHaveValue("0.3");
  await step(page, "1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await step(page, "2");
  await expect(field).toHaveValue("0.3");

  await field.click();
  await page.keyboard.type("0.7");
  await page.keyboard.press("PageDown");
  await step(page, "3");
  await expect(field).toHaveValue("0.7");
  await expect(field).not.toBeFocused();

  await field.click();
  await page.keyboard.type("0.7x");
  await page.keyboard.press("PageDown");
  await step(page, "4");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("0.7x");
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("0.7");
  await page.keyboard.press("ArrowLeft");
  await step(page, "3");

  // Reached by keyboard it has the arrows, and at Page Down it keeps what it has.
  await field.focus();
  await page.keyboard.press("ArrowUp");
  await expect(field).toHaveValue("0.71");
  await page.keyboard.press("PageUp");
  await step(page, "2");
  await expect(field).toHaveValue("0.71");
});

test("a field that was clicked and left by stepping keeps no old number", async ({ page }) => {
  await open(page);
  const field = box(page, "w₅");
  await field.click();
  for (let k = 0; k < 20; k += 1) await page.keyboard.press("PageDown");
  await epoch(page, "1");
  await expect(field).not.toHaveValue("0.14");
  await field.click();
  await slider(page).focus();
  await expect(button(page, "Undo")).toBeDisabled();
});

test("Run started by Enter leaves Space to the lesson", async ({ page }) => {
  await open(page);
  const epochs = page.getByRole("spinbutton", { name: "Epochs", exact: true });
  await epochs.fill("3");
  await epochs.press("Enter");
  await epoch(page, "3");
  await expect(button(page, "Run")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(button(page, "Pause")).toBeVisible();
  await page.keyboard.press("Space");
  await epoch(page, "3");
});

test("character keys can be switched off, here and at the next visit", async ({ page }) => {
  await open(page);
  const set = async (isOn) => {
    await press(page, "Settings");
    await page.getByRole("checkbox", { name: "Character keys" }).setChecked(isOn);
    await page.keyboard.press("Escape");
  };
  await page.keyboard.press("?");
  const rows = page.getByRole("dialog", { name: "Keyboard" }).getByRole("row");
  const labels = await rows.evaluateAll((rows) => rows.map((row) => row.cells[0].textContent));
  await page.keyboard.press("Escape");
  const characters = labels.map((label) => label.replace("Shift ", "")).filter((label) => label.length === 1 && !/[←-↓]/.test(label));
  expect(characters).toEqual(expect.arrayContaining(["E", "R", "U", "?"]));
  await set(false);
  for (let k = 0; k < 2; k += 1) {
    await press(page, "Step forward");
    const before = await page.getByRole("main").ariaSnapshot();
    for (const key of [...characters.map((label) => label.toLowerCase()), "Shift+U", "+", "-", "0"]) await page.keyboard.press(key);
    expect(await page.getByRole("main").ariaSnapshot()).toBe(before);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    // The others go on, and a text can be typed.
    await page.keyboard.press("ArrowRight");
    await step(page, String(2 * k + 2));
    await type(box(page, "w₅"), "0.3");
    await expect(box(page, "w₅")).toHaveValue("0.3");
    await page.reload();
    await expectStarted(page);
  }
  await set(true);
  await page.keyboard.press("e");
  await epoch(page, "1");
  await page.keyboard.press("r");
  await expect(alert(page)).toContainText("1 epoch and 1 edit are gone. Undo (U) brings them back.");
  await page.keyboard.press("u");
  await epoch(page, "1");
});

// iOS shows no minus on the keypads of these two input modes.
test("every field that takes a negative number has a keypad with a minus", async ({ page }) => {
  await open(page);
  await openLesson(page, lessonFile("xor").title);
  for (const tab of ["Ledger", "Data", "Design"]) {
    await openTab(page, tab);
    const fields = page.getByRole("textbox").or(page.getByRole("spinbutton"));
    const modes = await fields.evaluateAll((all) => all.map((field) => [field.ariaLabel, field.inputMode]));
    expect(modes.length).toBeGreaterThan(5);
    for (const [k, [name, mode]] of modes.entries()) {
      if (!["decimal", "numeric"].includes(mode)) continue;
      const field = fields.nth(k);
      const was = await field.inputValue();
      await type(field, "-0.125");
      await field.blur();
      if (name === "Epochs") await expect(alert(page), name).toContainText("must be a whole number");
      else await expect(field, name).toHaveValue(was);
    }
  }
});
