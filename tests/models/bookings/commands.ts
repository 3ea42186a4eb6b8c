import assert from "node:assert/strict";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import fc from "fast-check";
import { bookingIdOf } from "../../../services/booking/orders/booking.ts";
import { DECLINED_TOKEN } from "../../../services/booking/payments/mock.ts";
import { runWorker, type World } from "../../../services/booking/testing/world.ts";
import { cancelBooking } from "../../../services/booking/orders/cancel_booking.ts";
import { confirmBooking } from "../../../services/booking/orders/confirm_booking.ts";
import { expireBooking } from "../../../services/booking/orders/expire_booking.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { extendBooking } from "../../../services/booking/orders/extend_booking.ts";
import { POLICIES, type PolicyName, type Reference, type Visible } from "./reference.ts";

const USERS = 2;
/** Booking number of a user who never reserves. */
const STRANGER = 1_000;
/** Commands pick among this many latest bookings. */
const MOST_PICKED = 5;
const MOST_TICKETS = 5;
/** Steps around every limit: cached refusals, the payment window, holds, the sweep grace, refund hours. */
const STEPS_MS = [
  100,
  200,
  30_000,
  59_999,
  60_000,
  299_999,
  300_000,
  331_000,
  599_999,
  10_800_000,
  79_200_000,
];
const MOST_SEATS = 12;
const MOST_COMMANDS = 40;

/** The real services, and the buyers of this run. */
export interface Real {
  world: World;
  eventId: string;
  users: readonly string[];
}

/** Runs one command on both sides and asserts that answers and resulting states are equal. */
class Command implements fc.AsyncCommand<Reference, Real> {
  readonly #name: string;
  readonly #parts: Parts;

  constructor(name: string, parts: Parts) {
    this.#name = name;
    this.#parts = parts;
  }

  check(): boolean {
    return true;
  }

  async run(reference: Reference, real: Real): Promise<void> {
    const { bookingNumber = () => STRANGER, onReference, onReal } = this.#parts;
    const number = bookingNumber(reference);
    const answer = await answerOf(onReal(real, bookingOf(real, number)));
    assert.equal(answer, onReference(reference, number), `different answers to: ${this.#name}`);
    assert.deepEqual(
      await readState(real),
      reference.visible(),
      `different states after: ${this.#name}`,
    );
  }

  toString(): string {
    return this.#name;
  }
}

interface Parts {
  /** Number of the booking that the command changes. */
  bookingNumber?: (reference: Reference) => number;
  onReference: (reference: Reference, number: number) => string;
  onReal: (real: Real, booking: ReturnType<typeof bookingOf>) => Promise<unknown>;
}

/** User, key and id of a numbered booking; two users take turns and use the same keys. */
function bookingOf({ users, eventId }: Pick<Real, "users" | "eventId">, number: number) {
  const userId = users[number % USERS]!;
  const key = `key ${Math.floor(number / USERS)}`;
  return { userId, key, bookingId: bookingIdOf({ userId, eventId, idempotencyKey: key }) };
}

/** The booking that a command changes: a label, and its number. */
interface Target {
  text: string;
  bookingNumber: (reference: Reference) => number;
}

/** One of the latest bookings, modulo their count so that shrinking keeps it valid; or a nonexistent one. */
const anyTarget = fc.nat(MOST_PICKED).map((pick): Target => ({
  text: pick === MOST_PICKED ? "a stranger" : `pick ${pick}`,
  bookingNumber: ({ numbered }) =>
    numbered === 0 || pick === MOST_PICKED ? STRANGER : numbered - 1 - pick % numbered,
}));

const newTarget: Target = { text: "a new one", bookingNumber: ({ numbered }) => numbered };

const reserve = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.constant(newTarget) }, { weight: 1, arbitrary: anyTarget }),
  fc.integer({ min: 1, max: MOST_TICKETS }),
).map(([{ text, bookingNumber }, quantity]) =>
  new Command(`reserve ${quantity} (${text})`, {
    bookingNumber: (reference) => Math.min(bookingNumber(reference), reference.numbered),
    onReference: (reference, number) => reference.reserve(number, quantity),
    onReal: ({ world, eventId }, { userId, key }) =>
      world.reserve({ eventId, quantity, userId, key }),
  })
);

function confirm(verb: string, { declined }: { declined: boolean }) {
  const token = declined ? DECLINED_TOKEN : "tok_visa";
  return anyTarget.map(({ text, bookingNumber }) =>
    new Command(`${verb} (${text})`, {
      bookingNumber,
      onReference: (reference, number) => reference.confirm(number, { declined }),
      onReal: ({ world: { deps } }, { bookingId, userId }) =>
        confirmBooking(deps, { bookingId, userId, method: "card", token }),
    })
  );
}

const cancel = anyTarget.map(({ text, bookingNumber }) =>
  new Command(`cancel (${text})`, {
    bookingNumber,
    onReference: (reference, number) => reference.cancel(number),
    onReal: ({ world: { deps } }, { bookingId, userId }) =>
      cancelBooking(deps, { bookingId, userId }),
  })
);

const expire = anyTarget.map(({ text, bookingNumber }) =>
  new Command(`expire (${text})`, {
    bookingNumber,
    onReference: (reference, number) => reference.expire(number),
    onReal: ({ world: { deps } }, { bookingId, userId }) =>
      expireBooking(deps, { bookingId, userId }),
  })
);

const extend = anyTarget.map(({ text, bookingNumber }) =>
  new Command(`extend (${text})`, {
    bookingNumber,
    onReference: (reference, number) => reference.extend(number),
    onReal: ({ world: { deps } }, { bookingId, userId }) =>
      extendBooking(deps, { bookingId, userId }),
  })
);

const timePasses = fc.constantFrom(...STEPS_MS).map((byMs) =>
  new Command(`${byMs} ms pass`, {
    onReference: (reference) => reference.timePasses(byMs),
    onReal: async ({ world }) => await world.clock.advance(byMs),
  })
);

const workers = fc.constantFrom(
  new Command("expire what is due", {
    onReference: (reference) => reference.expireDue(),
    onReal: ({ world }) => expireDue(world.deps),
  }),
  new Command("sweep seats", {
    onReference: (reference) => reference.sweepSeats(),
    onReal: ({ world }) => runWorker(world.eventService, "release expired seats"),
  }),
  new Command("settle", {
    onReference: (reference) => reference.settle(),
    onReal: ({ world }) => world.settle(),
  }),
);

const resize = fc.integer({ min: 1, max: MOST_SEATS }).map((capacity) =>
  new Command(`resize to ${capacity}`, {
    onReference: (reference) => reference.resize(capacity),
    onReal: ({ world, eventId }) => world.organiser.resize(eventId, capacity),
  })
);

const changePolicy = fc.constantFrom(...Object.keys(POLICIES) as PolicyName[]).map((name) =>
  new Command(`the policy becomes ${name}`, {
    onReference: (reference) => reference.changePolicy(name),
    onReal: ({ world, eventId }) =>
      world.organiser.change(eventId, { refund_policy: toWirePolicy(name) }),
  })
);

function toWirePolicy(name: PolicyName) {
  if (name === "default") return null;
  return POLICIES[name].map(([hoursBefore, percent]) => ({ hours_before: hoursBefore, percent }));
}

const waitlist = fc.boolean().map((open) =>
  new Command(open ? "open the waitlist" : "close the waitlist", {
    onReference: (reference) => reference.setWaitlistOpen(open),
    onReal: ({ world, eventId }) => world.organiser.setWaitlistOpen(eventId, open),
  })
);

const cancelEvent = fc.constant(
  new Command("cancel the event", {
    onReference: (reference) => reference.cancelEvent(),
    onReal: ({ world, eventId }) => world.organiser.cancelEvent(eventId),
  }),
);

/** Sequences of all commands, weighted by how often they happen in production. */
export function anyCommands(replayPath: string | undefined) {
  const any = fc.oneof(
    { weight: 10, arbitrary: reserve },
    { weight: 10, arbitrary: confirm("confirm", { declined: false }) },
    { weight: 2, arbitrary: confirm("confirm with a card that is declined", { declined: true }) },
    { weight: 6, arbitrary: cancel },
    { weight: 2, arbitrary: expire },
    { weight: 4, arbitrary: extend },
    { weight: 8, arbitrary: timePasses },
    { weight: 8, arbitrary: workers },
    { weight: 3, arbitrary: resize },
    { weight: 2, arbitrary: waitlist },
    { weight: 2, arbitrary: changePolicy },
    { weight: 1, arbitrary: cancelEvent },
  );
  return fc.commands<Reference, Real, false>([any], {
    maxCommands: MOST_COMMANDS,
    size: "max",
    ...(replayPath ? { replayPath } : {}),
  });
}

/** Ids of the buyers of a run. */
export function newUsers(): string[] {
  return Array.from({ length: USERS }, newId);
}

async function answerOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "ok";
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Reads the visible state from the databases. */
async function readState(real: Real): Promise<Visible> {
  const { world: { bookingsDb, eventsDb }, eventId } = real;
  const [rows, seats] = await Promise.all([
    bookingsDb<(Visible["bookings"][number] & { booking_id: string })[]>`
      SELECT b.booking_id, b.quantity, b.status, b.payment_status AS payment, b.refund_minor AS "refundMinor",
             coalesce((SELECT sum(p.refunded_minor)::bigint FROM payments p
                        WHERE p.booking_id = b.booking_id AND p.event_id = b.event_id), 0) AS "refundedMinor"
        FROM bookings b WHERE b.event_id = ${eventId}`,
    exactlyOne(
      eventsDb<Visible["seats"][]>`
        SELECT capacity - held - sold - set_aside AS available, held, sold, set_aside, seq
          FROM seat_inventory WHERE event_id = ${eventId}`,
      (row) => ({ ...row }),
    ),
  ]);
  const numbers = new Map(
    Array.from({ length: MOST_COMMANDS }, (_, n) => [bookingOf(real, n).bookingId, n]),
  );
  const bookings = rows.map(({ booking_id, ...seen }) => [numbers.get(booking_id), seen] as const);
  return { bookings: Object.fromEntries(bookings), seats };
}
