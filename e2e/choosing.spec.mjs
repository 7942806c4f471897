// Choosing without a mouse, with scripts and without: browse, rank, ask, answer. PRF4, PRF7,
// SLF1, SLF2, ACC6
import { choosingCohort } from "./help/cohort.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { press, tabTo, typeInto } from "./help/keyboard.mjs";
import { linkFor } from "./help/letters.mjs";

const test = houseForAll(() => serve());
const BY_LETTER = /^\/requests\/by-letter\//;

test("A mentee browses, asks and ranks, and a mentor asks first and says yes, all by keyboard", async ({ house, page, newcomer, javaScriptEnabled }) => {
  test.setTimeout(180_000);
  const { nora } = await test.step("A cohort whose directory is open", () => choosingCohort(house, page, newcomer));
  await test.step("Nora browses, and each choice says how many it would leave", () => browse(nora, javaScriptEnabled !== false));
  await test.step("Nora asks Mara, and puts two more on her list", async () => {
    await ask(nora, "Mara Stein", "Teach me to negotiate.");
    await ask(nora, "Milo Hart", "Read my drafts.");
    await ask(nora, "Mona Veit", "I avoid difficult talks.");
  });
  await test.step("Nora moves Mona before Milo", () => rank(nora));
  const mara = await newcomer();
  await test.step("Mara asks something first, from her letter", async () => {
    await mara.goto(await linkFor(house, "mara@example.org", "match_request", BY_LETTER));
    await typeInto(mara, mara.getByLabel("Your question"), "Which talk comes next?");
    await press(mara, mara.getByRole("button", { name: "Ask", exact: true }));
    await expect(mara.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  });
  await test.step("Nora replies from hers", async () => {
    await nora.goto(await linkFor(house, "nora@example.org", "match_question", /^\/requests\/reply\//));
    await typeInto(nora, nora.getByLabel("Your reply"), "The one about my hours.");
    await press(nora, nora.getByRole("button", { name: /reply/i }));
    await expect(nora.getByRole("heading", { level: 1 })).toHaveText("Thank you");
  });
  await test.step("Mara says yes", async () => {
    await mara.goto(await linkFor(house, "mara@example.org", "match_request", BY_LETTER));
    await press(mara, mara.getByRole("button", { name: /yes/i }));
    await expect(mara.getByRole("heading", { level: 1 })).toHaveText("Thank you");
    await nora.goto("/duo");
    await expect(nora.getByRole("heading", { level: 1 })).toHaveText("You and Mara Stein");
  });
});

async function browse(page, scripts) {
  await expect(async () => {
    // The house notices a moved date within seconds.
    await page.goto("/mentors");
    await expect(page.locator("p.count")).toHaveText("3 mentors", { timeout: 500 });
  }).toPass();
  await typeInto(page, page.getByLabel("Words"), "negotation");
  if (!scripts) await page.keyboard.press("Enter");
  await expect(page.locator("p.count")).toHaveText("2 mentors");
  await expect(page.locator("main")).toContainText("Nobody wrote “negotation”. Shown instead: “negotiation”.");
  const research = page.getByLabel("Topic", { exact: true }).locator("option[value=research]");
  await expect(research, "the figures follow, with scripts and without").toHaveText("research (0)");
  await page.goto("/mentors");
  await expect(research).toHaveText("research (1)");
  await tabTo(page, page.getByLabel("Topic", { exact: true }), 200);
  await page.keyboard.type("negot");
  await press(page, page.getByRole("button", { name: "Show" }));
  await expect(page.locator("p.count")).toHaveText("2 mentors");
  await expect(page).toHaveURL(/topic=negotiation/);
}

async function ask(page, mentor, note) {
  await page.goto("/mentors");
  await press(page, page.getByRole("link", { name: mentor, exact: true }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(mentor);
  await press(page, page.getByRole("link", { name: /^Ask / }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Ask ${mentor}`);
  await typeInto(page, page.getByLabel("Your note"), note);
  await press(page, page.getByRole("button", { name: /^(Ask|Put on my list)$/ }));
  await expect(page).toHaveURL(/\/wishes$/);
}

async function rank(page) {
  const names = page.locator("ol.list h3");
  await expect(names).toHaveText(["Mara Stein", "Milo Hart", "Mona Veit"]);
  await page.goto("/wishes");
  await press(page, page.getByRole("listitem").filter({ hasText: "Mona Veit" }).getByRole("button", { name: /Move up/ }));
  await expect(names).toHaveText(["Mara Stein", "Mona Veit", "Milo Hart"]);
}
