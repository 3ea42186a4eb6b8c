import type { Sql } from "@evently/shared/postgres";
import { block, deleteEnded, list, listOfEvent, unblock } from "./blocks_sql.ts";
import type { UnpaidHoldStore } from "./store.ts";
import { countHolds, releaseHolds } from "./unpaid_holds_sql.ts";

/** {@link UnpaidHoldStore} by a pool. */
export function postgresUnpaidHoldStore(sql: Sql): UnpaidHoldStore {
  return {
    count: (input) => countHolds(sql, input),
    release: (input) => releaseHolds(sql, input),
    block: (input) => block(sql, input),
    unblock: (buyer) => unblock(sql, buyer),
    listOfEvent: (input) => listOfEvent(sql, input),
    list: (input) => list(sql, input),
    deleteEnded: (now) => deleteEnded(sql, now),
  };
}
