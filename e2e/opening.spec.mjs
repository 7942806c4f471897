// Where somebody may come to harm, chair and deputy open check-in answers together; the
// two people learn who did, and why. MSG3, MSG4
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

// The morning of the first check-in.
const test = houseForAll(() => morningOf("2026-07-07"));

const REASON = "The mentee told me on the phone of being afraid.";

test("Chair and deputy open answers together, and both people are told why", async ({ house, page, newcomer }) => {
  const duo = await findDuo(await newcomer(), 0);
  await page.goto(await linkFor(house, duo.mentee, "checkin_1", /^\/check-in\//));
  await expect(page.locator("main")).toContainText("chair and deputy open them together for a grave reason");
  await page.getByRole("group", { name: "Have you been in touch" }).getByRole("radio", { name: "yes" }).check();
  await page.getByRole("group", { name: "Is this working for you?" }).getByRole("radio", { name: "a little" }).check();
  await page.getByLabel("Anything I should know or can do?").fill("A quince that nobody may read.");
  await page.getByRole("button", { name: "Send" }).click();

  const chair = await newcomer();
  await become(chair, "Chair");
  const status = duo.path.replace("/duos/", "/desk/duos/");
  await chair.goto(status);
  await chair.getByRole("link", { name: "ask to open the check-in answers" }).click();
  await expectOpenToAll(chair);
  await chair.getByLabel("Why must these answers be read?").fill("I wonder.");
  await chair.getByRole("button", { name: "Ask the other to confirm" }).click();
  await expect(chair.getByLabel("Why must these answers be read?")).toHaveValue("I wonder.");
  await chair.getByLabel("Why must these answers be read?").fill(REASON);
  await chair.getByRole("button", { name: "Ask the other to confirm" }).click();
  await expect(chair.locator("main")).toContainText("Waiting for a yes");
  expect((await chair.goto(`${status}/answers`)).status()).toBe(404);

  const deputy = await newcomer();
  const name = await become(deputy, "Deputy chair");
  await deputy.goto(`${status}/opening`);
  await expect(deputy.getByRole("blockquote")).toContainText(REASON);
  await expectOpenToAll(deputy);
  await deputy.getByRole("button", { name: "Confirm, open for an hour" }).click();
  await expect(deputy.locator("main")).toContainText("quince");
  await expectOpenToAll(deputy);

  await become(page, "Mentees", duo.mentee);
  await page.goto(await linkFor(house, duo.mentee, "answers_opened", /^\/openings\//));
  await expect(page.locator("main")).toContainText(REASON);
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Who has read this?" }).click();
  await expect(page.locator("main")).toContainText(name);
  await expectOpenToAll(page);
});
