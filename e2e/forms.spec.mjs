// The committee changes a form, looks at it and publishes it; whoever applies is asked what
// it says, and only what follows from their answers. APP3, SET6
import { expectOpenToAll } from "./help/axe.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { dayFromNow, openHouse, register } from "./help/people.mjs";

const test = houseForEach(() => serve());

test("A form gets a question, and another that follows from it; applicants are asked both", async ({ house, page, newcomer, javaScriptEnabled }) => {
  await openHouse(house, page, { annualMeeting: dayFromNow(100) });
  await page.goto("/forms");
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "Apply as a mentee" }).click();
  await expectOpenToAll(page);
  const work = page.getByRole("region", { name: "Your work" });
  await work.getByRole("link", { name: "Add a question" }).click();
  await page.getByLabel("The question").fill("Do you lead people?");
  await page.getByRole("button", { name: "Save in the draft" }).click();
  await expect(page.getByRole("alert")).toContainText("kind of answer");
  await expect(page.getByLabel("The question")).toHaveValue("Do you lead people?");
  await expectOpenToAll(page);
  await page.getByLabel("Kind of answer").selectOption("One of several answers");
  await page.getByLabel("Answers to choose from").fill("I do\nNot yet");
  await page.getByLabel("The chair and those who review applications").check();
  await page.getByRole("button", { name: "Save in the draft" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved in the draft.");

  await work.getByRole("link", { name: "Add a question" }).click();
  await page.getByLabel("The question").fill("How many people?");
  await page.getByLabel("Kind of answer").selectOption("A whole number");
  await page.getByLabel("The chair and those who review applications").check();
  await page.getByLabel("Asked").selectOption("After “Do you lead people?”");
  await page.getByRole("button", { name: "Save in the draft" }).click();
  await expect(page.getByRole("alert")).toContainText("which answers lead to this question");
  await page.getByLabel("I do").check();
  await page.getByRole("button", { name: "Save in the draft" }).click();
  await expect(page.locator("main")).toContainText("Only after “Do you lead people?”: I do.");
  await work.getByRole("button", { name: /^Up.*How many people/ }).click();
  await expect(page.getByRole("alert")).toContainText("It would come before “Do you lead people?”");
  await work.getByRole("button", { name: /^Down.*Current position/ }).click();
  await work.getByRole("link", { name: "Name it" }).click();
  await page.getByLabel("Title").fill("Your work today");
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Save in the draft" }).click();

  await page.getByRole("link", { name: "Look at it as others will" }).click();
  await expect(page.getByText("Do you lead people?").first()).toBeVisible();
  await expectOpenToAll(page);
  await page.getByRole("link", { name: "The chair and those who review applications" }).click();
  await expect(page.locator("main")).toContainText("How many people?");

  const applicant = await newcomer();
  await register(house, applicant, "Nora Field", "nora@example.org");
  await applicant.goto("/apply/mentee?all=yes");
  await expect(applicant.getByText("Do you lead people?")).toHaveCount(0);
  await page.goto("/forms/mentee_application");
  await page.getByRole("button", { name: "Publish it" }).click();
  await expect(page.getByRole("status")).toContainText("Version 2 is asked from now on.");
  await applicant.reload();
  const follows = applicant.getByLabel("How many people?");
  await expect(follows).toBeVisible({ visible: !javaScriptEnabled });
  await applicant.getByRole("radio", { name: "I do", exact: true }).check();
  await expect(follows).toBeVisible();
  await follows.fill("12");
  await applicant.getByRole("button", { name: "Save the draft" }).click();
  await expect(applicant.getByLabel("How many people?")).toHaveValue("12");

  await page.getByRole("link", { name: "Add a section" }).click();
  await page.getByLabel("Title").fill("One thing more");
  await page.getByRole("button", { name: "Save in the draft" }).click();
  await page.getByRole("button", { name: "Throw the draft away" }).click();
  await expect(page.getByRole("status")).toContainText("The draft is gone.");
});
