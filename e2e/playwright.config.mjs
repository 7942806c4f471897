// The journeys in a browser. `cargo xtask test` runs them; on their own:
//   DUOLOGY_BIN=../target/ci/duology CHROMIUM=/usr/bin/chromium npx playwright test
import { defineConfig } from "@playwright/test";
import { freePort } from "./start.mjs";

// Chosen once, in the process that starts the others; they inherit it.
process.env.DUOLOGY_PORT ??= String(await freePort());

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.mjs",
  outputDir: "test-results/traces",
  globalSetup: "./start.mjs",
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [["list"], ["json", { outputFile: "test-results/results.json" }]],
  use: {
    baseURL: `http://127.0.0.1:${process.env.DUOLOGY_PORT}`,
    browserName: "chromium",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
