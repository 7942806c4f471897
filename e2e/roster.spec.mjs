// Five hundred members, twenty of them with a slip, within five minutes: choosing the file,
// naming its columns, reading what is wrong, taking the sound lines, and undoing it. ELG1
import { readFile } from "node:fs/promises";
import { expectOpenToAll } from "./help/axe.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { dayFromNow, openHouse } from "./help/people.mjs";

const test = houseForEach(() => serve());
const FIVE_MINUTES = 300_000;

/** Every 25th line has a slip; no column has a name that we would guess. */
function members() {
  const lines = ["Nr.;Person;Kontakt;Zustand;Bis"];
  for (let number = 1; number <= 500; number++) {
    const slip = number % 25 === 0;
    const address = slip ? `person${number}@example,org` : `person${number}@example.org`;
    lines.push(`${number};Person ${number};${address};good;2027-12-31`);
  }
  return lines.join("\n");
}

async function choose(page) {
  await page.goto("/roster/import");
  await page.getByLabel("Member list").setInputFiles({ name: "members.csv", mimeType: "text/csv", buffer: Buffer.from(members()) });
  await page.getByRole("button", { name: "Read the file" }).click();
}

test("A first list of five hundred members with twenty slips is imported, and undone as a whole", async ({ page, house }) => {
  await openHouse(house, page, { annualMeeting: dayFromNow(100) });
  const began = Date.now();
  await choose(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Which column says what");
  await page.getByRole("button", { name: "Show what would change" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose the columns “Name” and “Member number” or “E-mail”.");

  await page.getByLabel("Member number").selectOption("Nr.");
  await page.getByLabel("Name", { exact: true }).selectOption("Person");
  await page.getByLabel("E-mail").selectOption("Kontakt");
  await page.getByLabel("Standing").selectOption("Zustand");
  await page.getByLabel("Expires").selectOption("Bis");
  await page.getByRole("button", { name: "Show what would change" }).click();
  await expect(page.locator("main")).toContainText("members.csv: nothing has changed yet.");
  const faulty = page.locator("section.card").filter({ hasText: "Lines that cannot be used (20)" });
  await expect(faulty.getByRole("row", { name: /Line 26/ })).toContainText("Did you mean person25@example.org?");
  await expectOpenToAll(page);

  const waiting = page.waitForEvent("download");
  await faulty.getByRole("link", { name: "Download the error file" }).click();
  const errors = (await readFile(await (await waiting).path(), "utf8")).trim().split("\n");
  expect(errors.length).toBe(21);
  expect(errors[1]).toContain("Did you mean person25@example.org?");

  await page.getByRole("button", { name: "Apply the sound lines only" }).click();
  await expect(page.getByRole("status")).toHaveText("Applied: 480 new, 0 changed, 0 gone.");
  expect(Date.now() - began).toBeLessThan(FIVE_MINUTES);

  await page.getByRole("button", { name: /Undo/ }).click();
  await expect(page.getByRole("status")).toContainText("The roster is as it was before this list.");

  // The second time nobody is asked about the columns.
  await choose(page);
  await expect(page.locator("main")).toContainText("members.csv: nothing has changed yet.");
});

test("A token for the membership system is shown once and can be ended", async ({ page, house }) => {
  await openHouse(house, page, { annualMeeting: dayFromNow(100) });
  await page.goto("/tokens");
  await page.getByLabel("Which program will use it").fill("Membership system");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.locator("code").first().innerText();
  expect(token).toMatch(/^duology_/);
  await expectOpenToAll(page);
  const deliver = () =>
    fetch(`${house.url}/api/roster`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify([{ number: "1", name: "Nora Field", email: "nora@example.org" }]),
    });
  expect((await (await deliver()).json()).new).toBe(1);
  await page.goto("/tokens");
  await expect(page.locator("main")).not.toContainText(token);
  await page.getByRole("button", { name: /End/ }).click();
  await expect(page.getByRole("status")).toContainText("It opens nothing any more.");
  expect((await deliver()).status).toBe(401);
});
