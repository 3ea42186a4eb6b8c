import assert from "node:assert/strict";
import { loadConfig } from "@evently/shared/config";
import { createTestContext, jsonRequest } from "@evently/shared/testing";
import { bookingSection } from "./config.ts";
import { openBookingService } from "./open.ts";

const ID = crypto.randomUUID();
const RESERVATION = { event_id: ID, quantity: 1, idempotency_key: "key" };
const CONFIRMATION = { reservation_id: ID, payment_token: "tok", payment_method: "card" };

const URGENT: [string, unknown][] = [
  ["POST /api/v1/bookings/reserve", RESERVATION],
  ["POST /api/v1/bookings/confirm", CONFIRMATION],
  [`DELETE /api/v1/bookings/${ID}`, undefined],
];
const NOT_URGENT = [
  "GET /healthz",
  "GET /health/ready",
  `GET /api/v1/bookings/check-availability?event_id=${ID}&quantity=1`,
  `GET /api/v1/bookings/${ID}`,
  `GET /api/v1/bookings/user/${ID}`,
];

const { booking } = loadConfig({ BOOKING_SERVICE_DB_URL: "postgres://nobody@127.0.0.1:1/none" }, {
  booking: bookingSection,
});

Deno.test("hashing yields only to reserve, confirm and cancel with a valid token", async () => {
  await using context = await createTestContext();
  let urgent = 0;
  context.urgent.begin = () => void urgent++;
  const service = await openBookingService(booking, context);
  const token = await context.tokens.issueForUser(ID);
  const adminId = ID;
  const adminToken = await context.tokens.issueForAdmin({
    adminId,
    role: "super_admin",
    permissions: "{}",
  });

  async function begun(route: string, bearer: string, body?: unknown): Promise<number> {
    const [method, path] = route.split(" ") as [string, string];
    const before = urgent;
    const request = jsonRequest(method, `http://booking.test${path}`, { token: bearer, body });
    await (await service.app.fetch(request, {})).body?.cancel();
    return urgent - before;
  }

  for (const [route, body] of URGENT) {
    assert.equal(await begun(route, token, body), 1, route);
    for (const bearer of ["nonsense", adminToken]) {
      assert.equal(await begun(route, bearer, body), 0, route);
    }
  }
  assert.equal(await begun("POST /api/v1/bookings/reserve", token, {}), 0, "a malformed one");
  for (const route of NOT_URGENT) assert.equal(await begun(route, token), 0, route);
  await service.close();
});

Deno.test("facts and mails make way in a rush, while seats and money never do", async () => {
  await using context = await createTestContext();
  let asked = 0;
  context.urgent.beganLately = () => ++asked > 0;
  const service = await openBookingService(booking, context);
  for (const worker of service.workers) {
    const [, topic] = /^outbox (.+)$/.exec(worker.name) ?? [];
    if (topic === undefined) continue;
    asked = 0;
    worker.start();
    await worker.stop();
    const isFact = topic === "mail.send" || topic.startsWith("booking.");
    assert.equal(asked > 0, isFact, topic);
  }
  await service.close();
});
