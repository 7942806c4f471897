// The journeys in a browser. `cargo xtask test` runs them; on their own:
//   DUOLOGY_BIN=../target/gate/duology CHROMIUM=/usr/bin/chromium npx playwright test
import { defineConfig } from "@playwright/test";
import { freePort } from "./help/house.mjs";

// Chosen once, in the process that starts the others; they inherit them.
process.env.DUOLOGY_PORT ??= String(await freePort());
process.env.DUOLOGY_PORT_LATE ??= String(await freePort());
process.env.DUOLOGY_PORT_CALL ??= String(await freePort());
process.env.DUOLOGY_PORT_CHOOSING ??= String(await freePort());

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.mjs",
  outputDir: "test-results/traces",
  globalSetup: "./start.mjs",
  workers: 2,
  forbidOnly: true,
  timeout: 180_000,
  // A browser on a busy machine can be late once; what needed a second try is named.
  retries: process.env.CI ? 1 : 0,
  // Generous, for a machine that is busy with other things.
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/results.json" }]],
  projects: [
    { name: "with JavaScript", testIgnore: [/doors/] },
    // The same journeys as on a browser that runs no scripts.
    { name: "without JavaScript", use: { javaScriptEnabled: false }, grepInvert: /A passkey is added/, testIgnore: [/axe/, /mail/, /doors/, /payloads/, /residue/, /floods/, /observatory/] },
    // What the journeys have seen, once they have.
    { name: "afterwards", testMatch: "**/doors.spec.mjs", dependencies: ["with JavaScript"] },
  ],
  use: {
    baseURL: `http://127.0.0.1:${process.env.DUOLOGY_PORT}`,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    browserName: "chromium",
    contextOptions: { reducedMotion: "reduce" },
    // Recording costs a third of the time; `npx playwright test --trace retain-on-failure` does it.
    trace: "off",
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
