// Every tab with every change of lesson: the tab shows what it shows where that lesson is opened fresh.
//
// With the ways to come there it is a matter of thousands; each run of the suite goes a part of them that
// a seed fixes.
//   SWEEP_SEED=7 npm --prefix tests/browser test -- sweep    another part
//   SWEEP=all npm --prefix tests/browser test -- sweep       all of them, some hours
import { card, choice, importFile, openTab, press, spin, status } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";
import { seeded } from "./seeded.js";

const ALL = process.env.SWEEP === "all";
const SEED = Number(process.env.SWEEP_SEED ?? 1);
// Changes of lesson per tab in a part, so that all tabs together take about two minutes.
const N_CHANGES = 3;

const SMALL = ["hmkcode", "mazur", "lecture-3-2-1", "hmkcode-four-points", "xor"];
const LARGER = [
  "encoder", "symmetry", "approximate-sine", "approximate-step", "approximate-bump", "spirals",
  "skalski", "iris", "digits", "deep-teacher", "deep-labels", "deep-student", "vanishing-sigmoid",
  "vanishing-relu",
];
const TABS = ["Ledger", "Matrix", "Data", "Published", "Plot", "Weights", "Compare", "Design", "Experiments", "Slice", "Learning rates", "Gradient check"];
// What the network is doing when another lesson is chosen.
const STATES = ["before an update", "within an update", "running"];

const titles = Object.fromEntries([...SMALL, ...LARGER].map((file) => [file, lessonFile(file).title]));

// What the open tab shows: roles, names and text.
const shown = (page) => page.getByRole("tabpanel").ariaSnapshot();

const isOpen = (page, file) => expect(choice(page, "Lesson").locator("option:checked")).toHaveText(titles[file]);

async function choose(page, file) {
  await choice(page, "Lesson").selectOption({ label: titles[file] });
  // The picker says at once what was chosen, the card what is open.
  await expect(card(page)).toContainText(titles[file]);
}

// What each tab shows of each lesson in a page that has opened no other since it was loaded.
class Fresh {
  constructor(browser, baseURL) {
    Object.assign(this, { browser, baseURL, known: new Map() });
  }

  async of(file, tab, isWithin) {
    const key = [file, tab, isWithin].join();
    if (!this.known.has(key)) {
      const context = await this.browser.newContext({ baseURL: this.baseURL });
      const page = await context.newPage();
      await open(page);
      if (file !== SMALL[0]) {
        await choose(page, file);
        await page.reload();
        await expect(card(page)).toContainText(titles[file]);
      }
      if (isWithin) await press(page, "End of phase");
      await openTab(page, tab);
      this.known.set(key, await settled(page));
      await context.close();
    }
    return this.known.get(key);
  }
}

// What the tab shows once it shows the same in two frames and compares nothing any more.
async function settled(page) {
  let before = null;
  await expect
    .poll(async () => {
      const now = await shown(page);
      const isSettled = now === before && !/not yet compared|comparing|not yet tried/i.test(now);
      before = now;
      return isSettled;
    })
    .toBe(true);
  return before;
}

async function bring(page, state) {
  if (state === "within an update") await press(page, "End of phase");
  if (state === "running") {
    await spin(page, "Epochs").fill("10000000");
    await press(page, "Run");
    await expect(status(page, "Epoch")).not.toHaveText("0");
  }
}

// The ways of a tab: each is a lesson to come from, a state, and a lesson to go to. All of them, or a
// walk through some.
function ways(files, random) {
  const from = files.flatMap((a) => files.filter((b) => b !== a).flatMap((b) => STATES.map((state) => ({ a, b, state }))));
  if (ALL) return from;
  const walk = [];
  let a = random.pick(files);
  for (let k = 0; k < N_CHANGES; k += 1) {
    const b = random.pick(files.filter((file) => file !== a));
    walk.push({ a, b, state: random.pick(STATES) });
    a = b;
  }
  return walk;
}

for (const [t, tab] of TABS.entries()) {
  test(`${tab}: every lesson after another is shown as if opened fresh`, async ({ page, browser, baseURL }) => {
    test.setTimeout(ALL ? 8 * 3_600_000 : 300_000);
    const random = seeded(SEED * 10 + t);
    const fresh = new Fresh(browser, baseURL);
    const shows = async (file, isWithin, what) => {
      await expect.poll(() => shown(page), `${tab}: ${what}`).toBe(await fresh.of(file, tab, isWithin));
    };
    await open(page);
    // The tab is open all the time.
    await openTab(page, tab);
    let here = SMALL[0];
    for (const { a, b, state } of ways([...SMALL, ...LARGER], random)) {
      await test.step(`${a}, ${state}, then ${b}`, async () => {
        if (here !== a) await choose(page, a);
        await bring(page, state);
        await choose(page, b);
        await shows(b, false, `${b} after ${a}, ${state}`);
        await press(page, "Undo");
        await isOpen(page, a);
        if (state !== "running") await shows(a, state === "within an update", `${a}, ${state}, ${b} undone`);
        await press(page, "Redo");
        await shows(b, false, `${b} after ${a}, undone and redone`);
        here = b;
      });
    }
  });
}

// A file that is opened with the tab open. What it shows is held against the same file opened with the
// first tab open.
const table = "length,width,kind\n1.5,2,rose\n2.5,3,lily\n3.5,4,iris\n4.5,1,rose\n";
const imports = {
  "a CSV file": async (page) => {
    await importFile(page, table, "flowers.csv");
    const dialog = page.getByRole("dialog", { name: "Import CSV" });
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await expect(card(page)).toContainText("flowers 2-");
  },
  "a lesson": async (page) => {
    const lesson = lessonFile("xor");
    await importFile(page, { ...lesson, title: "A lesson of one's own" });
    await expect(card(page)).toContainText("A lesson of one's own");
  },
};

for (const tab of TABS) {
  test(`${tab}: a file that is opened with the tab open is shown as with another open`, async ({ page }) => {
    test.slow();
    const random = seeded(SEED);
    for (const [what, give] of Object.entries(imports)) {
      const file = random.pick([...SMALL, ...LARGER].filter((file) => file !== "xor"));
      await test.step(`${what} after ${file}`, async () => {
        // With the first tab open.
        await open(page);
        await openTab(page, "Ledger");
        if (file !== SMALL[0]) await choose(page, file);
        await give(page);
        await page.reload();
        await openTab(page, tab);
        const expected = await settled(page);
        // With the tab open.
        await openTab(page, "Ledger");
        await choose(page, file);
        await openTab(page, tab);
        await give(page);
        await expect.poll(() => shown(page), what).toBe(expected);
        await press(page, "Undo");
        await isOpen(page, file);
        await press(page, "Redo");
        await expect.poll(() => shown(page), `${what}, undone and redone`).toBe(expected);
      });
    }
  });
}
