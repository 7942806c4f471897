// The launch: the orientation from its invitation to making up for it, the pledge, and the
// agreement. ORI1–3, AGR1
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { answerTheRest } from "./help/forms.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become } from "./help/people.mjs";
import { A_DAY, NEXT_EVENT, letPass, morningOf } from "./help/stage.mjs";

// The morning on which duos are confirmed and invited, twelve days before the orientation.
const test = houseForEach(() => morningOf("2026-06-15", { annualMeeting: "2026-06-27" }));

test("An invitation is answered from the letter, the door knows who came, and who missed it makes up for it", async ({ house, page, newcomer }) => {
  const mentor = await newcomer();
  const duo = await findDuo(mentor, 0);
  await test.step("The mentee answers from the letter, without signing in", () => answer(house, page, duo));
  await test.step("The letter leads to a file for one's own calendar", () => takeFile(house, page, duo));
  const door = await newcomer();
  await become(door, "Liaisons", duo.liaison);
  // The lessons are due first, then it is the morning of the orientation.
  await letPass(door, NEXT_EVENT);
  await letPass(door, NEXT_EVENT);
  await test.step("A liaison notes at the door who is there", () => noteAtTheDoor(door, duo));
  await letPass(door, A_DAY);
  await become(mentor, "Mentors", duo.mentor);
  const link = await linkFor(house, duo.mentor, "orientation_missed", /\/make-up$/);
  await test.step("Who was not there makes up for it", () => makeUp(mentor, link));
  await door.reload();
  await expect(guest(door, duo.mentor)).toContainText("made up for it");
  await expect(guest(door, duo.mentee)).not.toContainText("made up for it");
});

test("Both sign the pledge, and their agreement stands when both have confirmed it", async ({ page, newcomer }) => {
  const mentor = await newcomer();
  const duo = await findDuo(page, 0);
  await become(mentor, "Mentors", duo.mentor);
  for (const one of [page, mentor]) await signPledge(one);
  await writeAgreement(page, duo);
  await expect(page.locator("main")).toContainText(`Not yet confirmed by ${duo.mentor}`);

  await mentor.goto("/");
  await mentor.getByRole("link", { name: /Read and confirm|Confirm your agreement/ }).click();
  await expect(mentor.locator("main")).toContainText("So that thimbles become a plan.");
  await mentor.getByRole("button", { name: /confirm/ }).click();
  await page.reload();
  await expect(page.locator("main")).toContainText("Both of you confirmed it on Monday 15 June 2026");
  await expect(page.locator("main")).toContainText("Version 1");
});

async function answer(house, page, duo) {
  const link = await linkFor(house, duo.mentee, "orientation_invitation", /^\/invitations\//);
  await page.goto(link);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Orientation");
  await expect(page.getByText("So far:")).toHaveCount(0);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "I cannot come" }).click();
  await expect(page.getByText("So far:")).toContainText("cannot come");
  await page.getByRole("button", { name: "I come", exact: true }).click();
  await expect(page.getByText("So far:")).toContainText("comes");
  await page.goto("/events");
  await expect(page.getByRole("heading", { level: 1 }), "the link signs nobody in").toHaveText("Sign in");
}

async function takeFile(house, page, duo) {
  await page.goto(await linkFor(house, duo.mentee, "orientation_invitation", /^\/invitations\//));
  const path = await page.locator("main").getByRole("link", { name: /calendar/ }).getAttribute("href");
  const file = await page.request.get(path);
  expect(file.headers()["content-type"]).toContain("text/calendar");
  const words = await file.text();
  expect(words).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(words).toContain("SUMMARY:Orientation");
  // Noon in Chicago in summer.
  expect(words).toContain("DTSTART:20260627T170000Z");
}

async function noteAtTheDoor(page, duo) {
  await page.goto("/");
  await page.getByRole("link", { name: /Open the list|Note who is at the orientation/ }).click();
  await expect(guest(page, duo.mentee)).toContainText("comes");
  await note(page, duo.mentee, "Came");
  await note(page, duo.mentor, "Came");
  await note(page, duo.mentor, "Not there");
  await expect(button(page, duo.mentor, "Came"), "the later word counts").toHaveAttribute("aria-pressed", "false");
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "The list is complete" }).click();
  await expect(page.getByRole("status")).toContainText("not over yet");

  await page.getByLabel("Find a name or a duo").fill(duo.mentee.split(" ")[0]);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(guest(page, duo.mentee)).toBeVisible();
  await expect(guest(page, duo.mentor)).toHaveCount(0);
  await page.getByRole("link", { name: "Show all" }).click();
}

async function note(page, name, word) {
  await button(page, name, word).click();
  await expect(button(page, name, word)).toHaveAttribute("aria-pressed", "true");
}

function button(page, name, word) {
  return guest(page, name).getByRole("button", { name: new RegExp(`^${word}`) });
}

function guest(page, name) {
  return page.locator("section.card").filter({ has: page.getByRole("heading", { name, exact: true }) });
}

async function makeUp(page, link) {
  await page.goto(link);
  await expectOpenToAll(page);
  await choose(page, "Who writes first", /mentee writes first/);
  await choose(page, "What may your liaison learn", /^When you met/);
  await choose(page, "What do you do if it does not work", /can end at any time/);
  await page.getByRole("button", { name: "That is it" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await expect(page.getByRole("radio", { name: /^When you met/ }), "right answers stay").toBeChecked();
  await choose(page, "Who writes first", /mentor says hello first/);
  await page.getByLabel(/I have read the running order/).check();
  await page.getByRole("button", { name: "That is it" }).click();
  await expect(page.getByRole("status")).toContainText("counts as attended");
  await expect(page.getByRole("link", { name: /Make up for/ })).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByRole("button", { name: "That is it" })).toHaveCount(0);
}

async function choose(page, question, answer) {
  await page.getByRole("group", { name: question }).getByRole("radio", { name: answer }).check();
}

async function signPledge(page) {
  await page.goto("/");
  await page.getByRole("link", { name: /the pledge/ }).click();
  await page.getByRole("button", { name: "Sign the pledge" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expectOpenToAll(page);
  await page.getByLabel("I have read this, and I promise it").check();
  await page.getByRole("button", { name: "Sign the pledge" }).click();
  await expect(page.getByRole("status")).toContainText("Your promise is kept");
  await expect(page.locator("main")).toContainText("You signed this on Monday 15 June 2026");
  await page.goto("/");
  await expect(page.getByRole("link", { name: /the pledge/ })).toHaveCount(0);
}

async function writeAgreement(page, duo) {
  await page.goto(`${duo.path}/agreement`);
  await page.getByRole("link", { name: "Begin" }).click();
  await page.getByLabel("In one sentence: why are we doing this?").fill("So that thimbles become a plan.");
  await answerTheRest(page.locator("main form").filter({ has: page.getByRole("button", { name: "Save this version" }) }));
  await page.getByRole("button", { name: "Save this version" }).click();
  await page.getByRole("button", { name: /confirm/ }).click();
  await expect(page.locator("main")).toContainText("thimbles");
}
