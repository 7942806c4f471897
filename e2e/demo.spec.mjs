// The demo: a banner on every page, everybody to be, and a clock that is moved by hand.
// DEM1–3, DEM5
import { demo } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { lettersTo } from "./help/letters.mjs";
import { become, namesOf } from "./help/people.mjs";

const test = houseForAll(() => demo({ until: "2026-07-03" }));

test("Every page says that the people are invented and that no letter leaves", async ({ page }) => {
  for (const path of ["/", "/about", "/calendar", "/sign-in", "/demo", "/nobody/home"]) {
    await page.goto(path);
    await expect(banner(page), path).toContainText("Demo with invented people.");
    await expect(banner(page), path).toContainText("No letter leaves this house");
  }
  await banner(page).getByRole("link", { name: "read them here" }).click();
  await expect(page.getByRole("table", { name: "The newest letters" }).getByRole("row")).not.toHaveCount(1);
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.locator("main")).toContainText("Answers go to");
});

test("Whoever visits can be each of the people, and sees what they would see", async ({ page }) => {
  const ways = {
    Chair: "Committee",
    "Deputy chair": "Committee",
    Liaisons: "My desk",
    Council: "Cohort",
    "Office staff": "Roster",
    "Board readers": "Reports",
    Mentees: "My duo",
    Mentors: "My duo",
  };
  for (const [group, way] of Object.entries(ways)) {
    const name = await become(page, group);
    await expect(page.getByRole("heading", { level: 1 }), group).toHaveText(`Hello ${name.split(" ")[0]}`);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: way, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 }), `${way} of ${group}`).not.toHaveText("This page is not here");
  }
  expect((await namesOf(page, "Mentees")).length).toBeGreaterThanOrEqual(3);
});

test("A day, a week, the next event: the date moves, letters are written, people react", async ({ house, page }) => {
  await page.goto("/calendar");
  await expect(banner(page)).toContainText("It is Friday 3 July 2026.");
  const kinds = async () => (await lettersTo(house, "@")).map((letter) => letter.kind);
  expect(await kinds()).not.toContain("checkin_1");

  await banner(page).getByRole("button", { name: "A day on" }).click();
  await expect(banner(page)).toContainText("It is Saturday 4 July 2026.");
  await expect(page, "the visitor stays on the page").toHaveURL(/\/calendar$/);
  await banner(page).getByRole("button", { name: "Next event" }).click();
  await expect(page.getByRole("status")).toHaveText("It is Tuesday 7 July 2026 now.");
  expect(await kinds()).toContain("checkin_1");

  await banner(page).getByRole("button", { name: "A week on" }).click();
  await expect(banner(page)).toContainText("It is Tuesday 14 July 2026.");
  await become(page, "Liaisons");
  await page.goto("/desk");
  await expect(page.locator("main")).toContainText(/Check-ins answered\s*[1-9] of/);
});

function banner(page) {
  return page.getByRole("complementary", { name: "About this demo" });
}
