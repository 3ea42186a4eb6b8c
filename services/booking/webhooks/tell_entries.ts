import type { Clock } from "@evently/shared/clock";
import type { OutboxMessage } from "@evently/shared/outbox";
import type { FactData, OrganiserWebhooks } from "../peers/organiser_webhooks.ts";
import { EntryPayload } from "./payloads.ts";

/**
 * Tells webhooks of facts about entries of the waitlist, which are the subjects of the messages.
 *
 * @throws {Unavailable} the event service does not answer
 */
export async function tellEntries(
  { webhooks, clock }: { webhooks: OrganiserWebhooks; clock: Clock },
  messages: readonly OutboxMessage[],
): Promise<void> {
  const wanted = await webhooks.wanted(messages.map(({ eventId }) => eventId));
  const facts = messages.filter(({ eventId, topic }) => wanted.get(eventId)?.has(topic));
  if (facts.length === 0) return;
  const happenedAt = clock.now();
  await webhooks.tell(
    facts.map(({ messageId, topic, eventId, subjectId, payload }) => ({
      messageId,
      topic,
      eventId,
      happenedAt,
      data: toData(subjectId, payload),
    })),
  );
}

function toData(entryId: string, payload: unknown): FactData {
  const { user_id, quantity, offer_id } = EntryPayload.parse(payload);
  const ofOffer = offer_id === undefined ? {} : { booking_id: offer_id };
  return { waitlist_id: entryId, user_id, quantity, ...ofOffer };
}
