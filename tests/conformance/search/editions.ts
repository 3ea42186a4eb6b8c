import assert from "node:assert/strict";
import { daysAhead, eventDocument, NOW } from "../../../services/search/testing/world.ts";
import { add, changeOf, later, putInPlace, type Register } from "./changes.ts";

/** Tests when the answers of an index may change. */
export function testEditions(test: Register): void {
  test("an edition lasts until the next write, removal or rebuild", async (index) => {
    const event = eventDocument();
    await add(index, event);
    const seen = new Set([await index.edition(NOW)]);
    seen.add(await index.edition(later(100)));
    seen.add(await index.edition(later(3_600_000)));
    assert.equal(seen.size, 1);
    await add(index, { ...event, version: 2 });
    seen.add(await index.edition(NOW));
    assert.equal(seen.size, 2, "after a write");
    await index.forget(event.eventId);
    seen.add(await index.edition(NOW));
    assert.equal(seen.size, 3, "after a removal");
    const next = await index.rebuild();
    await next.apply([changeOf(event)]);
    await putInPlace(next, 1);
    seen.add(await index.edition(NOW));
    assert.equal(seen.size, 4, "after a rebuild");
  });

  test("an edition ends when an event begins or ends, or a sale does", async (index) => {
    await add(
      index,
      eventDocument({ startsAt: daysAhead(-1), endsAt: daysAhead(2) }),
      eventDocument({ startsAt: daysAhead(4), endsAt: daysAhead(5) }),
      eventDocument({
        startsAt: daysAhead(9),
        endsAt: daysAhead(9),
        laterSeats: [{ from: daysAhead(3), availableSeats: 5 }],
      }),
    );
    for (const day of [2, 3, 4, 5, 9]) {
      const border = daysAhead(day).getTime();
      const before = await index.edition(new Date(border - 1));
      const after = await index.edition(new Date(border));
      assert.notEqual(before, after, `day ${day}`);
      assert.equal(after, await index.edition(new Date(border + 1)));
    }
    assert.equal(await index.edition(daysAhead(10)), await index.edition(daysAhead(20)));
  });
}
