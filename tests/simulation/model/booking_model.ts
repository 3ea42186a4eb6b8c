import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { dropPayment, findWithPayment, requireAction, resumeConfirming } from "./buyer_action.ts";
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
import type { BookingTables } from "./tables.ts";
import { takings } from "./takings.ts";

/** The methods of an interface, answering at once. */
export type AtOnce<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

/**
 * The bookings in memory: statement for statement what `store/` does on bookings_db, one file for each of its
 * files. `store/conformance` holds the two together.
 */
export function bookingModel(tables: BookingTables): AtOnce<BookingStore> {
  return {
    insertPending: (bookings) => insertPending(tables, bookings),
    find: (bookingId) => find(tables, bookingId),
    findMany: (bookingIds) => findMany(tables, bookingIds),
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
    dropPayment: (input) => dropPayment(tables, input),
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
    completeRefunds: (input) => completeRefunds(tables, input),
  };
}

/** The methods of a model as promises, each a turn later. */
export function asPromises<Methods extends object>(model: AtOnce<Methods>): Methods {
  const methods = Object.entries(model as Record<string, (...args: unknown[]) => unknown>);
  return Object.fromEntries(
    methods.map(([name, method]) => [
      name,
      async (...args: unknown[]) => await Promise.resolve(method(...args)),
    ]),
  ) as Methods;
}
