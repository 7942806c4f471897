// From an empty folder to a program with people in it, in one sitting. SET9, SET2, ELG1
import { expectOpenToAll } from "./help/axe.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { lettersTo, linkFor } from "./help/letters.mjs";
import { PASSWORD, choosePassword, nameColumns, secure, setUp, signIn } from "./help/people.mjs";

const ROSTER = `Member number,Name,E-mail,Status,Joined
M100,Nora Field,nora@example.org,good,2019
M101,Oskar Lind,oskar@example.org,good,2026
M102,Paula Reed,not an address,good,2015
M103,Quentin Marsh,quentin@example.org,lapsed,2001
`;

const test = houseForEach(() => serve());

test("The set-up says what is missing, keeps what was typed, and then the year stands", async ({ page, house }) => {
  const link = house.setUpLink();
  await page.goto(link);
  await expectOpenToAll(page);
  await page.getByLabel("Your name").fill("Ada Winter");
  await page.getByLabel("Your e-mail address").fill("ada@example.org");
  await page.getByLabel("A password").fill("too short");
  await page.getByLabel("The password again").fill("too short");
  await page.getByLabel("Name of the association").fill("North Lakes Library Association");
  await page.getByRole("button", { name: "Set up the program" }).click();

  const summary = page.getByRole("alert");
  await expect(summary).toContainText("There is a problem");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText("15 characters");
  await expect(summary).toContainText("Please give the first day of the annual meeting");
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel("Your name")).toHaveValue("Ada Winter");
  await expect(page.getByLabel("Your e-mail address")).toHaveValue("ada@example.org");
  await expect(page.getByLabel("Name of the association")).toHaveValue("North Lakes Library Association");
  await expectOpenToAll(page);
  await summary.getByRole("link", { name: /annual meeting/ }).click();
  await expect(page.getByLabel("First day of the annual meeting")).toBeFocused();

  await page.getByLabel("A password").fill(PASSWORD);
  await page.getByLabel("The password again").fill(PASSWORD);
  await page.getByLabel("First day of the annual meeting").fill("2026-06-25");
  await page.getByRole("button", { name: "Set up the program" }).click();
  await secure(page, "ada@example.org");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All dates of cohort 2026–27");
  await expectDates(page);

  await page.goto(link);
  await expect(page.locator("main")).toContainText("This house is set up already");
});

/** The dates of the association preset for an annual meeting that begins on 25 June 2026. */
async function expectDates(page) {
  const dates = [
    ["Mentor recruitment opens", "3 Feb 2026"],
    ["Mentee applications open", "17 Feb 2026"],
    ["Mentee applications close", "20 Apr 2026"],
    ["The mentor directory opens", "27 Apr 2026"],
    ["Orientation: the session starts", "27 Jun 2026"],
    ["Winter meeting of the board", "29 Jan 2027"],
    ["The session ends", "30 Apr 2027"],
  ];
  for (const [step, day] of dates) {
    await expect(page.getByRole("listitem").filter({ hasText: step }).filter({ hasText: day }), `${step}: ${day}`).toHaveCount(1);
  }
}

test("A draft is seen by nobody; opened, it has a call, a roster and a liaison", async ({ page, house, newcomer }) => {
  await setUp(house, page, { annualMeeting: "2026-06-25" });
  const stranger = await newcomer();
  await stranger.goto("/calendar");
  await expect(stranger.locator("main")).toContainText("No cohort is open yet");
  expect(await lettersTo(house, "@")).toEqual([]);

  // The call of that year is past: the chair is told which days, and opens it all the same.
  await page.getByRole("button", { name: "Open the cohort" }).click();
  await expect(page.locator("main")).toContainText("Mentee applications close: Monday 20 April 2026");
  await page.getByLabel("Open it although these days are past").check();
  await page.getByRole("button", { name: "Open the cohort" }).click();
  await expect(page.getByRole("status")).toContainText("Cohort 2026–27 is open");
  await stranger.goto("/calendar");
  await expect(stranger.locator("main")).toContainText("27 Jun 2026");

  await importRoster(page);
  await appointLiaison(house, page, stranger);
});

async function importRoster(page) {
  await page.goto("/");
  await page.getByRole("link", { name: /Import the roster|Choose the file/ }).click();
  await page.getByLabel("Member list").setInputFiles({ name: "members.csv", mimeType: "text/csv", buffer: Buffer.from(ROSTER) });
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByLabel("Member number")).toContainText("Member number");
  await expectOpenToAll(page);
  await nameColumns(page);
  await expect(page.locator("main")).toContainText("members.csv: nothing has changed yet.");
  const faulty = page.locator("section.card").filter({ hasText: "Lines that cannot be used (1)" });
  await expect(faulty.getByRole("row", { name: /Line 4/ })).toContainText("not an address");
  await expect(page.getByRole("table", { name: "New members" })).toContainText("Quentin Marsh");
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Apply the sound lines only" }).click();
  await expect(page.getByRole("status")).toHaveText("Applied: 3 new, 0 changed, 0 gone.");
}

async function appointLiaison(house, page, liaison) {
  await page.goto("/committee");
  await page.getByLabel("Name", { exact: true }).fill("Lea Brandt");
  await page.getByLabel("E-mail address").fill("lea@example.org");
  await page.getByRole("radio", { name: /^Liaison/ }).check();
  await page.getByRole("button", { name: "Appoint and invite" }).click();
  await expect(page.getByRole("row", { name: /Lea Brandt/ })).toContainText("Invited");

  const link = await linkFor(house, "lea@example.org", "committee_invitation", /\/welcome\//);
  await liaison.goto(link);
  await expectOpenToAll(liaison);
  await choosePassword(liaison, link);
  await liaison.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My desk" }).click();
  await expect(liaison.getByRole("heading", { level: 1 })).toBeVisible();
  await liaison.goto(link);
  await expect(liaison.getByRole("heading", { level: 1 })).toHaveText("This link has been used");
  await expectOpenToAll(liaison);

  await liaison.context().clearCookies();
  await signIn(liaison, "lea@example.org");
  await expect(liaison.getByRole("heading", { level: 1 })).toHaveText("Hello Lea");
  await page.goto("/committee");
  await expect(page.getByRole("row", { name: /Lea Brandt/ })).toContainText("In office");
}
