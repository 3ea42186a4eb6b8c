/** Zone of events of which none is known. */
const UNKNOWN_ZONE = "UTC";

/** The zone in which an event's times are told. */
export function zoneOf({ timezone }: { timezone?: string | undefined }): string {
  return timezone ?? UNKNOWN_ZONE;
}

/** The city by which the IANA names a zone: "New York" of `America/New_York`. */
export function cityOf(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
