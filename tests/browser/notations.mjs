// Draws docs/notations.jpg: HMKCode's network and the lecture's, each in every source's notation, beside the symbols
// that the source itself uses. Run by script/screenshots --notations.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { choice, openLesson, press, set } from "./lesson.js";
import { start } from "./server.js";

// As the sources print them; docs/notation.md says where.
const SOURCES = [
  ["HMKCode", "w₃, net h₁, h₁, prediction, actual, Δ, E, a"],
  ["Török", "w₁,₀[¹], indices from 0, z, a, y, Δ, L, α"],
  ["Nielsen", "w²₂₁, inputs are layer 1, z, a = σ(z), δ, C, η"],
  ["Goodfellow", "W⁽¹⁾₂₁, a, h = f(a), ŷ, g, J, ε"],
  ["Ng", "w[1]₂₁, z, a, y, dz, L, α"],
  ["Rumelhart", "w₄₁, net, o = f(net), t, δ = −∂E/∂net, E, η"],
  ["Russell", "w₁,₄ from i to j, in, a = g(in), Δ = −∂L/∂in, α"],
];
const LESSONS = [["HMKCode 2-2-1", 10], ["Lecture 3-2-1", 17]];

const server = await start();
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({ viewport: { width: 1366, height: 800 }, baseURL: server.url });
const rows = [];
await page.goto("");
await page.waitForFunction(() => window.chainruleStarted);
await press(page, "Settings");
const labels = await choice(page, "Notation").locator("option").allTextContents();
await page.keyboard.press("Escape");
for (const [source, symbols] of SOURCES) {
  await set(page, "Notation", labels.find((label) => label.includes(source)));
  const pictures = [];
  for (const [lesson, step] of LESSONS) {
    await openLesson(page, lesson);
    await page.keyboard.press("Home");
    await press(page, "Step forward", step);
    const boxes = await Promise.all(["Network diagram", "Step"].map((name) => page.getByRole("region", { name, exact: true }).boundingBox()));
    const [left, top] = ["x", "y"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = [["x", "width"], ["y", "height"]].map(([side, size]) => Math.max(...boxes.map((box) => box[side] + box[size])));
    pictures.push(await page.screenshot({ clip: { x: left, y: top, width: right - left, height: bottom - top } }));
  }
  rows.push({ source: labels.find((label) => label.includes(source)), symbols, pictures });
}
const image = (png) => `<td><img width="640" src="data:image/png;base64,${png.toString("base64")}"></td>`;
const sheet = await browser.newPage({ viewport: { width: 1600, height: 900 } });
await sheet.setContent(`<style>body { font: 17px sans-serif; margin: 12px } td { padding: 6px; vertical-align: top } p { margin: 4px 0 }</style>
  <table>${rows.map(({ source, symbols, pictures }) => `<tr><td width="240"><b>${source}</b><p>The source: ${symbols}</p></td>${pictures.map(image).join("")}</tr>`).join("")}</table>`);
const path = fileURLToPath(new URL("../../docs/notations.jpg", import.meta.url));
await sheet.screenshot({ path, type: "jpeg", quality: 85, fullPage: true });
await browser.close();
server.close();
process.exit(0);
