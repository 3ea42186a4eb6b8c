import assert from "node:assert/strict";
import { dataOf, eventually } from "../journeys/platform.ts";
import { webSuite } from "./suite.ts";
import { soldOutEvent } from "./waiting.ts";

const { test } = webSuite();

/** Posters of the home page; the seeded platform has more events with seats left. */
const POSTERS = 5;

test("selling now: a sold-out event makes room for those that can be bought", async (t) => {
  const { eventId, name } = await soldOutEvent(t, { bookings: [10, 10] });
  const { api } = t.platform;
  await eventually("the sold-out event sells as fast as any", async () => {
    const query = { limit: POSTERS };
    const { events } = await dataOf(api.GET("/api/search/search/trending", { params: { query } }));
    return events.find(({ event_id }) => event_id === eventId)?.available_seats === 0;
  });
  const page = await t.page();
  await page.goto("/");
  const posters = page.getByRole("region", { name: "Selling now" });
  assert.equal(await posters.getByRole("heading", { level: 3 }).count(), POSTERS);
  assert.equal(await posters.getByRole("heading", { name }).count(), 0);
  assert.equal(await posters.getByText("Sold out").count(), 0);
});
