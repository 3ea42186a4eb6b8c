import type { ConsoleMessages } from "../../messages/console_messages.ts";
import { z } from "../../parts/schema.ts";
import type { Venue } from "../api/venues.ts";

/** What the form of a venue asks for, as it is typed. */
export interface VenueValues {
  name: string;
  address: string;
  city: string;
  state: string;
  country: string;
  postalCode: string;
  capacity: string;
  latitude: string;
  longitude: string;
  timezone: string;
}

/** The form's fields, from above to below. */
export const VENUE_FIELDS = [
  "name",
  "address",
  "city",
  "state",
  "country",
  "postalCode",
  "capacity",
  "latitude",
  "longitude",
  "timezone",
] as const;

/** The form of a new venue, or of one as it is. */
export function venueValues(venue?: Venue): VenueValues {
  return {
    name: venue?.name ?? "",
    address: venue?.address ?? "",
    city: venue?.city ?? "",
    state: venue?.state ?? "",
    country: venue?.country ?? "India",
    postalCode: venue?.postal_code ?? "",
    capacity: venue ? String(venue.capacity) : "",
    latitude: venue?.latitude === undefined ? "" : String(venue.latitude),
    longitude: venue?.longitude === undefined ? "" : String(venue.longitude),
    timezone: venue?.timezone ?? "Asia/Kolkata",
  };
}

const MAX_CAPACITY = 2_147_483_647;
const isBetween = (text: string, most: number) =>
  text.trim() === "" || (Number.isFinite(Number(text)) && Math.abs(Number(text)) <= most);

/** Rules of the form; the API has the last word. */
export function venueRules({ venues }: ConsoleMessages) {
  const required = (text: string) => z.string().check(z.trim(), z.minLength(1, text));
  return z.object({
    name: required(venues.enterName),
    address: required(venues.enterAddress),
    city: required(venues.enterCity),
    state: z.string(),
    country: required(venues.enterCountry),
    postalCode: z.string(),
    capacity: z.string().check(
      z.refine((text) => {
        const number = Number(text);
        return Number.isInteger(number) && number > 0 && number <= MAX_CAPACITY;
      }, venues.enterCapacity),
    ),
    latitude: z.string().check(z.refine((text) => isBetween(text, 90), venues.enterLatitude)),
    longitude: z.string().check(z.refine((text) => isBetween(text, 180), venues.enterLongitude)),
    timezone: required(venues.enterTimezone),
  }).check(
    z.refine(
      ({ latitude, longitude }) => (latitude.trim() === "") === (longitude.trim() === ""),
      { path: ["longitude"], error: venues.enterBoth },
    ),
  );
}

/** What the API takes, from the form; what is empty is removed. */
export function venueBody(values: VenueValues) {
  const numberOrNull = (text: string) => text.trim() === "" ? null : Number(text);
  return {
    name: values.name.trim(),
    address: values.address.trim(),
    city: values.city.trim(),
    state: values.state.trim(),
    country: values.country.trim(),
    postal_code: values.postalCode.trim(),
    capacity: Number(values.capacity),
    latitude: numberOrNull(values.latitude),
    longitude: numberOrNull(values.longitude),
    timezone: values.timezone.trim(),
  };
}
