// Every page that somebody can reach by links, as each kind of person: no violation that
// axe knows, in both colour schemes, nothing that scrolls sideways on a phone, no link of
// ours that leads nowhere. ACC6
import { expect, test } from "@playwright/test";
import { Faults, PHONE, fits, lookAtNews } from "./help/axe.mjs";
import { crawl } from "./help/crawl.mjs";
import { become } from "./help/people.mjs";

const MIDDLE = `http://127.0.0.1:${process.env.DUOLOGY_PORT}`;
const LATE = `http://127.0.0.1:${process.env.DUOLOGY_PORT_LATE}`;
const CALL = `http://127.0.0.1:${process.env.DUOLOGY_PORT_CALL}`;
const CHOOSING = `http://127.0.0.1:${process.env.DUOLOGY_PORT_CHOOSING}`;
const STRANGER = "A stranger";
const OTHERS = "Others who applied or asked for an account";
const PHASES = {
  [MIDDLE]: "in the middle of the year",
  [LATE]: "after the end",
  [CALL]: "in the call",
  [CHOOSING]: "while mentees choose",
};

// The ones with the most pages first, so that both browsers are busy to the end.
const WALKS = [
  [MIDDLE, "Chair"],
  [MIDDLE, "Mentees"],
  [CALL, STRANGER],
  [LATE, "Chair"],
  [MIDDLE, "Liaisons"],
  [MIDDLE, "Mentors"],
  [LATE, "Alumni"],
  [MIDDLE, "Deputy chair"],
  [MIDDLE, "Council"],
  [MIDDLE, "Office staff"],
  [LATE, "Board readers"],
  [CHOOSING, "Mentees"],
  [CHOOSING, "Mentors"],
  [CALL, "Mentors"],
  [CALL, OTHERS],
  [MIDDLE, OTHERS],
];

test.describe.configure({ mode: "parallel" });
test.use({ colorScheme: "light", viewport: PHONE });

for (const [url, group] of WALKS) {
  test(`${group}, ${PHASES[url]}: every page is open to everybody and fits a phone`, async ({ browser }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({ baseURL: url, viewport: PHONE, colorScheme: "light", reducedMotion: "reduce" });
    const page = await context.newPage();
    const faults = new Faults();
    page.on("console", (message) => {
      // What a link answers is told below, with the page that the link is on.
      if (message.type() === "error" && !/with a status of 4/.test(message.text())) faults.add(`console: ${message.text()}`, page.url());
    });
    page.on("pageerror", (error) => faults.add(`script: ${error.message}`, page.url()));
    if (group !== STRANGER) await become(page, group);
    const visited = await crawl(page, { alsoPublic: [STRANGER, "Chair"].includes(group) }, async (path, answer, from) => {
      if (answer.status() >= 400) return faults.add(`a link leads to ${answer.status()}`, `${path} on ${from}`);
      const isPage = (answer.headers()["content-type"] ?? "").startsWith("text/html");
      if (!isPage) return;
      await fits(page, path, faults);
      await lookAtNews(page, path, faults);
    });
    await context.close();
    expect(visited.length).toBeGreaterThan(3);
    expect(faults.words(), `on ${visited.length} pages of ${group}`).toBe("");
  });
}
