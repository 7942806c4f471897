// The chair passes to somebody else on one page: asked, accepted, and told to both.
import { expectOpenToAll } from "./help/axe.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become, becomeNamed } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

const test = houseForAll(() => morningOf("2026-11-23"));

test("The chair asks the deputy to take over, and stays until the day comes", async ({ house, page, newcomer }) => {
  const deputyPage = await newcomer();
  const deputy = await become(deputyPage, "Deputy chair");
  await become(page, "Chair");
  await page.goto("/committee");
  await page.getByRole("link", { name: "Hand over the chair" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hand over the chair");
  await expect(page.locator("main")).toContainText("What waits, to be handed over");
  await expectOpenToAll(page);

  await page.getByLabel("Your words to them").fill("The printer knows about the certificates.");
  await page.getByLabel("From which day").fill("2026-11-01");
  await page.getByRole("button", { name: "Ask them to take over" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose somebody above, or enter an e-mail address");
  await expect(page.getByLabel("Your words to them")).toHaveValue("The printer knows about the certificates.");
  await expectOpenToAll(page);

  await page.getByLabel("Somebody of the committee").selectOption({ label: `${deputy}, deputy chair` });
  await page.getByLabel("From which day").fill("2026-12-01");
  await page.getByRole("button", { name: "Ask them to take over" }).click();
  await expect(page.getByRole("status")).toContainText(`${deputy} has a letter`);
  await expect(page.locator("main")).toContainText("Waiting for a yes");
  await expectOpenToAll(page);

  await deputyPage.goto(await linkFor(house, deputy, "chair_offered", /\/welcome\//));
  await deputyPage.getByRole("button", { name: "Yes, I accept" }).click();
  await expect(deputyPage.getByRole("status")).toContainText("Thank you");

  await page.goto("/committee/hand-over");
  await expect(page.locator("main")).toContainText(`${deputy} is chair from Tuesday 1 December 2026`);
  await expect(page.locator("main")).toContainText("to the end of Monday 30 November 2026");
  await page.goto("/committee");
  await expect(page.getByRole("row").filter({ hasText: "Begins later" })).toContainText(deputy);
  await becomeNamed(page, deputy);
  await page.goto("/me");
  await expect(page.locator("main")).toContainText("Chair");
});
