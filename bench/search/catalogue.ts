import type { SearchDocument } from "../../services/search/index/document.ts";
import { CITIES, HEADLINERS, THEMES } from "./words.ts";

const MS_PER_DAY = 86_400_000;
const MAX_DAYS_AHEAD = 300;
const MAX_DISTANCE_FROM_CENTRE_DEGREES = 0.1;
const DUPLICATE_SHARE = 0.08;
const DISTRACTION_SHARE = 0.15;
const EDITIONS = ["2026", "Special", "Weekend", "Open Air", "Live", "Gala", "Edition II", "Nights"];
const HALLS = ["Hall", "Arena", "Gardens", "Stadium", "Palace", "Auditorium"];

/** Seeded random numbers from 0 to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return function random() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Generates realistic events, reproducible by count and seed: themes and headliners in several languages, venues near
 * their cities, near-duplicates, and descriptions that mention themes of other events.
 */
export function generateCatalogue(
  count: number,
  { now, seed = 1 }: { now: Date; seed?: number },
): SearchDocument[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const documents: SearchDocument[] = [];
  for (let number = 0; number < count; number++) {
    const previous = documents.at(-1);
    const id = `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
    if (previous && random() < DUPLICATE_SHARE) {
      const name = random() < 0.5 ? `${previous.name} ` : `${previous.name} - ${pick(EDITIONS)}`;
      documents.push({ ...previous, eventId: id, name: name.trim() });
      continue;
    }
    const theme = pick(THEMES);
    const city = pick(CITIES);
    const headliner = random() < 0.3 ? pick(HEADLINERS) : undefined;
    const start = new Date(now.getTime() + Math.ceil(random() * MAX_DAYS_AHEAD) * MS_PER_DAY);
    const totalCapacity = 50 + Math.floor(random() * 5_000);
    const distraction = random() < DISTRACTION_SHARE ? ` Just after the ${pick(THEMES).name}.` : "";
    const document = {
      eventId: id,
      name: [theme.name, headliner && `with ${headliner}`, random() < 0.5 ? pick(EDITIONS) : ""]
        .filter(Boolean).join(" "),
      description: `${theme.about}${distraction}`,
      venueName: `${pick(city.quarters)} ${pick(HALLS)}`,
      venueAddress: `${1 + Math.floor(random() * 200)} Main Road`,
      venueCity: city.name,
      eventType: theme.type,
      startsAt: start,
      endsAt: new Date(start.getTime() + MS_PER_DAY / 6),
      basePrice: Math.floor(random() ** 2 * 50) * 100,
      currency: "INR",
      timeZone: "Asia/Kolkata",
      availableSeats: Math.floor(random() * totalCapacity),
      totalCapacity,
      status: "published" as const,
      latitude: city.latitude + (random() - 0.5) * MAX_DISTANCE_FROM_CENTRE_DEGREES,
      longitude: city.longitude + (random() - 0.5) * MAX_DISTANCE_FROM_CENTRE_DEGREES,
      imageUrl: undefined,
      organiserName: "Evently",
      version: 1,
      updatedAt: now,
      seatsTaken: undefined,
      laterSeats: [],
    };
    documents.push({ ...document, prices: [document.basePrice] });
  }
  return documents;
}
