import type { Clock } from "./clock.ts";
import type { Logger } from "./log.ts";
import { PURGED } from "./metrics/mod.ts";
import { createWorker, type Worker } from "./worker.ts";

/** How long something is kept after its end, in milliseconds; `undefined`: for ever. */
export type Retention = number | undefined;

/** Deletes what ended before then, at most `limit` of it. Returns how many it deleted. */
export type Purge = (input: { before: Date; limit: number }) => Promise<number>;

/** Options of {@link purgeWorkers}. */
export interface PurgeOptions {
  /** What is deleted; a word of the metric `evently.purged`. */
  kind: string;
  retention: Retention;
  purge: Purge;
  clock: Clock;
  log: Logger;
}

/** The most that one statement deletes, so that none holds others up. */
export const PURGE_BATCH = 500;
const PURGE_INTERVAL_MS = 10 * 60_000;

/** A worker that deletes what has been kept for its time, batch by batch; none for what is kept for ever. */
export function purgeWorkers({ kind, retention, purge, clock, log }: PurgeOptions): Worker[] {
  if (retention === undefined) return [];
  return [createWorker({
    log,
    name: `purge ${kind}`,
    intervalMs: PURGE_INTERVAL_MS,
    async run() {
      const before = new Date(clock.now().getTime() - retention);
      const purged = await purge({ before, limit: PURGE_BATCH });
      PURGED.add(purged, { kind });
      return purged === PURGE_BATCH;
    },
  })];
}

/** Options of {@link eraseRestoredWorker}. */
export interface EraseRestoredOptions<Account> {
  /** Whose accounts; a word of the worker's name and of the metric `evently.purged`. */
  kind: "users" | "admins";
  /** Lists accounts that are there although they were deleted, by id and after one, at most `limit`. */
  find(input: { after: string | undefined; limit: number }): Promise<Account[]>;
  idOf(account: Account): string;
  /** Deletes one, in a transaction; false if another process was first. */
  erase(account: Account): Promise<boolean>;
  log: Logger;
}

/** Accounts of one pass. */
const RESTORED_BATCH = 100;
/** A pass ends early after so many failures, as more would fail too where the database is the cause. */
const MAX_RESTORED_FAILURES = 10;

/**
 * A worker that deletes accounts again which were deleted before and which a restored backup has brought back. Any number
 * of processes may run it at once; after one that died the next pass goes on. An account whose deletion fails is logged
 * and passed over, and the pass counts as failed; once the last account was tried, passes begin with the first again.
 */
export function eraseRestoredWorker<Account>(
  { kind, find, idOf, erase, log }: EraseRestoredOptions<Account>,
): Worker {
  let after: string | undefined;
  return createWorker({
    log,
    name: `erase restored ${kind}`,
    intervalMs: PURGE_INTERVAL_MS,
    async run() {
      const found = await find({ after, limit: RESTORED_BATCH });
      let [tried, erased, failures] = [0, 0, 0];
      for (const account of found) {
        tried++;
        after = idOf(account);
        try {
          if (await erase(account)) erased++;
        } catch (error) {
          const about = { kind, account_id: after, error };
          log.warn("accounts: not deleted again after a restore", about);
          if (++failures === MAX_RESTORED_FAILURES) break;
        }
      }
      if (erased > 0) {
        PURGED.add(erased, { kind: `restored_${kind}` });
        log.warn("accounts: deleted again after a restore", { kind });
      }
      const isOver = tried === found.length && tried < RESTORED_BATCH;
      if (isOver) after = undefined;
      if (failures > 0) throw new Error(`${failures} restored ${kind} were not deleted again`);
      return !isOver;
    },
  });
}
