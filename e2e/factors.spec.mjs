// Signing in with more than a password: an app with codes, recovery codes, passkeys. ACC1
import { expectOpenToAll } from "./help/axe.mjs";
import { appOf, codeAt, freshCode, setUpApp, typeCode } from "./help/factors.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { dayFromNow, register, setUp, signIn } from "./help/people.mjs";

const test = houseForAll(() => serve({ name: "localhost" }));
const ADA = "ada@example.org";

test("A chair sets up an app, signs in with its code and, without it, with a recovery code", async ({ page, house, newcomer }) => {
  await setUp(house, page, { annualMeeting: dayFromNow(100) });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("All dates of cohort");
  const app = appOf(ADA);

  const elsewhere = await newcomer();
  await signIn(elsewhere, ADA);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("The second step");
  await expectOpenToAll(elsewhere);
  await typeCode(elsewhere, codeAt(app.secret, app.step));
  await expect(elsewhere.getByRole("alert")).toContainText("was used before");
  await typeCode(elsewhere, await freshCode(app));
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Hello Ada");

  const lost = await newcomer();
  await signIn(lost, ADA);
  await typeCode(lost, app.codes[0]);
  await expect(lost.getByRole("heading", { level: 1 })).toHaveText("Hello Ada");
  await lost.goto("/me");
  await expect(lost.locator("main")).toContainText("9 recovery codes left");
  await expectOpenToAll(lost);

  // The chair may help others in the same way, and sees what there is to help with.
  await lost.goto("/roster");
  await lost.getByRole("link", { name: "Help somebody sign in" }).click();
  await lost.getByLabel("E-mail address").fill(ADA);
  await lost.getByRole("button", { name: "Find the account" }).click();
  await expect(lost.locator("main")).toContainText("3 sign-ins stand.");
  await expectOpenToAll(lost);
  await lost.goto("/me");

  // One of the three is ended from another, and is out on the next page.
  await expect(lost.getByRole("button", { name: /^End it/ })).toHaveCount(2);
  await lost.getByRole("button", { name: "End all others" }).click();
  await expect(lost.getByRole("status")).toContainText("have ended");
  await elsewhere.goto("/me");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
});

test("Somebody who takes part chooses an app by themselves", async ({ page, house }) => {
  await register(house, page, "Nora Field", "nora@example.org");
  await page.goto("/me");
  await page.getByRole("link", { name: "Set it up" }).click();
  await expectOpenToAll(page);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expectOpenToAll(page);
  await page.goto("/second-factor");
  await setUpApp(page, "nora@example.org");
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.locator("main")).toContainText("10 of ten are left");
  await page.goto("/sign-in/again?next=%2Fme");
  await expectOpenToAll(page);
  await page.getByText("Use a code instead").click();
  await page.getByLabel("A code of your app").fill(await freshCode(appOf("nora@example.org")));
  await page.getByRole("button", { name: "Go on" }).last().click();
  await expect(page).toHaveURL(/\/me$/);
});

// Browsers ask for passkeys by script alone: the configuration leaves this one out where there is none.
test("A passkey is added, named, signs in by itself, and is taken away", async ({ page, house, newcomer }) => {
  await register(house, page, "Pia Brook", "pia@example.org");
  const device = await authenticator(page);
  await page.goto("/second-factor");
  await page.getByLabel("A name for it").fill("My phone");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your recovery codes");
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "My phone" })).toBeVisible();
  await expectOpenToAll(page);
  expect((await device.credentials()).map((it) => it.isResidentCredential)).toEqual([true]);

  // No address and no password; the device says who it is.
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello Pia");

  // Whoever knows the password alone stays outside.
  const stranger = await newcomer();
  await signIn(stranger, "pia@example.org");
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("The second step");
  await stranger.goto("/me");
  await expect(stranger).toHaveURL(/\/sign-in/);

  // A device that does not ask its owner proves nothing.
  await page.context().clearCookies();
  await device.trusts(false);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("Your device did not answer")).toBeVisible();
  await device.trusts(true);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello Pia");

  await page.goto("/second-factor");
  await setUpApp(page, "pia@example.org");
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("Change", { exact: true }).click();
  await page.getByRole("button", { name: /^Take it away/ }).click();
  await expect(page.getByRole("status")).toContainText("taken away");
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The passkey does not fit");
});

/** Chromium's own device for passkeys. */
async function authenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    trusts: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}
