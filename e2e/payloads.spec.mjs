// Whatever people write is text, on every page and for everybody who reads it. V-05
import { expect, test } from "@playwright/test";
import { crawl } from "./help/crawl.mjs";
import { demo } from "./help/house.mjs";
import { PAYLOADS, hatched, listen, sendAll } from "./help/payloads.mjs";
import { become } from "./help/people.mjs";

const STRANGER = "A stranger";
// What would end a part of the year or a sign-in, and what is nobody's text.
const LEAVE = "^/(sign-out|sign-in|demo|theme|recover)|/(removal|ending|withdrawal|closing|end|rules|submission|hand-over|password)$";

const HOUSES = [
  {
    when: "in the middle of the year",
    wish: { duos: 5, until: "2026-11-22" },
    people: ["Office staff", "Mentees", "Mentors", "Liaisons", "Council", "Deputy chair", "Chair", "Board readers", STRANGER],
    atLeast: { payloads: 200, forms: 20, pages: 250 },
  },
  {
    when: "in the call",
    wish: { duos: 4, annualMeeting: "2027-06-26", until: "2027-04-12" },
    people: [STRANGER, "Others who applied or asked for an account", "Mentors", "Chair"],
    atLeast: { payloads: 120, forms: 14, pages: 100 },
  },
];

test.describe.configure({ mode: "parallel" });

for (const { when, wish, people, atLeast } of HOUSES) {
  test(`Every text of every form holds a payload, ${when}, and no page lets one out`, async ({ browser }) => {
    test.setTimeout(600_000);
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(60);
    const house = await demo(wish);
    const faults = [];
    const taken = new Map();
    const refused = new Set();
    let turn = { number: 0 };
    const ways = await each(browser, house, people, faults, async (page, { group, alsoPublic }) => {
      const led = [];
      await crawl(page, { alsoPublic }, async (path) => {
        if (!(await isPage(page))) return;
        const done = await page.evaluate(sendAll, { payloads: PAYLOADS, turn, leave: LEAVE });
        turn = done.turn;
        for (const { action, status, taken: was, path: to } of done.sent) {
          // 400 would be a field that the page has and its door does not name.
          expect([200, 404, 409, 422, 429], `${action} on ${path} as ${group}`).toContain(status);
          if (was) taken.set(shape(action), led.push(to));
          else refused.add(shape(action));
        }
      });
      return led;
    });
    let shown = 0;
    await each(browser, house, people, faults, async (page, { group, alsoPublic }) => {
      const look = async (path) => {
        if (!(await isPage(page))) return;
        const { elements, isShown } = await page.evaluate(hatched);
        for (const element of elements) faults.push(`${path} as ${group}: ${element}`);
        if (isShown) shown += 1;
      };
      await crawl(page, { alsoPublic }, look);
      for (const path of new Set(ways.get(group))) {
        await page.goto(path);
        await look(path);
      }
    });
    await house.end();
    expect(faults).toEqual([]);
    const never = [...refused].filter((action) => !taken.has(action));
    console.log(`${when}: ${turn.number} payloads, ${taken.size} kinds of forms took theirs, ${never.length} none (${never.join(", ")}), ${shown} pages show one`);
    expect(turn.number).toBeGreaterThanOrEqual(atLeast.payloads);
    expect(taken.size).toBeGreaterThanOrEqual(atLeast.forms);
    expect(shown).toBeGreaterThanOrEqual(atLeast.pages);
  });
}

/** Lets each of the people walk, and notes what a payload does meanwhile. Answers with what each found. */
async function each(browser, house, people, faults, walk) {
  const found = new Map();
  for (const group of people) {
    const context = await browser.newContext({ baseURL: house.url, reducedMotion: "reduce" });
    await context.addInitScript(listen);
    const page = await context.newPage();
    page.on("dialog", async (dialog) => {
      faults.push(`a dialog as ${group}: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("console", (message) => {
      const words = message.text();
      if (/^(canary|policy:)|Content Security Policy/.test(words)) faults.push(`${page.url()} as ${group}: ${words}`);
    });
    page.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (!["127.0.0.1", ""].includes(hostname)) faults.push(`${page.url()} as ${group} asks ${request.url()}`);
    });
    if (group !== STRANGER) {
      await become(page, group);
      // Some doors ask again who it is; a demo believes everybody.
      await page.evaluate(() => fetch("/sign-in/again", { method: "POST", body: new URLSearchParams() }));
    }
    found.set(group, await walk(page, { group, alsoPublic: [STRANGER, "Chair"].includes(group) }));
    await context.close();
  }
  return found;
}

async function isPage(page) {
  return page.evaluate(() => document.contentType === "text/html");
}

function shape(path) {
  return path.replace(/[0-9a-f]{32}/g, "…").replace(/^\/(about|letters)\/[^/]+/, "/$1/…").replace(/\/parts\/.*/, "/parts/…");
}
