import { STATEMENT_DURATION, STATEMENTS_RUNNING } from "../metrics/mod.ts";
import { activeSpan, fail, kindOf, type Span, startSpan } from "../tracing/mod.ts";
import { intercepted, type PendingStatement } from "./pending_statement.ts";

/** Returns the same statement, measured and part of its request's trace. */
export type ObserveStatement = <Made>(made: Made) => Made;

/** What a statement is called after that the client made of a text: it may be anything. */
const UNNAMED = "statement";
const WRITES = /\b(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_][a-z0-9_.]*)/;
const READS = /\bFROM\s+([a-z_][a-z0-9_.]*)/;
const MAX_NAME_CHARS = 60;

/**
 * Measures the statements of one pool. Spans name operation and table, such as `INSERT bookings`; neither texts nor
 * parameters leave the process. Must be the last to wrap a statement, or it would miss how others end it.
 */
export function observedStatements(pool: string): ObserveStatement {
  let running = 0;
  STATEMENTS_RUNNING.observe(() => running, { pool });
  return function observe(made) {
    return intercepted(made, (statement, send) => {
      const { resolve, reject } = statement;
      const beganMs = performance.now();
      const span = activeSpan() && startStatement(statement, pool);
      let isRunning = true;
      running++;
      function end(outcome: "done" | "failed"): void {
        if (!isRunning) return;
        isRunning = false;
        running--;
        STATEMENT_DURATION.record((performance.now() - beganMs) / 1_000, { pool, outcome });
        span?.end();
      }
      statement.resolve = (result) => {
        end("done");
        resolve(result);
      };
      statement.reject = (error) => {
        if (span && isRunning) fail(span, kindOf(error));
        end("failed");
        reject(error);
      };
      send(statement);
    });
  };
}

function startStatement({ strings }: PendingStatement, pool: string): Span | undefined {
  const name = strings ? nameOf(strings) : UNNAMED;
  return startSpan(name, {
    kind: "client",
    attributes: {
      "db.system.name": "postgresql",
      "db.query.summary": name,
      "evently.pool": pool,
    },
  });
}

const names = new WeakMap<readonly string[], string>();

/** Operation and first table or function of a statement's text. */
function nameOf(strings: readonly string[]): string {
  const known = names.get(strings);
  if (known !== undefined) return known;
  const text = strings.join("?");
  const write = WRITES.exec(text);
  const read = READS.exec(text);
  const name = write
    ? `${write[1]!.split(" ")[0]} ${write[2]}`
    : read
    ? `SELECT ${read[1]}`
    : UNNAMED;
  names.set(strings, name.slice(0, MAX_NAME_CHARS));
  return name.slice(0, MAX_NAME_CHARS);
}
