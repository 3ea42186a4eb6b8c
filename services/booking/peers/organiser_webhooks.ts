import type { paths } from "@evently/shared/client/event";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";

/** A fact as the event service takes it. */
type FactBody =
  paths["/internal/webhooks/facts"]["post"]["requestBody"]["content"]["application/json"][
    "facts"
  ][number];

/** What webhooks may tell of a booking or of an entry of the waitlist, in snake_case. */
export type FactData = FactBody["data"];

/** Something that happened to a booking or to an entry of a waitlist. */
export interface WebhookFact {
  /** The id of the message that tells it: receivers are idempotent by it. */
  messageId: string;
  topic: string;
  eventId: string;
  happenedAt: Date;
  data: FactData;
}

/** The webhooks of organisers, which the event service keeps and sends. */
export interface OrganiserWebhooks {
  /** The topics that are wanted of events; events of which nothing is wanted are left out. */
  wanted(eventIds: readonly string[]): Promise<Map<string, ReadonlySet<string>>>;
  /** Hands facts over. Idempotent by `messageId`. */
  tell(facts: readonly WebhookFact[]): Promise<void>;
}

/** The most events and facts of one request, as in the event service. */
const MAX_FACTS = 100;

/** The webhooks behind the event service's internal routes. */
export function organiserWebhooksOver(
  binding: ServiceBinding,
  internalKey: string,
): OrganiserWebhooks {
  const client = serviceClient<paths>(binding, { internalKey });
  return {
    async wanted(eventIds) {
      const topics = new Map<string, ReadonlySet<string>>();
      for (const ids of parts([...new Set(eventIds)])) {
        const body = { event_ids: ids };
        const { events } = await unwrap(client.POST("/internal/webhooks/wanted", { body }));
        for (const event of events) topics.set(event.event_id, new Set(event.topics));
      }
      return topics;
    },
    async tell(facts) {
      for (const part of parts(facts)) {
        const body = { facts: part.map(toBody) };
        await unwrap(client.POST("/internal/webhooks/facts", { body }));
      }
    },
  };
}

function toBody({ messageId, topic, eventId, happenedAt, data }: WebhookFact): FactBody {
  return {
    message_id: messageId,
    topic,
    event_id: eventId,
    created_at: happenedAt.toISOString(),
    data,
  };
}

function parts<Item>(items: readonly Item[]): Item[][] {
  return Array.from(
    { length: Math.ceil(items.length / MAX_FACTS) },
    (_, n) => items.slice(n * MAX_FACTS, (n + 1) * MAX_FACTS),
  );
}
