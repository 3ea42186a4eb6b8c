import assert from "node:assert/strict";
import { loadConfig } from "@evently/shared/config";
import { createTestContext } from "@evently/shared/testing";
import { bookingSection } from "./config.ts";
import { openBookingService } from "./open.ts";

Deno.test("what the booking service is asked is urgent to all others of its process", async () => {
  await using context = await createTestContext();
  const { booking } = loadConfig({ BOOKING_SERVICE_DB_URL: "postgres://nobody@127.0.0.1:1/none" }, {
    booking: bookingSection,
  });
  const service = await openBookingService(booking, context);
  const urgentLately = context.urgent.watch();
  await service.app.fetch(new Request("http://booking/healthz"), {});
  assert.equal(urgentLately(), true);
  assert.equal(urgentLately(), false);
  await service.close();
});
