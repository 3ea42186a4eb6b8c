import { createRoutes, errors, json, route } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { findChangesAfter, lastChange } from "./change_feed_sql.ts";
import { ChangesQuery, ChangesResponse, toFeedItem } from "./wire.ts";

const changesRoute = route({
  method: "get",
  path: "/internal/events/changes",
  operationId: "listEventChanges",
  tags: ["Internal"],
  summary: "List changes of events after a position",
  description: "The change feed that search follows.",
  request: { query: ChangesQuery },
  responses: { 200: json(ChangesResponse), ...errors(400, 401, 403) },
});

/** The change feed, which the search service reads. */
export function changeFeedRoutes({ sql }: { sql: Sql }) {
  return createRoutes()
    .openapi(changesRoute, async (c) => {
      const { after, limit } = c.req.valid("query");
      const last = await lastChange(sql);
      const found = await findChangesAfter(sql, { after, limit: limit + 1 });
      const page = found.slice(0, limit);
      return c.json({
        changes: page.map(toFeedItem),
        position: page.at(-1)?.change ?? after,
        more: found.length > limit,
        last,
      }, 200);
    });
}
