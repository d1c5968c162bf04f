import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.js";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  testIgnore: "**/tests/browser/engines/**",
  outputDir: "results",
  globalSetup: "./server.js",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  // Generous: a machine may have more to do than this.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    launchOptions,
    viewport: { width: 1440, height: 900 },
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
  },
});
