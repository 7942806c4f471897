// A place that becomes free finds its next owner, and those who found nobody are proposed
// to each other. APP5, CAP3, ALG4, ALG7
import { expectOpenToAll } from "./help/axe.mjs";
import { demo } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { lettersTo, linkFor } from "./help/letters.mjs";
import { become, becomeNamed } from "./help/people.mjs";
import { NEXT_EVENT, letPass, morningOf } from "./help/stage.mjs";

const BY_LETTER = /^\/proposals\/by-letter\//;
const YEAR = { annualMeeting: "2026-06-27" };
// In the call all places are taken, and people wait.
const call = houseForEach(() => demo({ ...YEAR, duos: 12, until: "2026-04-15" }));
// The directory opens, and nobody chooses.
const proposals = houseForEach(() => morningOf("2026-04-27", { ...YEAR, duos: 3 }));

call("A place given back is offered to the next in line, who takes it from the letter; the second waits on", async ({ house, page, newcomer }) => {
  const line = (await lettersTo(house, "@")).filter((letter) => letter.kind === "waiting_list").map((letter) => letter.name);
  const [next, second] = line.reverse();
  expect(second, "at least two people wait").toBeTruthy();
  const waiting = await newcomer();
  await becomeNamed(waiting, second);
  await openApplication(waiting);
  await expect(waiting.locator("main")).toContainText(/place 2/i);

  await become(page, "Mentees");
  await openApplication(page);
  await page.getByText("Withdraw", { exact: true }).click();
  await page.getByRole("button", { name: "Withdraw my application" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await expectOpenToAll(page);

  const stranger = await newcomer();
  const link = await linkFor(house, next, "place_offer", /^\/offers\//);
  await stranger.goto(link);
  await stranger.goto(link);
  await expectOpenToAll(stranger);
  await stranger.getByRole("button", { name: "Take the place" }).click();
  await expect(stranger.locator("main")).toContainText("The place is yours");
  await linkFor(house, next, "place_taken");
  await stranger.goto(link);
  await expect(stranger.getByRole("button", { name: "Take the place" })).toHaveCount(0);

  await stranger.goto("/me");
  await expect(stranger.getByRole("button", { name: "Sign in" }), "the link signs nobody in").toBeVisible();

  await becomeNamed(page, next);
  await openApplication(page);
  await expect(page.locator("main")).not.toContainText(/waiting list \(place/i);
  await waiting.reload();
  await expect(waiting.locator("main")).toContainText(/place 1/i);
  expect(await kindsTo(house, second)).not.toContain("place_offer");
});

proposals("The chair proposes pairs of those who are left, each with reasons, and both people decide", async ({ house, page, newcomer }) => {
  await toTheBoard(page);
  await expectOpenToAll(page);
  const board = page.url();
  await page.getByRole("button", { name: "Propose pairs" }).click();
  await expect(drafts(page)).not.toHaveCount(0);
  await expectOpenToAll(page);
  const all = await drafts(page).count();
  const [mentee, mentor] = (await drafts(page).first().getByRole("heading").innerText()).split(" and ");
  const reason = await drafts(page).first().getByRole("listitem").first().innerText();
  await drafts(page).last().getByRole("button", { name: /^Drop this pair/ }).click();
  await expect(drafts(page)).toHaveCount(all - 1);
  expect(await kindsTo(house, mentee), "nobody hears of a draft").not.toContain("proposal_to_mentee");
  await page.getByRole("link", { name: "Letters and sending" }).click();
  await expect(page.locator("main")).toContainText(told(reason, mentee));
  await expect(page.locator("main")).toContainText(told(reason, mentor));
  await expectOpenToAll(page);
  await page.getByRole("button", { name: /^Send \w+ proposals?$/ }).click();
  await expect(drafts(page)).toHaveCount(0);

  const stranger = await newcomer();
  const link = await linkFor(house, mentee, "proposal_to_mentee", BY_LETTER);
  await stranger.goto(link);
  await stranger.goto(link);
  await expect(stranger.locator("main")).toContainText(told(reason, mentee));
  await expectOpenToAll(stranger);
  await stranger.getByRole("button", { name: /^Yes/ }).click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  await page.goto(board);
  await expect(page.getByRole("row").filter({ hasText: mentee })).toContainText("yes / not yet");

  const other = await newcomer();
  await becomeNamed(other, mentor);
  await other.locator('main a[href^="/proposals/"]').first().click();
  await expect(other.locator("main")).toContainText(told(reason, mentor));
  await expectOpenToAll(other);
  await other.getByRole("button", { name: /^Yes/ }).click();
  await expect(other.getByRole("status")).toContainText("are a duo");
  await other.goto("/duo");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(`You and ${mentee}`);
  await stranger.goto(link);
  await expect(stranger.getByRole("button", { name: /^Yes/ })).toHaveCount(0);
});

proposals("A pair put together by hand comes to nothing when one of the two says no", async ({ house, page, newcomer }) => {
  await toTheBoard(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  const [mentee, mentor] = [await pick(page, "Mentee"), await pick(page, "Mentor")];
  await page.getByLabel("Your own reason, for both to read").fill("You both sail.");
  await page.getByLabel("Why, if a rule speaks against it").fill("They asked for it themselves.");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("link", { name: "Letters and sending" }).click();
  await page.getByRole("button", { name: "Send one proposal" }).click();

  await page.context().clearCookies();
  await page.goto(await linkFor(house, mentor, "proposal_to_mentor", BY_LETTER));
  await expect(page.locator("main")).toContainText("You both sail.");
  await expect(page.locator("main"), "words for the chair alone").not.toContainText("They asked for it themselves.");
  await expectOpenToAll(page);
  await page.getByRole("button", { name: /^Not / }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  const other = await newcomer();
  await becomeNamed(other, mentee);
  await expect(other.locator('main a[href^="/proposals/"]')).toHaveCount(0);
  await other.goto("/duo");
  await expect(other.locator("main")).not.toContainText(mentor);
  expect(await kindsTo(house, mentee)).not.toContain("duo_confirmed");
});

proposals("The chair weighs, compares, asks why not, has somebody look, and sends letters that were read", async ({ house, page, newcomer }) => {
  proposals.setTimeout(120_000);
  await toTheBoard(page);
  const board = page.url();
  await page.getByRole("link", { name: "Choose what counts" }).click();
  await expectOpenToAll(page);
  const weight = page.getByLabel("Working style", { exact: true });
  await weight.fill("NaN");
  await page.getByRole("button", { name: "Look at the numbers" }).click();
  await expect(page.getByRole("alert")).toContainText("a number from 0 to 1000");
  await expect(weight).toHaveValue("NaN");
  await weight.fill("35");
  await page.getByRole("button", { name: "Look at the numbers" }).press("Enter");
  await expect(page).toHaveURL(/w_style=35/);
  await page.getByRole("button", { name: "Make this run" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Run 1");
  await expectOpenToAll(page);
  const one = page.url();
  await page.getByRole("button", { name: "Repeat it" }).press("Enter");
  await expect(page.getByRole("status")).toContainText("byte for byte");

  await page.getByRole("link", { name: "Change the settings" }).click();
  await expect(weight).toHaveValue("35");
  await page.getByRole("radio", { name: "Nobody would rather have each other" }).check();
  await page.getByRole("button", { name: "Look at the numbers" }).click();
  await page.getByRole("button", { name: "Make this run" }).click();
  await page.getByLabel("The other run").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Run 2 beside run 1");
  await expectOpenToAll(page);

  await page.goto(one);
  await page.getByRole("link", { name: /^Why not somebody else/ }).first().click();
  await page.getByLabel("Mentor", { exact: true }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Ask" }).press("Enter");
  await expect(page).toHaveURL(/mentee=.*mentor=/);
  await expect(page.locator("main")).toContainText("of 100");
  await expectOpenToAll(page);

  await page.goto(board);
  await page.getByRole("link", { name: "Runs" }).click();
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Run 1" }).click();
  await page.getByRole("button", { name: "Take this as the draft" }).click();
  await page.getByRole("link", { name: "Letters and sending" }).click();
  const reviewer = page.getByRole("checkbox").first();
  const name = await page.locator("label.choice").first().innerText();
  await reviewer.check();
  await page.getByRole("button", { name: "Ask these people" }).click();
  await page.getByRole("button", { name: /^Send / }).click();
  await expect(page.getByRole("alert")).toContainText("Not everybody who was asked");

  const other = await newcomer();
  await becomeNamed(other, name.trim());
  await other.goto("/");
  await other.getByRole("link", { name: /^(Read the pairs|Look at the draft of pairs)$/ }).first().click();
  await expectOpenToAll(other);
  await other.getByRole("radio", { name: /^Yes/ }).check();
  await other.getByRole("button", { name: "Send my answer" }).press("Enter");
  await expect(other.getByRole("status")).toContainText("The chair reads what you said.");

  await page.goto(`${board}/letters`);
  await expect(page.locator("main")).toContainText("says yes");
  expect((await lettersTo(house, "@")).some((letter) => letter.kind.startsWith("proposal_to")), "nothing is mailed before").toBe(false);
  await page.getByRole("button", { name: /^Send / }).click();
  await expect(page.getByRole("status")).toContainText(/on (its|their) way/);
});

/** One's own application: the form leads there once it is submitted. */
async function openApplication(page) {
  await page.goto("/apply/mentee");
  await expect(page).toHaveURL(/\/applications\/[0-9a-f]{32}$/);
}

/** The chair, on the day on which the committee's own proposals are due. */
async function toTheBoard(page) {
  // Choosing ends, then the proposals are to be settled. Nobody stays signed in for that long.
  await page.goto("/demo");
  await letPass(page, NEXT_EVENT);
  await letPass(page, NEXT_EVENT);
  await become(page, "Chair");
  await page.locator('main a[href$="/matching"]').first().click();
}

function drafts(page) {
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "Our proposals" }) });
  return card.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Drop this pair/ }) });
}

/** Chooses the first person that a field offers. */
async function pick(page, label) {
  const field = page.getByLabel(label, { exact: true });
  const name = await field.locator('option:not([value=""])').first().innerText();
  await field.selectOption({ label: name });
  return name;
}

async function kindsTo(house, who) {
  return (await lettersTo(house, who)).map((letter) => letter.kind);
}

/** A reason as one of the two is told it. */
function told(reason, name) {
  return reason
    .replace(/^Both (prefer|live in) /, "You both $1 ")
    .replace(/^Both would /, "You would both ")
    .replace(/^Both are /, "You are both ")
    .replace(/^Both can /, "You can both ")
    .replace(`${name} wants to learn `, "You want to learn ")
    .replace(`; ${name} lists `, "; you list ")
    .replace(`; ${name} can help `, "; you can help ")
    .replace(`${name} works in `, "You work in ")
    .replace(`${name} is aiming at`, "you are aiming at");
}
