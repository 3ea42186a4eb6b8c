import type { Findings } from "../findings.ts";
import type { Call, HttpClient } from "../load/http.ts";
import type { OpenedShop } from "../load/open_shop.ts";
import { pause } from "../servers/supervised.ts";

/** Time limit for the platform to heal without help. */
const HEAL_LIMIT_MS = 60_000;
const POLL_MS = 25;

/**
 * Waits until each service, a reservation, its cancellation and the readiness check all succeed.
 *
 * @returns time waited, in milliseconds
 */
export async function waitUntilHealed(
  http: HttpClient,
  shop: OpenedShop,
  findings: Findings,
): Promise<number> {
  const beganMs = performance.now();
  for (;;) {
    const failing = await firstFailing(http, shop);
    const tookMs = performance.now() - beganMs;
    if (!failing) return tookMs;
    if (tookMs > HEAL_LIMIT_MS) {
      findings.add("the platform does not heal", `after ${HEAL_LIMIT_MS} ms: ${failing}`);
      return tookMs;
    }
    await pause(POLL_MS);
  }
}

async function firstFailing(
  http: HttpClient,
  { probe: { token }, probeEventId }: OpenedShop,
): Promise<string | undefined> {
  const reads: Call[] = [
    { method: "GET", path: "/api/user/users/profile", token },
    { method: "GET", path: `/api/event/events/${probeEventId}` },
    { method: "GET", path: "/api/search/search?q=chaos" },
  ];
  for (const call of reads) {
    const answer = await http.send(call);
    if (answer?.status !== 200) return `${call.path}: ${JSON.stringify(answer)}`;
  }
  const reserved = await http.send({
    method: "POST",
    path: "/api/booking/bookings/reserve",
    token,
    body: { event_id: probeEventId, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  if (reserved?.status !== 200) return `reserve: ${JSON.stringify(reserved)}`;
  const path = `/api/booking/bookings/${reserved.body.reservation_id}`;
  const cancelled = await http.send({ method: "DELETE", path, token });
  if (cancelled?.status !== 200) return `cancel: ${JSON.stringify(cancelled)}`;
  const ready = await http.send({ method: "GET", path: "/health/ready" });
  return ready?.status === 200 ? undefined : `readiness: ${JSON.stringify(ready)}`;
}
