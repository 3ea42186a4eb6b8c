/** `deno task audit`: audits every event of the events_db that the environment names; fails on any discrepancy. */
import { runCommand, say } from "@evently/shared/output";
import { openPostgres, type Pool, provideDatabase } from "@evently/shared/postgres";
import { auditAll } from "./audit_all.ts";

/** A line of progress after so many events. */
const PROGRESS_EVERY = 100;
/** An event that sold millions is read for longer than any request may take. */
const NO_TIMEOUT_MS = 0;

/**
 * Audits every event and says what it finds.
 *
 * @param say writes a line
 * @returns how many events do not add up
 */
export async function auditAndReport(sql: Pool, say: (line: string) => void): Promise<number> {
  let events = 0;
  let entries = 0;
  let wrong = 0;
  for await (const { eventId, report } of auditAll(sql)) {
    events++;
    entries += report.entries;
    if (!report.consistent) wrong++;
    for (const { message } of report.discrepancies) say(`event ${eventId}: ${message}`);
    if (events % PROGRESS_EVERY === 0) say(`${events} events audited, ${wrong} do not add up`);
  }
  say(`${events} events with ${entries} ledger entries audited, ${wrong} do not add up`);
  return wrong;
}

async function main(): Promise<number> {
  const url = await provideDatabase(Deno.env.toObject(), "events_db");
  const sql = openPostgres(url, {
    max: 1,
    name: "evently-audit",
    statementTimeoutMs: NO_TIMEOUT_MS,
  });
  try {
    return await auditAndReport(sql, say) > 0 ? 1 : 0;
  } finally {
    await sql.end();
  }
}

if (import.meta.main) await runCommand(main);
