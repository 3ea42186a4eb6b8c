import assert from "node:assert/strict";
import { noFacets, type SortKey } from "../index/search_index.ts";
import { eventDocument, eventQuery, NOW } from "../testing/world.ts";
import { readCursor } from "./cursor.ts";
import { type AskedSearch, searchBody, wasSent } from "./search_body.ts";
import type { AnsweredPage } from "./sources.ts";

function pageOf(name: string): AnsweredPage {
  const document = eventDocument({ name });
  const next: SortKey = { value: 1, startMs: NOW.getTime(), eventId: document.eventId };
  const hits = [{ document, score: 1, distanceKm: undefined }];
  return { hits, total: 7, facets: noFacets("INR"), next, engine: "embedded" };
}

function readBody(found: AnsweredPage, asked: AskedSearch, queryTime: string) {
  const body = searchBody(found, { asked, queryTime, now: NOW });
  return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
}

for (const name of ["Jazz", "Café", "दिवाली"]) {
  Deno.test(`searchBody() gives each request its own fields: ${name}`, () => {
    const found = pageOf(name);
    const query = eventQuery({ limit: 1 });
    const first = { query, page: 1 };
    const later = {
      query: { ...query, before: { engine: "embedded", results: 3 } },
      page: 1,
    } as const;
    assert.equal(wasSent(found), false);
    for (const time of ["1.0ms", "0.1ms", "0.1ms", "12.5ms"]) {
      for (const [asked, results] of [[first, 1], [later, 4]] as const) {
        const { next_cursor: cursor, ...body } = readBody(found, asked, time);
        assert.equal(body.query_time, time);
        assert.equal(body.total, 7);
        assert.deepEqual(body.results.map((result: { name: string }) => result.name), [name]);
        assert.deepEqual(body.events, body.results);
        assert.deepEqual(readCursor(cursor)?.before, { engine: "embedded", results });
        assert.ok(wasSent(found));
      }
    }
  });
}
