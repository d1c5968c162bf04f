// What a reader does with the page and sees of it, by role and accessible name and in any engine: through
// `evaluate`, mouse and keyboard alone, which every driver has.
import { expect } from "./engine.js";

// What every page gets: `the(role, name)` finds an element, and faults are collected.
function install() {
  const selectors = {
    alert: "[role=alert]",
    button: "button",
    choice: "select",
    heading: "h1",
    region: "section",
    slider: "[role=slider], input[type=range]",
    spin: "[role=spinbutton], input[type=number]",
    status: "[role=status]",
    tab: "[role=tab]",
    box: "input[type=text]:not([role])",
  };
  const nameOf = (element) => (element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
  const isShown = (element) => element.getClientRects().length !== 0;
  window.the = (role, name) => {
    const found = [...document.querySelectorAll(selectors[role])].filter((element) => nameOf(element) === name && isShown(element));
    if (found.length !== 1) throw new Error(`${found.length} × ${role} “${name}”`);
    return found[0];
  };
  window.faults = [];
  const note = (event) => window.faults.push(String(event.message ?? event.reason ?? event.violatedDirective));
  for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) window.addEventListener(kind, note);
}

async function started(page) {
  // The diagram comes once its room has been measured.
  await expect.poll(() => page.evaluate(() => document.querySelectorAll(".diagram input").length)).toBeGreaterThan(0);
  await page.evaluate(install);
}

export async function open(page, address = "") {
  await page.goto(address);
  await started(page);
}

export async function reload(page) {
  await page.reload();
  await started(page);
}

// What an element says: a field its value, a slider its place.
export function read(page, role, name) {
  return page.evaluate(([role, name]) => {
    const element = window.the(role, name);
    return element.getAttribute("aria-valuetext") ?? element.value ?? element.textContent.trim();
  }, [role, name]);
}

export const expectText = (page, role, name) => expect.poll(() => read(page, role, name), `${role} “${name}”`);

// A click of the mouse on the element's middle, or in a part of its width.
export async function click(page, role, name, part = 0.5) {
  const [x, y] = await page.evaluate(async ([role, name, part]) => {
    const element = window.the(role, name);
    const place = () => {
      // In the middle of a long page nothing that is fixed lies over it.
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left + part * width, top + height / 2];
    };
    // Until it stands still: a lesson that has just been opened is laid out some frames later.
    for (let before, n = 0; n < 10; n = before === String(place()) ? n + 1 : 0) {
      before = String(place());
      await new Promise(requestAnimationFrame);
    }
    return place();
  }, [role, name, part]);
  await page.mouse.click(x, y);
}

// A click beside everything: what has the focus loses it.
export async function leave(page) {
  const [x, y] = await page.evaluate(() => {
    // In a narrow window the first heading is for those who hear the page.
    const heading = document.querySelector(".card h2");
    heading.scrollIntoView();
    const { left, top, width, height } = heading.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  });
  await page.mouse.click(x, y);
}

export async function type(page, role, name, text) {
  await click(page, role, name);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

// The list itself is the system's: its choice is made as the page hears of it.
export function choose(page, name, label) {
  return page.evaluate(([name, label]) => {
    const list = window.the("choice", name);
    list.value = [...list.options].find(({ text }) => text === label).value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }, [name, label]);
}

export async function openLesson(page, title) {
  // A person who chooses what is chosen already changes nothing.
  if ((await page.evaluate(() => window.the("choice", "Lesson").selectedOptions[0].text)) === title) return;
  await choose(page, "Lesson", title);
  await expect.poll(() => page.evaluate(() => window.the("region", "Step").textContent)).toContain(title);
}

export async function openTab(page, name) {
  await click(page, "tab", name);
  await expect.poll(() => page.evaluate((name) => window.the("tab", name).ariaSelected, name)).toBe("true");
}

export async function run(page, n) {
  await type(page, "spin", "Epochs", String(n));
  await expectText(page, "status", "Epoch").toBe(String(n));
}

// One step, or what else a key does, once the page has made it; gives where it then stands.
export async function step(page, key = "ArrowRight") {
  const place = () => page.evaluate(() => `${window.the("status", "Epoch").textContent}: ${window.the("slider", "Step").getAttribute("aria-valuetext")}`);
  const before = await place();
  let now;
  await page.keyboard.press(key);
  await expect.poll(async () => (now = await place()), `${key} after ${before}`).not.toBe(before);
  // Where a step takes longer than a frame Yew lets the browser paint before all parts have followed.
  await page.evaluate(async () => {
    for (let seen, n = 0; n < 3; n = seen === document.body.textContent ? n + 1 : 0) {
      seen = document.body.textContent;
      await new Promise(requestAnimationFrame);
    }
  });
  return now;
}

// All that stands on the page, or in one region of it. Whether a label has room for the old number before
// the arrow depends on the engine's letters and controls; a screen reader reads both numbers in any case.
export function texts(page, region) {
  return page.evaluate((region) => {
    const part = region ? window.the("region", region) : document.body;
    const fields = [...part.querySelectorAll("input")].map(({ value }) => value);
    const chosen = [...part.querySelectorAll("select")].map(({ selectedOptions }) => selectedOptions[0].text);
    const places = [...part.querySelectorAll("[aria-valuetext]")].map((element) => element.getAttribute("aria-valuetext"));
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) words.push(walker.currentNode.data.replace(/^.+ → $/, "→ "));
    return [...words, ...fields, ...chosen, ...places];
  }, region);
}

// Where formulas are drawn over themselves: a child that is wider than its cell, two tokens in one place.
export function overlaps(page) {
  return page.evaluate(() => {
    const found = [];
    const boxOf = (element) => element.getBoundingClientRect();
    for (const cell of document.querySelectorAll("mtd")) {
      for (const child of cell.children) {
        const excess = boxOf(child).width - boxOf(cell).width;
        if (1 < excess) found.push(`${child.textContent} is ${excess.toFixed(1)} px wider than its cell`);
      }
    }
    for (const formula of document.querySelectorAll("math")) {
      const tokens = [...formula.querySelectorAll("mi, mn, mo, mtext")].filter((token) => token.textContent.trim() !== "");
      const boxes = tokens.map(boxOf);
      for (let j = 0; j < boxes.length; j += 1) {
        for (let k = 0; k < j; k += 1) {
          const across = Math.min(boxes[j].right, boxes[k].right) - Math.max(boxes[j].left, boxes[k].left);
          const down = Math.min(boxes[j].bottom, boxes[k].bottom) - Math.max(boxes[j].top, boxes[k].top);
          if (2 < across && 2 < down) found.push(`${tokens[k].textContent} and ${tokens[j].textContent} share ${across.toFixed(1)} × ${down.toFixed(1)} px`);
        }
      }
    }
    return found;
  });
}

// What is selected in the field that has the focus.
export const selected = (page) =>
  page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.activeElement;
    return value.slice(selectionStart, selectionEnd);
  });

// Presses Export and gives the text of the file that the page hands to the browser.
export async function exported(page) {
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      blob.text().then((text) => (window.exported = text));
      return createObjectURL.call(URL, blob);
    };
  });
  await click(page, "button", "Export");
  await expect.poll(() => page.evaluate(() => window.exported)).toBeTruthy();
  return page.evaluate(() => window.exported);
}
