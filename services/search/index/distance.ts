import type { Near } from "./search_index.ts";

const EARTH_RADIUS_KM = 6_371;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** A place in degrees. */
export interface Place {
  lat: number;
  lon: number;
}

/** Distance over the earth's surface, by the haversine formula; off by at most 0.5 %. */
export function distanceBetweenKm(a: Place, b: Place): number {
  const halfLat = (b.lat - a.lat) * RADIANS_PER_DEGREE / 2;
  const halfLon = (b.lon - a.lon) * RADIANS_PER_DEGREE / 2;
  const chord = Math.sin(halfLat) ** 2 +
    Math.cos(a.lat * RADIANS_PER_DEGREE) * Math.cos(b.lat * RADIANS_PER_DEGREE) *
      Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Distance from an event to the place of a search; `undefined` where either place is unknown. */
export function distanceToKm(
  { latitude, longitude }: { latitude: number | undefined; longitude: number | undefined },
  near: Near | undefined,
): number | undefined {
  if (near === undefined || latitude === undefined || longitude === undefined) return undefined;
  return distanceBetweenKm(near, { lat: latitude, lon: longitude });
}
