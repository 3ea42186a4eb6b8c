import type { Sql } from "@evently/shared/postgres";
import {
  exportBookings,
  findWithPayments,
  listBuyers,
  listEventBookings,
} from "./event_bookings_sql.ts";
import { countCancellation, countWaiting, salesByType, salesOverTime } from "./sales_sql.ts";
import type { SalesReads } from "./store.ts";

/** {@link SalesReads} by a pool. */
export function salesReads(sql: Sql): SalesReads {
  return {
    listEventBookings: (input) => listEventBookings(sql, input),
    exportBookings: (input) => exportBookings(sql, input),
    listBuyers: (input) => listBuyers(sql, input),
    findWithPayments: (input) => findWithPayments(sql, input),
    salesOverTime: (input) => salesOverTime(sql, input),
    salesByType: (input) => salesByType(sql, input),
    countCancellation: (input) => countCancellation(sql, input),
    countWaiting: (input) => countWaiting(sql, input),
  };
}
