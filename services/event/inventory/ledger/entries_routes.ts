import { z } from "@hono/zod-openapi";
import type { Organiser, OrganiserVariables } from "../../organisations/organiser.ts";
import { withMemberships } from "../../organisations/with_memberships.ts";
import type { Clock } from "@evently/shared/clock";
import {
  createRoutes,
  type CsvCell,
  CsvExports,
  errors,
  jsonOrCsv,
  pageQuery,
  prefersCsv,
  readPages,
  route,
} from "@evently/shared/http";
import type { Pool } from "@evently/shared/postgres";
import { EventIdParams } from "../../events/fields.ts";
import { findManagedEvent } from "../../events/find_managed_event.ts";
import { HOUSE, type LedgerEntry } from "./chain.ts";
import { latestEntries, ledgerPage } from "./ledger_sql.ts";

const EntriesResponse = z.object({
  entries: z.array(z.object({
    seq: z.int(),
    pool: z.int().optional().openapi({ description: "Absent: the house" }),
    operation: z.string(),
    debit: z.string().openapi({ description: "The account that the seats left" }),
    credit: z.string().openapi({ description: "The account that the seats went to" }),
    seats: z.int(),
    available: z.int(),
    held: z.int(),
    sold: z.int(),
    set_aside: z.int(),
    recorded_at: z.iso.datetime(),
    hash: z.string(),
  })),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("LedgerEntries");

const entriesRoute = route({
  method: "get",
  path: "/admin/events/{id}/ledger",
  operationId: "listLedgerEntries",
  tags: ["Event management"],
  summary: "List how the seats of an event moved",
  description:
    "The latest first; balances are those of the pool after each entry. `Accept: text/csv` answers all entries as a file, " +
    "the oldest first and with all that their hashes cover.",
  security: [{ adminToken: [] }],
  request: { params: EventIdParams, query: pageQuery({ limit: 50, maxLimit: 100 }) },
  responses: { 200: jsonOrCsv(EntriesResponse), ...errors(400, 401, 404, 503) },
});

/** Files that a process sends at once. */
const MAX_EXPORTS = 4;
/** An entry has up to a batch of allocations. */
const EXPORTED_PAGE = 200;
/** More entries than an event has. */
const MAX_EXPORTED_PAGES = 50_000;

const US_PER_MS = 1_000;

/** The columns of the CSV file: what is hashed, in this order, and the hash. */
const COLUMNS: Readonly<Record<string, (entry: LedgerEntry) => CsvCell>> = {
  event_id: (entry) => entry.eventId,
  seq: (entry) => entry.seq,
  pool: (entry) => entry.pool,
  operation: (entry) => entry.operation,
  debit: (entry) => entry.debit,
  credit: (entry) => entry.credit,
  seats: (entry) => entry.seats,
  allocation_ids: (entry) => entry.allocationIds,
  quantities: (entry) => entry.quantities,
  available: (entry) => entry.available,
  held: (entry) => entry.held,
  sold: (entry) => entry.sold,
  set_aside: (entry) => entry.setAside,
  recorded_us: (entry) => entry.recordedUs,
  hash: (entry) => entry.hash,
};

/** The entries of ledgers, for organisers, analysts and super admins. */
export function ledgerRoutes({ sql, clock }: { sql: Pool; clock: Clock }) {
  const exports = new CsvExports({ max: MAX_EXPORTS });

  function allEntries({ admin, eventId }: { admin: Organiser; eventId: string }) {
    return readPages(async (after) => {
      const reader = await withMemberships({ sql, clock }, admin);
      await findManagedEvent({ sql }, { admin: reader, eventId });
      const rows = await ledgerPage(sql, {
        eventId,
        after: after === undefined ? undefined : Number(after),
        limit: EXPORTED_PAGE,
      });
      return { rows, next: rows.length < EXPORTED_PAGE ? undefined : String(rows.at(-1)!.seq) };
    }, { maxPages: MAX_EXPORTED_PAGES });
  }

  return createRoutes<OrganiserVariables>()
    .openapi(entriesRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const admin = c.get("admin");
      await findManagedEvent({ sql }, { admin, eventId });
      if (prefersCsv(c)) {
        const pages = allEntries({ admin, eventId });
        return await exports.answer(c, { name: `ledger-${eventId}`, columns: COLUMNS, pages });
      }
      const { page, limit } = c.req.valid("query");
      const { entries, total } = await latestEntries(sql, {
        eventId,
        offset: (page - 1) * limit,
        limit,
      });
      c.header("Vary", "Accept", { append: true });
      return c.json({
        entries: entries.map(toEntry),
        total,
        page,
        limit,
        has_more: page * limit < total,
      }, 200);
    });
}

function toEntry(
  {
    pool,
    setAside,
    recordedUs,
    eventId: _event,
    allocationIds: _ids,
    quantities: _seats,
    ...entry
  }: LedgerEntry,
) {
  return {
    ...entry,
    ...(pool === HOUSE ? {} : { pool }),
    set_aside: setAside,
    recorded_at: new Date(recordedUs / US_PER_MS).toISOString(),
  };
}
