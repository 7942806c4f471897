// Two years of invented people for the journeys that only look: one in its middle, one
// after its end.
import { demo } from "./help/house.mjs";

export default async function start() {
  const houses = await Promise.all([
    demo({ duos: 25, until: "2026-11-22", port: process.env.DUOLOGY_PORT }),
    demo({ duos: 12, until: "2027-06-20", port: process.env.DUOLOGY_PORT_LATE }),
  ]);
  return () => Promise.all(houses.map((house) => house.end()));
}
