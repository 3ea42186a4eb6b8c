import postgres from "postgres";
import { AnswerLimit } from "./answer_limit.ts";
import { arrayTypes } from "./array_types.ts";
import { parseConnectionUrl } from "./connection_url.ts";
import { withoutLeftovers } from "./leftover_rows.ts";
import { observedStatements, type ObserveStatement } from "./observed_statements.ts";
import type { Pool } from "./sql.ts";

/** Options of {@link openPostgres}. */
export interface PostgresOptions {
  /** Most connections at once; `?connection_limit=` of the URL lowers it. On a hot row few are faster: 1 to 4. */
  max: number;
  /** Whether a connection is sent a statement while it runs another; not where that may wait long for a lock. */
  pipelined?: boolean;
  /** Shown in `pg_stat_activity`, e.g. `booking-service`. */
  name: string;
  /** The server ends a statement that runs longer; 0 is never. Not set through a pooler. */
  statementTimeoutMs?: number;
  /** The server ends a transaction that waits this long for its client. Not set through a pooler. */
  idleInTransactionTimeoutMs?: number;
  /** How much longer than a statement may run its answer may take; then its pool is replaced. */
  answerMarginMs?: number;
  /** How long to try to reach the server, in seconds. */
  connectTimeoutS?: number;
}

const STATEMENT_TIMEOUT_MS = 15_000;
const ANSWER_MARGIN_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_S = 10;
const IDLE_TIMEOUT_S = 120;

/** How long a retired pool serves its queue, and then finishes its running statements. */
const RETIREMENT_GRACE_MS = 2_000;
const RETIREMENT_END_S = 1;
const END_TIMEOUT_S = 5;

const INT8_OID = 20;

/** Our bigints are counters and minor units of money: numbers, so long as these are exact. */
const INT8: postgres.PostgresType<number> = {
  to: INT8_OID,
  from: [INT8_OID],
  serialize: (value) => String(value),
  parse: parseInt8,
};

/** The result of `openPostgres()` with `begin`, which {@link Pool} hides; only `transaction()` uses it. */
export type PoolWithBegin = Pool & Pick<postgres.Sql, "begin"> & {
  /** Measures statements of its transactions. */
  readonly observe: ObserveStatement;
};

/**
 * Opens a pool of connections to one database; nothing is connected before the first statement.
 *
 * `bigint` columns are numbers (past 2^53 - 1 an error), `numeric` (also `sum()` of bigints: cast it) are
 * strings, `timestamptz` are `Date`, `jsonb` is parsed. Through a transaction pooler statements are not
 * prepared and no timeouts are set, which poolers refuse: the role has them there (`setTimeLimits()`). Nor are they
 * pipelined: a pooler takes the server away after the first answer, and the next one is lost (pgbouncer #759, supavisor
 * #1061, porsager/postgres #970).
 *
 * A statement that is not answered in time fails. The pool is replaced if the server answers nothing at all or a
 * connection is lost. Otherwise the client (3.4.9) may keep a lost connection for good, which answers nothing or the
 * error of the last statement: porsager/postgres #1208, #1215, #1216.
 *
 * @throws {TypeError} `url` is not a `postgres://` URL
 */
export function openPostgres(url: string, options: PostgresOptions): Pool {
  const connect = connector(url, options);
  const connectForBegin = connector(url, options, { forBegin: true });
  const statements = renewing(connect);
  const limit = answerLimit(options, () => statements.renew());
  const observe = observedStatements(options.name);
  const guarded = <Made>(made: Made) => {
    const whole = withoutLeftovers(made);
    return observe(limit ? limit.limit(whole) : whole);
  };
  let transactions: Renewing | undefined;

  async function end({ timeout = END_TIMEOUT_S }: { timeout?: number } = {}) {
    await Promise.all([statements.end(timeout), transactions?.end(timeout)]);
    limit?.stop();
  }

  return new Proxy(statements.current(), {
    apply: (_target, _self, args) => guarded(Reflect.apply(statements.current(), undefined, args)),
    get: (_target, key) => {
      if (key === "end") return end;
      if (key === "observe") return observe;
      // The client forgets that a connection is in a transaction when its BEGIN happens to be the hundredth
      // statement sent down it, and then runs others' statements inside of it: so these never share one.
      if (key === "begin") return (transactions ??= renewing(connectForBegin)).current().begin;
      if (key === "unsafe") {
        return (...args: Parameters<Pool["unsafe"]>) =>
          guarded(statements.current().unsafe(...args));
      }
      return Reflect.get(statements.current(), key);
    },
  }) as unknown as Pool;
}

/** Statements without a time limit have no answer limit either. */
function answerLimit(
  {
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
    answerMarginMs = ANSWER_MARGIN_MS,
  }: PostgresOptions,
  onSilence: () => void,
): AnswerLimit | undefined {
  if (statementTimeoutMs === 0) return undefined;
  return new AnswerLimit(statementTimeoutMs + answerMarginMs, onSilence);
}

/** A client that is replaced when it has lost a connection. */
interface Renewing {
  current(): postgres.Sql;
  /** Replaces the client, though no connection is known to be lost. */
  renew(): void;
  end(timeoutS: number): Promise<void>;
}

function renewing(connect: (onLoss: (pool: postgres.Sql) => void) => postgres.Sql): Renewing {
  const retired = new Map<postgres.Sql, ReturnType<typeof setTimeout>>();
  let ended = false;
  let current = connect(retire);

  function retire(pool: postgres.Sql) {
    if (ended || pool !== current) return;
    current = connect(retire);
    retired.set(
      pool,
      setTimeout(async () => {
        await pool.end({ timeout: RETIREMENT_END_S });
        retired.delete(pool);
      }, RETIREMENT_GRACE_MS),
    );
  }

  return {
    current: () => current,
    renew: () => retire(current),
    async end(timeoutS) {
      ended = true;
      for (const timer of retired.values()) clearTimeout(timer);
      // Without a limit the end of a pool that lost a connection waits for it for ever.
      const retirements = [...retired.keys()].map((pool) =>
        pool.end({ timeout: RETIREMENT_END_S })
      );
      await Promise.all([current.end({ timeout: timeoutS }), ...retirements]);
    },
  };
}

/** Creates pools that report when one of their connections has ended, for any reason. */
function connector(
  text: string,
  options: PostgresOptions,
  { forBegin = false }: { forBegin?: boolean } = {},
) {
  const { url, pooled, connectionLimit = options.max, tls } = parseConnectionUrl(
    text,
  );
  // The client's BEGIN needs a pipeline; its connection takes nothing else, and a pooler leaves it the server.
  const pipelined = forBegin || ((options.pipelined ?? true) && !pooled);
  const timeouts = {
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ??
      IDLE_IN_TRANSACTION_TIMEOUT_MS,
  };
  return function connect(onLoss: (pool: postgres.Sql) => void): postgres.Sql {
    const pool = postgres(url, {
      max: Math.min(options.max, connectionLimit),
      prepare: !pooled,
      ...(tls ? { ssl: tls } : {}),
      connection: { application_name: options.name, ...(pooled ? {} : timeouts) },
      ...(pipelined ? {} : { max_pipeline: 0 }),
      connect_timeout: options.connectTimeoutS ?? CONNECT_TIMEOUT_S,
      idle_timeout: IDLE_TIMEOUT_S,
      // Ending a connection by age would retire a busy pool together with its queue.
      max_lifetime: null,
      types: { int8: INT8, ...arrayTypes(parseInt8) },
      fetch_types: false,
      onnotice: () => {},
      onclose: () => onLoss(pool as unknown as postgres.Sql),
    }) as unknown as postgres.Sql;
    return pool;
  };
}

/** @throws {RangeError} the number cannot be held exactly */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`Cannot read a bigint as it must be a safe integer: it is ${text}`);
  }
  return value;
}
