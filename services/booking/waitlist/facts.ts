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

/** What is done with facts beside the log. */
export interface WaitlistFactListener {
  /** Has mails about offers written, once for each message. */
  offers(
    kind: "waitlist_offer" | "offer_lapsed",
    facts: readonly OutboxMessage<z.infer<typeof OfferPayload>>[],
  ): Promise<void>;
}

/** Handlers of the facts: each is logged, and those of offers are told to the listener. */
export function waitlistFactHandlers(
  log: Pick<Logger, "info">,
  listener: WaitlistFactListener | undefined,
): { [Topic in keyof WaitlistTopics]: OutboxBatchHandler<WaitlistTopics[Topic]> } {
  return {
    "waitlist.joined": logged(log, "waitlist: joined", JoinedPayload),
    "waitlist.offered": logged(
      log,
      "waitlist: offered",
      OfferPayload,
      (facts) => listener?.offers("waitlist_offer", facts),
    ),
    "waitlist.offer_lapsed": logged(
      log,
      "waitlist: offer lapsed",
      OfferPayload,
      (facts) => listener?.offers("offer_lapsed", facts),
    ),
    "waitlist.converted": logged(log, "waitlist: converted", OfferPayload),
  };
}

function logged<Payload extends object>(
  log: Pick<Logger, "info">,
  line: string,
  schema: { parse(payload: unknown): Payload },
  tell: (messages: readonly OutboxMessage<Payload>[]) => Promise<void> | undefined = () =>
    undefined,
): OutboxBatchHandler<Payload> {
  return {
    parse: (payload) => schema.parse(payload),
    groupBy: ({ eventId }) => eventId,
    async deliverBatch(messages: readonly OutboxMessage<Payload>[]) {
      await tell(messages);
      for (const { eventId, subjectId, payload } of messages) {
        log.info(line, { event_id: eventId, entry_id: subjectId, ...payload });
      }
      return "delivered";
    },
  };
}
