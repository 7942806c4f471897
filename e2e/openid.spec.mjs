// The association's own sign-in, with a provider of its own beside the house. V-21
import { createServer } from "node:http";
import { once } from "node:events";
import Provider from "oidc-provider";
import { expectOpenToAll } from "./help/axe.mjs";
import { freePort, serve } from "./help/house.mjs";
import { expect, houseForAll } from "./help/journey.mjs";
import { linkFor } from "./help/letters.mjs";
import { choosePassword, dayFromNow, register, setUp } from "./help/people.mjs";

const test = houseForAll(withProvider);

/** A house whose association signs in at a provider on this machine. */
async function withProvider() {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const toml = `[openid]\nissuer = "${issuer}"\nclient_id = "duology"\nclient_secret = "a secret that both know"\nlabel = "Sign in with North Lakes"\n`;
  const house = await serve({ toml });
  const provider = new Provider(issuer, {
    clients: [{ client_id: "duology", client_secret: "a secret that both know", redirect_uris: [`${house.url}/sign-in/openid/back`] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ["for a test alone"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: "Nora Field", email: `${id}@example.org`, email_verified: !id.includes("unverified") }) }),
  });
  const server = createServer(provider.callback()).listen(port, "127.0.0.1");
  await once(server, "listening");
  const end = house.end.bind(house);
  house.end = async () => {
    server.closeAllConnections();
    server.close();
    await end();
  };
  return house;
}

/** Signs in at the provider, where any word will do, and comes back. */
async function signInThere(page, name) {
  await page.locator("[name=login]").fill(name);
  await page.locator("[name=password]").fill("any word");
  await page.locator("[type=submit]").click();
  await page.locator("[type=submit]").click();
  await goOn(page);
}

/** Where no scripts run, the last step is a button. */
async function goOn(page) {
  const button = page.getByRole("button", { name: "Go on" });
  await page.waitForURL((url) => url.pathname !== "/interaction" && url.port !== "");
  if (await button.isVisible().catch(() => false)) await button.click().catch(() => null);
}

test("Somebody new comes in through the association, and is known the next time", async ({ page, house, newcomer }) => {
  await setUp(house, await newcomer(), { annualMeeting: dayFromNow(100) });
  await page.goto("/sign-in?next=%2Fme");
  await page.getByRole("link", { name: "Sign in with North Lakes" }).click();
  await signInThere(page, "nora");
  await expect(page.locator("main")).toContainText("Nora Field, nora@example.org");
  await expect(page.locator("main")).toContainText("Linked as nora@example.org");
  await expectOpenToAll(page);

  await page.getByRole("button", { name: "Sign out" }).last().click();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with North Lakes" }).click();
  await goOn(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello Nora");
});

test("Whoever has an account links it themselves; an address alone opens nothing", async ({ page, house, newcomer }) => {
  await register(house, page, "Oskar Lind", "oskar@example.org");
  const there = await newcomer();
  await there.goto("/sign-in");
  await there.getByRole("link", { name: "Sign in with North Lakes" }).click();
  await signInThere(there, "oskar");
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
  await expectOpenToAll(there);
  await there.goto("/me");
  await expect(there).toHaveURL(/\/sign-in/);

  await page.goto("/me");
  await page.getByRole("link", { name: "Link my account" }).click();
  await signInThere(page, "oskar");
  await expect(page.getByRole("status")).toContainText("From now on you can sign in at the association.");
  await there.goto("/sign-in");
  await there.getByRole("link", { name: "Sign in with North Lakes" }).click();
  await goOn(there);
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Hello Oskar");
});

test("An address that the association has not verified is written to first", async ({ page, house }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with North Lakes" }).click();
  await signInThere(page, "unverified");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
  await choosePassword(page, await linkFor(house, "unverified@example.org", "account_invitation", /\/welcome\//));
});
