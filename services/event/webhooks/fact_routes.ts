import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { findWantedTopics } from "./facts_sql.ts";
import { recordFacts } from "./record_facts.ts";
import {
  FactsRequest,
  FactsResponse,
  toFacts,
  toWantedResponse,
  WantedRequest,
  WantedResponse,
} from "./wire.ts";

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

const wantedRoute = route({
  method: "post",
  path: "/internal/webhooks/wanted",
  operationId: "findWantedFacts",
  tags: ["Internal"],
  summary: "Find what webhooks want of events",
  description: "The topics by event; events of which no webhook wants anything are left out.",
  request: { body: jsonBody(WantedRequest) },
  responses: { 200: json(WantedResponse), ...errors(400, 401, 403, 413, 503) },
});

/** The routes by which other services learn what is wanted, and tell what happened. */
export function webhookFactRoutes(deps: Parameters<typeof recordFacts>[0]) {
  return createRoutes()
    .openapi(wantedRoute, async (c) => {
      const wanted = await findWantedTopics(deps.sql, c.req.valid("json").event_ids);
      return c.json(toWantedResponse(wanted), 200);
    })
    .openapi(factsRoute, async (c) => {
      const deliveries = await recordFacts(deps, { facts: toFacts(c.req.valid("json")) });
      return c.json({ deliveries }, 200);
    });
}
