// Years of invented people for the journeys that only look: in the middle of the year, after
// its end, in the call, and while mentees choose.
import { beginNotes } from "./help/doors.mjs";
import { demo } from "./help/house.mjs";

export default async function start() {
  const forget = await beginNotes();
  const houses = await Promise.all([
    demo({ duos: 25, until: "2026-11-22", port: process.env.DUOLOGY_PORT }),
    demo({ duos: 12, until: "2027-06-20", port: process.env.DUOLOGY_PORT_LATE }),
    demo({ duos: 6, annualMeeting: "2027-06-26", until: "2027-04-12", port: process.env.DUOLOGY_PORT_CALL }),
    demo({ duos: 6, annualMeeting: "2027-06-26", until: "2027-05-14", port: process.env.DUOLOGY_PORT_CHOOSING }),
  ]);
  return () => Promise.all([...houses.map((house) => house.end()), forget()]);
}
