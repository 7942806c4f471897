// The review desk: read side by side, give points, decide and undo – by keyboard, and
// without scripts. APP4, APP6, APP7, APP8
import { expectOpenToAll } from "./help/axe.mjs";
import { answerTheRest } from "./help/forms.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { dayFromNow, importMembers, openHouse, register } from "./help/people.mjs";

const NORA = { name: "Nora Field", email: "nora@example.org" };
const OSKAR = { name: "Oskar Lind", email: "oskar@example.org" };

const test = houseForEach(() => serve());

test("The chair reads two applications side by side, gives points, decides and undoes it, without a mouse", async ({ house, page, newcomer }) => {
  await openHouse(house, page, { annualMeeting: dayFromNow(100), places: 1 });
  const cohort = `/${page.url().match(/cohorts\/[^/?]+/)[0]}`;
  await importMembers(page, [NORA, OSKAR]);
  await page.goto(`${cohort}/applications`);
  await page.getByRole("link", { name: "Review desk" }).click();
  await page.getByRole("link", { name: "How we read" }).click();
  await expectOpenToAll(page);
  await page.getByLabel(/Mentees are read first/).focus();
  await page.keyboard.press("Space");
  await press(page, page.getByRole("button", { name: "Keep this" }));
  await expect(page.getByRole("status")).toContainText("Kept.");

  const nora = await applicant(house, await newcomer(), NORA);
  await applicant(house, await newcomer(), OSKAR);
  await expect(nora.locator("main")).toContainText("under review");

  await page.goto(`${cohort}/review`);
  await expectOpenToAll(page);
  for (const name of ["Choose Nora Field", "Choose Oskar Lind"]) {
    await page.getByLabel(name).focus();
    await page.keyboard.press("Space");
    await expect(page.getByLabel(name)).toBeChecked();
  }
  await press(page, page.getByRole("button", { name: "Read side by side" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Side by side");
  await expect(page.getByRole("heading", { level: 3, name: "Why do you want a mentor now?" })).toHaveCount(1);
  await expectOpenToAll(page);
  const columns = page.locator(".beside-cells > div").filter({ has: page.getByRole("button", { name: "Keep my points" }) });
  const points = columns.first();
  await columns.last().getByLabel("In words").fill("Half a thought about Oskar");
  for (const question of ["Reasons to take part", "Clear goals", "What we can offer them"]) {
    await points.getByRole("group", { name: question }).getByRole("radio").first().focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowRight");
  }
  await press(page, points.getByRole("button", { name: "Keep my points" }));
  await expect(page.locator("main")).toContainText("All reviewers: 4.0 of 5");
  await expect(page.locator("main")).toContainText("What you gave Oskar Lind is not kept yet, the rest is.");
  await expect(page.getByLabel("In words").last()).toHaveValue("Half a thought about Oskar");
  await expectOpenToAll(page);

  await page.goto(`${cohort}/review`);
  await page.getByLabel("Choose Nora Field").focus();
  await page.keyboard.press("Space");
  await press(page, page.getByRole("button", { name: "Accept …" }));
  await expect(page.locator("main")).toContainText("Nora Field becomes a mentee");
  await expectOpenToAll(page);
  await press(page, page.getByRole("button", { name: "Accept for one person" }));
  await expect(page.getByRole("status")).toContainText("until then you can undo it");
  await expectOpenToAll(page);
  await nora.reload();
  await expect(nora.locator("main")).toContainText("under review");
  await press(page, page.getByRole("button", { name: "Undo this" }));
  await expect(page.getByRole("status")).toContainText("Undone.");

  await page.getByRole("link", { name: "Write to all who are still open" }).click();
  await expect(page.getByLabel("Your letter")).toHaveValue(/Thank you for your application/);
  await page.getByLabel("Your letter").fill("We read it with care.");
  await press(page, page.getByRole("button", { name: "See the letter" }));
  await expect(page.locator("main")).toContainText("We read it with care.");
  await expect(page.locator("main")).toContainText("Oskar Lind");
  await expectOpenToAll(page);
});

/** Presses a button as somebody without a mouse does. */
async function press(page, button) {
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
}

async function applicant(house, page, { name, email }) {
  await register(house, page, name, email);
  await page.goto("/apply/mentee?all=yes");
  await page.getByLabel("Employer or school").fill(`${name}’s library`);
  await answerTheRest(page.locator("main form").filter({ has: page.getByRole("button", { name: "Check your answers" }) }));
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByRole("status")).toContainText("the committee reads it next");
  return page;
}
