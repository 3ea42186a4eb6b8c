import type { BookingDeps } from "../../services/booking/deps.ts";
import { expireDue } from "../../services/booking/orders/expire_due.ts";
import { createBookingOutbox } from "../../services/booking/outbox/outbox.ts";
import { rebuildHolds } from "../../services/booking/holds/rebuild_holds.ts";
import { createReconciliation } from "../../services/booking/reconcile/run_reconciliation.ts";
import { settleStuck } from "../../services/booking/payments/settle_stuck.ts";

/** A background worker of a process, as started in `open.ts`. */
export interface SimulatedWorker {
  name: string;
  intervalMs: number;
  /** Called once per run of a process; returns the function that runs one pass. */
  create: (deps: BookingDeps) => () => Promise<unknown>;
}

const CLEANUP_INTERVAL_MS = 2_000;
const PURGE_INTERVAL_MS = 600_000;
const RECONCILE_INTERVAL_MS = 10_000;

export const OUTBOX: SimulatedWorker = {
  name: "outbox",
  intervalMs: CLEANUP_INTERVAL_MS,
  create(deps) {
    const outbox = createBookingOutbox(deps);
    return () => outbox.deliverAll();
  },
};

export const WORKERS: readonly SimulatedWorker[] = [
  OUTBOX,
  { name: "expiry", intervalMs: CLEANUP_INTERVAL_MS, create: (deps) => () => expireDue(deps) },
  {
    name: "settle stuck",
    intervalMs: CLEANUP_INTERVAL_MS,
    create: (deps) => () => settleStuck(deps),
  },
  {
    name: "rebuild holds",
    intervalMs: CLEANUP_INTERVAL_MS,
    create: (deps) => () => rebuildHolds(deps),
  },
  {
    name: "purge outbox",
    intervalMs: PURGE_INTERVAL_MS,
    create: (deps) => () => createBookingOutbox(deps).purge(),
  },
  { name: "reconcile", intervalMs: RECONCILE_INTERVAL_MS, create: createReconciliation },
];
