// After the journeys: no page of the house was left out. ACC6
import { expect, test } from "@playwright/test";
import { JUDGED, LINKED, allDoors, doorsThatWere } from "./help/doors.mjs";

// Doors behind which no page of ours stands, each with what does.
const NO_PAGE = {
  "/static/{file}": "style sheet, script and pictures",
  "/favicon.ico": "a picture",
  "/livez": "a word for machines",
  "/sign-in/openid": "the association's own sign-in",
  "/sign-in/openid/back": "a step that goes on by itself",
  "/me/outside": "the association's own sign-in",
  "/duos/{duo}/export/page": "a file to take along",
  "/duos/{duo}/export/data": "a file to take along",
  "/certificates/{certificate}": "a PDF",
  "/certificates/{certificate}/letter": "a PDF",
  "/files/{file}": "a paper or a picture",
  "/mentors/{person}/photo": "a picture",
};

// Pages to which no page links for long, each with the way that leads there.
const OTHER_WAYS = {
  "/static/{file}": "pages fetch it",
  "/favicon.ico": "browsers fetch it",
  "/livez": "machines ask it",
  "/sign-in/again": "doors that ask again lead there",
  "/sign-in/code": "the password leads there, for those with a second factor",
  "/second-factor/app": "setting up an app leads there",
  "/sign-in/openid": "stands where the association has a sign-in of its own",
  "/sign-in/openid/back": "the association's sign-in leads there",
  "/me/outside": "stands where the association has a sign-in of its own",
  "/accounts/{id}": "finding somebody by their address leads there",
  "/look-in-your-mail": "asking for a letter leads there",
  "/roster/imports/{id}": "a list that was handed in leads there",
  "/roster/imports/{id}/columns": "a list that was handed in leads there",
  "/roster/imports/{id}/difference.csv": "stands on the page of a list that was handed in",
  "/roster/imports/{id}/errors.csv": "stands on the page of a list that was handed in",
  "/applications/{id}/check": "the form leads there",
  "/files/{file}": "stands with the answer that names it",
  "/mentors/{person}/photo": "stands in the profile",
  "/requests/{id}": "home links there while a request waits",
  "/proposals/{id}": "home links there while a proposal waits",
  "/cohorts/{cohort}/matching/imports/{import}": "a file of pairs that was handed in leads there",
  "/cohorts/{cohort}/matching/requests/{id}": "the board links there while a request waits",
  "/cohorts/{cohort}/matching/runs/{run}/beside": "the list of runs links there once there are two",
  "/mentors/{person}/request": "the profile links there while mentees choose",
  "/cohorts/{cohort}/matching/review": "home links there while a draft waits to be looked at",
  "/check-ins/{checkin}": "home links there while a check-in waits",
  "/concerns/{concern}": "home links there while it waits, and the list of whoever raised it",
  "/surveys/{survey}/mine": "home links there while a survey waits",
  "/events/{event}/make-up": "home links there until it is made up for",
  "/desk/duos/{duo}/answers": "chair and deputy come there for an hour, once both have said yes",
  "/openings/{opening}": "the letter leads there that tells of it",
  "/certificates/check": "the paper of a certificate names it",
};

test("Every page of the house has been judged, in the crawl or in a journey", () => {
  expect(missing(JUDGED, (door) => door in NO_PAGE || isFile(door))).toEqual([]);
});

test("Links lead to every page, but for those that letters open", () => {
  expect(missing(LINKED, (door) => door in OTHER_WAYS || isSecret(door))).toEqual([]);
});

test("What is excused here is there", () => {
  const doors = allDoors();
  expect([...Object.keys(NO_PAGE), ...Object.keys(OTHER_WAYS)].filter((door) => !doors.includes(door))).toEqual([]);
});

function missing(what, isExcused) {
  const been = doorsThatWere(what);
  return allDoors().filter((door) => !been.has(door) && !isExcused(door));
}

/** A door to a file: "/events/{event}/calendar.ics". */
function isFile(door) {
  return /\.\w+$/.test(door);
}

/** A letter alone opens it, or the terminal at the first start. */
function isSecret(door) {
  return door.includes("{token}");
}
