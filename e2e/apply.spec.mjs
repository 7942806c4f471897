// From an address to a place in the cohort, and what a nomination sets off. APP1, APP2,
// CAP1, CAP2, ELG3
import { expectOpenToAll } from "./help/axe.mjs";
import { answerPartByPart } from "./help/forms.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { choosePassword, dayFromNow, openHouse, register } from "./help/people.mjs";

const WHY = "I lead projects without a title and would like to hear how others did that.";

const test = houseForEach(() => serve());

// Today lies in the middle of the call, whatever day it is.
const CALL = { annualMeeting: dayFromNow(100) };

test("A mentee applies in two sittings and takes the one place; the next is first in line", async ({ house, page, newcomer }) => {
  await openHouse(house, await newcomer(), { ...CALL, places: 1 });
  await register(house, page, "Nora Field", "nora@example.org");

  const why = page.getByLabel("Why do you want a mentor now?");
  await page.goto("/apply/mentee");
  await expectOpenToAll(page);
  const aims = page.getByRole("listitem").filter({ has: page.locator("a[href$='section=aims']") });
  await expect(aims).toContainText("not begun");
  await aims.getByRole("link").click();
  await why.fill(WHY);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("status")).toContainText("Your draft is saved. It holds no place");
  await page.getByRole("button", { name: "All parts" }).click();
  await expect(aims.locator(".badge")).toHaveText("begun");

  await page.goto("/");
  await page.getByRole("link", { name: "Go on with it" }).click();
  await page.getByRole("link", { name: "Check your answers" }).click();
  await expect(page.locator("main")).toContainText("Something is still missing.");
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Please tell us: Employer or school" }).click();
  await expect(page.getByRole("alert")).toContainText("Please tell us: Employer or school");
  await expect(page.getByLabel("Employer or school")).toBeFocused();
  await page.goto("/apply/mentee?all=yes");
  await expect(why).toHaveValue(WHY);
  await page.getByRole("button", { name: "Check your answers" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("Please tell us: Employer or school");
  await expect(why).toHaveValue(WHY);
  await expectOpenToAll(page);
  await answerAll(page);
  await expect(page.locator("main")).toContainText("As it stands, you are eligible.");
  await expect(page.locator("main")).toContainText(WHY);
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByRole("status")).toHaveText("Thank you. Your application is complete, and you have a place.");
  await expectFact(page, "Number of your application", "1");
  await linkFor(house, "nora@example.org", "place_taken");

  const second = await newcomer();
  await register(house, second, "Oskar Lind", "oskar@example.org");
  await second.goto("/apply/mentee");
  await answerAll(second);
  await second.getByRole("button", { name: "Submit" }).click();
  await expect(second.getByRole("status")).toContainText("waiting list");
  await expect(second.locator("main")).toContainText(/waiting list \(place 1\)|number 1 on the waiting list|place 1/i);
});

test("A draft saves itself, and a second window shows both versions", async ({ house, page, newcomer, javaScriptEnabled }) => {
  await openHouse(house, await newcomer(), CALL);
  await register(house, page, "Nora Field", "nora@example.org");
  await page.goto("/apply/mentee?section=aims");
  const second = await page.context().newPage();
  await second.goto("/apply/mentee?section=aims");
  const third = await page.context().newPage();
  await third.goto("/apply/mentee?section=you");
  const why = (window) => window.getByLabel("Why do you want a mentor now?");
  await why(page).fill(WHY);
  if (javaScriptEnabled) await expect(page.getByText("Saved a moment ago.")).toBeVisible();
  else await page.getByRole("button", { name: "Save the draft" }).click();
  await why(second).fill("Because of a question that I cannot answer alone.");
  if (javaScriptEnabled) await expect(second.getByText("Another window saved this meanwhile.")).toBeVisible();
  await second.getByRole("button", { name: "Save the draft" }).click();
  await expect(second.getByRole("alert")).toContainText("Another window saved this draft meanwhile.");
  await expect(second.locator("main")).toContainText(WHY);
  await expect(why(second)).toHaveValue("Because of a question that I cannot answer alone.");
  await expectOpenToAll(second);
  await second.getByRole("button", { name: "Save the draft" }).click();
  await expect(second.getByRole("status")).toContainText("Your draft is saved.");
  // A window on another part is no quarrel: both keep what they say.
  await third.getByLabel("Town or region").fill("Bergen");
  await third.getByRole("button", { name: "Save the draft" }).click();
  await expect(third.getByRole("status")).toContainText("Your draft is saved.");
  await page.goto("/apply/mentee?section=aims");
  await expect(why(page)).toHaveValue("Because of a question that I cannot answer alone.");
});

test("An applicant who is no member learns at once why, and may submit all the same", async ({ house, page, newcomer }) => {
  await openHouse(house, await newcomer(), CALL);
  await register(house, page, "Nora Field", "nora@example.org");
  await answerAll(page, "member");
  await expect(page.locator("main")).toContainText("As it stands, you are not eligible yet.");
  await expect(page.locator("main")).toContainText("a promise to join");
  await page.getByRole("button", { name: "Submit all the same" }).click();
  await expect(page.getByRole("status")).toContainText("we cannot accept it");
  await expect(page.getByRole("button", { name: "Ask for a second look" })).toBeVisible();
});

test("A nomination is two minutes' work, and nothing happens before the nominee wants it", async ({ house, page, newcomer }) => {
  await openHouse(house, await newcomer(), CALL);
  await page.goto("/nominate");
  await page.getByLabel("Your name").fill("Berta Holm");
  await page.getByLabel("Your e-mail").fill("berta@example.org");
  await page.getByRole("radio", { name: "mentor", exact: true }).check();
  await page.getByLabel("The person’s name").fill("Mia Stone");
  await page.getByLabel("The person’s e-mail").fill("mia@example.org");
  await page.getByLabel("What would they bring?").fill("She listens first, and then asks the one question.");
  await page.getByRole("radio", { name: "colleague" }).check();
  await page.getByRole("radio", { name: "yes" }).check();
  await page.getByLabel("I understand that the person will see my name").check();
  await page.getByRole("button", { name: "Send the nomination" }).click();
  await expect(page.getByRole("status")).toContainText("We have written to the person you named.");

  const nominee = await newcomer();
  const link = await linkFor(house, "mia@example.org", "nomination_to_nominee", /\/nominations\//);
  await nominee.goto(link);
  // A mail scanner may look as often as it likes.
  await nominee.goto(link);
  await expect(nominee.getByRole("blockquote")).toContainText("She listens first");
  await expectOpenToAll(nominee);
  await nominee.getByRole("button", { name: "Begin the form" }).click();
  await expect(nominee.getByRole("status")).toContainText("your form is begun");
  await choosePassword(nominee, await linkFor(house, "mia@example.org", "account_invitation", /\/welcome\//));
  await nominee.goto("/apply/mentor");
  await nominee.getByRole("link", { name: /^1\. / }).click();
  await expect(nominee.getByLabel("Name you want to be called")).toHaveValue("Mia Stone");
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Begin the form" })).toHaveCount(0);
});

/** Everything that must be answered, part by part, as somebody who will join; leads to the check. */
async function answerAll(page, membership = "will join by the orientation") {
  await page.goto("/apply/mentee");
  await answerPartByPart(page, async () => {
    const wanted = page.getByRole("radio", { name: membership, exact: true });
    if (await wanted.count()) await wanted.check();
  });
}

async function expectFact(page, term, words) {
  const fact = page.locator("dl.facts > div").filter({ has: page.getByText(term, { exact: true }) });
  await expect(fact.locator("dd")).toHaveText(words);
}
