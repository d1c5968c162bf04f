// Ready for other languages. In the language of the tests, English with accents and 40 % longer, whatever is said is
// accented but for what is inserted or given by a lesson; and all of it has room. From right to left, numbers and
// symbols stay as they are.
import { expect, open, test } from "./page.js";
import { lessonFile } from "./reference.js";

const TAG = "en-XA";
const LESSONS = ["hmkcode", "iris", "xor"];

// What is a name in every language: of this program, of others, of people, of keys, of formats and of notations.
const NAMES = `Chainrule Backprop Builder TensorFlow PyTorch Keras NumPy LaTeX CSV JSON HMKCode Mazur Nielsen
  Goodfellow Rumelhart Russell Norvig Kingma Sutskever Hinton Nesterov Adam RMSProp SGD ReLU ELU Xavier Glorot Python
  Page Down Up Shift Space Home End Escape Enter Tab tanh sigmoid softmax softplus linear relu elu leaky`.split(/\s+/);

// Names that the mathematics gives to its methods, the files to their kinds, and the data to themselves.
const GIVEN = ["identity", "half squared error", "mean squared error", "binary cross-entropy", "cross-entropy", "gradient descent",
  "momentum", "gradient descent with momentum", "Nesterov momentum", "Glorot uniform", "He normal", "normal", "zeros", "step",
  ".safetensors", "NumPy (.npz)", "Iris", "Handwritten digits"];

// Words of a lesson's own texts.
const words = (text) => text.match(/[A-Za-z]{3,}/g) ?? [];
function given(file) {
  const found = new Set(NAMES);
  const collect = (value, isText) => {
    if (typeof value === "string") { if (isText) words(value).forEach((word) => found.add(word)); }
    else if (value && typeof value === "object") for (const [key, each] of Object.entries(value)) collect(each, isText || !["data", "network"].includes(key));
  };
  const lesson = lessonFile(file);
  collect(lesson, true);
  return found;
}

// Texts that are seen or heard, each without what was inserted in it.
const said = (page) =>
  page.evaluate(() => {
    const own = (text) => {
      let depth = 0;
      return [...text].map((letter) => {
        if (letter === "\u2068") depth += 1;
        if (letter === "\u2069") depth -= 1;
        return depth === 0 && letter !== "\u2069" ? letter : " ";
      }).join("");
    };
    const texts = [];
    const isData = (element) => element.closest("math, pre, code, kbd, script, style, .name, .scripts, [role=combobox] option, select.lesson, datalist, .guide") !== null;
    const isThere = (element) => element.getClientRects().length !== 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const element = node.parentElement;
      if (isThere(element.closest("select") ?? element) && !isData(element)) texts.push(["text", own(node.data)]);
    }
    for (const name of ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (isThere(element)) texts.push([name, own(element.getAttribute(name))]);
      }
    }
    return texts;
  });

async function bare(page, file) {
  const known = given(file);
  const found = new Set();
  for (const [where, text] of await said(page)) {
    const left = words(text).filter((word) => !known.has(word) && !new RegExp(`[^\\x00-\\x7f]${word}|${word}[^\\x00-\\x7f]`).test(text));
    if (left.length && !GIVEN.includes(text.trim())) found.add(`${where}: ${text.trim()}`);
  }
  return [...found];
}

for (const file of LESSONS) {
  test(`${file}: whatever is said can be translated`, async ({ page }) => {
    await open(page, `?lang=${TAG}&lesson=${file}`);
    await expect(page.locator("html")).toHaveAttribute("lang", TAG);
    const found = new Set();
    const look = async () => (await bare(page, file)).forEach((each) => found.add(each));
    await look();
    const tabs = page.getByRole("tab");
    for (let k = 0; k < (await tabs.count()); k += 1) {
      await tabs.nth(k).click();
      await look();
      for (let step = 0; step < 4; step += 1) await page.keyboard.press("PageDown");
      await look();
    }
    for (const key of ["1", "2", "3", "4", "5", "6", "q", "?", "m", "s"]) {
      await page.keyboard.press(key);
      await look();
      if (["?", "m", "s"].includes(key)) await page.keyboard.press("Escape");
    }
    expect([...found].sort()).toEqual([]);
  });
}

// What stands beyond its own edge, or that of the window, and cannot be scrolled to.
const cut = (page) =>
  page.evaluate(() => {
    const found = [];
    const ancestors = (element) => (element.parentElement ? [element.parentElement, ...ancestors(element.parentElement)] : []);
    for (const element of document.querySelectorAll("button, select, h2, p, label, th, .words, .facts, [role=tab], [role=status]")) {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      // What is for listeners only is a pixel that is cut away.
      if (element.getClientRects().length === 0 || element.closest(".visually-hidden") || style.clipPath !== "none") continue;
      const says = () => `${element.tagName} ${element.getAttribute("class") ?? ""} ${(element.getAttribute("aria-label") ?? element.textContent).slice(0, 40)}`;
      const scrolls = ancestors(element).some((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX));
      if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) found.push(`beyond the window: ${says()}`);
      const card = element.closest(".workspace > section, .transport")?.getBoundingClientRect();
      if (!scrolls && card && (box.right > card.right + 1 || box.left < card.left - 1)) found.push(`beyond its card: ${says()}`);
      if (style.overflowX === "hidden" && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${says()}`);
    }
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    return found;
  });

for (const [width, height] of [[1366, 650], [1024, 768], [390, 844]]) {
  test(`a language that is 40 % longer has room at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const file of LESSONS) {
      await open(page, `?lang=${TAG}&lesson=${file}`);
      expect(await cut(page), file).toEqual([]);
      for (let step = 0; step < 6; step += 1) {
        await page.keyboard.press("End");
        expect(await cut(page), `${file}, phase ${step}`).toEqual([]);
      }
    }
  });
}

// Numbers and symbols of which a character stands left of the one before it.
const turned = (page) =>
  page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const element = node.parentElement;
      if (element.closest("option, script, style, .visually-hidden") || element.getClientRects().length === 0) continue;
      for (const match of node.data.matchAll(/[^\s\u2068\u2069]+/g)) {
        const token = match[0];
        // What ends a sentence belongs to it.
        const symbol = token.replace(/[.,:;?!)]+$/, "");
        if (symbol.length < 2 || !/[\d∂ΔδηΣ∑·=−₀-₉]/.test(symbol)) continue;
        const places = [...symbol].map((_, k) => {
          const range = document.createRange();
          range.setStart(node, match.index + k);
          range.setEnd(node, match.index + k + 1);
          return range.getBoundingClientRect();
        }).filter((box) => box.width > 0);
        const isTurned = places.some((box, k) => k > 0 && Math.abs(box.top - places[k - 1].top) < 3 && box.left < places[k - 1].left - 0.5);
        if (isTurned) found.push(`${element.tagName} ${element.getAttribute("class") ?? ""}: ${symbol}`);
      }
    }
    return found;
  });

test("from right to left, numbers and symbols stay as they are", async ({ page }) => {
  const found = new Set();
  for (const file of LESSONS) {
    await open(page, `?lang=${TAG}&lesson=${file}`);
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("End");
      (await turned(page)).forEach((each) => found.add(each));
    }
  }
  expect([...found].sort()).toEqual([]);
});
