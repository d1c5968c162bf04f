import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { start } from "./server.js";
const server = await start();
const browser = await chromium.launch(launchOptions);
const jobs = JSON.parse(process.argv[2]);
for (const { w, h, theme, lesson, steps, tab, name, full } of jobs) {
  const page = await browser.newPage({ viewport: { width: w, height: h }, hasTouch: w < 500 });
  page.on("pageerror", (e) => console.log("ERR", name, e.message));
  if (theme) await page.addInitScript((t) => localStorage.setItem("chainrule-theme", t), theme);
  await page.goto(server.url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (lesson) { await page.getByRole("combobox", { name: "Lesson", exact: true }).selectOption({ label: lesson }); await page.getByRole("region", { name: "Step", exact: true }).getByText(lesson).first().waitFor(); }
  if (tab) await page.getByRole("tab", { name: tab }).click();
  for (let k = 0; k < (steps ?? 0); k += 1) await page.keyboard.press("ArrowRight");
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: !!full });
  await page.close();
}
await browser.close(); server.close(); process.exit(0);
