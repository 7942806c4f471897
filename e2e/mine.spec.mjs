// What is mine: taken along in one file, an address changed, and being forgotten. ACC3
import { readFile } from "node:fs/promises";
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { become, becomeNamed } from "./help/people.mjs";
import { A_DAY, letPass, morningOf } from "./help/stage.mjs";
import { unzip } from "./help/zip.mjs";

const test = houseForAll(() => morningOf("2026-11-23"));

test("Everything of one's own comes along in one file, and nothing of the partner's", async ({ page, newcomer }) => {
  const duo = await findDuo(page, 0);
  await writeNote(page, duo, "silver birch of mine");
  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);
  await writeNote(mentor, duo, "old oak of theirs");

  await page.goto("/me");
  await page.getByRole("link", { name: "Take along what is mine" }).click();
  await expect(page.locator("main")).toContainText("What others wrote is not in it");
  await expectOpenToAll(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take it along" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("what-is-mine-2026-11-23.zip");
  const files = unzip(await readFile(await download.path()));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["index.html", "everything.json"]));
  const data = JSON.parse(files["everything.json"]);
  expect(data.person).toBe(duo.mentee);
  expect(data.chapters.map((it) => it.title)).toContain("Your duos");
  for (const name of ["index.html", "everything.json"]) {
    expect(files[name].toString()).toContain("silver birch of mine");
    expect(files[name].toString()).not.toContain("old oak of theirs");
  }

  // The page in the file reads by itself, on a phone too.
  const reader = await newcomer();
  await reader.setContent(files["index.html"].toString());
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(`What is mine: ${duo.mentee}`);
  await reader.setViewportSize({ width: 390, height: 844 });
  expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("An address is changed from the new mailbox, and put back from the old one", async ({ house, page, newcomer }) => {
  const mentor = await become(page, "Mentors");
  await page.goto("/me");
  await page.getByLabel("New e-mail address").fill("nowhere");
  await page.getByRole("button", { name: "Change my address" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter an e-mail address");
  await page.getByLabel("New e-mail address").fill("anew@example.org");
  await page.getByRole("button", { name: "Change my address" }).click();
  await expect(page.getByRole("status")).toContainText("Look in the mail of the new address");
  await expectOpenToAll(page);

  await page.goto(await linkFor(house, "anew@example.org", "address_new", /\/address\/new\//));
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(page.getByRole("status")).toContainText("Your address is changed");
  await expect(page.locator("main")).toContainText("You sign in with anew@example.org");

  const elsewhere = await newcomer();
  await elsewhere.goto(await linkFor(house, mentor, "address_asked", /\/address\/old\//));
  await expectOpenToAll(elsewhere);
  await elsewhere.getByRole("button", { name: "Keep my address" }).click();
  await expect(elsewhere.locator("main")).toContainText("is back with this address");
  await page.goto("/me");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("Somebody is forgotten after seven days, may stop it before, and the partner keeps their own words", async ({ house, page, newcomer }) => {
  const duo = await findDuo(page, 1);
  await writeNote(page, duo, "heather to be withdrawn");
  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);
  await writeNote(mentor, duo, "granite that stays");

  await page.goto("/me");
  await page.getByRole("link", { name: "Be forgotten" }).click();
  await expect(page.locator("main")).toContainText("Your partner gets a letter that says only that");
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Forget me in seven days" }).click();
  await expect(page.getByRole("alert")).toContainText("Type the two words");
  await askToBeForgotten(page);
  await expect(page.locator("main")).toContainText("will be deleted on Monday 30 November 2026");
  await expectOpenToAll(page);

  const elsewhere = await newcomer();
  await elsewhere.goto(await linkFor(house, duo.mentee, "erasure_asked", /\/leaving\//));
  await expectOpenToAll(elsewhere);
  await elsewhere.getByRole("button", { name: "I would like to stay" }).click();
  await expect(elsewhere.locator("main")).toContainText("nothing was deleted");
  await page.goto("/me/erase");
  await askToBeForgotten(page);

  for (let day = 0; day < 8; day += 1) await letPass(mentor, A_DAY);
  await page.goto("/me");
  await expect(page).toHaveURL(/\/sign-in/);
  await becomeNamed(mentor, duo.mentor);
  await mentor.goto(`${duo.path}/notebook`);
  await expect(mentor.locator("main")).toContainText("This note was withdrawn.");
  await expect(mentor.locator("main")).toContainText("granite that stays");
  await expect(mentor.locator("main")).not.toContainText("heather to be withdrawn");
  await expect(mentor.locator("main")).not.toContainText(duo.mentee);
  await mentor.goto(duo.path);
  await expect(mentor.locator("main")).toContainText("Someone who left");
  await expectOpenToAll(mentor);
});

async function writeNote(page, duo, words) {
  await page.goto(`${duo.path}/notebook`);
  await page.getByLabel("A note for both of you").fill(words);
  await page.getByRole("button", { name: "Keep for both" }).click();
  await expect(page.locator("main")).toContainText(words);
}

async function askToBeForgotten(page) {
  await page.getByLabel(/^Type/).fill("Forget me");
  await page.getByRole("button", { name: "Forget me in seven days" }).click();
  await expect(page.getByRole("status")).toContainText("It is noted");
}
