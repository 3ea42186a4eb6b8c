import { type Organiser, targetOrganisation } from "../organisations/organiser.ts";
import type { Clock } from "@evently/shared/clock";
import { invalidInput } from "@evently/shared/errors";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { type Pool } from "@evently/shared/postgres";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import { createEvent } from "./create_event.ts";
import type { EventRecord } from "./events_sql.ts";
import { draftDefaults } from "./draft_defaults_sql.ts";

/** What an organiser says of a draft at first. */
export interface WishedDraft {
  name: string;
  venueId?: string | undefined;
  eventType?: string | undefined;
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
  totalCapacity?: number | undefined;
}

const DEFAULT_TYPE = "other";
const DEFAULT_MAX_TICKETS = 10;
/** A draft starts so many days from now, in the evening, … */
const DAYS_AHEAD = 30;
const START = "19:00";
/** … and lasts so long. */
const DURATION_MS = 3 * 3_600_000;

/**
 * Creates a draft of which little is known yet. The venue is that of the organiser's latest event, else their latest
 * venue; the capacity is the venue's; tickets are free until the price is set.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule is wrong, or no venue is named and the organiser has none;
 * `UNKNOWN_VENUE`
 */
export async function createDraft(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, wished }: { admin: Organiser; wished: WishedDraft },
): Promise<EventRecord> {
  const known = await draftDefaults(sql, {
    organisationId: targetOrganisation(admin),
    venueId: wished.venueId,
  });
  const venueId = wished.venueId ?? known?.venueId;
  if (venueId === undefined) throw invalidInput("venue_id", "venue_id is required");
  const timeZone = known?.timezone ?? DEFAULT_TIME_ZONE;
  const startsAt = wished.startsAt ?? defaultStart(clock.now(), timeZone);
  return await createEvent({ sql, clock }, {
    admin,
    columns: {
      name: wished.name,
      description: null,
      venueId,
      eventType: wished.eventType ?? DEFAULT_TYPE,
      startsAt,
      endsAt: wished.endsAt ?? new Date(startsAt.getTime() + DURATION_MS),
      basePriceMinor: 0,
      currency: known?.currency ?? DEFAULT_CURRENCY,
      maxTicketsPerBooking: DEFAULT_MAX_TICKETS,
      maxHeldPerUser: null,
      refundPolicy: null,
      timezone: null,
      imageUrl: null,
      accessNotes: null,
      publicCounts: false,
    },
    // Of an unknown venue, which is refused.
    capacity: wished.totalCapacity ?? known?.capacity ?? 1,
  });
}

function defaultStart(now: Date, timeZone: string): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(today.add({ days: DAYS_AHEAD }).withPlainTime(START).epochMilliseconds);
}
