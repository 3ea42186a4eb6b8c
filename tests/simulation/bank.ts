import { defaultMaxHoldMs } from "../../services/booking/config.ts";
import { takeWebhook } from "../../services/booking/payments/take_webhook.ts";
import type { Simulation } from "./simulation.ts";

/** How a payment that was processing ends; repetition is weight. */
const ENDS = ["captured", "captured", "authorised", "declined"] as const;
/** How long a payment is processing, from its begin or from the end of its hold. */
const SOON_MS = 20_000;
/** One in this many payments that are processing never ends by itself. */
const ONE_SILENT_IN = 12;
/** Webhooks per thousand that are sent twice. */
const DOUBLED_PERMILLE = 200;
/** The provider sends a webhook again, up to so often, until it is taken. */
const MAX_DELIVERIES = 3;
const RETRY_MS = 20_000;

/**
 * Carries on the payments that are processing at the provider, and tells the booking service of changes by webhooks: at
 * once or late, twice, in any order, or never.
 */
export function startBank(world: Simulation): void {
  const { payments, network, conditions, ids } = world;
  payments.payments.watch((before, after) => {
    if (!after || before?.status === after.status) return;
    const { paymentId, status } = after;
    if (status === "processing") endLater(world, paymentId);
    if (!network.chance(conditions.webhooks)) return;
    const eventId = ids.newId();
    for (let copies = network.chance(DOUBLED_PERMILLE) ? 2 : 1; copies > 0; copies--) {
      sendWebhook(world, { eventId, paymentId, type: status });
    }
  });
}

/** Ends a payment soon, or about when its hold has ended, or never. */
function endLater(
  { random, scheduler, payments, conditions }: Simulation,
  paymentId: string,
): void {
  if (random.below(ONE_SILENT_IN) === 0) return;
  const end = random.pick(ENDS);
  const run = () => payments.become(paymentId, end);
  const holdMs = random.below(2) * defaultMaxHoldMs(conditions.holdTtlMs);
  scheduler.add({ label: "bank ends a payment", run }, holdMs + random.below(SOON_MS));
}

function sendWebhook(
  world: Simulation,
  event: { eventId: string; paymentId: string; type: string },
  deliveries = 1,
): void {
  const { random, scheduler, network, hosts } = world;
  const body = new TextEncoder().encode(JSON.stringify(event));
  const webhook = { provider: "model", body, headers: new Headers() };
  const run = () =>
    random.pick(hosts).request({
      label: `webhook: ${event.type}`,
      work: (deps) => takeWebhook(deps, webhook),
      settle: (outcome) => {
        if ("error" in outcome) world.onFailure(outcome.error);
        if ("ok" in outcome || deliveries === MAX_DELIVERIES) return;
        const again = () => sendWebhook(world, event, deliveries + 1);
        scheduler.add({ label: "provider sends a webhook again", run: again }, RETRY_MS);
      },
    });
  const delayMs = random.below(2) === 0 ? network.delayMs() : network.latenessMs();
  scheduler.add({ label: "provider sends a webhook", run }, delayMs);
}
