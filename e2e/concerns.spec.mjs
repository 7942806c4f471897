// Something is not right: a person of one's choice is told, and nobody else hears of it. MSG5
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

const test = houseForAll(() => morningOf("2026-07-07"));

test("A mentee tells the deputy, and whom it is about finds nothing", async ({ house, page, newcomer }) => {
  const duo = await findDuo(await newcomer(), 0);
  const chair = await newcomer();
  const chairs = await become(chair, "Chair");
  const deputy = await newcomer();
  const deputys = await become(deputy, "Deputy chair");

  await become(page, "Mentees", duo.mentee);
  await page.goto(duo.path);
  await page.getByRole("link", { name: "Tell somebody else in confidence" }).click();
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Raise a concern" }).click();
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Send it in confidence" }).click();
  await expect(page.locator("main")).toContainText("Choose to whom you write");
  await page.getByRole("group", { name: "To whom" }).getByRole("radio", { name: new RegExp(`^${deputys}`) }).check();
  await page.getByLabel("What happened, and what you would like").fill("A medlar was sold to me.");
  await page.getByRole("group", { name: "Whom it is about" }).getByRole("checkbox", { name: chairs }).check();
  await page.getByRole("button", { name: "Send it in confidence" }).click();
  await expect(page.locator("main")).toContainText("A medlar was sold to me.");
  await expectOpenToAll(page);
  const concern = new URL(page.url()).pathname;

  await deputy.goto(await linkFor(house, deputys, "concern_raised", /^\/concerns\//));
  await expect(deputy.locator("main")).toContainText("A medlar was sold to me.");
  await expectOpenToAll(deputy);
  await deputy.getByLabel("Who looks after it, and what is done").fill("I do, from today.");
  await deputy.getByRole("button", { name: "Note it" }).click();
  await expect(deputy.locator("main")).toContainText("I do, from today.");

  expect((await chair.goto(concern)).status()).toBe(404);
  await chair.goto("/concerns");
  await expect(chair.locator("main")).toContainText("Nothing here");

  await page.goto(await linkFor(house, duo.mentee, "concern_news", /^\/concerns\//));
  await expect(page.locator("main")).toContainText("I do, from today.");
  await page.getByRole("link", { name: "Who has read this?" }).click();
  await expect(page.locator("main")).toContainText(deputys);
});
