import { isDistributed, type Sql } from "@evently/shared/postgres";
import {
  findWithPayment,
  replacePayment,
  requireAction,
  resumeConfirming,
} from "../payments/buyer_action_sql.ts";
import {
  abandonConfirmation,
  completeConfirmations,
  declinePayment,
  handOnConfirmations,
  leaseStuckConfirmations,
  startConfirming,
} from "../payments/confirm_sql.ts";
import { cancelForEvent, cancelFrom, expireDue, expireIfPending } from "./end_sql.ts";
import { extendHold } from "./extend_sql.ts";
import {
  activity,
  find,
  findByTicket,
  findMany,
  findOpenHolds,
  listByUser,
  listPending,
} from "./find_sql.ts";
import { insertPending } from "./insert_sql.ts";
import {
  completeRefunds,
  promiseRefund,
  refundsOf,
  refundsOfEvent,
} from "../refunds/refunds_sql.ts";
import {
  listSettled,
  requeueRefund,
  requeueRelease,
  voidStartedPayment,
} from "../reconcile/reconcile_sql.ts";
import type { BookingStore } from "./store.ts";
import { takings } from "./takings_sql.ts";

/**
 * The bookings in PostgreSQL.
 *
 * @param sql the pool of ordinary statements
 * @param hotSql a small pool of its own for the batches of new bookings: more connections make it slower, unless each batch
 * goes to several servers
 */
export function postgresBookingStore(sql: Sql, hotSql: Sql): BookingStore {
  return {
    insertPending: async (bookings) =>
      await insertPending(await isDistributed(sql) ? sql : hotSql, bookings),
    find: (bookingId) => find(sql, bookingId),
    findMany: (keys) => findMany(sql, keys),
    findOpenHolds: (wanted, now) => findOpenHolds(sql, wanted, now),
    findByTicket: (ticketCode) => findByTicket(sql, ticketCode),
    listByUser: (input) => listByUser(sql, input),
    listPending: (input) => listPending(sql, input),
    activity: (input) => activity(sql, input),
    takings: (input) => takings(sql, input),
    startConfirming: (claims) => startConfirming(sql, claims),
    findWithPayment: (bookingId) => findWithPayment(sql, bookingId),
    requireAction: (input) => requireAction(sql, input),
    resumeConfirming: (input) => resumeConfirming(sql, input),
    replacePayment: (input) => replacePayment(sql, input),
    completeConfirmations: (captures) => completeConfirmations(sql, captures),
    declinePayment: (input) => declinePayment(sql, input),
    abandonConfirmation: (input) => abandonConfirmation(sql, input),
    leaseStuckConfirmations: (input) => leaseStuckConfirmations(sql, input),
    handOnConfirmations: (payments) => handOnConfirmations(sql, payments),
    extendHold: (input) => extendHold(sql, input),
    cancelFrom: (input) => cancelFrom(sql, input),
    cancelForEvent: (input) => cancelForEvent(sql, input),
    expireIfPending: (input) => expireIfPending(sql, input),
    expireDue: (input) => expireDue(sql, input),
    listSettled: (input) => listSettled(sql, input),
    requeueRelease: (input) => requeueRelease(sql, input),
    requeueRefund: (input) => requeueRefund(sql, input),
    voidStartedPayment: (input) => voidStartedPayment(sql, input),
    promiseRefund: (refund) => promiseRefund(sql, refund),
    refundsOf: (keys) => refundsOf(sql, keys),
    refundsOfEvent: (input) => refundsOfEvent(sql, input),
    completeRefunds: (input) => completeRefunds(sql, input),
  };
}
