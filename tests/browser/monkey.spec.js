// Random hands on the page: clicks on anything, keys, sensible and absurd numbers, drags, files good and
// broken, other sizes, lessons and tabs, undo, runs, reloads. Nothing of it may make an error, leave the
// origin, or leave memory behind; and at the end the page still steps.
//
// What is done depends on the seed and on what the page shows, not on the clock. Where it fails it says
// the seed and the last actions.
//   MONKEY_SEED=7 MONKEY_ACTIONS=20000 npm --prefix tests/browser test -- monkey
import { askFirst, button, choice, openLesson, press, slider, stepBy } from "./lesson.js";
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";
import { seeded } from "./seeded.js";

const SEED = Number(process.env.MONKEY_SEED ?? 1);
// On both pages side by side about two minutes.
const N_ACTIONS = Number(process.env.MONKEY_ACTIONS ?? 800);
const N_TOLD = 25;

// Measured after garbage was collected, with the first lesson open and at rest. In three hundred actions
// the page has kept 0.1 MB and no listener; one listener or 10 kB for every tenth action is
// beyond this.
const MORE_HEAP = 3_000_000;
const MORE_LISTENERS = 20;
// WebAssembly's memory never becomes smaller: it is as large as the largest lesson so far asked for, some
// 30 MB. A copy of that for each opening is beyond this.
const MOST_WASM = 100_000_000;

const KEYS = [
  "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowLeft", "PageDown", "PageUp",
  "Home", "End", "Space", "Enter", "Escape", "Tab", "Tab", "Shift+Tab", "e", "r", "u", "Shift+U", "?", "Delete",
];
const TEXTS = [
  "0.5", "-0.3", "1", "2", "3", "0", "0,25", "1e-3", "−2", "7", "100", "16", "1000", "0.9", "1e6", "1e7", "-1e308",
  "1e308", "4.9e-324", "NaN", "Infinity", "", " ", "abc", "1.2.3", "<b>1</b>", "99999999999", "-1", "\u202e1", "½",
];
const SIZES = [[1440, 900], [1280, 720], [1024, 768], [390, 844], [844, 390], [320, 200], [1920, 1080]];
const FILES = ["hmkcode", "mazur", "lecture-3-2-1", "hmkcode-four-points", "xor", "encoder", "iris", "skalski", "digits"];
const TABLES = [
  "length;width;kind\r\n1,5;2;rose\r\n2,5;3;lily\r\n3,5;4;iris\r\n",
  "x,y\n1,no\n2,yes\n3,yes\n",
  "a,b\n1,2\n3\n",
  "",
  "a,b\n1,\"2\n",
  "\u0000\u0001,\n",
];

// What can be clicked, typed into or dragged: all that is to be seen and lies on top.
const ANYTHING = "button, [role], summary, label, input, select, canvas, svg *, math, td, th, h1, h2, p";
const TEXT_FIELDS = "input[type=text], input[type=number], input:not([type]), input[type=search], textarea";

const monkeyOf = (page, random) => {
  // The middle of one of the elements that match, and what it is.
  const find = (selector) =>
    page.evaluate(
      ([selector, r]) => {
        const all = [...document.querySelectorAll(selector)].flatMap((element) => {
          const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          if (!width || !height || x < 0 || y < 0 || innerWidth <= x || innerHeight <= y) return [];
          const there = document.elementFromPoint(x, y);
          return there && (element.contains(there) || there.contains(element)) ? [{ element, x, y }] : [];
        });
        if (!all.length) return null;
        const { element, x, y } = all[Math.floor(r * all.length)];
        const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
        return { x, y, what: `${element.tagName.toLowerCase()} “${name.trim().slice(0, 30)}”` };
      },
      [selector, random.next()],
    );

  const file = (isTable) => {
    if (isTable) return { name: "table.csv", mimeType: "text/csv", buffer: Buffer.from(random.pick(TABLES)) };
    const lesson = lessonFile(random.pick(FILES));
    let text = JSON.stringify(lesson);
    if (random.chance(0.5)) {
      const at = random.below(text.length);
      text = text.slice(0, at) + random.pick(["", "9", "\"", "-1e9", "}", "null"]) + text.slice(at + 1 + random.below(4));
    }
    return { name: "lesson.json", mimeType: "application/json", buffer: Buffer.from(text) };
  };

  const at = async (selector, act) => {
    const place = await find(selector);
    if (!place) return "nothing there";
    await act(place);
    return place.what;
  };

  return {
    file,
    click: () => at(ANYTHING, ({ x, y }) => page.mouse.click(x, y)),
    press: () => at("button, [role=tab], [role=button], input[type=checkbox]", ({ x, y }) => page.mouse.click(x, y)),
    key: async () => {
      const keys = Array.from({ length: 1 + random.below(4) }, () => random.pick(KEYS));
      for (const key of keys) await page.keyboard.press(key);
      return keys.join(" ");
    },
    type: async () => {
      const text = random.pick(TEXTS);
      const where = await at(TEXT_FIELDS, async ({ x, y }) => {
        await page.mouse.click(x, y);
        await page.keyboard.press("Control+A");
        await page.keyboard.insertText(text);
        await page.keyboard.press(random.pick(["Enter", "Enter", "Tab", "Escape"]));
      });
      return `${JSON.stringify(text)} into ${where}`;
    },
    choose: () =>
      at("select", async ({ x, y }) => {
        await page.evaluate(
          ([x, y, r]) => {
            const select = document.elementFromPoint(x, y)?.closest("select");
            if (!select || select.disabled) return;
            select.selectedIndex = Math.floor(r * select.options.length);
            select.dispatchEvent(new Event("input", { bubbles: true }));
            select.dispatchEvent(new Event("change", { bubbles: true }));
          },
          [x, y, random.next()],
        );
      }),
    drag: () =>
      at(ANYTHING, async ({ x, y }) => {
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + 300 * (random.next() - 0.5), y + 300 * (random.next() - 0.5), { steps: 4 });
        await page.mouse.up();
      }),
    wheel: () =>
      at(ANYTHING, async ({ x, y }) => {
        await page.mouse.move(x, y);
        await page.mouse.wheel(0, 800 * (random.next() - 0.5));
      }),
    open: async () => {
      const given = file(random.chance(0.4));
      await page.getByLabel("Lesson file").setInputFiles(given);
      return given.name;
    },
    resize: async () => {
      const [width, height] = random.pick(SIZES);
      await page.setViewportSize({ width, height });
      return `${width} × ${height}`;
    },
    reload: async () => {
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      return "";
    },
  };
};

// How often each thing is done; reloads in the first half only, so that what leaks adds up in the other.
const HABITS = { click: 22, press: 22, key: 16, type: 12, choose: 8, drag: 7, wheel: 3, open: 4, resize: 2, reload: 1 };
const habits = (isEarly) =>
  Object.entries(HABITS).flatMap(([name, n]) => (name === "reload" && !isEarly ? [] : Array(n).fill(name)));

// The page with the first lesson open, nothing running and nothing in the way.
async function rest(page) {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (let k = 0; k < 3; k += 1) await page.keyboard.press("Escape");
  await openLesson(page, "Mazur 2-2-2");
  await openLesson(page, "HMKCode 2-2-1");
  await expect(button(page, "Run")).toBeVisible();
}

async function measure(page, cdp) {
  await rest(page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const wasm = await page.evaluate(() => window.wasmMemory.buffer.byteLength);
  return { heap: of("JSHeapUsedSize"), listeners: of("JSEventListeners"), wasm };
}

test("random hands break nothing", async ({ page }) => {
  test.setTimeout(180_000 + N_ACTIONS * 1_000);
  const random = seeded(SEED * 10);
  const monkey = monkeyOf(page, random);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("crash", () => faults.push("the page has crashed"));
  page.on("filechooser", (chooser) => chooser.setFiles(monkey.file(false)).catch(() => {}));
  // Keeps the module's memory where it can be measured.
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiate(...given);
      window.wasmMemory = made.instance.exports.memory;
      return made;
    };
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  await open(page);

  const log = [];
  const go = async (n, isEarly) => {
    const names = habits(isEarly);
    for (let k = 0; k < n; k += 1) {
      const name = random.pick(names);
      log.push(name);
      log[log.length - 1] += ` ${await monkey[name]()}`;
      if (faults.length) throw new Error(faults.join("\n"));
    }
  };
  let half;
  let end;
  try {
    await go(N_ACTIONS / 2, true);
    half = await measure(page, cdp);
    await go(N_ACTIONS / 2, false);
    end = await measure(page, cdp);
    // The grain may be another one: a term is less than a step, and so is a question.
    await stepBy(page, "value");
    await askFirst(page, false);
    await press(page, "Step forward", 2);
    await expect(slider(page)).toHaveValue("2");
    await expect(choice(page, "Lesson")).toHaveValue("HMKCode 2-2-1");
  } catch (error) {
    const told = log.slice(-N_TOLD).join("\n  ");
    throw new Error(`MONKEY_SEED=${SEED}, action ${log.length} of ${N_ACTIONS}; the last ones:\n  ${told}\n${error.message}`);
  }
  test.info().annotations.push({ type: "memory", description: JSON.stringify({ half, end }) });
  expect(end.heap, "JavaScript's heap").toBeLessThan(half.heap + MORE_HEAP);
  expect(end.listeners, "listeners").toBeLessThan(half.listeners + MORE_LISTENERS);
  expect(end.wasm, "WebAssembly's memory").toBeLessThan(MOST_WASM);
});
