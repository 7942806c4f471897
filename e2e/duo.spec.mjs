// The room of a duo in its first weeks: agreement, goals, meetings, notebook, and who
// does not read them. AGR1–4, MTG2–6, MSG2
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { demo } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { become } from "./help/people.mjs";

// The day after the orientation.
const test = houseForAll(() => demo({ until: "2026-06-28" }));

test("Two people write their agreement, both sign, and the liaison sees the date alone", async ({ page, newcomer }) => {
  const duo = await findDuo(page, 0);
  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);

  await page.goto(`${duo.path}/agreement`);
  await page.getByRole("link", { name: "Begin" }).click();
  await page.getByLabel("In one sentence: why are we doing this?").fill("So that heather purple becomes a plan.");
  await page.getByRole("group", { name: "First goal" }).getByLabel("The goal").fill("Lead the spring project");
  await page.getByLabel("We meet every").fill("4");
  await page.getByLabel("For about").fill("60");
  await page.getByRole("checkbox", { name: "video" }).check();
  await page.getByRole("radio", { name: "the mentee" }).check();
  await page.getByLabel("First meeting").fill("2026-07-06");
  await page.getByRole("radio", { name: "only that the agreement exists" }).check();
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Save this version" }).click();
  await page.getByRole("button", { name: /confirm|sign/i }).click();
  await expect(page.locator("main")).toContainText("heather purple");

  await mentor.goto(`${duo.path}/agreement`);
  await expect(mentor.locator("main")).toContainText("heather purple");
  await mentor.getByRole("button", { name: /confirm|sign/i }).click();
  await mentor.goto(duo.path);
  await expect(card(mentor, "Agreement")).toContainText("Confirmed by both on Sunday 28 June 2026");

  await page.goto(`${duo.path}/agreement/edit`);
  await expect(page.getByLabel("In one sentence: why are we doing this?")).toHaveValue(/heather purple/);
  await expectUnread(await newcomer(), duo, /heather purple/);
});

test("A meeting is three fields, and the partner may correct it", async ({ page, newcomer }) => {
  const duo = await findDuo(page, 1);
  await page.getByLabel("Day").fill("2026-06-27");
  await page.getByLabel("How you met").selectOption({ label: "Phone" });
  await page.getByLabel("Minutes").fill("45");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await expect(card(page, "Meetings")).toContainText("1 meeting");

  await page.getByLabel("Day").fill("2027-06-27");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Day")).toHaveValue("2027-06-27");

  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);
  await mentor.goto(`${duo.path}/meetings`);
  await expect(mentor.getByRole("row", { name: /Phone/ })).toContainText(duo.mentee.split(" ")[0]);
  await mentor.getByRole("link", { name: /Correct/ }).click();
  await mentor.getByLabel("Minutes").fill("50");
  await expectOpenToAll(mentor);
  await mentor.getByRole("button", { name: /Save|Correct|Keep/ }).first().click();
  await mentor.goto(`${duo.path}/meetings`);
  await expect(mentor.getByRole("row", { name: /Phone/ })).toContainText("50");
});

test("A shared note is for two, a private one for one, and goals for nobody else", async ({ page, newcomer }) => {
  const duo = await findDuo(page, 2);
  await page.goto(`${duo.path}/notebook`);
  await page.getByLabel("A note for both of you").fill("Ask about the lighthouse budget.");
  await page.getByRole("button", { name: "Keep for both" }).click();
  await page.getByLabel("A note for yourself").fill("I was nervous about the owl.");
  await page.getByRole("button", { name: "Keep for me" }).click();
  await expect(page.locator("main")).toContainText("nervous about the owl");

  await page.goto(`${duo.path}/goals`);
  const first = page.getByRole("group", { name: "First goal" });
  await first.getByLabel("The goal").fill("Chair a meeting in marmalade");
  await first.getByLabel("Why it matters").fill("It is the next step.");
  await first.getByLabel("How we will see it").fill("It ends on time.");
  await first.getByLabel("By when").fill("2026-12-01");
  await page.getByRole("button", { name: "Keep our goals" }).click();
  await expect(card(page, "Goals")).toContainText("Chair a meeting in marmalade");

  const mentor = await newcomer();
  await become(mentor, "Mentors", duo.mentor);
  await mentor.goto(`${duo.path}/notebook`);
  await expect(mentor.locator("main")).toContainText("lighthouse budget");
  await expect(mentor.locator("main")).not.toContainText("owl");
  await mentor.goto(`${duo.path}/goals`);
  await expect(mentor.getByRole("group", { name: "First goal" }).getByLabel("The goal")).toHaveValue(/marmalade/);
  await expectUnread(await newcomer(), duo, /lighthouse|owl|marmalade/);
});

function card(page, title) {
  return page.locator("section.card").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
}

/** The liaison's desk does not say it, and no page of the duo opens to liaison or chair. */
async function expectUnread(page, duo, secret) {
  await become(page, "Liaisons", duo.liaison);
  await page.goto("/desk");
  await expect(page.locator("main")).toContainText(duo.mentee);
  await expect(page.locator("main")).not.toContainText(secret);
  await page.goto(duo.path.replace("/duos/", "/desk/duos/"));
  await expect(page.locator("main")).toContainText(duo.mentee);
  await expect(page.locator("main")).not.toContainText(secret);
  for (const part of ["", "/notebook", "/goals", "/agreement", "/meetings"]) {
    expect((await page.goto(duo.path + part)).status(), `${part} for the liaison`).toBe(404);
  }
  await become(page, "Chair");
  for (const part of ["", "/notebook", "/goals", "/agreement", "/meetings"]) {
    expect((await page.goto(duo.path + part)).status(), `${part} for the chair`).toBe(404);
  }
}
