// Surveys: answered from the letter without signing in, kept half-way, sent once, and shown
// to nobody before the close or below five. SRV1–3, SRV5
import { expectOpenToAll } from "./help/axe.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become, becomeNamed, namesOf } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

// The morning on which the mid-way survey opens, with too few people to be counted.
const test = houseForAll(() => morningOf("2026-11-19", { duos: 3 }));

test("A survey waits half-answered, is sent once, and can then no longer be told from others", async ({ house, page, newcomer }) => {
  const finder = await newcomer();
  const { name, letter } = await someoneAsked(house, finder);
  await becomeNamed(finder, name);
  await finder.locator('main a[href^="/surveys/"]').first().click();
  await expect(finder.getByRole("heading", { level: 1 })).toHaveText("Mid-way survey for mentees");
  await expectOpenToAll(finder);
  await page.goto(letter);
  await page.goto(letter);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mid-way survey for mentees");
  await expect(page.locator("main")).toContainText("at least five people");
  await expectOpenToAll(page);
  await page.getByLabel("Meetings so far").fill("5");
  await page.getByRole("group", { name: "I can speak openly" }).getByRole("radio", { name: "agree", exact: true }).check();
  await page.getByRole("button", { name: "Save and come back later" }).click();
  await expect(page.getByRole("status")).toContainText("What you answered so far is kept.");

  await page.goto(letter);
  await expect(page.locator("main")).toContainText("Nothing of it counts until you send it.");
  await expect(page.getByLabel("Meetings so far")).toHaveValue("5");
  await expect(page.getByRole("group", { name: "I can speak openly" }).getByRole("radio", { name: "agree", exact: true })).toBeChecked();
  await page.getByLabel("What helps most?").fill("The half hour before the meeting.");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  await page.goto(letter);
  await expect(page.getByRole("button", { name: "Send my answers" })).toHaveCount(0);
  await expect(page.locator("main")).toContainText("can no longer be told from others");
});

test("Before the close the chair sees that a survey runs, and nothing of what was said", async ({ page }) => {
  await become(page, "Chair");
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Cohort" }).click();
  await page.getByRole("link", { name: "Surveys" }).click();
  const card = page.locator("section.card").filter({ hasText: "Mid-way survey for mentees" });
  await expect(card).toContainText("Results appear on Friday 11 December 2026");
  await expect(card.getByRole("link", { name: "Read the results" })).toHaveCount(0);
  const survey = (await card.getByRole("link", { name: "The questions" }).getAttribute("href")).replace("/questions", "");
  await page.goto(survey);
  await expect(page.locator("main")).not.toContainText("half hour");
  await expect(page.getByRole("figure")).toHaveCount(0);
});

test("Three answers are too few to be shown, after the close too", async ({ page }) => {
  await become(page, "Chair");
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Cohort" }).click();
  await page.getByRole("link", { name: "Surveys" }).click();
  const card = page.locator("section.card").filter({ hasText: "Asks the mentees of the duos." }).first();
  await expect(card).toContainText("so there is nothing to show");
  await card.getByRole("link", { name: "Read the results" }).click();
  await expect(page.getByRole("figure")).toHaveCount(0);
  await expect(page.getByRole("table")).toHaveCount(0);
  await expectOpenToAll(page);
});

/** The first mentee who was asked and has not answered, with the link of the letter. */
async function someoneAsked(house, page) {
  const names = await namesOf(page, "Mentees");
  for (const name of names) {
    const letters = await page.request.get(`/dev/mail?to=${encodeURIComponent(name)}`);
    if ((await letters.text()).includes("survey_midway")) return { name, letter: await linkFor(house, name, "survey_midway", /^\/survey\//) };
  }
  throw new Error(`None of ${names} was asked`);
}
