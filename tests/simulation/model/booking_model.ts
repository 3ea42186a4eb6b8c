import type { BookingStore } from "../../../services/booking/orders/store.ts";
import {
  findWithPayment,
  replacePayment,
  requireAction,
  resumeConfirming,
} from "./buyer_action.ts";
import {
  abandonConfirmation,
  completeConfirmation,
  declinePayment,
  handOnConfirmations,
  leaseStuckConfirmations,
  startConfirming,
} from "./confirm.ts";
import { cancelForEvent, cancelFrom, expireDue, expireIfPending } from "./end.ts";
import { extendHold } from "./extend.ts";
import {
  activity,
  find,
  findByTicket,
  findMany,
  findOpenHolds,
  insertPending,
  listByUser,
  listPending,
} from "./find.ts";
import { completeRefunds } from "./outbox.ts";
import { listSettled, requeueRefund, requeueRelease, voidStartedPayment } from "./reconcile.ts";
import { promiseRefund, refundsOf, refundsOfEvent } from "./refunds.ts";
import type { BookingTables } from "./tables.ts";
import { takings } from "./takings.ts";

/** The methods of an interface, made synchronous. */
export type Synchronous<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

/**
 * Booking store in memory; it mirrors each statement of `postgresBookingStore`. `tests/conformance/bookings` runs the
 * same cases on both.
 */
export function bookingModel(tables: BookingTables): Synchronous<BookingStore> {
  return {
    insertPending: (bookings) => insertPending(tables, bookings),
    find: (bookingId) => find(tables, bookingId),
    findMany: (keys) => findMany(tables, keys),
    findOpenHolds: (wanted, now) => findOpenHolds(tables, wanted, now),
    findByTicket: (ticketCode) => findByTicket(tables, ticketCode),
    listByUser: (input) => listByUser(tables, input),
    listPending: (input) => listPending(tables, input),
    activity: (input) => activity(tables, input),
    takings: (input) => takings(tables, input),
    startConfirming: (claims) => claims.map((claim) => startConfirming(tables, claim)),
    findWithPayment: (bookingId) => findWithPayment(tables, bookingId),
    requireAction: (input) => requireAction(tables, input),
    resumeConfirming: (input) => resumeConfirming(tables, input),
    replacePayment: (input) => replacePayment(tables, input),
    completeConfirmations: (captures) =>
      captures.map((capture) => completeConfirmation(tables, capture)),
    declinePayment: (input) => declinePayment(tables, input),
    abandonConfirmation: (input) => abandonConfirmation(tables, input),
    leaseStuckConfirmations: (input) => leaseStuckConfirmations(tables, input),
    handOnConfirmations: (payments) => handOnConfirmations(tables, payments),
    extendHold: (input) => extendHold(tables, input),
    cancelFrom: (input) => cancelFrom(tables, input),
    cancelForEvent: (input) => cancelForEvent(tables, input),
    expireIfPending: (input) => expireIfPending(tables, input),
    expireDue: (input) => expireDue(tables, input),
    listSettled: (input) => listSettled(tables, input),
    requeueRelease: (input) => requeueRelease(tables, input),
    requeueRefund: (input) => requeueRefund(tables, input),
    voidStartedPayment: (input) => voidStartedPayment(tables, input),
    promiseRefund: (refund) => promiseRefund(tables, refund),
    refundsOf: (keys) => refundsOf(tables, keys),
    refundsOfEvent: (input) => refundsOfEvent(tables, input),
    completeRefunds: (input) => completeRefunds(tables, input),
  };
}

/** Wraps the methods of a model in promises. */
export function asPromises<Methods extends object>(model: Synchronous<Methods>): Methods {
  const methods = Object.entries(model as Record<string, (...args: unknown[]) => unknown>);
  return Object.fromEntries(
    methods.map(([name, method]) => [
      name,
      async (...args: unknown[]) => await Promise.resolve(method(...args)),
    ]),
  ) as Methods;
}
