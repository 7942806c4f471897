// After signing out nothing of a person stays in the browser. V-23
import { expect, test } from "@playwright/test";
import { crawl } from "./help/crawl.mjs";
import { become } from "./help/people.mjs";

const MIDDLE = `http://127.0.0.1:${process.env.DUOLOGY_PORT}`;

for (const group of ["Mentees", "Liaisons", "Chair"]) {
  test(`${group}: signing out leaves nothing behind, and going back shows nothing`, async ({ browser }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ baseURL: MIDDLE, reducedMotion: "reduce" });
    const page = await context.newPage();
    const who = await become(page, group);
    const addresses = [];
    page.on("request", (request) => addresses.push(request.url()));
    await crawl(page, { alsoPublic: false }, async (path, answer) => {
      const keep = answer.headers()["cache-control"];
      expect(keep, path).toBe("no-store");
    });
    // Addresses stand in histories, logs and the minds of proxies.
    const telling = addresses.map((it) => it.slice(MIDDLE.length)).filter((it) => /@|%40/.test(it) || /\?.*=[\w-]{40,}/.test(it));
    expect(telling).toEqual([]);
    expect(await left(page, who), "while signed in").toEqual([]);
    await page.goto("/me");
    await expect(page.locator("body")).toContainText(who);
    const out = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/sign-out");
    await page.getByRole("button", { name: "Sign out" }).first().click();
    const answer = await out;
    expect(answer.status(), await answer.headerValue("location")).toBe(303);
    const cleared = (await answer.headerValue("clear-site-data")) ?? "";
    expect(cleared).toMatch(/"cache"/);
    expect(cleared).toMatch(/"storage"/);
    await page.waitForLoadState();
    expect(await left(page, who), "afterwards").toEqual([]);
    expect((await context.cookies()).filter((it) => it.name.endsWith("duology"))).toEqual([]);
    await page.goBack();
    await page.waitForLoadState();
    const banner = page.getByRole("complementary", { name: "About this demo" });
    await expect(banner.or(page.locator("main")).first()).toBeVisible();
    expect(await page.locator("main").innerText()).not.toContain(who);
    await expect(page).toHaveURL(/\/sign-in/);
    await context.close();
  });
}

/** What the browser keeps that names somebody. */
async function left(page, who) {
  const kept = await page.evaluate(async () => {
    const caches = (await globalThis.caches?.keys()) ?? [];
    const bases = (await indexedDB.databases()).map((it) => it.name);
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    const store = (it) => Object.entries(it).map((pair) => pair.join("="));
    return [...store(localStorage), ...store(sessionStorage), ...caches, ...bases, ...workers.map((it) => it.scope), document.cookie];
  });
  const names = [who, ...who.split(" "), "@"];
  return kept.filter((it) => names.some((name) => it.includes(name)));
}
