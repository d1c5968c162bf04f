// The page without a mouse: the shortcuts as the help lists them, and the way round by Tab.
import { box, button, choice, press, slider, status, stepBy, type } from "./lesson.js";
import { expect, open, test } from "./page.js";

// How Playwright calls a key that the help lists.
const names = { "→": "ArrowRight", "←": "ArrowLeft", "↑": "ArrowUp", "↓": "ArrowDown", "Page Down": "PageDown", "Page Up": "PageUp" };
const key = (label) => {
  const [shift, name] = label.startsWith("Shift ") ? ["Shift+", label.slice(6)] : ["", label];
  return shift + (names[name] ?? (/^[A-Z]$/.test(name) && !shift ? name.toLowerCase() : name));
};

const step = (page, value) => expect(slider(page)).toHaveValue(value);
const epoch = (page, value) => expect(status(page, "Epoch")).toHaveText(value);
const enlarged = (page, name, is) => expect(button(page, `Enlarge the ${name}`)).toHaveAttribute("aria-pressed", String(is));
const dark = (page) => page.getByRole("img", { name: "The screen is dark" });
const spot = (page) => page.locator(".spot");

const region = (page, name) => page.getByRole("region", { name, exact: true });

// What the number keys open on the card of a step.
const opens = {
  "The derivation line by line, or back": "Derivation",
  "The general form of the step's formula, or back": "General form",
  "The paths to the loss, or back": "Paths",
  "The prediction as one expression, or back": "Prediction",
  "Forward mode and reverse mode, or back": "Two ways through the chain rule",
};
const depths = (check) =>
  Object.fromEntries(Object.entries(opens).map(([says, name]) => [says, (page) => check(region(page, name))]));

// What each listed key must do: from step 6 (the derivative by w₅) of epoch 1, by single numbers.
const deeds = {
  ...depths((region) => expect(region).toBeVisible()),
  // Plain gradient descent is made alike everywhere.
  "An optimiser’s update in books and frameworks, or back": (page) => expect(region(page, "In books and frameworks")).toHaveCount(0),
  // This lesson has no guide; guides.spec.js turns the pages of those that have one.
  "On in the lesson’s guide": (page) => step(page, "6"),
  "Back in the lesson’s guide": (page) => step(page, "6"),
  "Step forward": (page) => step(page, "7"),
  "Step back": (page) => step(page, "5"),
  // One grain coarser than a number is a layer: Δ, w₅ and w₆ are one.
  "Step forward, by a larger step": (page) => step(page, "7"),
  "Step back, by a larger step": (page) => step(page, "4"),
  "Step forward (a presenter's clicker)": (page) => step(page, "7"),
  "Step back (a presenter's clicker)": (page) => step(page, "5"),
  "Play or pause": (page) => expect(button(page, "Pause")).toBeVisible(),
  "To the start": async (page) => [await epoch(page, "0"), await step(page, "0")],
  "To the end of the phase": (page) => step(page, "13"),
  "Next epoch": async (page) => [await epoch(page, "2"), await step(page, "0")],
  "Reset to the lesson's start": async (page) => {
    await epoch(page, "0");
    await expect(box(page, "Learning rate")).toHaveValue("0.05");
  },
  "Reset the weights, keep the learning rate and the data": async (page) => {
    await epoch(page, "0");
    await expect(box(page, "Learning rate")).toHaveValue("0.2");
  },
  "Undo the last edit": (page) => expect(box(page, "Learning rate")).toHaveValue("0.1"),
  "Redo": (page) => expect(box(page, "Learning rate")).toHaveValue("0.3"),
  "Present, or stop presenting": (page) => expect(page.locator("html")).toHaveAttribute("data-present"),
  "Enlarge the network, or back": (page) => enlarged(page, "network", true),
  "Enlarge the derivation, or back": (page) => enlarged(page, "derivation", true),
  "Enlarge the loss curve, or back": (page) => enlarged(page, "loss curve", true),
  "Enlarge the tables; while presenting, show them instead of the derivation": (page) => enlarged(page, "tables", true),
  "Zoom to what the step is about, or back": (page) => expect(button(page, "Zoom out")).toBeEnabled(),
  "Darken the screen, or back": (page) => expect(dark(page)).toBeVisible(),
  "Darken the screen, or back (a presenter's clicker)": (page) => expect(dark(page)).toBeVisible(),
  "A spot of light at the pointer, while the key is held": (page) => expect(spot(page)).toBeVisible(),
  "Back from dark, enlarged or presenting": (page) => enlarged(page, "network", false),
  // They are for a hall; bookmarks.spec.js goes to all of them.
  "While presenting: the seventh bookmark": (page) => step(page, "6"),
  "While presenting: the eighth bookmark": (page) => step(page, "6"),
  "While presenting: the ninth bookmark": (page) => step(page, "6"),
  "Go to a bookmark, a phase, a sample": (page) => expect(page.getByRole("dialog", { name: "Go to" })).toBeVisible(),
  "Ask first: each step asks for its number, or back": (page) => expect(button(page, "Ask first")).toHaveAttribute("aria-pressed", "true"),
  "Share: a link to this moment": (page) => expect(page.getByRole("dialog", { name: "Share this moment" })).toBeVisible(),
  "Show this list": (page) => expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible(),
};

// What a key does that goes back when it is pressed again.
const backs = {
  ...depths((region) => expect(region).toHaveCount(0)),
  "Play or pause": (page) => expect(button(page, "Play")).toBeVisible(),
  "Ask first: each step asks for its number, or back": (page) => expect(button(page, "Ask first")).toHaveAttribute("aria-pressed", "false"),
  "Present, or stop presenting": (page) => expect(page.locator("html")).not.toHaveAttribute("data-present"),
  "Enlarge the network, or back": (page) => enlarged(page, "network", false),
  "Enlarge the derivation, or back": (page) => enlarged(page, "derivation", false),
  "Enlarge the loss curve, or back": (page) => enlarged(page, "loss curve", false),
  "Enlarge the tables; while presenting, show them instead of the derivation": (page) => enlarged(page, "tables", false),
  "Zoom to what the step is about, or back": (page) => expect(button(page, "Zoom out")).toBeDisabled(),
  "Darken the screen, or back": (page) => expect(dark(page)).toHaveCount(0),
  "Darken the screen, or back (a presenter's clicker)": (page) => expect(dark(page)).toHaveCount(0),
};

// Two edits made and one undone, in epoch 1 at step 6, nothing in focus.
async function prepare(page) {
  await press(page, "Next epoch");
  for (const rate of ["0.1", "0.2", "0.3"]) await type(box(page, "Learning rate"), rate);
  await press(page, "Undo");
  for (let k = 0; k < 6; k += 1) await page.keyboard.press("PageDown");
  await step(page, "6");
}

test("every key in the list does what the list says", async ({ page }) => {
  test.slow();
  await open(page);
  await page.keyboard.press("?");
  const rows = page.getByRole("dialog", { name: "Keyboard" }).getByRole("row");
  const list = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  expect(list.map(([label]) => label)).toEqual(expect.arrayContaining(["→", "←", "↓", "↑", "Shift →", "Shift ←", "Space", "Home", "End", "E", "R", "U", "S", "M", "P", "N", "D", "C", "T", "Z", "B", ".", "L", "Escape", "?"]));
  await page.keyboard.press("Escape");
  for (const [label, says] of list) {
    await test.step(`${label}: ${says}`, async () => {
      await press(page, "Reset");
      await prepare(page);
      await page.evaluate(() => document.activeElement.blur());
      if (label === "Escape") await page.keyboard.press("n");
      // A chord cannot be held, and the spot of light has to be.
      if (label === "L") await page.keyboard.down("l");
      else await page.keyboard.press(key(label));
      await deeds[says](page);
      if (label === "L") await page.keyboard.up("l");
      // Leave what was opened or started.
      if (["?", "M", "S"].includes(label)) await page.keyboard.press("Escape");
      if (label === "L") await expect(spot(page)).toHaveCount(0);
      if (says in backs) {
        await page.keyboard.press(key(label));
        await backs[says](page);
      }
    });
  }
});

test("an epoch and back, without a mouse", async ({ page }) => {
  await open(page);
  for (let k = 1; k <= 19; k += 1) {
    await page.keyboard.press("ArrowRight");
    await step(page, String(k));
  }
  await page.keyboard.press("ArrowRight");
  await epoch(page, "1");
  for (let k = 0; k < 20; k += 1) await page.keyboard.press("ArrowLeft");
  await epoch(page, "0");
  await step(page, "0");
});

test("a coarser grain by the arrows goes layer by layer", async ({ page }) => {
  await open(page);
  for (const to of ["2", "3", "4", "7", "13", "17", "19"]) {
    await page.keyboard.press("Shift+ArrowRight");
    await step(page, to);
  }
  for (const to of ["17", "13", "7", "4", "3", "2", "0"]) {
    await page.keyboard.press("ArrowUp");
    await step(page, to);
  }
});

test("Tab reaches every control, and the focus can be seen", async ({ page }) => {
  test.slow();
  await open(page);
  await stepBy(page, "value");
  await press(page, "Step forward", 6);
  await page.evaluate(() => document.activeElement.blur());
  const unreached = await page.evaluate(() => {
    const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && !element.disabled;
    window.controls = [...document.querySelectorAll("button, input, select, [tabindex]")].filter(isThere);
    return window.controls.length;
  });
  expect(unreached).toBeGreaterThan(40);

  const unseen = [];
  for (let k = 0; k < unreached + 5; k += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === document.body) return undefined;
      window.controls = window.controls.filter((control) => control !== focused);
      // The ring may be the control's own or that of what it fills.
      const hasRing = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      };
      return { name: focused.ariaLabel ?? focused.textContent, isSeen: hasRing(focused) || hasRing(focused.parentElement) };
    });
    if (seen && !seen.isSeen) unseen.push(seen.name);
  }
  expect(unseen, "controls whose focus cannot be seen").toEqual([]);
  const left = await page.evaluate(() => window.controls.map((control) => control.ariaLabel ?? control.textContent));
  expect(left, "controls that Tab does not reach").toEqual([]);
});

test("a tab is chosen by the arrows", async ({ page }) => {
  await open(page);
  const tab = (name) => page.getByRole("tab", { name });
  await tab("Ledger").focus();
  for (const [pressed, name] of [["ArrowRight", "Matrix"], ["ArrowRight", "Data"], ["End", "Experiments"], ["ArrowRight", "Ledger"], ["ArrowLeft", "Experiments"], ["Home", "Ledger"]]) {
    await page.keyboard.press(pressed);
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
  }
  await step(page, "0");
});

test("letters typed into a text box are text", async ({ page }) => {
  await open(page);
  await press(page, "Next epoch");
  const field = box(page, "w₅");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("e r u ?E");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await expect(field).toHaveValue("e r u ?E");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await epoch(page, "1");
  await step(page, "0");
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("e");
  await epoch(page, "2");
});

test("keys with Ctrl or Alt stay the browser's", async ({ page }) => {
  await open(page);
  for (const chord of ["Control+e", "Alt+u"]) await page.keyboard.press(chord);
  await epoch(page, "0");
  await page.keyboard.press("ArrowRight");
  await step(page, "1");
  await epoch(page, "0");
});

test("a dialog opened with the mouse and closed by Escape leaves Space to the lesson", async ({ page }) => {
  await open(page);
  for (const name of ["Settings", "Keyboard help", "Run settings"]) {
    await button(page, name).click();
    await page.keyboard.press("Escape");
    await expect(button(page, name)).toBeFocused();
    await page.keyboard.press("Space");
    await expect(button(page, "Pause")).toBeVisible();
    await page.keyboard.press("Space");
    await expect(button(page, "Play")).toBeVisible();
    // Reached by Tab the button has it.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("a dialog opened by the keyboard is closed by it and gives the focus back", async ({ page }) => {
  await open(page);
  for (const name of ["Settings", "Keyboard help"]) {
    await button(page, name).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(button(page, name)).toBeFocused();
  }
});

test("an arrow or a letter opens the list of lessons, and only a choice opens a lesson", async ({ page }) => {
  await open(page);
  await press(page, "Step forward", 2);
  for (const key of ["ArrowDown", "m"]) {
    await choice(page, "Lesson").focus();
    await page.keyboard.press(key);
    await expect(slider(page)).toHaveValue("2");
    await page.keyboard.press("Escape");
  }
  await expect(choice(page, "Lesson").locator("option:checked")).toHaveText("HMKCode 2-2-1");
  await choice(page, "Lesson").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(choice(page, "Lesson").locator("option:checked")).not.toHaveText("HMKCode 2-2-1");
  await expect(slider(page)).toHaveValue("0");
});
