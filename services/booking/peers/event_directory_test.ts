import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { localBinding, SeatNews } from "@evently/shared/services";
import { times } from "@evently/shared/testing";
import { eventDirectoryOver } from "./event_directory.ts";

/** A directory over an event service that always answers with `event`. */
function createDirectory(event: Record<string, unknown>) {
  const [eventId, seatNews] = [newId(), new SeatNews()];
  const asked = { times: 0, event };
  const binding = localBinding("event", () => ({
    fetch() {
      asked.times++;
      return Response.json({
        event_id: eventId,
        max_tickets_per_booking: 10,
        base_price: 5,
        version: 1,
        status: "published",
        name: "Event",
        currency: "INR",
        start_datetime: "2030-01-01T12:00:00.000Z",
        on_sale: true,
        ...asked.event,
      });
    },
  }));
  const clock = new ManualClock();
  const directory = eventDirectoryOver(binding, { internalKey: "key", clock, seatNews });
  return { asked, eventId, seatNews, seats: () => directory.bookable(eventId) };
}

Deno.test("bookable() of a plain event takes its seats from news, without asking again", async () => {
  const { asked, eventId, seatNews, seats } = createDirectory({ available_seats: 9, seat_seq: 1 });
  assert.equal((await seats())?.availableSeats, 9);
  seatNews.tell(eventId, { availableSeats: 4, seq: 2 });
  assert.equal((await seats())?.availableSeats, 4);
  assert.equal(asked.times, 1);
});

Deno.test("bookable() of an event with types asks again after news, once for all", async () => {
  const types = { by_type: [{ ticket_type_id: newId(), available: 3, state: "on_sale" }] };
  const { asked, eventId, seatNews, seats } = createDirectory({
    ...types,
    available_seats: 3,
    seat_seq: 1,
  });
  assert.equal((await seats())?.availableSeats, 3);
  seatNews.tell(eventId, { availableSeats: 80, seq: 2 });
  asked.event = { ...types, available_seats: 2, seat_seq: 2 };
  const seen = await Promise.all(times(20, seats));
  assert.deepEqual(new Set(seen.map((event) => event?.availableSeats)), new Set([2]));
  assert.equal((await seats())?.availableSeats, 2);
  assert.equal(asked.times, 2);
});

Deno.test("bookable() stops asking where the event service is always behind the news", async () => {
  const { asked, eventId, seatNews, seats } = createDirectory({
    by_type: [],
    available_seats: 3,
    seat_seq: 1,
  });
  seatNews.tell(eventId, { availableSeats: 80, seq: 5 });
  assert.equal((await seats())?.availableSeats, 3);
  assert.equal(asked.times, 3);
});
