import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { recordFacts } from "./record_facts.ts";
import { FactsRequest, FactsResponse, toFacts } from "./wire.ts";

const factsRoute = route({
  method: "post",
  path: "/internal/webhooks/facts",
  operationId: "recordWebhookFacts",
  tags: ["Internal"],
  summary: "Record facts for webhooks",
  description:
    "Each fact is delivered to the webhooks of its event's owner. Idempotent by `message_id`; fields of `data` that are not " +
    "public are left out, and unknown topics are ignored. Answers how many deliveries there are to make.",
  request: { body: jsonBody(FactsRequest) },
  responses: { 200: json(FactsResponse), ...errors(400, 401, 403, 413, 503) },
});

/** The route by which other services tell what happened. */
export function webhookFactRoutes(deps: Parameters<typeof recordFacts>[0]) {
  return createRoutes()
    .openapi(factsRoute, async (c) => {
      const deliveries = await recordFacts(deps, { facts: toFacts(c.req.valid("json")) });
      return c.json({ deliveries }, 200);
    });
}
