// Check-ins: answered from the letter without signing in, read by the liaison alone, and
// acted upon. CHK1, CHK2, CHK5, LIA1, COM7
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

// The morning of the first check-in.
const test = houseForAll(() => morningOf("2026-07-07"));

test("A check-in is answered from the letter in a minute, and the liaison has a task at once", async ({ house, page, newcomer }) => {
  const finder = await newcomer();
  const duo = await findDuo(finder, 0);
  const link = await linkFor(house, duo.mentee, "checkin_1", /^\/check-in\//);

  await page.goto(link);
  await page.goto(link);
  await expect(page.locator("main")).toContainText(`About you and ${duo.mentor}`);
  await expect(page.locator("main")).toContainText(`${duo.liaison} reads this`);
  await expectOpenToAll(page);
  await page.getByLabel("Anything I should know or can do?").fill("No date yet: a tangerine matter.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await expect(page.getByLabel("Anything I should know or can do?")).toHaveValue(/tangerine/);

  await page.getByRole("group", { name: "Have you been in touch" }).getByRole("radio", { name: "no", exact: true }).check();
  await page.getByRole("group", { name: "Is this working for you?" }).getByRole("radio", { name: "a little" }).check();
  await page.getByLabel("Please contact me").check();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Already answered");

  const liaison = await newcomer();
  await become(liaison, "Liaisons", duo.liaison);
  await liaison.goto("/desk");
  await expect(liaison.getByRole("heading", { name: `${duo.mentee} would like to hear from you` })).toBeVisible();
  await expectOpenToAll(liaison);
  await liaison.goto(duo.path.replace("/duos/", "/desk/duos/"));
  await expect(liaison.locator("main")).toContainText("needs a word");
  await expect(liaison.getByRole("blockquote")).toContainText("tangerine");
  await expectOpenToAll(liaison);
  await liaison.goto("/desk");
  await liaison.getByRole("button", { name: "Done" }).first().click();
  await expect(liaison.getByRole("heading", { name: `${duo.mentee} would like to hear from you` })).toHaveCount(0);
});

test("Neither the partner nor the chair has a page with the words of a check-in", async ({ house, page, newcomer }) => {
  const duo = await findDuo(await newcomer(), 1);
  await page.goto(await linkFor(house, duo.mentee, "checkin_1", /^\/check-in\//));
  await answerWell(page, "All is well under the periwinkle.");

  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);
  await mentor.goto(duo.path);
  await expect(mentor.locator("main")).not.toContainText("periwinkle");
  await become(page, "Chair");
  await page.goto(duo.path.replace("/duos/", "/desk/duos/"));
  await expect(page.locator("main")).toContainText(duo.mentee);
  await expect(page.locator("main")).not.toContainText("periwinkle");

  // A mentor who is signed in answers from home instead of from the letter.
  await mentor.goto("/");
  await mentor.locator('main a[href^="/check-ins/"]').first().click();
  await expect(mentor.locator("main")).toContainText(`About you and ${duo.mentee}`);
  await expectOpenToAll(mentor);
  await answerWell(mentor, "");
  await become(page, "Liaisons", duo.liaison);
  await page.goto(duo.path.replace("/duos/", "/desk/duos/"));
  await expect(page.locator("main")).toContainText("2 of 2");
});

test("A letter of one person opens nobody else's check-in", async ({ house, page, newcomer }) => {
  const duo = await findDuo(await newcomer(), 2);
  const link = await linkFor(house, duo.mentor, "checkin_1", /^\/check-in\//);
  const wrong = link.slice(0, -4) + (link.endsWith("AAAA") ? "BBBB" : "AAAA");
  await page.goto(wrong);
  await expect(page.getByRole("button", { name: "Send" })).toHaveCount(0);
  await expect(page.locator("main")).not.toContainText(duo.mentee);
});

async function answerWell(page, words) {
  await page.getByRole("group", { name: "Have you been in touch" }).getByRole("radio", { name: "yes" }).check();
  await page.getByRole("group", { name: "Is this working for you?" }).getByRole("radio", { name: "very well" }).check();
  await page.getByLabel("Anything I should know or can do?").fill(words);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you");
}
