import { z } from "@hono/zod-openapi";
import type { Logger } from "@evently/shared/log";
import type { OutboxBatchHandler, OutboxMessage } from "@evently/shared/outbox";

/** The stored payload of a fact about an entry, which is the message's subject. */
const JoinedPayload = z.object({
  user_id: z.uuid(),
  place: z.int().positive(),
  quantity: z.int().positive(),
});

/** The stored payload of a fact about an offer. */
const OfferPayload = z.object({
  user_id: z.uuid(),
  place: z.int().positive(),
  offer_id: z.uuid(),
  ticket_type_id: z.uuid(),
  quantity: z.int().positive(),
});

/** Facts of the waitlist in the outbox, by topic; the subject of each message is an entry. */
export interface WaitlistTopics {
  /** An entry is in line. */
  "waitlist.joined": z.infer<typeof JoinedPayload>;
  /** An entry is offered seats. */
  "waitlist.offered": z.infer<typeof OfferPayload>;
  /** The time of an offer ended. */
  "waitlist.offer_lapsed": z.infer<typeof OfferPayload>;
  /** An offer was bought. */
  "waitlist.converted": z.infer<typeof OfferPayload>;
}

/** Handlers of the facts: each is logged. */
export function waitlistFactHandlers(
  log: Pick<Logger, "info">,
): { [Topic in keyof WaitlistTopics]: OutboxBatchHandler<WaitlistTopics[Topic]> } {
  return {
    "waitlist.joined": logged(log, "waitlist: joined", JoinedPayload),
    "waitlist.offered": logged(log, "waitlist: offered", OfferPayload),
    "waitlist.offer_lapsed": logged(log, "waitlist: offer lapsed", OfferPayload),
    "waitlist.converted": logged(log, "waitlist: converted", OfferPayload),
  };
}

function logged<Payload extends object>(
  log: Pick<Logger, "info">,
  line: string,
  schema: { parse(payload: unknown): Payload },
): OutboxBatchHandler<Payload> {
  return {
    parse: (payload) => schema.parse(payload),
    groupBy: ({ eventId }) => eventId,
    deliverBatch(messages: readonly OutboxMessage<Payload>[]) {
      for (const { eventId, subjectId, payload } of messages) {
        log.info(line, { event_id: eventId, entry_id: subjectId, ...payload });
      }
      return Promise.resolve("delivered");
    },
  };
}
