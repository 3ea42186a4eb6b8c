import assert from "node:assert/strict";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import fc from "fast-check";
import { bookingIdOf } from "../../booking.ts";
import { DECLINED_TOKEN } from "../../payments/mock.ts";
import { runWorker, type World } from "../../testing/world.ts";
import { cancelBooking } from "../cancel_booking.ts";
import { confirmBooking } from "../confirm_booking.ts";
import { expireBooking } from "../expire_booking.ts";
import { expireDue } from "../expire_due.ts";
import type { Reference, Visible } from "./reference.ts";

const USERS = 2;
const KEYS = 3;
/** Beside every limit of the rules: a refusal's memory, a payment's window, a hold, a grace, a refund's hours. */
const STEPS_MS = [
  100,
  250,
  30_000,
  59_999,
  60_000,
  299_999,
  300_000,
  331_000,
  3_600_000,
  79_200_000,
];
const MOST_SEATS = 12;
const MOST_COMMANDS = 30;

/** The real services, and who buys in this run. */
export interface Real {
  world: World;
  eventId: string;
  users: readonly string[];
}

/** Whose booking, by which of their keys; two users have the same keys. */
interface Buyer {
  user: number;
  key: number;
}

/** One command on both: they must answer alike, and look alike afterwards. */
class Command implements fc.AsyncCommand<Reference, Real> {
  readonly #name: string;
  readonly #onReference: (reference: Reference) => string;
  readonly #onReal: (real: Real) => Promise<unknown>;

  constructor(
    name: string,
    onReference: (reference: Reference) => string,
    onReal: (real: Real) => Promise<unknown>,
  ) {
    this.#name = name;
    this.#onReference = onReference;
    this.#onReal = onReal;
  }

  check(): boolean {
    return true;
  }

  async run(reference: Reference, real: Real): Promise<void> {
    const heard = await answerOf(this.#onReal(real));
    assert.equal(heard, this.#onReference(reference), `the answer of: ${this.#name}`);
    assert.deepEqual(await look(real), reference.visible(), `after: ${this.#name}`);
  }

  toString(): string {
    return this.#name;
  }
}

const buyer = fc.record({ user: fc.nat(USERS - 1), key: fc.nat(KEYS - 1) });

function nameOf({ user, key }: Buyer): string {
  return `user ${user}, key ${key}`;
}

function ofBuyer(
  verb: string,
  onReference: (reference: Reference, id: string) => string,
  onReal: (
    real: Real,
    booking: { userId: string; key: string; bookingId: string },
  ) => Promise<unknown>,
) {
  return buyer.map((who) =>
    new Command(
      `${verb} (${nameOf(who)})`,
      (reference) => onReference(reference, nameOf(who)),
      (real) => onReal(real, bookingOf(real, who)),
    )
  );
}

function bookingOf({ users }: Real, { user, key }: Buyer) {
  const userId = users[user]!;
  return { userId, key: String(key), bookingId: bookingIdOf(userId, String(key)) };
}

function confirm(declined: boolean) {
  const token = declined ? DECLINED_TOKEN : "tok_visa";
  return ofBuyer(
    declined ? "confirm with a card that is declined" : "confirm",
    (reference, id) => reference.confirm(id, { declined }),
    ({ world }, { bookingId, userId }) =>
      confirmBooking(world.deps, { bookingId, userId, method: "card", token }),
  );
}

/** Reserve (also again, and with another quantity). */
const reserve = fc.tuple(buyer, fc.integer({ min: 1, max: 5 })).map(([who, quantity]) =>
  new Command(
    `reserve ${quantity} (${nameOf(who)})`,
    (reference) => reference.reserve(nameOf(who), quantity),
    (real) => {
      const { userId, key } = bookingOf(real, who);
      return real.world.reserve({ eventId: real.eventId, quantity, userId, key });
    },
  )
);

const onEvent = [
  fc.constantFrom(...STEPS_MS).map((by_ms) =>
    new Command(
      `${by_ms} ms pass`,
      (reference) => reference.timePasses(by_ms),
      async ({ world }) => await world.clock.advance(by_ms),
    )
  ),
  fc.constant(
    new Command(
      "expire what is due",
      (reference) => reference.expireDue(),
      ({ world }) => expireDue(world.deps),
    ),
  ),
  fc.constant(
    new Command(
      "sweep seats",
      (reference) => reference.sweepSeats(),
      ({ world }) => runWorker(world.eventService, "release expired seats"),
    ),
  ),
  fc.constant(
    new Command("settle", (reference) => reference.settle(), ({ world }) => world.settle()),
  ),
  fc.integer({ min: 1, max: MOST_SEATS }).map((capacity) =>
    new Command(
      `resize to ${capacity}`,
      (reference) => reference.resize(capacity),
      ({ world, eventId }) => world.organiser.resize(eventId, capacity),
    )
  ),
  fc.boolean().map((open) =>
    new Command(
      open ? "open the waitlist" : "close the waitlist",
      (reference) => reference.setWaitlistOpen(open),
      ({ world, eventId }) => world.organiser.setWaitlistOpen(eventId, open),
    )
  ),
];

const cancelEvent = fc.constant(
  new Command(
    "cancel the event",
    (reference) => reference.cancelEvent(),
    ({ world, eventId }) => world.organiser.cancelEvent(eventId),
  ),
);

const cancel = ofBuyer(
  "cancel",
  (reference, id) => reference.cancel(id),
  ({ world }, { bookingId, userId }) => cancelBooking(world.deps, { bookingId, userId }),
);

const expire = ofBuyer(
  "expire",
  (reference, id) => reference.expire(id),
  ({ world }, { bookingId, userId }) => expireBooking(world.deps, { bookingId, userId }),
);

/** Sequences of everything that can happen; what happens more often in life is drawn more often. */
export function anyCommands(replayPath: string | undefined) {
  return fc.commands<Reference, Real, false>(
    [reserve, reserve, reserve, confirm(false), confirm(false), confirm(true), cancel, expire]
      .concat(onEvent, onEvent, [cancelEvent]),
    { maxCommands: MOST_COMMANDS, size: "max", ...(replayPath ? { replayPath } : {}) },
  );
}

/** Who buys in a run. */
export function newUsers(): string[] {
  return Array.from({ length: USERS }, newId);
}

async function answerOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing;
    return "ok";
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** What the databases say. */
async function look(real: Real): Promise<Visible> {
  const { world: { bookingsDb, eventsDb }, eventId, users } = real;
  const names = new Map<string, string>();
  for (const [user] of users.entries()) {
    for (let key = 0; key < KEYS; key++) {
      names.set(bookingOf(real, { user, key }).bookingId, nameOf({ user, key }));
    }
  }
  const [rows, seats] = await Promise.all([
    bookingsDb<(Visible["bookings"][string] & { booking_id: string })[]>`
      SELECT b.booking_id, b.quantity, b.status, b.payment_status AS payment, b.refund_minor,
             coalesce((SELECT sum(p.refunded_minor)::bigint FROM payments p
                        WHERE p.booking_id = b.booking_id), 0) AS refunded_minor
        FROM bookings b WHERE b.event_id = ${eventId}`,
    exactlyOne(
      eventsDb<Visible["seats"][]>`
        SELECT capacity - held - sold - set_aside AS available, held, sold, set_aside, seq
          FROM seat_inventory WHERE event_id = ${eventId}`,
      (row) => ({ ...row }),
    ),
  ]);
  const bookings = rows.map(({ booking_id, ...seen }) => [names.get(booking_id)!, seen] as const);
  return { bookings: Object.fromEntries(bookings), seats };
}
