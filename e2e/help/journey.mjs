// What every journey begins with: a house of its own, and more than one browser.
import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

/** One house for all tests of a file; `page.goto("/…")` leads to it. */
export function houseForAll(begin) {
  return inHouse(begin, "worker");
}

/** A fresh house for each test of a file. */
export function houseForEach(begin) {
  return inHouse(begin, "test");
}

function inHouse(begin, scope) {
  return base.extend({
    house: [
      async ({}, use) => {
        const house = await begin();
        await use(house);
        await house.end();
      },
      { scope, timeout: 180_000 },
    ],
    baseURL: async ({ house }, use) => use(house.url),
    /** Another person at another computer: a page that shares nothing with the others. */
    newcomer: async ({ browser, baseURL, javaScriptEnabled }, use) => {
      const contexts = [];
      await use(async () => {
        const context = await browser.newContext({ baseURL, javaScriptEnabled, reducedMotion: "reduce" });
        contexts.push(context);
        return context.newPage();
      });
      await Promise.all(contexts.map((context) => context.close()));
    },
  });
}
