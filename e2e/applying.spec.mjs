// Coming in without a mouse, with scripts and without: apply, nominate, say yes. APP1, APP2, ACC6
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { answerByKeyboard, press, tick, typeInto } from "./help/keyboard.mjs";
import { linkFor } from "./help/letters.mjs";
import { PASSWORD, dayFromNow, importMembers, openHouse, register } from "./help/people.mjs";

const test = houseForEach(() => serve());

// Today lies in the middle of the call, whatever day it is.
const CALL = { annualMeeting: dayFromNow(100) };

test("A mentee begins, leaves, comes back and submits, all by keyboard", async ({ house, page, newcomer }) => {
  await openHouse(house, await newcomer(), CALL);
  await register(house, page, "Nora Field", "nora@example.org");
  const why = page.getByLabel("Why do you want a mentor now?");
  await test.step("Nora begins, and saves what she has", async () => {
    await page.goto("/apply");
    await press(page, page.locator("main a[href='/apply/mentee']"));
    await expect(page).toHaveURL(/\/apply\/mentee$/);
    await press(page, page.locator("main a[href$='section=aims']"));
    await expect(why).toBeVisible();
    await typeInto(page, why, "I lead projects without a title.");
    await press(page, page.getByRole("button", { name: "Save the draft" }));
    await expect(page.getByRole("status")).toContainText("Your draft is saved.");
  });
  await test.step("Nora comes back, and is told where an answer is missing", async () => {
    await page.goto("/");
    await press(page, page.getByRole("link", { name: "Go on with it" }));
    await expect(page.locator("main li").filter({ has: page.locator("a[href$='section=aims']") })).toContainText("begun");
    await press(page, page.getByRole("link", { name: "Check your answers" }));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
    await press(page, page.getByRole("link", { name: /^Change “Your membership”/ }));
    await expect(page.getByRole("alert")).toBeFocused();
    const first = page.getByRole("alert").getByRole("link").first();
    const field = page.locator(await first.getAttribute("href"));
    await press(page, first);
    await expect(field).toBeFocused();
  });
  await test.step("Nora answers the rest, checks and submits", async () => {
    await page.goto("/apply/mentee");
    await partByPart(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
    await press(page, page.getByRole("button", { name: /^Submit/ }));
    await expect(page.getByRole("status")).toContainText("Thank you. Your application is complete");
  });
});

test("Berta nominates Mia, and Mia says yes and applies, all by keyboard", async ({ house, page, newcomer }) => {
  const chair = await newcomer();
  await openHouse(house, chair, CALL);
  await importMembers(chair, [{ name: "Mia Stone", email: "mia@example.org" }]);
  await test.step("Berta nominates Mia", async () => {
    await page.goto("/nominate");
    await typeInto(page, page.getByLabel("Your name"), "Berta Holm");
    await typeInto(page, page.getByLabel("Your e-mail"), "berta@example.org");
    await tick(page, page.getByRole("radio", { name: "mentor", exact: true }));
    await typeInto(page, page.getByLabel("The person’s name"), "Mia Stone");
    await typeInto(page, page.getByLabel("The person’s e-mail"), "mia@example.org");
    await typeInto(page, page.getByLabel("What would they bring?"), "She listens first.");
    await answerByKeyboard(page, page.getByRole("button", { name: "Send the nomination" }));
    await expect(page.getByRole("status")).toContainText("We have written to the person you named.");
  });
  const mia = await newcomer();
  await test.step("Mia reads what was written about her, and says yes", async () => {
    await mia.goto(await linkFor(house, "mia@example.org", "nomination_to_nominee", /\/nominations\//));
    await expect(mia.getByRole("blockquote")).toContainText("She listens first.");
    await press(mia, mia.getByRole("button", { name: "Begin the form" }));
    await expect(mia.getByRole("status")).toContainText("your form is begun");
  });
  await test.step("Mia chooses a password", async () => {
    await mia.goto(await linkFor(house, "mia@example.org", "account_invitation", /\/welcome\//));
    await typeInto(mia, mia.getByLabel("New password"), PASSWORD);
    await typeInto(mia, mia.getByLabel("The same again"), PASSWORD);
    await press(mia, mia.getByRole("button", { name: "Set my password" }));
    await expect(mia.getByRole("status")).toContainText("Your password is set");
  });
  await test.step("Mia answers the mentor's form, and hands it in", async () => {
    await mia.goto("/apply/mentor");
    await partByPart(mia, ["11 or more"]);
    await expect(mia.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
    await press(mia, mia.getByRole("button", { name: /^Submit/ }));
    await expect(mia.getByRole("status")).toContainText("Thank you. You are a mentor in this cohort.");
  });
});

/** Answers what must be answered on the page of each part, and goes on to the answers to check. */
async function partByPart(page, liked) {
  await press(page, page.getByRole("link", { name: /^1\. / }));
  for (let part = 1; ; part += 1) {
    await expect(page.locator("main")).toContainText(`Part ${part} of `);
    const isLast = new RegExp(`Part ${part} of ${part}\\.`).test(await page.locator("main").innerText());
    const on = page.getByRole("button", { name: "Save and go on" });
    // A part in which all is optional says so once.
    if (await page.getByText("You may skip any question.").count()) await press(page, on);
    else await answerByKeyboard(page, on, liked);
    if (isLast) return;
  }
}
