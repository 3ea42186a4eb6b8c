import { expireDue } from "../../services/booking/orders/expire_due.ts";
import { createBookingOutbox } from "../../services/booking/outbox/outbox.ts";
import { rebuildHolds } from "../../services/booking/holds/rebuild_holds.ts";
import { createReconciliation } from "../../services/booking/reconcile/run_reconciliation.ts";
import { settleStuck } from "../../services/booking/payments/settle_stuck.ts";
import type { Process } from "./process.ts";

/** A background worker of a process, as started in `open.ts`. */
export interface SimulatedWorker {
  name: string;
  intervalMs: number;
  /** Called once per run of a process; returns the function that runs one pass. */
  create: (process: Process) => () => Promise<unknown>;
}

const CLEANUP_INTERVAL_MS = 2_000;
const PURGE_INTERVAL_MS = 600_000;
const RECONCILE_INTERVAL_MS = 10_000;
const WAITLIST_INTERVAL_MS = 500;
const OFFERS_INTERVAL_MS = 1_000;

export const OUTBOX: SimulatedWorker = {
  name: "outbox",
  intervalMs: CLEANUP_INTERVAL_MS,
  create({ deps }) {
    const outbox = createBookingOutbox(deps);
    return () => outbox.deliverAll();
  },
};

export const WAITLIST: SimulatedWorker = {
  name: "waitlist",
  intervalMs: WAITLIST_INTERVAL_MS,
  create: ({ queues }) => () => queues.run(),
};

export const WORKERS: readonly SimulatedWorker[] = [
  OUTBOX,
  WAITLIST,
  {
    name: "offers",
    intervalMs: OFFERS_INTERVAL_MS,
    create: ({ deps }) => () => deps.offerHolders.refresh(),
  },
  { name: "expiry", intervalMs: CLEANUP_INTERVAL_MS, create: ({ deps }) => () => expireDue(deps) },
  {
    name: "settle stuck",
    intervalMs: CLEANUP_INTERVAL_MS,
    create: ({ deps }) => () => settleStuck(deps),
  },
  {
    name: "rebuild holds",
    intervalMs: CLEANUP_INTERVAL_MS,
    create: ({ deps }) => () => rebuildHolds(deps),
  },
  {
    name: "purge outbox",
    intervalMs: PURGE_INTERVAL_MS,
    create: ({ deps }) => () => createBookingOutbox(deps).purge(),
  },
  {
    name: "reconcile",
    intervalMs: RECONCILE_INTERVAL_MS,
    create: ({ deps }) => createReconciliation(deps),
  },
];
