// A lecture as it is given: with a clicker, the mouse and typed numbers, at the sizes of a laptop and of two
// projectors, and by touch on a phone. At every step: one press is one step, all that is named is in the
// window, nothing scrolls and no card moves.
import { box, button, card, choice, diagram, openLesson, openTab, slider, spin, status, type } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { after, epoch, lessonFile, shown } from "./reference.js";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const curveCard = (page) => page.getByRole("region", { name: /per epoch$/ });
const seen = (page) => [diagram(page), card(page), curveCard(page), region(page, "Tables"), region(page, "Transport"), region(page, "Guide")];

// Where each card is that can be seen, in whole pixels.
async function places(page) {
  const all = [];
  for (const one of seen(page)) {
    if (!(await one.count()) || !(await one.isVisible())) continue;
    const { x, y, width, height } = await one.boundingBox();
    all.push([x, y, width, height].map(Math.round));
  }
  return all;
}

// The ways of a lecturer with a clicker, and of a student with a phone.
const clicker = {
  on: (page) => page.keyboard.press("PageDown"),
  back: (page) => page.keyboard.press("PageUp"),
  click: (control) => control.click(),
  // A phone has the curve and the tables on the pages beside the network.
  turn: async () => {},
};
const touch = {
  on: (page) => button(page, "Step forward").tap(),
  back: (page) => button(page, "Step back").tap(),
  click: (control) => control.tap(),
  turn: (page, pages) => page.getByRole("main").evaluate((main, pages) => main.scrollTo({ left: pages * main.clientWidth, behavior: "instant" }), pages),
};

// Goes `n` steps on: each is one step, and nothing else happens to the page.
async function walk(page, by, n, direction = "on") {
  const before = await places(page);
  for (let k = 0; k < n; k += 1) {
    const at = Number(await slider(page).inputValue());
    await by[direction](page);
    await expect(slider(page)).toHaveValue(String(direction === "on" ? at + 1 : at - 1));
    expect(await places(page), `after step ${at}`).toEqual(before);
    await expectNoScroll(page);
  }
}

async function expectNoScroll(page) {
  const beyond = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
  expect(beyond).toEqual([0, 0]);
}

// The formula's result is in sight, and so is what the step is about.
async function expectInSight(page) {
  for (const one of [diagram(page), card(page), region(page, "Transport")]) await expect(one).toBeInViewport({ ratio: 1 });
  await expect(card(page).getByRole("math").first()).toBeInViewport();
}

const settings = [
  { name: "a laptop of 1366 × 650", viewport: { width: 1366, height: 650 }, address: "", by: clicker },
  { name: "a projector of 1920 × 1080, presenting", viewport: { width: 1920, height: 1080 }, address: "#present", by: clicker },
  { name: "a projector of 1024 × 768, presenting", viewport: { width: 1024, height: 768 }, address: "#present", by: clicker },
  { name: "a phone of 390 × 844", viewport: { width: 390, height: 844 }, address: "", by: touch },
];

for (const { name, viewport, address, by } of settings) {
  test.describe(name, () => {
    test.use({ viewport, hasTouch: by === touch });

    test("a lecture from its first step to its last", async ({ page }) => {
      test.setTimeout(240_000);
      const isPresenting = address !== "";
      const present = () => isPresenting && page.keyboard.press("p");
      const lesson = lessonFile("hmkcode");
      await open(page, address);
      await page.evaluate(() => document.fonts.ready);

      // The whole of the first update, a glance back, and on.
      await walk(page, by, 19);
      await walk(page, by, 3, "back");
      await walk(page, by, 3);
      await expectInSight(page);
      await by.on(page);
      await expect(status(page, "Epoch")).toHaveText("1");
      await walk(page, by, 3);
      await expect(status(page, "Loss")).toHaveText(shown(epoch(after(lesson, 1)).loss));

      // “And with a larger rate?” It is typed while the hall looks on; the clicker goes on at once.
      await by.turn(page, 1);
      await type(box(page, "Learning rate"), "0.1");
      await by.turn(page, 0);
      await walk(page, by, 4);
      await by.turn(page, 1);
      await spin(page, "Epochs").fill("20");
      await by.click(button(page, "Run"));
      await expect(status(page, "Epoch")).toHaveText("21");
      await expect(button(page, "Run")).toBeVisible();
      await by.turn(page, 0);
      await walk(page, by, 2);
      await by.click(button(page, "Undo"));
      await expect(box(page, "Learning rate")).toHaveValue("0.05");

      // Another lesson, by phases: the clicker works at once behind the list.
      await present();
      await openLesson(page, "Mazur 2-2-2");
      await present();
      await walk(page, by, 12);
      await expectInSight(page);
      await choice(page, "Step by").selectOption("phase");
      // The backward phase to its end, and the update to its own.
      await by.on(page);
      await expect(card(page)).toContainText("Backward");
      await by.on(page);
      await expect(card(page)).toContainText("Update");
      await expectNoScroll(page);
      await choice(page, "Step by").selectOption("value");

      // The matrix form beside it, stepped through and put away.
      if (isPresenting) {
        await page.keyboard.press("t");
        await openTab(page, "Matrix");
        await walk(page, by, 2, "back");
        await page.keyboard.press("t");
      } else {
        await by.turn(page, 2);
        await openTab(page, "Matrix");
        await by.turn(page, 0);
        await walk(page, by, 2, "back");
      }

      // A question from the hall: one card enlarged, and back; the screen dark, and back.
      if (by === clicker) {
        const before = await places(page);
        await page.keyboard.press("d");
        await by.back(page);
        await expect(card(page)).toBeInViewport({ ratio: 1 });
        await page.keyboard.press("Escape");
        expect(await places(page)).toEqual(before);
        await page.keyboard.press("b");
        await expect(page.getByRole("img", { name: /The screen is dark/ })).toBeVisible();
        await page.keyboard.press("b");
        await walk(page, by, 1);
      }

      // The chain rule by its guide, and off it by the clicker.
      if (isPresenting) await present();
      await openLesson(page, "The chain rule in four clicks");
      if (isPresenting) await present();
      const guide = region(page, "Guide");
      for (let k = 2; k <= 5; k += 1) {
        await by.click(button(page, "On in the guide"));
        await expect(guide).toContainText(`${k} of 7`);
        await expect(guide).toBeInViewport({ ratio: 1 });
        await expectNoScroll(page);
      }
      await expect(guide).toContainText(shown(epoch(lesson).gradients[0].weights[0][0]));
      await walk(page, by, 2);

      // And from the start for the next class.
      await by.click(button(page, "Reset"));
      await expect(slider(page)).toHaveValue("0");
      await expect(guide).toContainText("1 of 7");
      await walk(page, by, 2);
    });
  });
}
