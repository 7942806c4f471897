// After the session: the certificate and its public check, the group of former
// participants, and next year's cohort begun from this one. END4, REC1, REC2, SET1
import { expectOpenToAll } from "./help/axe.mjs";
import { demo } from "./help/house.mjs";
import { expect, houseForAll, houseForEach } from "./help/journey.mjs";
import { lettersTo, linkFor } from "./help/letters.mjs";
import { become, becomeNamed } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

// The morning on which certificates and invitations go out.
const test = houseForAll(() => morningOf("2027-05-03"));
// Some weeks before the next call for mentors.
const winter = houseForEach(() => demo({ duos: 3, until: "2027-01-10" }));

test("A certificate is two papers of its owner, and anyone who has its code can check it", async ({ house, page, newcomer }) => {
  const owner = await finished(house, 0);
  await becomeNamed(page, owner);
  await page.goto(await linkFor(house, owner, "certificate", /^\/certificates$/));
  await expectOpenToAll(page);
  const papers = await page.locator("main").getByRole("link", { name: /PDF/ }).evaluateAll((links) => links.map((it) => it.getAttribute("href")));
  expect(papers).toHaveLength(2);
  for (const paper of papers) await expectPaper(page, paper);
  const code = page.locator('main a[href^="/certificates/check/"]');
  const words = await code.innerText();
  await code.click();
  await expect(page.locator("main")).toContainText(owner);

  const stranger = await newcomer();
  await stranger.goto("/certificates/check");
  await expectOpenToAll(stranger);
  await check(stranger, words.toLowerCase());
  await expect(stranger.locator("main")).toContainText(owner);
  await expectOpenToAll(stranger);
  await check(stranger, "AAAAA-AAAAA");
  await expect(stranger.locator("main")).not.toContainText(owner);
  await expectOpenToAll(stranger);
  await become(stranger, "Chair");
  for (const paper of papers) expect((await stranger.request.get(paper)).status(), "nobody else opens the paper").toBe(404);
});

test("Who likes joins the former participants by letter, hears from the chair, and ends that again", async ({ house, page, newcomer }) => {
  const member = await finished(house, 1);
  const chair = await newcomer();
  await become(chair, "Chair");
  await chair.goto("/alumni");
  await expect(chair.locator("main"), "nobody is in it who has not joined").not.toContainText(member);
  await expectOpenToAll(chair);
  await test.step("A former participant joins without signing in", () => join(house, page, member));
  await test.step("The chair writes to the group", () => writeToGroup(chair, member));
  const unsubscribe = await linkFor(house, member, "alumni_letter", /^\/unsubscribe\//);
  await test.step("The member changes an offer, and leaves", () => changeAndLeave(page, member));
  await chair.goto("/alumni");
  await expect(chair.locator("main")).not.toContainText(member);
  await test.step("Whoever ends the letters gets no more of them", () => endLetters(page, unsubscribe));
});

winter("Next year's cohort is begun from this one: dates moved, nobody in it, unseen until it is opened", async ({ page, newcomer }) => {
  await become(page, "Chair");
  await page.goto("/cohorts");
  await page.locator('main a[href$="/successor"]').first().click();
  await expectOpenToAll(page);
  await page.getByLabel("First day of the next annual meeting").fill("2026-01-01");
  await page.getByLabel("Name of the cohort").fill("The merry one");
  await page.getByRole("button", { name: "Begin the cohort" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Name of the cohort")).toHaveValue("The merry one");
  await page.getByLabel("First day of the next annual meeting").fill("2027-06-24");
  await page.getByRole("button", { name: "Begin the cohort" }).click();
  await expect(page.getByRole("status")).toContainText("The merry one");
  const dates = page.url();
  await expectDates(page);
  await page.goto(dates.replace("/calendar", "/applications"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Applications");
  await expect(page.getByRole("row"), "nobody is enrolled").toHaveCount(0);

  const stranger = await newcomer();
  await stranger.goto("/calendar");
  await expect(stranger.getByRole("heading", { level: 1 })).toContainText("2026–27");
  await page.goto(dates);
  await page.getByRole("button", { name: "Open the cohort" }).click();
  await expect(page.getByRole("status")).toContainText("is open");
  await stranger.reload();
  await expect(stranger.getByRole("heading", { level: 1 })).toContainText("The merry one");
});

/** What the rules say for an annual meeting that begins on 24 June 2027. */
async function expectDates(page) {
  const dates = [
    ["Mentor recruitment opens", "2 Feb 2027"],
    ["Mentee applications open", "16 Feb 2027"],
    ["Orientation: the session starts", "26 Jun 2027"],
    ["The session ends", "30 Apr 2028"],
  ];
  for (const [step, day] of dates) {
    await expect(page.getByRole("listitem").filter({ hasText: step }).filter({ hasText: day }), `${step}: ${day}`).toHaveCount(1);
  }
}

/** The name of the n-th person whose duo lasted to the end. */
async function finished(house, nth) {
  const letters = (await lettersTo(house, "@")).filter((letter) => letter.kind === "certificate");
  return letters[nth].name;
}

async function expectPaper(page, path) {
  const file = await page.request.get(path);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  const bytes = await file.body();
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.subarray(-1024).toString("latin1")).toContain("%%EOF");
  expect(bytes.length).toBeGreaterThan(5_000);
}

async function check(page, code) {
  await page.getByLabel("Code on the certificate").fill(code);
  await page.getByRole("button", { name: "Check" }).click();
}

async function join(house, page, member) {
  const link = await linkFor(house, member, "alumni_invitation", /^\/alumni\/join\//);
  await page.goto(link);
  await page.goto(link);
  await expect(page.getByRole("checkbox", { checked: true }), "nothing is ticked before somebody ticks it").toHaveCount(0);
  await expectOpenToAll(page);
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Join the group" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are in the group");
  await expectOpenToAll(page);
  await page.goto("/alumni");
  await expect(page.getByRole("button", { name: "Sign in" }), "the link signs nobody in").toBeVisible();
}

async function writeToGroup(chair, member) {
  await chair.goto("/alumni");
  await expect(chair.getByRole("row").filter({ hasText: member }).getByRole("listitem")).toHaveCount(1);
  await chair.getByRole("link", { name: "Write to the group" }).click();
  await chair.getByRole("button", { name: "Look at it first" }).click();
  await expect(chair.getByRole("alert")).toBeFocused();
  await chair.getByLabel("Subject").fill("A walk in June");
  await chair.getByLabel("Letter").fill("Who comes along the lake before the follow-up session?");
  await expectOpenToAll(chair);
  await chair.getByRole("button", { name: "Look at it first" }).click();
  await expect(chair.locator("main")).toContainText("before the follow-up session?");
  await expectOpenToAll(chair);
  await chair.getByRole("button", { name: /^Send it to one person/ }).click();
  await expect(chair.getByRole("status")).toBeVisible();
}

async function changeAndLeave(page, member) {
  await becomeNamed(page, member);
  await page.goto("/alumni");
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Change what I offer" }).click();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expectOpenToAll(page);
  await page.getByRole("checkbox").nth(1).check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("row").filter({ hasText: member }).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Leave the group" }).click();
  await expect(page.getByRole("status")).toContainText("You have left");
}

async function endLetters(page, link) {
  await page.context().clearCookies();
  await page.goto(link);
  await expectOpenToAll(page);
  await page.locator("main").getByRole("button").click();
  await expectOpenToAll(page);
  await page.goto(link);
  await expect(page.getByRole("button", { name: /again/ }), "and the house remembers it").toBeVisible();
}
