import { Unavailable } from "@evently/shared/errors";
import { type RateDecision, RateLimited } from "@evently/shared/http";
import { type Booking, bookingIdOf, type PublicStatus, publicStatusOf } from "./booking.ts";
import type { BookingDeps, HoldAnswer } from "../deps.ts";
import {
  EventNotBookable,
  IdempotencyKeyReused,
  NotEnoughSeats,
  TooManyTickets,
} from "../errors.ts";
import type { HeldBooking } from "../holds/hold_documents.ts";
import { type SaleTerms, termsOfSale } from "./terms.ts";

/** What a buyer asks for. */
export interface ReserveInput {
  userId: string;
  eventId: string;
  quantity: number;
  idempotencyKey: string;
}

/** What a buyer is promised, until `expiresAt`; a replay tells what became of it. */
export interface Reservation {
  bookingId: string;
  reference: string;
  status: PublicStatus;
  /** When the hold ends; when it ended, if it has. */
  expiresAt: Date;
  total_minor: number;
  currency: string;
  terms: SaleTerms;
}

/** What was answered, and what is left of the rate limit. */
export interface Reserved {
  reservation: Reservation;
  decision: RateDecision;
}

const TOO_MANY_ATTEMPTS = "Too many booking attempts. Please try again later.";

/**
 * Reserves seats: holds them in the event's inventory, then inserts the pending booking. Both carry the
 * booking's derived id, so whatever dies in between, a retry finds its own; and where none comes the
 * allocation expires by itself.
 *
 * It cannot oversell, as the inventory decides alone, one batch after the other.
 *
 * @throws {TooManyTickets} {@link EventNotBookable} {@link NotEnoughSeats} the rules of the event
 * @throws {IdempotencyKeyReused} the key was used for another event or quantity
 * @throws {DomainError} `RATE_LIMITED`; replays are not counted
 */
export async function reserveSeats(deps: BookingDeps, input: ReserveInput): Promise<Reserved> {
  const limit = deps.settings.max_tickets_per_booking;
  if (input.quantity > limit) throw new TooManyTickets(limit, { ofEvent: false });

  const bookingId = bookingIdOf(input.userId, input.idempotencyKey);
  const decision = await deps.attempts.take(input.userId, bookingId);
  const booking = decision.allowed
    ? await joinOrReserve(deps, input, bookingId)
    : await earlierOr(deps, bookingId, new RateLimited(decision, TOO_MANY_ATTEMPTS));
  return { reservation: reservationOf(booking, input, deps.clock.now()), decision };
}

/**
 * Throws the error again; of too few seats with the holds of this buyer that are among those taken. That look-up is
 * a courtesy: where it fails, the refusal stands without it.
 */
async function tellOwnHolds(
  deps: BookingDeps,
  { userId, eventId }: ReserveInput,
  error: unknown,
): Promise<never> {
  if (!(error instanceof NotEnoughSeats)) throw error;
  const holds = await deps.openHoldBatches.submit({ userId, eventId }).catch(() => []);
  throw new NotEnoughSeats({
    ownHolds: holds.map(({ bookingId, reference, quantity, expiresAt }) => ({
      reservation_id: bookingId,
      booking_reference: reference,
      quantity,
      expires_at: expiresAt.toISOString(),
    })),
  });
}

/**
 * Requests that come together with one key and for the same share one reservation. A refusal they do not share: it
 * rests on a look at the seats that may be older than the request, and another process may have said yes since.
 */
async function joinOrReserve(
  deps: BookingDeps,
  input: ReserveInput,
  bookingId: string,
): Promise<HeldBooking> {
  const request = `${bookingId} ${input.eventId} ${input.quantity}`;
  const shared = await deps.reserving.get(request)?.catch(() => undefined);
  if (shared) return shared;
  const reserving = reserve(deps, input, bookingId);
  deps.reserving.set(request, reserving);
  try {
    return await reserving;
  } catch (error) {
    return await tellOwnHolds(deps, input, error);
  } finally {
    deps.reserving.delete(request);
  }
}

async function reserve(
  deps: BookingDeps,
  input: ReserveInput,
  bookingId: string,
): Promise<HeldBooking> {
  const { eventId, quantity } = input;
  if (deps.soldOut.refuses(eventId, quantity)) {
    if (!await deps.granted.mayHave(eventId, bookingId)) throw new NotEnoughSeats();
    return await earlierOr(deps, bookingId, new NotEnoughSeats());
  }
  const askedAt = deps.clock.now();
  const expiresAt = new Date(askedAt.getTime() + deps.settings.holdTtlMs);
  const answer = await deps.holdBatches.submit(eventId, {
    allocation_id: bookingId,
    quantity,
    expires_at: expiresAt.toISOString(),
  });
  switch (answer.result.outcome) {
    case "held":
      return await insertBooking(deps, input, { bookingId, askedAt, expiresAt, answer });
    case "existing":
      return await earlierOrFinish(deps, input, { bookingId, askedAt, expiresAt, answer });
    case "refused":
      return await earlierOr(deps, bookingId, refusalOf(deps, input, { askedAt, answer }));
  }
}

/** Before anybody hears no, it is made sure that this very request did not hear yes before. */
async function earlierOr(
  deps: BookingDeps,
  bookingId: string,
  refusal: Error,
): Promise<HeldBooking> {
  const earlier = await deps.findBatches.submit(bookingId);
  if (earlier) return earlier;
  throw refusal;
}

function refusalOf(
  deps: BookingDeps,
  input: ReserveInput,
  { askedAt, answer: { batch } }: Pick<Held, "askedAt" | "answer">,
): Error {
  const { on_sale, start_datetime, max_tickets_per_booking: max } = batch.event;
  if (!on_sale || start_datetime === null) return new EventNotBookable();
  if (max !== null && input.quantity > max) return new TooManyTickets(max, { ofEvent: true });
  deps.soldOut.remember(input.eventId, {
    available: batch.event.waitlist_open ? 0 : batch.available_seats,
    seq: batch.seq,
    askedAt,
    startsAt: new Date(start_datetime),
  });
  return new NotEnoughSeats();
}

interface Held {
  bookingId: string;
  askedAt: Date;
  expiresAt: Date;
  answer: HoldAnswer;
}

async function insertBooking(
  deps: BookingDeps,
  input: ReserveInput,
  { bookingId, expiresAt, answer }: Held,
): Promise<Booking> {
  const { event } = answer.batch;
  const booking = await deps.insertBatches.submit({
    bookingId,
    userId: input.userId,
    eventId: input.eventId,
    quantity: input.quantity,
    unitPrice_minor: event.unit_price_minor!,
    currency: event.currency!,
    terms: termsOfSale(event),
    bookedAt: deps.clock.now(),
    expiresAt,
  });
  if (booking.eventId !== input.eventId) {
    // The key had been used for another event, so these seats belong to no booking.
    await deps.seats.release([{ event_id: input.eventId, allocation_ids: [bookingId] }]);
    throw new IdempotencyKeyReused();
  }
  void deps.holds.put(booking);
  return booking;
}

/**
 * The seats are allocated already: this is a replay, or the first try died before its booking was written.
 * Then that is done now; a dead allocation that never had a booking is held anew.
 */
async function earlierOrFinish(
  deps: BookingDeps,
  input: ReserveInput,
  held: Held,
): Promise<HeldBooking> {
  const { result, batch } = held.answer;
  if (result.outcome !== "existing") throw new Error("only an existing allocation can be finished");
  // Redis knows an open hold; what became of one that has ended is asked of PostgreSQL.
  const mayBeOpen = result.state === "held" && batch.event.on_sale;
  const earlier = (mayBeOpen ? await deps.holds.find(held.bookingId) : undefined) ??
    await deps.findBatches.submit(held.bookingId);
  if (earlier) return earlier;
  if (result.quantity !== input.quantity) throw new IdempotencyKeyReused();
  const endsAt = result.expires_at === null ? undefined : new Date(result.expires_at);
  if (result.state === "held" && endsAt !== undefined && endsAt > deps.clock.now()) {
    return await insertBooking(deps, input, { ...held, expiresAt: endsAt });
  }
  return await holdAnew(deps, input, held);
}

/** One step, which looks again: a release that came late would take the seats of a retry that was quicker. */
async function holdAnew(deps: BookingDeps, input: ReserveInput, held: Held): Promise<HeldBooking> {
  const item = {
    allocation_id: held.bookingId,
    quantity: input.quantity,
    expires_at: held.expiresAt.toISOString(),
  };
  const [response] = await deps.seats.hold(
    [{ event_id: input.eventId, items: [item] }],
    { revive: true },
  );
  const { results, ...batch } = response!;
  const answer = { result: results[0]!, batch };
  switch (answer.result.outcome) {
    case "held":
      return await insertBooking(deps, input, { ...held, answer });
    case "existing":
      return await earlierOr(deps, held.bookingId, new Unavailable("The seats are being held"));
    case "refused":
      return await earlierOr(deps, held.bookingId, refusalOf(deps, input, { ...held, answer }));
  }
}

/** The same key, the same answer; for another request it is refused. */
function reservationOf(booking: HeldBooking, input: ReserveInput, now: Date): Reservation {
  if (booking.eventId !== input.eventId || booking.quantity !== input.quantity) {
    throw new IdempotencyKeyReused();
  }
  const { bookingId, reference, total_minor, currency, terms } = booking;
  const status = publicStatusOf(booking, now);
  const expiresAt = booking.endedAt ?? booking.expiresAt;
  return { bookingId, reference, status, expiresAt, total_minor, currency, terms };
}
