import assert from "node:assert/strict";
import type { z } from "@hono/zod-openapi";
import { dayQuery, timeText } from "./time_schemas.ts";

function message(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

Deno.test("timeText() takes RFC 3339 in either case, and tells missing from malformed", () => {
  const time = timeText("start");
  assert.equal(time.parse("2030-12-31t18:30:00z"), "2030-12-31T18:30:00Z");
  assert.equal(time.parse("2030-12-31T18:30:00.5+05:30"), "2030-12-31T18:30:00.5+05:30");
  for (const missing of [undefined, null, ""]) {
    assert.equal(message(time, missing), "start is required");
  }
  const malformed = "start must be a date and time such as 2030-12-31T18:30:00Z";
  for (const bad of [5, "tomorrow", "2030-12-31", "2030-02-30T00:00:00Z", "2030-12-31T18:30:00"]) {
    assert.equal(message(time, bad), malformed, String(bad));
  }
});

Deno.test("dayQuery() takes a calendar day and an empty one as absent", () => {
  const day = dayQuery("date_from");
  assert.equal(day.parse("2028-02-29"), "2028-02-29");
  assert.equal(day.parse("0001-01-01"), "0001-01-01");
  for (const none of [undefined, ""]) assert.equal(day.parse(none), undefined);
  for (
    const bad of ["0000-01-01", "2030-02-30", "2030-1-1", "20300101", "+002030-01-01", "today"]
  ) {
    assert.equal(message(day, bad), "date_from must be a date (YYYY-MM-DD)", bad);
  }
});
