/**
 * Servers for comparison, behind the same HTTP server, token check and validation: the old system's version lock, in one
 * database, or the best SQL without batches, a statement in each of the platform's two databases.
 */
import { bodyLimit } from "hono/body-limit";
import { Hono } from "hono";
import { z } from "zod";
import { AccessTokens, requireUser } from "@evently/shared/auth";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { deriveId } from "@evently/shared/ids";
import { openPostgres, type Pool, transaction } from "@evently/shared/postgres";
import { BENCH_JWT_SECRET } from "../lib/tokens.ts";

const MAX_VERSION_RETRIES = 50;
const HOLD_MS = 5 * 60_000;

const [events, bookings] = ["BENCH_EVENTS_URL", "BENCH_BOOKINGS_URL"].map((url) =>
  openPostgres(Deno.env.get(url)!, {
    max: Number(Deno.env.get("BENCH_CONNECTIONS")),
    name: "bench-variant",
  })
) as [Pool, Pool];
const ReserveRequest = z.object({
  event_id: z.guid(),
  quantity: z.int().min(1),
  idempotency_key: z.string().min(1),
});

interface Wanted {
  bookingId: string;
  userId: string;
  eventId: string;
  quantity: number;
  reference: string;
}

/** Reads the version and updates if it is unchanged; otherwise retries. */
async function reserveByVersion(wanted: Wanted): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_VERSION_RETRIES; attempt++) {
    const [event] = await bookings<
      { available_seats: number; base_price: number; version: number }[]
    >`
      SELECT available_seats, base_price, version FROM old_events WHERE event_id = ${wanted.eventId}`;
    if (!event || event.available_seats < wanted.quantity) return false;
    const reserved = await transaction(bookings, async (tx) => {
      const updated = await tx`
        UPDATE old_events
           SET available_seats = available_seats - ${wanted.quantity}, version = version + 1
         WHERE event_id = ${wanted.eventId} AND version = ${event.version}
        RETURNING version`;
      if (updated.length === 0) return false;
      const now = new Date();
      await tx`
        INSERT INTO old_bookings
        VALUES (${wanted.bookingId}, ${wanted.userId}, ${wanted.eventId}, ${wanted.quantity},
                ${wanted.reference}, ${event.base_price * wanted.quantity}, 'pending', ${now},
                ${new Date(now.getTime() + HOLD_MS)})`;
      return true;
    });
    if (reserved) return true;
  }
  return false;
}

/** Takes the seats, then writes the booking: each durable when its statement is answered. */
async function reserveByStatement(wanted: Wanted): Promise<boolean> {
  const { bookingId, userId, eventId, quantity, reference } = wanted;
  const [event] = await events<{ base_price: number }[]>`
    UPDATE old_events SET available_seats = available_seats - ${quantity}
     WHERE event_id = ${eventId} AND available_seats >= ${quantity}
    RETURNING base_price`;
  if (!event) return false;
  const now = new Date();
  await bookings`
    INSERT INTO old_bookings
    VALUES (${bookingId}, ${userId}, ${eventId}, ${quantity}, ${reference},
            ${event.base_price * quantity}, 'pending', ${now}, ${new Date(now.getTime() + HOLD_MS)})
    ON CONFLICT DO NOTHING`;
  return true;
}

const reserve = Deno.env.get("BENCH_VARIANT") === "version_lock"
  ? reserveByVersion
  : reserveByStatement;
const tokens = new AccessTokens({ secrets: [BENCH_JWT_SECRET], ttlMs: 1, clock: SYSTEM_CLOCK });
const app = new Hono()
  .get("/health", (c) => c.text("healthy\n"))
  .post(
    "/api/booking/bookings/reserve",
    bodyLimit({ maxSize: 1_048_576 }),
    requireUser({ tokens }),
    async (c) => {
      const body = ReserveRequest.parse(await c.req.json());
      const userId = c.get("userId");
      const bookingId = deriveId(userId, body.idempotency_key);
      const reserved = await reserve({
        bookingId,
        userId,
        eventId: body.event_id,
        quantity: body.quantity,
        reference: bookingId,
      });
      return reserved ? c.json({ reservation_id: bookingId }) : c.json({ error: "no" }, 409);
    },
  );

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("GATEWAY_PORT")),
  onListen: () => {},
}, app.fetch);
Deno.addSignalListener("SIGTERM", () => server.shutdown());
await server.finished;
await Promise.all([events, bookings].map((pool) => pool.end({ timeout: 1 })));
