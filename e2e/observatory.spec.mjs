// Mozilla's Observatory, which judges sites on the internet, judges this one. V-20
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { certificate, front } from "./help/front.mjs";
import { freePort, serve } from "./help/house.mjs";
import { PASSWORD } from "./help/people.mjs";

const SCANNER = dirname(createRequire(import.meta.url).resolve("@mdn/mdn-http-observatory/package.json"));

test("Mozilla's Observatory gives A+ and at least 140 points", async () => {
  const port = await freePort();
  const house = await serve({ development: false, toml: `base_url = "https://localhost:${port}"\n` });
  const papers = await certificate(house.data);
  const email = "ada@example.org";
  const opened = await fetch(house.setUpLink().replace(/^https:\/\/[^/]+/, house.url), {
    method: "POST",
    redirect: "manual",
    headers: { origin: `https://localhost:${port}` },
    body: new URLSearchParams({
      name: "Ada Winter",
      email,
      password: PASSWORD,
      repeated: PASSWORD,
      association: "North Lakes Library Association",
      program: "Formal Mentoring",
      zone: "America/Chicago",
      preset: "association",
      annual_meeting: "2027-06-26",
      midwinter: "",
      places: "25",
    }),
  });
  expect(opened.status).toBe(303);
  // The scanner cannot fill in forms; whoever comes without a sign-in is signed in, so that
  // it judges the cookie and a page that is somebody's.
  const signIn = { path: "/sign-in", fields: { email, password: PASSWORD, next: "/" } };
  const close = await front(house, port, papers, ({ method, url, headers }) =>
    method === "GET" && url === "/" && !headers.cookie ? signIn : null,
  );
  // The list of sites that browsers know to be secure is asked from afar otherwise; ours is none of them.
  await writeFile(join(SCANNER, "conf/hsts-preload.json"), "{}");
  const { stdout } = await promisify(execFile)(process.execPath, [join(SCANNER, "src/scan.js"), `localhost:${port}`], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: papers.cert },
  });
  close();
  await house.end();
  const { scan, tests, error } = JSON.parse(stdout);
  expect(error).toBeUndefined();
  const lost = Object.entries(tests).filter(([, it]) => !it.pass).map(([name, it]) => `${name}: ${it.result}`);
  expect(lost).toEqual([]);
  expect(scan.grade).toBe("A+");
  expect(scan.score).toBeGreaterThanOrEqual(140);
});
