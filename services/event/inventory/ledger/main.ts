/** `deno task audit`: audits every event of events_db; fails on any discrepancy. */
import { withSecretFiles } from "@evently/shared/config";
import { runCommand, say } from "@evently/shared/output";
import { openPostgres, type Pool, provideDatabase } from "@evently/shared/postgres";
import { auditAll } from "./audit_all.ts";

/** Events between two lines of progress. */
const PROGRESS_EVERY = 100;
/** Auditing an event that sold millions takes longer than any request may. */
const NO_TIMEOUT_MS = 0;

/**
 * Audits every event and prints the discrepancies.
 *
 * @param say writes a line
 * @returns number of inconsistent events
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
  const url = await provideDatabase(withSecretFiles(Deno.env.toObject()), "events_db");
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
