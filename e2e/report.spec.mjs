// The report to the Board: counted by the house, completed by the committee's words, read
// by the Board once it is submitted and not before. REP1, REP5, REP7
import { readFile } from "node:fs/promises";
import { expectOpenToAll } from "./help/axe.mjs";
import { demo } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { become } from "./help/people.mjs";

const OURS = "Thirteen lanterns were lit; we ask for the same number of places.";

const CHARTS = ["Mentees on their way through the year", "Meetings by month"];

// Two days after the draft of the interim report is due.
const test = houseForEach(() => demo({ duos: 8, until: "2027-01-10" }));

test("The chair writes words to the figures, submits, and the Board reads what was submitted", async ({ page, newcomer }) => {
  await become(page, "Chair");
  await page.goto("/");
  await page.getByRole("link", { name: /Open the draft|Write and submit the interim report/ }).first().click();
  const draft = new URL(page.url()).pathname;
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Interim report to the board 2026–27");
  for (const chart of CHARTS) await expect(page.locator("figure").filter({ hasText: chart }).first()).toBeVisible();
  const first = await download(page, "Draft as PDF");
  expect(first.subarray(0, 5).toString()).toBe("%PDF-");
  expect(first.length).toBeGreaterThan(10_000);
  expect((await download(page, "Draft as PDF")).equals(first), "the same data gives the same bytes").toBe(true);

  const reader = await newcomer();
  await become(reader, "Board readers");
  await reader.goto("/reports");
  await expect(reader.locator("main")).toContainText("No report yet");
  expect((await reader.goto(draft)).status()).toBe(404);
  expect((await reader.request.get(`${draft}/report.pdf`)).status()).toBe(404);

  await page.getByRole("link", { name: "Write the words of Summary" }).click();
  await page.getByLabel("Your words").fill(OURS);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await page.goto(draft);
  await expect(page.locator("main")).toContainText(OURS);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Submit the report" }).click();
  await expect(page.locator("main")).toContainText("Submitted");

  await reader.goto("/reports");
  await reader.getByRole("link", { name: "Interim report to the board 2026–27" }).click();
  await expect(reader.locator("main")).toContainText(OURS);
  for (const chart of CHARTS) await expect(reader.locator("figure").filter({ hasText: chart }).first()).toBeVisible();
  const final = await download(reader, "Save as PDF");
  expect(final.subarray(0, 5).toString()).toBe("%PDF-");
  const people = await namesIn(page);
  const text = await reader.locator("main").innerText();
  expect(people.filter((name) => text.includes(name)), "names in the report").toEqual([]);

  // What is published is there for everyone, without the committee's words, until it is taken back.
  const stranger = await newcomer();
  await page.goto("/reports");
  await page.getByRole("link", { name: "Interim report to the board 2026–27" }).click();
  const open = `/results${new URL(page.url()).pathname}`;
  expect((await stranger.goto(open)).status()).toBe(404);
  await page.getByRole("link", { name: "Publish, or take back" }).click();
  await expect(page.locator("main")).toContainText("Who will be able to read it");
  await expect(page.locator("main")).not.toContainText(OURS);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Publish these figures" }).click();
  await expect(page.locator("main")).toContainText("Published since");
  await stranger.goto("/about");
  await stranger.getByRole("link", { name: "Results", exact: true }).click();
  await stranger.getByRole("link", { name: "Interim report to the board" }).click();
  await expect(stranger.locator("main")).toContainText("duos were formed");
  await expect(stranger.locator("main")).not.toContainText(OURS);
  await expectOpenToAll(stranger);
  await page.getByRole("button", { name: "Take the figures back" }).click();
  await expect(page.getByRole("status")).toContainText("no longer published");
  expect((await stranger.goto(open)).status()).toBe(404);
});

/** What a link hands over as a file. */
async function download(page, name) {
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  return readFile(await (await file).path());
}

async function namesIn(page) {
  await page.goto("/demo");
  return page.locator("ul.names button").allInnerTexts();
}
