import type postgres from "postgres";
import { isConnectionLost, isSerializationFailure } from "./errors.ts";
import { intercepted } from "./pending_statement.ts";
import type { PoolWithBegin } from "./pool.ts";
import type { Pool, Tx } from "./sql.ts";

/** Options of {@link transaction}. */
export interface TransactionOptions {
  /** Default is the server's, `read committed`. */
  isolation?: "read committed" | "repeatable read" | "serializable";
}

const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 10;

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects.
 *
 * WARNING: `work` must await only statements of its own `tx`. It is repeated (at most 4 runs) after a serialization
 * failure or deadlock, so it must change nothing outside the database. Other awaits would hold row locks, and using
 * the pool inside deadlocks when every connection is taken.
 *
 * After its connection has died, further statements of `tx` are refused. The client alone (3.4.9) would run them on the
 * next connection, outside any transaction or inside another one, or end the process: porsager/postgres #1208, #1216.
 *
 * @throws what `work` throws; a connection failure (see `isConnectionFailure`), after which it is unknown
 *   whether the transaction was committed; {@link TransactionOver} a statement came too late
 */
export async function transaction<T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await runOnce(pool as PoolWithBegin, work, options);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isSerializationFailure(error)) throw error;
      await backoff(attempt);
    }
  }
}

/** A statement was issued on a transaction that had ended; it did not run. */
export class TransactionOver extends Error {
  override readonly name = "TransactionOver";

  constructor() {
    super("Cannot run the statement as its transaction is over: it ended or lost its connection");
  }
}

async function runOnce<T>(
  pool: PoolWithBegin,
  work: (tx: Tx) => Promise<T>,
  { isolation }: TransactionOptions,
): Promise<T> {
  const guard = new Guard(pool.observe);
  const outcome = pool.begin(isolation ? `isolation level ${isolation}` : "", async (tx) => {
    try {
      return await work(guard.watch(tx));
    } finally {
      // Settling would make the client send COMMIT or ROLLBACK down whatever connection comes next.
      if (guard.over) await new Promise(() => {});
    }
  });
  try {
    return await Promise.race([outcome as Promise<T>, guard.lost]);
  } finally {
    guard.over = true;
  }
}

/** Members of the client's transaction that send nothing. Of the others only `unsafe` can be guarded. */
const HELPERS: ReadonlySet<string | symbol> = new Set(["array", "json", "typed", "types"]);

/** Lets statements through to the server until the transaction has ended or its connection is lost. */
class Guard {
  over = false;
  /** Rejects once a statement failed because the connection is gone. */
  readonly lost: Promise<never>;
  readonly #lose: (error: unknown) => void;
  readonly #observe: PoolWithBegin["observe"];

  constructor(observe: PoolWithBegin["observe"]) {
    this.#observe = observe;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => {});
    this.lost = promise;
    this.#lose = reject;
  }

  watch(tx: postgres.TransactionSql): Tx {
    return new Proxy(tx, {
      apply: (target, _self, args) => this.#guarded(Reflect.apply(target, undefined, args)),
      get: (target, key) => {
        if (HELPERS.has(key)) return Reflect.get(target, key);
        if (key !== "unsafe") return undefined;
        return (...args: Parameters<Tx["unsafe"]>) => this.#guarded(target.unsafe(...args));
      },
    }) as unknown as Tx;
  }

  #guarded<Made>(made: Made): Made {
    const guarded = intercepted(made, (statement, send) => {
      const reject = statement.reject;
      if (this.over) return reject(new TransactionOver());
      statement.reject = (error) => {
        if (isConnectionLost(error)) {
          this.over = true;
          this.#lose(error);
        }
        reject(error);
      };
      send(statement);
    });
    return this.#observe(guarded);
  }
}

function backoff(attempt: number): Promise<void> {
  const longestMs = FIRST_BACKOFF_MS * 2 ** attempt;
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
}
