// The program's own pages: open to all, edited by the chair. SET1
import { expectOpenToAll } from "./help/axe.mjs";
import { demo } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { become } from "./help/people.mjs";

const test = houseForAll(() => demo({ duos: 3, annualMeeting: "2026-06-27", until: "2026-03-02" }));

test("The chair edits a page, and a stranger reads the new words", async ({ page, newcomer }) => {
  const stranger = await newcomer();
  await stranger.goto("/about/mentees");
  const before = await stranger.getByRole("heading", { level: 1 }).innerText();
  await expect(stranger.getByRole("link", { name: "Edit this page" })).toHaveCount(0);
  await stranger.goto("/about/mentees/edit");
  await expect(stranger.getByLabel("Text", { exact: true }), "a stranger may not").toHaveCount(0);

  await become(page, "Chair");
  await page.goto("/about/mentees");
  await page.getByRole("link", { name: "Edit this page" }).click();
  await expectOpenToAll(page);
  await page.getByLabel("Title", { exact: true }).fill("");
  await page.getByLabel("Text", { exact: true }).fill("## What we bring\n\nA *marmalade* spoon, and [our dates](/calendar).");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expectOpenToAll(page);
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue(/marmalade/);
  await stranger.goto("/about/mentees");
  await expect(stranger.getByRole("heading", { level: 1 }), "nothing was saved").toHaveText(before);

  await page.getByLabel("Title", { exact: true }).fill("What mentees bring <b>along</b>");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("saved");
  await stranger.reload();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("What mentees bring <b>along</b>");
  await expect(stranger.getByRole("heading", { level: 2, name: "What we bring" })).toBeVisible();
  await expect(stranger.getByText("marmalade", { exact: true })).toHaveCSS("font-style", "italic");
  await stranger.getByRole("link", { name: "our dates" }).click();
  await expect(stranger).toHaveURL(/\/calendar$/);
  await stranger.goto("/about");
  await expect(stranger.getByRole("link", { name: "What mentees bring <b>along</b>" })).toBeVisible();
});

test("Who saves a page that somebody else has just saved loses nothing, and overwrites nothing", async ({ page, newcomer }) => {
  await become(page, "Chair");
  const deputy = await newcomer();
  await become(deputy, "Deputy chair");
  for (const one of [page, deputy]) await one.goto("/about/mentors/edit");
  await deputy.getByLabel("Text", { exact: true }).fill("The deputy wrote of lanterns.");
  await deputy.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Text", { exact: true }).fill("The chair wrote of ladders.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("The chair wrote of ladders.");
  await expect(page.locator("main")).toContainText("The deputy wrote of lanterns.");
  await expectOpenToAll(page);
  await deputy.reload();
  await expect(deputy.locator("main")).toContainText("lanterns");
  await page.getByLabel("Text", { exact: true }).fill("Of lanterns and ladders.");
  await page.getByRole("button", { name: "Save" }).click();
  await deputy.reload();
  await expect(deputy.locator("main")).toContainText("Of lanterns and ladders.");
});

test("A letter is looked at before it is changed, and a word that nobody fills in is named", async ({ page }) => {
  await become(page, "Chair");
  await page.goto("/letters");
  await page.locator('main a[href="/letters/place_taken"]').click();
  const before = await page.getByLabel("Text", { exact: true }).inputValue();
  await page.getByLabel("Text", { exact: true }).fill(`${before}\n\nBring a marmalade spoon, {{nobody}}.`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("nobody");
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue(/marmalade/);
  await expectOpenToAll(page);
  await page.getByLabel("Text", { exact: true }).fill(`${before}\n\nBring a marmalade spoon.`);
  await page.getByRole("button", { name: "Preview" }).click();
  const look = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "How it would look" }) });
  await expect(look).toContainText("marmalade");
  await expectOpenToAll(page);
  await page.goto("/letters/place_taken");
  await expect(look, "a preview saves nothing").not.toContainText("marmalade");
});
