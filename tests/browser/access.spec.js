// The page for everyone: names, contrast and structure in every theme, controls large enough for
// fingers, steps that are spoken, and nothing that moves for those who do not want it.
import { button, card, choice, openLesson, openTab, press, slider, stepBy } from "./lesson.js";
import { expect, expectAccessible, open, test } from "./page.js";

const themes = ["light", "dark", "projector"];

// States of the page, and the way there.
const states = {
  "at the start": async () => {},
  "in the middle of the backward pass": (page) => press(page, "Step forward", 6),
  "at the end of the update": (page) => slider(page).press("End"),
  "with its data": async (page) => {
    await openLesson(page, "HMKCode, four data points");
    await openTab(page, "Data");
  },
  "in matrices": async (page) => {
    await press(page, "Step forward", 6);
    await openTab(page, "Matrix");
  },
  "with published numbers": async (page) => {
    await openTab(page, "Published");
    await expect(page.getByRole("tabpanel").getByRole("status")).toContainText("numbers agree");
  },
  "with its design": async (page) => {
    await open(page);
    await openTab(page, "Design");
    await page.getByRole("combobox", { name: "Data", exact: true }).selectOption({ label: "moons" });
  },
  "with its plot": async (page) => {
    await open(page);
    await openTab(page, "Plot");
  },
  "with its weights as maps and images, and a long sum": async (page) => {
    await open(page);
    await openLesson(page, "Handwritten digits 64-32-10");
    await stepBy(page, "value");
    await press(page, "Step forward");
    await press(page, "… 58 more terms");
    await openTab(page, "Weights");
    await page.getByRole("application", { name: /^Map of w/ }).focus();
  },
  "with a digit drawn": async (page) => {
    await open(page);
    await openLesson(page, "Handwritten digits 64-32-10");
    await openTab(page, "Data");
    await press(page, "From sample");
  },
  "with the accuracy per epoch": async (page) => {
    await open(page);
    await openLesson(page, "Handwritten digits 64-32-10");
    await openTab(page, "Accuracy");
  },
  "with a sentence for the reader": async (page) => {
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("0");
    await press(page, "Run");
  },
  "with its settings open": (page) => press(page, "Settings"),
  "with the list of keys open": (page) => press(page, "Keyboard help"),
};

async function setTheme(page, theme) {
  await page.addInitScript((theme) => localStorage.setItem("chainrule-theme", theme), theme);
}

// Every control that can be seen is large enough to be hit: `least` pixels each way. (That each has a
// name is axe's to say.)
async function expectControls(page, least) {
  const controls = page.locator("button:visible, input:visible:not(.visually-hidden), select:visible");
  const small = await controls.evaluateAll(
    (controls, least) =>
      controls
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < least - 0.5)
        .map(({ control, box }) => `${control.ariaLabel ?? control.textContent} ${Math.round(box.width)}×${Math.round(box.height)}`),
    least,
  );
  expect(small, "controls that are too small").toEqual([]);
}

for (const theme of themes) {
  for (const [state, reach] of Object.entries(states)) {
    test(`the page ${state} is accessible in the ${theme} theme`, async ({ page }) => {
      await setTheme(page, theme);
      await open(page);
      await reach(page);
      await expectAccessible(page);
      await expectControls(page, 24);
    });
  }
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const [state, reach] of Object.entries(states)) {
    test(`the page ${state} is accessible`, async ({ page }) => {
      await open(page);
      await reach(page);
      await expectAccessible(page);
      await expectControls(page, 44);
    });
  }
});

test("each step is spoken as a sentence", async ({ page }) => {
  await open(page);
  const spoken = card(page).getByRole("status");
  await expect(spoken).not.toBeEmpty();
  await press(page, "Step forward", 6);
  // ∂E/∂w₅ = Δ·h₁ = −0.809 · 0.85
  await expect(spoken).toContainText("w 5");
  await expect(spoken).toContainText("negative 0.68765");
  await expect(spoken).not.toContainText("−");
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves", async ({ page }) => {
    const moving = () => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);
    await open(page);
    for (let k = 0; k < 20; k += 1) {
      await press(page, "Step forward");
      expect(await moving(), `after step ${k + 1}`).toBe(0);
    }
    for (const name of ["Settings", "Keyboard help"]) {
      await press(page, name);
      expect(await moving(), name).toBe(0);
      await page.keyboard.press("Escape");
    }
    await button(page, "Play").hover();
    expect(await moving()).toBe(0);
  });
});

test("the first stop of Tab leads past everything to the buttons that step", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  const skip = button(page, "Skip to the step buttons");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(button(page, "Play")).toBeFocused();
  await expect(skip).not.toBeInViewport({ ratio: 0.5 });
  await page.keyboard.press("Tab");
  await expect(button(page, "Step forward")).toBeFocused();
});

test("in forced colours the place in the update and the chosen tab can be told", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  await press(page, "Step forward", 6);
  const looks = (css, properties) =>
    page.locator(css).evaluateAll((all, properties) => all.map((it) => properties.map((name) => getComputedStyle(it)[name]).join(" ")), properties);
  const [mark] = await looks(".scrubber-mark", ["backgroundColor", "forcedColorAdjust"]);
  expect(mark).toMatch(/none$/);
  expect(mark).not.toMatch(/rgba\(0, 0, 0, 0\)/);
  const chosen = await looks('[role="tab"][aria-selected="true"]', ["borderBottomColor"]);
  const others = await looks('[role="tab"][aria-selected="false"]', ["borderBottomColor"]);
  for (const other of others) expect(other).not.toBe(chosen[0]);
  await expectAccessible(page);
});

test.describe("at 400 % zoom", () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test("the page does not scroll sideways", async ({ page }) => {
    await open(page);
    for (const title of ["HMKCode 2-2-1", "Mazur 2-2-2", "Iris 4-8-3"]) {
      const titles = await choice(page, "Lesson").locator("option").allTextContents();
      await openLesson(page, titles.find((one) => one.startsWith(title.split(" ")[0])));
      await press(page, "Step forward", 3);
      const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(width, title).toBeLessThanOrEqual(room);
    }
  });
});
