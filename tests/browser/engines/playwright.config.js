// The same tests in three engines. Chromium's other tests are those of ../playwright.config.js.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "../results/engines",
  globalSetup: "../server.js",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  projects: ["chromium", "firefox", "webkit"].map((engine) => ({ name: engine, use: { engine } })),
});
