import { bookingIdOf } from "../../services/booking/orders/booking.ts";
import {
  ACTION_TOKEN,
  CAPTURED_TOKEN,
  DECLINED_TOKEN,
  PROCESSING_TOKEN,
} from "../../services/booking/payments/mock.ts";
import { cancelBooking } from "../../services/booking/orders/cancel_booking.ts";
import { confirmBooking } from "../../services/booking/orders/confirm_booking.ts";
import { expireBooking } from "../../services/booking/orders/expire_booking.ts";
import { extendBooking } from "../../services/booking/orders/extend_booking.ts";
import { reserveSeats } from "../../services/booking/orders/reserve_seats.ts";
import { refundBooking } from "../../services/booking/refunds/refund_booking.ts";
import type { WantedLine } from "../../services/booking/orders/order_lines.ts";
import type { Request } from "./host.ts";
import type { Outcome } from "./network.ts";
import type { Intent } from "./acknowledgements.ts";
import { drawLines } from "./shops.ts";
import type { Simulation } from "./simulation.ts";
import { Violation } from "./violation.ts";

/** Buyers act on this many latest intents, so that their requests conflict. */
const RECENT = 12;
/** Payment tokens; repetition is weight. */
const TOKENS = [
  ...["tok_visa", "tok_visa", "tok_visa", DECLINED_TOKEN],
  ...[ACTION_TOKEN, ACTION_TOKEN, CAPTURED_TOKEN],
];
/** How a payment goes on when its buyer has acted; repetition is weight. */
const ACTED = ["authorised", "authorised", "captured", "processing", "declined"] as const;
/** Distinct requests for a refund of a part of one booking. */
const REFUNDS = 3;

type Action = (world: Simulation, intent: Intent) => void;

/** Actions of buyers; repetition is weight. */
const ACTIONS: readonly Action[] = [
  reserve,
  reserve,
  reserveTwice,
  reserveTwice,
  reuseKey,
  confirm,
  confirm,
  confirm,
  confirm,
  confirmTwice,
  cancel,
  cancel,
  cancelWhileConfirming,
  refundPart,
  extend,
  extend,
  expire,
  actAsStranger,
];

/** Actions on an offer of the waitlist, which its user has not reserved. */
const OFFER_ACTIONS: readonly Action[] = ACTIONS.filter((action) =>
  action !== reserve && action !== reserveTwice && action !== reuseKey
);

/** Performs one action of a buyer: a new reservation, or an action on an earlier one. */
export function actAsBuyer(world: Simulation): void {
  const { random, acknowledgements } = world;
  const { intents } = acknowledgements;
  if (intents.length === 0 || random.below(4) === 0) {
    return random.pick([reserve, reserveTwice])(world, newIntent(world));
  }
  const recent = Math.min(RECENT, intents.length);
  const intent = intents[intents.length - 1 - random.below(recent)]!;
  random.pick(intent.isOffer ? OFFER_ACTIONS : ACTIONS)(world, intent);
}

function newIntent({ random, users, events, acknowledgements, shops }: Simulation): Intent {
  const userId = random.pick(users);
  const key = `key ${acknowledgements.intents.length}`;
  const eventId = random.pick(events);
  const intent: Intent = {
    userId,
    eventId,
    lines: drawLines(random, shops.get(eventId)),
    key,
    bookingId: bookingIdOf({ userId, eventId, idempotencyKey: key }),
  };
  acknowledgements.add(intent);
  return intent;
}

/** Reserves what an intent wants; a retry or a replay if it did before. */
export function reserve(world: Simulation, intent: Intent): void {
  const { userId, eventId, lines, key, reservation } = intent;
  const input = { userId, eventId, lines, idempotencyKey: key };
  const before = reservation !== undefined;
  send(world, {
    label: `reserve ${asText(lines)} by ${key}`,
    work: (deps) => reserveSeats(deps, input),
    settle: (outcome) => {
      if ("ok" in outcome) world.acknowledgements.reserved(intent, outcome.ok.reservation);
      if ("error" in outcome) world.acknowledgements.refused(intent, outcome.error, before);
    },
  });
}

function asText(lines: readonly WantedLine[]): string {
  return lines.map(({ ticketTypeId = "default", quantity }) => `${quantity} of ${ticketTypeId}`)
    .join(", ");
}

/** Sends two reservations with one key, each to any process. */
function reserveTwice(world: Simulation, intent: Intent): void {
  reserve(world, intent);
  reserve(world, intent);
}

/** Reuses a key for an order of the event that has one ticket more, which must be refused. */
function reuseKey(world: Simulation, intent: Intent): void {
  // A process that does not know of an offer which the key has met yet takes it for a new one.
  if (!intent.reservation || intent.ownId !== undefined) return reserve(world, intent);
  const { userId, eventId, key } = intent;
  const [first, ...rest] = intent.lines;
  const lines = [{ ...first!, quantity: first!.quantity + 1 }, ...rest];
  const other = { userId, eventId, lines, idempotencyKey: key };
  send(world, {
    label: `reserve ${asText(lines)} by ${key} again`,
    work: (deps) => reserveSeats(deps, other),
    settle: mustBeRefused(world, "a key was used for two requests"),
  });
}

function confirm(world: Simulation, intent: Intent): void {
  const { bookingId, userId, key } = intent;
  const token = drawToken(world, intent);
  const before = intent.token === token;
  send(world, {
    label: `confirm ${key} with ${token}`,
    work: (deps) => confirmBooking(deps, { bookingId, userId, method: "card", token }),
    settle: (outcome) => {
      if (intent.bookingId !== bookingId) return;
      if ("error" in outcome) {
        world.acknowledgements.refusedToConfirm(intent, outcome.error, before);
      }
      if (!("ok" in outcome)) return;
      if (outcome.ok.status === "confirmed") {
        return world.acknowledgements.confirmed(intent, outcome.ok, token);
      }
      if (outcome.ok.status === "processing") {
        intent.processing = token;
        return;
      }
      const { nextAction } = outcome.ok;
      if (nextAction.type === "redirect" && world.random.below(4) > 0) {
        world.payments.become(nextAction.url, world.random.pick(ACTED));
      }
    },
  });
}

/** Most buyers of a payment that is processing ask after it; others pay otherwise. */
function drawToken({ random, network, conditions }: Simulation, { processing }: Intent): string {
  if (processing !== undefined && random.below(4) > 0) return processing;
  return network.chance(conditions.processing) ? PROCESSING_TOKEN : random.pick(TOKENS);
}

function extend(world: Simulation, intent: Intent): void {
  const { bookingId, userId, key } = intent;
  send(world, {
    label: `extend ${key}`,
    work: (deps) => extendBooking(deps, { bookingId, userId }),
    settle: (outcome) => {
      if (intent.bookingId !== bookingId) return;
      if ("ok" in outcome) world.acknowledgements.extended(intent, outcome.ok);
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

function confirmTwice(world: Simulation, intent: Intent): void {
  confirm(world, intent);
  confirm(world, intent);
}

function cancel(world: Simulation, intent: Intent): void {
  const { bookingId, userId, key } = intent;
  send(world, {
    label: `cancel ${key}`,
    work: (deps) => cancelBooking(deps, { bookingId, userId }),
    settle: (outcome) => {
      if (intent.bookingId !== bookingId) return;
      if ("ok" in outcome) world.acknowledgements.cancelled(intent, outcome.ok);
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

/** Has the organiser give back a part of what was paid. */
function refundPart(world: Simulation, intent: Intent): void {
  const { bookingId, eventId, key } = intent;
  const { random, acknowledgements } = world;
  const [amount, idempotencyKey] = [1 + random.below(12), `part ${random.below(REFUNDS)}`];
  send(world, {
    label: `refund ${amount} of ${key}`,
    work: (deps) => refundBooking(deps, { eventId, bookingId, amount, idempotencyKey }),
    settle: (outcome) => {
      if ("ok" in outcome) acknowledgements.refunded(outcome.ok.refund);
      if ("error" in outcome) acknowledgements.failed(outcome.error);
    },
  });
}

function cancelWhileConfirming(world: Simulation, intent: Intent): void {
  confirm(world, intent);
  cancel(world, intent);
}

function expire(world: Simulation, intent: Intent): void {
  const { bookingId, userId, key } = intent;
  send(world, {
    label: `expire ${key}`,
    work: (deps) => expireBooking(deps, { bookingId, userId }),
    settle: (outcome) => {
      if (intent.bookingId !== bookingId) return;
      if ("ok" in outcome) world.acknowledgements.expired(intent);
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

/** Acts on another user's booking, which must be refused. */
function actAsStranger(world: Simulation, { bookingId, key }: Intent): void {
  const userId = world.stranger;
  const work = world.random.pick<Request<unknown>["work"]>([
    (deps) => confirmBooking(deps, { bookingId, userId, method: "card", token: "tok_visa" }),
    (deps) => cancelBooking(deps, { bookingId, userId }),
    (deps) => expireBooking(deps, { bookingId, userId }),
    (deps) => extendBooking(deps, { bookingId, userId }),
  ]);
  const settle = mustBeRefused(world, "a stranger changed a booking");
  send(world, { label: `stranger acts on ${key}`, work, settle });
}

function mustBeRefused(world: Simulation, violation: string) {
  return (outcome: Outcome<unknown>) => {
    if ("ok" in outcome) throw new Violation(violation);
    if ("error" in outcome) world.acknowledgements.failed(outcome.error);
  };
}

/** Sends a request to any process. It counts as one operation and is open until its first outcome. */
export function send<T>(world: Simulation, request: Request<T>): void {
  world.operations++;
  world.open++;
  let open = true;
  world.random.pick(world.hosts).request({
    ...request,
    settle: (outcome: Outcome<T>) => {
      if (open) world.open--;
      open = false;
      request.settle(outcome);
    },
  });
}
