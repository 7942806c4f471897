// A cohort in which mentees choose today, whatever day it is: opened during its call,
// filled with people, and then moved on by its dates.
import { answerTheRest } from "./forms.mjs";
import { expect } from "./journey.mjs";
import { dayFromNow, importMembers, openHouse, register } from "./people.mjs";

export const MENTORS = [
  { name: "Mara Stein", email: "mara@example.org", work: "Harbour Library", topic: "negotiation", gives: "An ear, and a map of budgets." },
  { name: "Milo Hart", email: "milo@example.org", work: "Hill College", topic: "research", gives: "Someone who reads your drafts." },
  { name: "Mona Veit", email: "mona@example.org", work: "City Archives", topic: "negotiation", gives: "Plain words about difficult talks." },
];
export const MENTEES = [
  { name: "Nora Field", email: "nora@example.org", work: "Branch North" },
  { name: "Oskar Lind", email: "oskar@example.org", work: "Branch South" },
];

/** `chair` is a page; `newcomer` makes more. Answers with the pages of everybody by first name. */
export async function choosingCohort(house, chair, newcomer) {
  await openHouse(house, chair, { annualMeeting: dayFromNow(100) });
  await importMembers(chair, [...MENTORS, ...MENTEES]);
  const pages = { chair };
  for (const person of [...MENTORS, ...MENTEES]) {
    pages[person.name.split(" ")[0].toLowerCase()] = await apply(house, await newcomer(), person);
  }
  await letThemChoose(chair);
  return pages;
}

async function apply(house, page, person) {
  const role = person.topic ? "mentor" : "mentee";
  await register(house, page, person.name, person.email);
  await page.goto(`/apply/${role}?all=yes`);
  if (person.topic) {
    await page.getByLabel("Organisation", { exact: true }).fill(person.work);
    await page.getByRole("group", { name: "Topics I can help with" }).getByRole("checkbox", { name: person.topic }).check();
    await page.getByLabel("What a mentee will get from me").fill(person.gives);
  } else {
    await page.getByLabel("Employer or school").fill(person.work);
  }
  await answerTheRest(page.locator("main form").filter({ has: page.getByRole("button", { name: "Check your answers" }) }));
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByRole("status")).toContainText("Thank you");
  return page;
}

/** The chair ends the call and opens the directory, by hand. */
async function letThemChoose(chair) {
  await chair.goto("/cohorts");
  await chair.getByRole("link", { name: "Dates", exact: true }).click();
  await chair.getByRole("link", { name: "Change dates" }).click();
  const dates = [
    ["Mentor profiles due", -4],
    ["Mentee applications close", -4],
    ["Decisions and waiting-list notices go out", -3],
    ["The mentor directory opens: mentees choose", -2],
    ["Choosing a mentor oneself ends", 30],
  ];
  for (const [step, days] of dates) await chair.getByLabel(step).fill(dayFromNow(days));
  await chair.getByLabel("Keep these dates although some contradict each other").check();
  await chair.getByRole("button", { name: "Save the dates" }).click();
  await expect(chair.getByRole("status")).toBeVisible();
}
