// Without a mouse: every step has a focus that can be seen, in the order of the page. ACC6
import { expectOpenToAll } from "./help/axe.mjs";
import { findDuo } from "./help/duos.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { tabTo } from "./help/keyboard.mjs";
import { lettersTo, linkFor } from "./help/letters.mjs";
import { PASSWORD, choosePassword } from "./help/people.mjs";
import { morningOf } from "./help/stage.mjs";

const test = houseForAll(() => morningOf("2026-07-07"));

test("Somebody signs in with the keyboard alone, and mistakes bring the focus to what is wrong", async ({ house, page, newcomer }) => {
  const email = await withPassword(house, await newcomer());
  await page.goto("/sign-in");
  await tabTo(page, page.getByLabel("E-mail address"));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel("Password"), 1);
  await page.keyboard.type("not the right words");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await tabTo(page, page.getByRole("alert").getByRole("link"), 1);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await tabTo(page, page.getByLabel("Password"), 1);
  await page.keyboard.type(PASSWORD);
  await tabTo(page, page.getByRole("button", { name: "Sign in" }), 1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
});

test("The first stop leads past the navigation", async ({ page }) => {
  await page.goto("/about");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main").contains(document.activeElement))).toBe(true);
});

test("A meeting is logged without a mouse, from the top of the duo's page", async ({ page }) => {
  const duo = await findDuo(page, 0);
  await page.goto(duo.path);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("How you met"));
  await page.keyboard.press("p");
  await expect(page.getByLabel("How you met")).toHaveValue(/phone/i);
  await tabTo(page, page.getByLabel("Minutes"), 1);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("35");
  await tabTo(page, page.getByRole("button", { name: "Log it" }), 1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toBeVisible();
  await page.goto(`${duo.path}/meetings`);
  await expect(page.getByRole("row", { name: /Phone/ })).toContainText("35");
});

test("A check-in is answered with Tab, arrows and Space", async ({ house, page, newcomer }) => {
  const duo = await findDuo(await newcomer(), 1);
  await page.goto(await linkFor(house, duo.mentee, "checkin_1", /^\/check-in\//));
  const touch = page.getByRole("group", { name: "Have you been in touch" });
  const works = page.getByRole("group", { name: "Is this working for you?" });
  await tabTo(page, touch.getByRole("radio", { name: "yes" }));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(touch.getByRole("radio", { name: "arranged" })).toBeChecked();
  await tabTo(page, works.getByRole("radio", { name: "not at all" }));
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowRight");
  await expect(works.getByRole("radio", { name: "well", exact: true })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Send" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you");
});

/** One of the demo's people chooses a password, by the way for those who forgot theirs. */
async function withPassword(house, page) {
  const { address } = (await lettersTo(house, "@")).find((letter) => letter.kind === "checkin_1");
  await page.goto("/recover");
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page).toHaveURL(/look-in-your-mail/);
  await expectOpenToAll(page);
  await choosePassword(page, await linkFor(house, address, "password_recovery", /\/welcome\//));
  return address;
}
