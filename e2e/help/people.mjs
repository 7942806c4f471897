// Ways in: as somebody of the demo, as the chair of a new house, as somebody new.
import { expect } from "@playwright/test";
import { setUpApp } from "./factors.mjs";
import { linkFor } from "./letters.mjs";

export const PASSWORD = "four quiet words here";

/** Signs in as one of the demo's people: the first of a group, or by name. */
export async function become(page, group, name) {
  await page.goto("/demo");
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: group, exact: true }) });
  const button = name ? card.getByRole("button", { name, exact: true }) : card.getByRole("button").first();
  return press(page, button);
}

/** The same by name alone, whatever somebody is by now. */
export async function becomeNamed(page, name) {
  await page.goto("/demo");
  return press(page, page.locator("section.card").getByRole("button", { name, exact: true }));
}

async function press(page, button) {
  const who = await button.innerText();
  await button.click();
  await expect(page.getByRole("status")).toContainText(`You are ${who} now.`);
  return who;
}

/** The names of a group of the demo's people. */
export async function namesOf(page, group) {
  await page.goto("/demo");
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: group, exact: true }) });
  return card.getByRole("button").allInnerTexts();
}

/** A day as forms take it, some days from today. */
export function dayFromNow(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first start: the chair with a second factor, the program, and its first cohort. Leads to the calendar. */
export async function setUp(house, page, { annualMeeting, places = 25 }) {
  await expect.poll(() => house.said).toMatch(/\/set-up\//);
  await page.goto(house.setUpLink());
  await page.getByLabel("Your name").fill("Ada Winter");
  await page.getByLabel("Your e-mail address").fill("ada@example.org");
  await page.getByLabel("A password").fill(PASSWORD);
  await page.getByLabel("The password again").fill(PASSWORD);
  await page.getByLabel("Name of the association").fill("North Lakes Library Association");
  await page.getByLabel("First day of the annual meeting").fill(annualMeeting);
  await page.getByLabel("Places for mentees").fill(`${places}`);
  await page.getByRole("button", { name: "Set up the program" }).click();
  await expect(page.getByRole("status")).toContainText("Your program stands.");
  await secure(page, "ada@example.org");
}

/** What a role asks for before anything else opens; leads on to where one was going. */
export async function secure(page, email) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The second factor");
  await setUpApp(page, email);
  await page.getByRole("link", { name: "I have kept them" }).click();
}

/** Makes an account: register, the letter, a password. The page is signed in afterwards. */
export async function register(house, page, name, email) {
  await page.goto("/register");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page).toHaveURL(/look-in-your-mail/);
  await choosePassword(page, await linkFor(house, email, "account_invitation", /\/welcome\//));
}

/** Follows the link of a letter to the page that sets a password. */
export async function choosePassword(page, link) {
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByLabel("The same again").fill(PASSWORD);
  await page.getByRole("button", { name: "Set my password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is set");
}

export async function signIn(page, email) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A house with an open cohort and its chair signed in. */
export async function openHouse(house, page, wish) {
  await setUp(house, page, wish);
  await page.getByRole("button", { name: "Open the cohort" }).click();
  await expect(page.getByRole("status")).toContainText("is open");
}

/** A list with a first line that is new asks once which column says what. */
export async function nameColumns(page) {
  const asked = page.getByRole("button", { name: "Show what would change" });
  if (await asked.isVisible()) await asked.click();
}

/** Puts people on the association's roster, as members in good standing. */
export async function importMembers(page, people) {
  const lines = people.map(({ name, email }, place) => `M${100 + place},${name},${email},good,2015`);
  const file = ["Member number,Name,E-mail,Status,Joined", ...lines].join("\n");
  await page.goto("/roster/import");
  await page.getByLabel("Member list").setInputFiles({ name: "members.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Read the file" }).click();
  await nameColumns(page);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("status")).toContainText(`Applied: ${people.length} new`);
}
