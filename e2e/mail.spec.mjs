// Letters on their way through a real mail server, in good moods and bad ones. COM3, V-20
import { expect, request, test } from "@playwright/test";
import { serve } from "./help/house.mjs";
import { Mailbox, header, partsOf, tomlFor } from "./help/mailbox.mjs";
import { dayFromNow, setUp } from "./help/people.mjs";

const NORA = "nora@example.org";
const NEXT_TRY = 120_000;

test("A letter has text and HTML, says that a machine wrote it, and fetches nothing from afar", async ({ page }) => {
  const { house, mailbox } = await begin(page);
  await register(house, NORA);
  await expect.poll(() => mailbox.letters.length).toBe(1);
  const [{ raw, to }] = mailbox.letters;
  expect(to).toEqual([NORA]);
  expect(header(raw, "Message-ID")).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
  expect(header(raw, "Auto-Submitted")).toBe("auto-generated");
  expect(header(raw, "From")).toContain("mentoring@example.org");
  expect(header(raw, "Content-Type")).toMatch(/^multipart\/alternative/);
  const parts = partsOf(raw);
  const link = parts["text/plain"].match(/http:\S+\/welcome\/\S+/)[0];
  expect(link.startsWith(house.url)).toBe(true);
  expect(parts["text/html"]).toContain(link);
  expect(parts["text/html"]).not.toMatch(/<img|<script|<link|url\(|src=|background=/i);
  const addresses = [...parts["text/html"].matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address);
  expect(addresses.filter((address) => !address.startsWith(house.url))).toEqual([]);
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Set my password" })).toBeVisible();
  await end(house, mailbox);
});

// After a failed try the house waits a minute; these wait for it side by side.
test("A busy server, one that hangs up, and a house that falls: each letter arrives, and arrives once", async ({ browser }) => {
  test.setTimeout(180_000);
  await Promise.all([
    test.step("A server that is too busy gets the letter later", () => busy(browser)),
    test.step("A server that hangs up gets the same letter again, under the same name", () => hangsUp(browser)),
    test.step("A house that falls before it could send does so when it stands again", () => falls(browser)),
  ]);
});

async function busy(browser) {
  const { house, mailbox } = await begin(await browser.newPage(), { refuse: 1 });
  await register(house, NORA);
  await expect.poll(() => mailbox.refused).toBe(1);
  expect(mailbox.letters).toEqual([]);
  await expectOne(house, mailbox);
  await end(house, mailbox);
}

async function hangsUp(browser) {
  const { house, mailbox } = await begin(await browser.newPage(), { drop: 1 });
  await register(house, NORA);
  await expect.poll(() => mailbox.dropped.length).toBe(1);
  await expectOne(house, mailbox);
  expect(header(mailbox.to(NORA)[0].raw, "Message-ID")).toBe(mailbox.dropped[0]);
  await end(house, mailbox);
}

async function falls(browser) {
  const { house, mailbox } = await begin(await browser.newPage());
  await mailbox.close();
  await register(house, NORA);
  await house.stop("SIGKILL");
  await mailbox.listen();
  await house.start();
  await expectOne(house, mailbox);
  await house.stop("SIGKILL");
  await house.start();
  await expectOne(house, mailbox);
  await end(house, mailbox);
}

/** A house that is set up, and the mail server it writes to. */
async function begin(page, mood) {
  const mailbox = await Mailbox.open(mood);
  const house = await serve({ development: false, toml: tomlFor(mailbox) });
  await setUp(house, page, { annualMeeting: dayFromNow(100) });
  return { house, mailbox };
}

async function end(house, mailbox) {
  await house.end();
  await mailbox.close();
}

async function register(house, email) {
  const visitor = await request.newContext({ baseURL: house.url });
  const sent = await visitor.post("/register", { form: { name: "Nora Field", email }, headers: { origin: house.url } });
  expect(sent.url()).toContain("/look-in-your-mail");
  await visitor.dispose();
}

/** The letter arrives; and when a later one has arrived too, it has still come only once. */
async function expectOne(house, mailbox) {
  await expect.poll(() => mailbox.to(NORA).length, { timeout: NEXT_TRY }).toBe(1);
  const later = `later${mailbox.letters.length}@example.org`;
  await register(house, later);
  await expect.poll(() => mailbox.to(later).length).toBe(1);
  expect(mailbox.to(NORA).length).toBe(1);
}
