import type { Mutant } from "./mutate.ts";

const CSV_TESTS = "shared/http/csv_test.ts";
const EVENTS_TESTS = "services/event/events/managed_events_test.ts";
const BOOKINGS_TESTS = "services/booking/sales/view_event_bookings_test.ts";
const PLANS_TESTS = "services/booking/sales/sales_plans_test.ts";
const STEPS_TESTS = "services/event/sales/sales_steps_test.ts";
const SALES_TESTS = "services/booking/sales/sales_over_time_test.ts";

/** Defects of what organisers see of their sales. */
export const ORGANISER_MUTANTS: readonly Mutant[] = [
  {
    name: "cells of files begin formulas",
    edits: [{ in: "toCell", find: `.replace(FORMULA, "'")`, replace: "" }],
    tests: [CSV_TESTS],
  },
  {
    name: "a file is read on when its reader has gone",
    edits: [{ in: "CsvExports", find: "await reading.return?.();", replace: "" }],
    tests: [CSV_TESTS],
  },
  {
    name: "a file that is too long ends without an error",
    edits: [{
      in: "readPages",
      find: "throw new Error(`export: more than ${maxPages} pages`);",
      replace: "",
    }],
    tests: [CSV_TESTS],
  },
  {
    name: "organisers list the bookings of others",
    edits: [{
      in: "find_bookings/listBookings",
      find: "await findManagedEvent({ sql }, { admin, eventId });",
      replace: "",
    }],
    tests: [BOOKINGS_TESTS],
  },
  {
    name: "organisers see the bookings of other events",
    edits: [{
      in: "sales/findWithPayments",
      find: "WHERE b.booking_id = ${bookingId} AND b.event_id = ${eventId}",
      replace: "WHERE b.booking_id = ${bookingId}",
    }],
    tests: [BOOKINGS_TESTS],
  },
  {
    name: "organisers duplicate the events of others",
    edits: [{
      in: "duplicateEvent",
      find: "await findEditableEvent({ sql: tx }, { admin, eventId: sourceId })",
      replace: "(await findEvent(tx, sourceId))!",
    }],
    tests: [EVENTS_TESTS],
  },
  {
    name: "each page of a file begins with the last booking of the one before",
    edits: [{
      in: "sales/exportBookings",
      find: "(b.booked_at, b.booking_id) > (",
      replace: "(b.booked_at, b.booking_id) >= (",
    }],
    tests: [PLANS_TESTS],
  },
  {
    name: "days of sales are those of UTC",
    edits: [{
      in: "beginOf",
      find: "time.toZonedDateTimeISO(timeZone)",
      replace: 'time.toZonedDateTimeISO("UTC")',
    }],
    tests: [STEPS_TESTS],
  },
  {
    name: "sales over time leave refunds out",
    edits: [{
      in: "salesOverTime",
      find: "sum(s.refunded)::bigint AS",
      replace: "0::bigint AS",
    }],
    tests: [SALES_TESTS],
  },
];
