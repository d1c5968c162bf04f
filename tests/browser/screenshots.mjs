// Takes a picture of each state of the page, in each size and theme, into screenshots/.
// Run by script/screenshots, which has the usage.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { openLesson, openTab, press, stepBy } from "./lesson.js";
import { start } from "./server.js";

const sizes = ["1440x900", "1920x1080", "1024x768", "390x844"];
const themes = ["light", "dark", "projector"];

// Each state: its name, and how to get there from the page as it opens.
const states = {
  start: async () => {},
  forward: (page) => press(page, "Step forward", 2),
  term: async (page) => {
    await stepBy(page, "term");
    await press(page, "Step forward");
  },
  backward: (page) => press(page, "Step forward", 6),
  update: (page) => press(page, "End of phase", 4),
  matrix: async (page) => {
    await press(page, "Step forward", 6);
    await openTab(page, "Matrix");
  },
  published: (page) => openTab(page, "Published"),
  learned: async (page) => {
    await press(page, "Run");
    await page.getByRole("status", { name: "Epoch", exact: true }).filter({ hasText: /^100$/ }).waitFor();
  },
  diverged: async (page) => {
    await page.getByRole("textbox", { name: "Learning rate", exact: true }).fill("0.6");
    await page.keyboard.press("Enter");
    await press(page, "Run");
    await page.getByRole("alert").filter({ hasText: "diverged" }).waitFor();
  },
  mazur: async (page) => {
    await openLesson(page, "Mazur 2-2-2");
    await press(page, "End of phase", 3);
  },
  lecture: async (page) => {
    await openLesson(page, "Lecture 3-2-1");
    await press(page, "End of phase", 3);
  },
  "four-points": async (page) => {
    await openLesson(page, "HMKCode, four data points");
    await press(page, "End of phase", 13);
    await openTab(page, "Data");
  },
  xor: async (page) => {
    await openLesson(page, "XOR 2-2-1 with momentum");
    await press(page, "End of phase", 14);
  },
  help: (page) => press(page, "Keyboard help"),
  settings: (page) => press(page, "Settings"),
};

// Learns for so many epochs.
async function learn(page, epochs) {
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill(String(epochs));
  await press(page, "Run");
  const epoch = page.getByRole("status", { name: "Epoch", exact: true });
  await epoch.filter({ hasText: new RegExp(`^${epochs}$`) }).waitFor({ timeout: 120_000 });
}

// A larger lesson as it opens, in the midst of a step, and when it has learned something,
// with the tab that shows it.
const larger = (title, tab, epochs, name = tab.toLowerCase()) => ({
  start: (page) => openLesson(page, title),
  step: async (page) => {
    await openLesson(page, title);
    await press(page, "Step forward", 9);
  },
  [name]: async (page) => {
    await openLesson(page, title);
    await openTab(page, tab);
    await learn(page, epochs);
  },
});
const larger = {
  encoder: larger("Encoder 8-3-8", "Weights", 300),
  symmetry: larger("Symmetry 6-2-1", "Weights", 300),
  sine: larger("One hidden layer learns a sine", "Plot", 300),
  step: larger("One hidden layer learns a step", "Plot", 300),
  bump: larger("One hidden layer learns a bump", "Plot", 300),
  spirals: larger("Two spirals 2-16-16-1", "Plot", 300),
  skalski: larger("Skalski’s moons 2-25-50-50-25-1", "Plot", 300),
  iris: larger("Iris 4-8-3", "Design", 100),
  digits: larger("Handwritten digits 64-32-10", "Weights", 5),
  teacher: larger("Deep teacher 2-8-8-8-1", "Compare", 50),
  labels: larger("Shallow 2-44-1 on the labels", "Plot", 50),
  student: larger("Shallow 2-44-1 taught by the deep net", "Plot", 50),
};
for (const [lesson, its] of Object.entries(larger)) {
  for (const [state, go] of Object.entries(its)) states[`${lesson}-${state}`] = go;
}

// Called before the page is opened.
async function setTheme(page, theme) {
  await page.addInitScript((name) => localStorage.setItem("chainrule-theme", name), theme);
}

const { values } = parseArgs({
  options: { only: { type: "string" }, size: { type: "string" }, theme: { type: "string" } },
});
const chosen = (names, wanted) => names.filter((name) => !wanted || name.includes(wanted));

const folder = fileURLToPath(new URL("../../screenshots", import.meta.url));
await mkdir(folder, { recursive: true });
const server = await start();
const browser = await chromium.launch(launchOptions);
let taken = 0;
for (const size of chosen(sizes, values.size)) {
  const [width, height] = size.split("x").map(Number);
  for (const theme of chosen(themes, values.theme)) {
    for (const state of chosen(Object.keys(states), values.only)) {
      const page = await browser.newPage({ viewport: { width, height } });
      await setTheme(page, theme);
      await page.goto(server.url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await states[state](page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${folder}/${state}-${size}-${theme}.png` });
      await page.close();
      taken += 1;
    }
  }
}
await browser.close();
server.close();
console.log(`${taken} pictures are in ${folder}`);
process.exit(taken ? 0 : 1);
