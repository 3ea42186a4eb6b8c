import { createRoutes, errors, json, route } from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import { takeWebhook, type WebhookDeps } from "./take_webhook.ts";

const MAX_PROVIDER_CHARS = 40;

const webhookRoute = route({
  tags: ["Payments"] as [string],
  method: "post",
  path: "/payments/webhooks/{provider}",
  operationId: "takePaymentWebhook",
  summary: "Take a webhook of the payment provider",
  description:
    "Called by the provider, whose signature it must bear. The body is read as it came. 200 means that the event is " +
    "stored, and that it need not be sent again.",
  request: { params: z.object({ provider: z.string().max(MAX_PROVIDER_CHARS) }) },
  responses: {
    200: json(z.object({ received: z.literal(true) }).openapi("WebhookReceived")),
    ...errors(400, 404, 503),
  },
});

/** Where the payment provider tells that a payment has changed. */
export function webhookRoutes(deps: WebhookDeps) {
  return createRoutes().openapi(webhookRoute, async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const { provider } = c.req.valid("param");
    await takeWebhook(deps, { provider, body, headers: c.req.raw.headers });
    return c.json({ received: true } as const, 200);
  });
}
