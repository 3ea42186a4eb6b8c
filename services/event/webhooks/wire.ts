/** The wire shapes of webhooks, their deliveries and the facts of other services, and their mapping. */
import { z } from "@hono/zod-openapi";
import {
  clearableText,
  idParam,
  opaqueText,
  optionalText,
  pageQuery,
  requiredId,
  timeText,
} from "@evently/shared/http";
import { withoutNulls } from "../events/values.ts";
import type { WebhookWithSecret } from "./create_webhook.ts";
import type { DeliveryRecord } from "./deliveries_sql.ts";
import { MAX_URL_CHARS } from "./endpoint.ts";
import type { Fact } from "./fact.ts";
import type { WantedTopics } from "./facts_sql.ts";
import { PING, type Topic, TOPICS } from "./topics.ts";
import type { WebhookColumns, WebhookRecord } from "./webhooks_sql.ts";

/** The most facts of one request. */
export const MAX_FACTS = 100;
const MAX_LINES = 20;
const MAX_DESCRIPTION_CHARS = 200;

export const WebhookIdParams = z.object({ id: idParam("Invalid webhook ID") });
export const DeliveryIdParams = WebhookIdParams.extend({
  delivery_id: idParam("Invalid delivery ID"),
});
export const WebhookPageQuery = pageQuery({ limit: 20, maxLimit: 100 });

const Url = opaqueText("url", { max: MAX_URL_CHARS });
const TOPICS_RULE = `topics must be a list of some of ${TOPICS.join(", ")}`;
const Topics = z.array(z.enum(TOPICS, TOPICS_RULE), {
  error: ({ input }) => input === undefined || input === null ? "topics is required" : TOPICS_RULE,
}).min(1, TOPICS_RULE).max(TOPICS.length, TOPICS_RULE)
  .transform((topics) => [...new Set(topics)].toSorted());
const Status = z.enum(["active", "paused"], "status must be one of active, paused");

export const CreateWebhookRequest = z.object({
  url: Url,
  topics: Topics,
  description: optionalText("description", { max: MAX_DESCRIPTION_CHARS }),
  status: Status.default("active"),
}).openapi("CreateWebhookRequest");

/** Absent fields and stored values stay as they are; null removes the description. */
export const UpdateWebhookRequest = z.object({
  url: Url.optional(),
  topics: Topics.optional(),
  description: clearableText("description", { max: MAX_DESCRIPTION_CHARS }),
  status: Status.optional(),
}).openapi("UpdateWebhookRequest");

export const WebhookResponse = z.object({
  webhook_id: z.guid(),
  url: z.string(),
  topics: z.array(z.string()),
  description: z.string().optional(),
  status: z.enum(["active", "paused"]),
  paused_at: z.iso.datetime().optional(),
  paused_because: z.enum(["gone", "failing"]).optional().openapi({
    description:
      "Why the platform paused it: it answered 410, or took nothing for three days. Absent if its owner paused it",
  }),
  failing_since: z.iso.datetime().optional().openapi({
    description: "The first failed attempt since the last delivery",
  }),
  previous_secret_until: z.iso.datetime().optional().openapi({
    description: "Until then the previous secret signs, too",
  }),
  created_by: z.string(),
  organisation_id: z.guid().openapi({ description: "It is told of this organisation's events" }),
  created_at: z.string(),
  updated_at: z.string(),
}).openapi("Webhook");

export const WebhookSecretResponse = WebhookResponse.extend({
  secret: z.string().openapi({ description: "Shown now and never again" }),
}).openapi("WebhookWithSecret");

export const WebhookListResponse = z.object({
  webhooks: z.array(WebhookResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("WebhookList");

export const DeliveryResponse = z.object({
  delivery_id: z.guid().openapi({ description: "The `webhook-id` of the message" }),
  event_id: z.string().optional(),
  topic: z.string(),
  status: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int(),
  created_at: z.string(),
  attempted_at: z.iso.datetime().optional(),
  next_attempt_at: z.iso.datetime().optional(),
  response_status: z.int().optional(),
  response_start: z.string().optional().openapi({
    description: "The first bytes of the last answer",
  }),
  error: z.string().optional(),
  duration_ms: z.int().optional(),
}).openapi("WebhookDelivery");

export const DeliveryListResponse = z.object({
  deliveries: z.array(DeliveryResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("WebhookDeliveryList");

export const PingResponse = z.object({ delivery_id: z.guid() }).openapi("WebhookPing");

/** What webhooks may tell of a booking or an entry of the waitlist. Anything else that a fact has is left out. */
const FactData = z.object({
  booking_id: z.guid(),
  booking_reference: z.string(),
  user_id: z.guid(),
  waitlist_id: z.guid(),
  status: z.string(),
  payment_status: z.string(),
  quantity: z.int(),
  min_quantity: z.int(),
  lines: z.array(z.object({
    ticket_type_id: z.guid(),
    name: z.string(),
    quantity: z.int(),
    unit_price: z.number(),
    total: z.number(),
  })).max(MAX_LINES),
  currency: z.string(),
  total_amount: z.number(),
  refund_amount: z.number(),
  refunded_amount: z.number(),
  refund: z.object({
    refund_id: z.guid(),
    amount: z.number(),
    currency: z.string(),
    reason: z.string(),
  }),
  booked_at: z.string(),
  confirmed_at: z.string(),
  cancelled_at: z.string(),
  expired_at: z.string(),
  joined_at: z.string(),
  offered_at: z.string(),
  expires_at: z.string(),
}).partial();

export const FactsRequest = z.object({
  facts: z.array(z.object({
    message_id: requiredId("message_id"),
    topic: opaqueText("topic", { max: 100 }),
    event_id: requiredId("event_id"),
    created_at: timeText("created_at"),
    data: FactData,
  })).min(1).max(MAX_FACTS),
}).openapi("WebhookFactsRequest");

export const FactsResponse = z.object({ deliveries: z.int() }).openapi("WebhookFacts");

export const WantedRequest = z.object({
  event_ids: z.array(requiredId("event_ids")).min(1).max(MAX_FACTS),
}).openapi("WantedFactsRequest");

export const WantedResponse = z.object({
  events: z.array(z.object({ event_id: z.string(), topics: z.array(z.string()) })),
}).openapi("WantedFacts");

export function toWantedResponse(
  wanted: readonly WantedTopics[],
): z.infer<typeof WantedResponse> {
  return { events: wanted.map(({ eventId, topics }) => ({ event_id: eventId, topics })) };
}

export function toWebhookResponse(webhook: WebhookRecord): z.infer<typeof WebhookResponse> {
  return withoutNulls({
    webhook_id: webhook.webhookId,
    url: webhook.url,
    topics: webhook.topics,
    description: webhook.description,
    status: webhook.status,
    paused_at: toTime(webhook.pausedAt),
    paused_because: webhook.pausedBecause,
    failing_since: toTime(webhook.failingSince),
    previous_secret_until: toTime(webhook.previousSecretUntil),
    created_by: webhook.ownerId,
    organisation_id: webhook.organisationId,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  });
}

export function toWebhookSecretResponse(
  { webhook, secret }: WebhookWithSecret,
): z.infer<typeof WebhookSecretResponse> {
  return { ...toWebhookResponse(webhook), secret };
}

export function toWebhookColumns(request: z.infer<typeof CreateWebhookRequest>): WebhookColumns {
  return { ...request, description: request.description || null };
}

export function toDeliveryResponse(
  delivery: DeliveryRecord,
): z.infer<typeof DeliveryResponse> {
  return withoutNulls({
    delivery_id: delivery.deliveryId,
    event_id: delivery.topic === PING ? null : delivery.eventId,
    topic: delivery.topic,
    status: delivery.status,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.toISOString(),
    attempted_at: toTime(delivery.attemptedAt),
    next_attempt_at: delivery.status === "pending" ? toTime(delivery.dueAt) : null,
    response_status: delivery.answerStatus,
    response_start: delivery.answerStart,
    error: delivery.lastError,
    duration_ms: delivery.durationMs,
  });
}

/** Facts with topics of a later version, which no webhook can have, are left out. */
export function toFacts({ facts }: z.infer<typeof FactsRequest>): Fact[] {
  return facts.flatMap(({ message_id, topic, event_id, created_at, data }) => {
    if (!isTopic(topic)) return [];
    const happenedAt = new Date(created_at);
    return [{ id: message_id, topic, eventId: event_id, happenedAt, data: { event_id, ...data } }];
  });
}

function isTopic(text: string): text is Topic {
  return (TOPICS as readonly string[]).includes(text);
}

function toTime(time: Date | null): string | null {
  return time && time.toISOString();
}
