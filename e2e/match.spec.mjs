// Mentees choose: the directory, a request, and its answer from the letter. PRF2, PRF4,
// PRF5, PRF7, SLF1, SLF2, SLF5, COM7
import { expectOpenToAll } from "./help/axe.mjs";
import { choosingCohort } from "./help/cohort.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";

const test = houseForAll(() => serve());
const BY_LETTER = /^\/requests\/by-letter\//;

test("Mentees search and ask, mentors answer from their letters, and two duos are formed", async ({ house, page, newcomer, javaScriptEnabled }) => {
  test.setTimeout(150_000);
  const { chair, nora, oskar, mona } = await test.step("A cohort whose directory is open", () => choosingCohort(house, page, newcomer));
  await test.step("The chair moves somebody in a draft", () => moveInDraft(chair));
  await test.step("The chair reads a file of pairs, and forms none", () => readPairs(chair));
  await test.step("Nora searches", () => search(nora, javaScriptEnabled !== false));
  await test.step("Nora keeps one in mind and asks another", () => shortlistAndAsk(nora));
  const stranger = await newcomer();
  await test.step("Mara asks something first, Nora replies from her letter", () => askFirst(house, stranger));
  await test.step("Mara says yes from her letter", () => sayYes(house, stranger, nora));
  await test.step("Mara can no longer be asked", () => isTaken(oskar));
  await test.step("Milo says no, and Mona, the second wish, is asked", () => sayNo(house, stranger, oskar));
  await test.step("The chair looks at who waits, and could step in", () => lookAtStepIn(chair));
  await test.step("Mona says yes when signed in", async () => {
    await mona.goto("/");
    await mona.getByRole("link", { name: "Read and answer" }).click();
    await expectOpenToAll(mona);
    await mona.getByRole("button", { name: /yes/i }).click();
    await expect(mona.locator("main")).toContainText("Oskar Lind");
    await oskar.goto("/duo");
    await expect(oskar.getByRole("heading", { level: 1 })).toHaveText("You and Mona Veit");
  });
});

/** The matching board of the one cohort there is. */
async function toTheBoard(chair) {
  await chair.goto("/");
  await chair.locator('a[href$="/matching"]').first().click();
}

async function moveInDraft(chair) {
  await toTheBoard(chair);
  await chair.getByRole("button", { name: "Propose pairs" }).click();
  await chair.getByRole("link", { name: "Give another mentor to Nora Field" }).click();
  await expect(chair.getByRole("heading", { level: 1 })).toHaveText("Move a pair");
  await chair.getByLabel("gets").selectOption("nobody");
  await chair.getByRole("button", { name: "Show what it changes" }).click();
  await expect(chair.locator("main")).toContainText("Nora Field is left without a mentor.");
  await expectOpenToAll(chair);
  await chair.getByRole("button", { name: "Keep this" }).click();
  await expect(chair.getByRole("status")).toContainText("The draft is changed.");
  await chair.getByRole("button", { name: /^Drop this pair/ }).click();
}

async function readPairs(chair) {
  await toTheBoard(chair);
  await chair.getByRole("link", { name: "Pairs decided elsewhere" }).click();
  const buffer = Buffer.from("mentee,mentor\nnora@example.org,mona@example.org\nnobody@example.org,milo@example.org\n");
  await chair.getByLabel("The file").setInputFiles({ name: "pairs.csv", mimeType: "text/csv", buffer });
  await chair.getByRole("button", { name: "Read the file" }).click();
  await expect(chair.locator("main")).toContainText("Mona Veit");
  await expect(chair.locator("main")).toContainText("Line 3");
  await expectOpenToAll(chair);
}

async function lookAtStepIn(chair) {
  await toTheBoard(chair);
  await chair.getByRole("link", { name: "Step in" }).first().click();
  await expect(chair.locator("main")).toContainText("Mona Veit");
  await expectOpenToAll(chair);
}

async function search(page, scripts) {
  await expect(async () => {
    // The house notices a moved date within seconds.
    await page.goto("/mentors");
    await expect(count(page)).toHaveText("3 mentors", { timeout: 500 });
  }).toPass();
  await expect(page.locator("main")).not.toContainText("@example.org");
  await expectOpenToAll(page);
  const here = await page.evaluate(() => (document.body.dataset.here = "still"));
  const show = () => (scripts ? undefined : page.getByRole("button", { name: "Show" }).click());

  await page.getByLabel("Topic", { exact: true }).selectOption("negotiation");
  await show();
  await expect(count(page)).toHaveText("2 mentors");
  await expect(page).toHaveURL(/topic=negotiation/);
  await page.getByLabel("Words").fill("TALKS plain diffic");
  await show();
  await expect(count(page)).toHaveText("1 mentor");
  await expect(page.getByRole("article")).toContainText("Mona Veit");
  if (scripts) {
    expect(await page.evaluate(() => document.body.dataset.here), "the page was not loaded anew").toBe(here);
    await page.goBack();
    await expect(count(page)).toHaveText("3 mentors");
  } else {
    await page.goBack();
    await expect(count(page)).toHaveText("2 mentors");
  }
  await page.goto("/mentors?q=nobodyofthatname");
  await expect(page.locator("main")).toContainText("Nobody found");
  await expectOpenToAll(page);
}

function count(page) {
  return page.locator("p.count");
}

async function shortlistAndAsk(page) {
  await open(page, "Mona Veit");
  await page.getByRole("button", { name: "Keep in mind" }).click();
  await expect(page.getByRole("status")).toContainText("Only you can see it.");
  await page.goto("/mentors?shortlist=yes");
  await expect(count(page)).toHaveText("1 mentor");

  await open(page, "Mara Stein");
  await page.getByRole("link", { name: "Ask Mara" }).click();
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("Write a short note");
  await expectOpenToAll(page);
  await ask(page, "Mara Stein", "I would like to learn to negotiate.");
  await expect(page.getByRole("status")).toContainText("Mara Stein is asked, and has until");
  await expectOpenToAll(page);
}

async function askFirst(house, stranger) {
  await stranger.goto(await linkFor(house, "mara@example.org", "match_request", BY_LETTER));
  await stranger.getByLabel("Your question").fill("Which talk is the next one?");
  await stranger.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  const link = await linkFor(house, "nora@example.org", "match_question", /^\/requests\/reply\//);
  await stranger.goto(link);
  await stranger.goto(link);
  await expect(stranger.locator("main")).toContainText("Which talk is the next one?");
  await expectOpenToAll(stranger);
  await stranger.getByLabel("Your reply").fill("The one about my hours.");
  await stranger.getByRole("button", { name: /reply/i }).click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Thank you");
}

async function sayYes(house, stranger, nora) {
  const link = await linkFor(house, "mara@example.org", "match_request", BY_LETTER);
  await stranger.goto(link);
  await stranger.goto(link);
  await expect(stranger.locator("main")).toContainText("I would like to learn to negotiate.");
  await expect(stranger.locator("main")).toContainText("The one about my hours.");
  await expectOpenToAll(stranger);
  await nora.goto("/wishes");
  await expect(nora.getByRole("heading", { name: "Mara Stein is asked" })).toBeVisible();

  await stranger.getByRole("button", { name: /yes/i }).click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  await stranger.goto("/");
  await expect(stranger.getByRole("link", { name: "Sign in" }).first(), "the link signs nobody in").toBeVisible();
  await nora.goto("/duo");
  await expect(nora.getByRole("heading", { level: 1 })).toHaveText("You and Mara Stein");
  await expect(nora.locator("main")).toContainText("mara@example.org");
}

async function isTaken(oskar) {
  await open(oskar, "Mara Stein");
  await expect(oskar.locator("main")).toContainText("Has found a mentee");
  await expect(oskar.getByRole("link", { name: "Ask Mara" })).toHaveCount(0);
}

async function sayNo(house, stranger, oskar) {
  await ask(oskar, "Milo Hart", "Your way into research is the one I dream of.");
  await ask(oskar, "Mona Veit", "Difficult talks are what I avoid.");
  await expect(oskar.getByRole("status")).toContainText("number 2 on your list");
  await stranger.goto(await linkFor(house, "milo@example.org", "match_request", BY_LETTER));
  await stranger.getByRole("button", { name: /not|no\b|cannot/i }).first().click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  await linkFor(house, "mona@example.org", "match_request", BY_LETTER);
  await oskar.goto("/wishes");
  await expect(oskar.getByRole("heading", { name: "Mona Veit is asked" })).toBeVisible();
  await expect(oskar.locator("main")).toContainText("Milo Hart: cannot this time");
}

async function open(page, mentor) {
  await page.goto("/mentors");
  await page.getByRole("link", { name: mentor, exact: true }).click();
}

async function ask(page, mentor, note) {
  await open(page, mentor);
  await page.getByRole("link", { name: /^Ask / }).click();
  await page.getByLabel("Your note").fill(note);
  await page.getByRole("button", { name: /^(Ask|Put on my list)$/ }).click();
}
