import type { Clock } from "@evently/shared/clock";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { readChanges } from "./read_changes.ts";
import { ChangesQuery, ChangesResponse, toChangesResponse } from "./wire.ts";

const changesRoute = route({
  method: "get",
  path: "/internal/events/changes",
  operationId: "listEventChanges",
  tags: ["Internal"],
  summary: "List changes of events after a position",
  description:
    "The change feed that search follows. Changes are counted in lanes; a position has the number of each lane and is " +
    "opaque to callers, who send back `position` for the next page.",
  request: { query: ChangesQuery },
  responses: { 200: json(ChangesResponse), ...errors(400, 401, 403) },
});

/** The change feed, which the search service reads. */
export function changeFeedRoutes({ sql, clock }: { sql: Sql; clock: Clock }) {
  return createRoutes()
    .openapi(changesRoute, async (c) => {
      const page = await readChanges({ sql }, c.req.valid("query"));
      return c.json(toChangesResponse(page, clock.now()), 200);
    });
}
