/**
 * The gateway and booking service with the stores replaced at their seams: every hold is granted and nothing is stored.
 * What remains is the cost of HTTP and of the platform's own code.
 */
import { AccessTokens } from "@evently/shared/auth";
import { Coalescer } from "@evently/shared/batch";
import { SYSTEM_CLOCK, SYSTEM_PAUSE } from "@evently/shared/clock";
import { LocalRateLimiter, serveUntilSignal } from "@evently/shared/http";
import { createLogger } from "@evently/shared/log";
import { exitProgram } from "@evently/shared/output";
import { localBinding, SeatNews, type ServiceBinding } from "@evently/shared/services";
import { UrgentWork } from "@evently/shared/urgent_work";
import { createGatewayApp } from "@evently/gateway";
import type { BookingDeps, BookingServiceDeps } from "../../services/booking/deps.ts";
import type { LiveDeps } from "../../services/booking/live/routes.ts";
import { createBookingApp } from "../../services/booking/app.ts";
import { groupedBookings } from "../../services/booking/orders/bookings.ts";
import { SharedRuns } from "../../services/booking/orders/shared_runs.ts";
import type { BookingStore } from "../../services/booking/orders/store.ts";
import type { SeatInventory } from "../../services/booking/peers/seat_inventory.ts";
import { groupedSeats } from "../../services/booking/peers/seats.ts";
import { NO_OFFERS } from "../../services/booking/waitlist/meet_offer.ts";
import { toPending } from "../../services/booking/orders/insert_sql.ts";
import { BENCH_JWT_SECRET } from "../lib/tokens.ts";

const NO_LIMIT = { limit: 0, windowMs: 60_000 };
const AVAILABLE = 1_000_000;
const START = new Date("2099-01-01T00:00:00.000Z");

const log = createLogger({ level: "warn" });
const clock = SYSTEM_CLOCK;
const shared = { log, clock, corsOrigins: "any" as const };

const inventory: Pick<SeatInventory, "hold"> = {
  hold: (batches) =>
    Promise.resolve(batches.map(({ items }) => ({
      event: {
        isOnSale: true,
        unitPriceMinor: 150_000,
        ticketName: "General admission",
        currency: "INR",
        maxTicketsPerBooking: 10,
        startsAt: START,
        refundPolicy: null,
        isWaitlistOpen: false,
      },
      availableSeats: AVAILABLE,
      setAside: 0,
      seq: 1,
      results: items.map(({ allocationId }) => ({ allocationId, outcome: "held" })),
    }))),
};
const store: Pick<BookingStore, "insertPending"> = {
  insertPending: (bookings) => Promise.resolve(bookings.map((booking) => toPending(booking, 0))),
};
const nothing = new Coalescer<string, undefined>({
  maxBatch: 512,
  maxQueue: 8_192,
  run: (ids) => Promise.resolve(ids.map(() => undefined)),
});

/** Dependencies of a reservation; all other routes fail. */
const deps: Partial<BookingDeps> = {
  ...shared,
  settings: {
    holdTtlMs: 300_000,
    maxHoldMs: 660_000,
    maxTicketsPerBooking: 10,
    offerMs: 600_000,
  },
  tokens: new AccessTokens({ secrets: [BENCH_JWT_SECRET], ttlMs: 1, clock }),
  internalApiKeys: ["nobody-calls-from-inside"],
  urgent: { begin() {} },
  holds: {
    find: (id: string) => nothing.submit(id),
    put: () => Promise.resolve(),
  } as unknown as BookingDeps["holds"],
  attempts: new LocalRateLimiter(NO_LIMIT, clock),
  reservations: new SharedRuns(),
  offers: NO_OFFERS,
  blockedBuyers: { until: () => undefined },
  seats: groupedSeats(inventory as SeatInventory, { clock, seatNews: new SeatNews() }),
  bookings: groupedBookings(store as BookingStore, { clock, pause: SYSTEM_PAUSE }),
};

const booking = createBookingApp(deps as BookingServiceDeps & LiveDeps);
const binding = localBinding("booking", () => booking);
const nowhere: ServiceBinding = { ...binding, fetch: () => Promise.reject(new Error("not here")) };
const code = await serveUntilSignal(
  createGatewayApp({
    ...shared,
    environment: "development",
    limits: { requestsPerMinute: 0 },
    urgent: new UrgentWork(),
    bindings: { booking: binding, user: nowhere, event: nowhere, search: nowhere },
  }),
  {
    name: "bench",
    hostname: "127.0.0.1",
    port: Number(Deno.env.get("GATEWAY_PORT")),
    log,
    stopGraceMs: 1_000,
    close: () => Promise.resolve(),
  },
);
await exitProgram(code);
