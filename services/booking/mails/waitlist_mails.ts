import type { WaitlistFactListener } from "../waitlist/facts.ts";
import type { FactDeps } from "./fact_handlers.ts";

/** Has the mails about offers of the waitlist written. */
export function waitlistMails(
  { mails, clock, nudge }: FactDeps,
): WaitlistFactListener {
  return {
    async offers(kind, facts) {
      const now = clock.now();
      await mails.write({
        now,
        mails: facts.map(({ messageId, eventId, subjectId, payload }) => ({
          causeId: messageId,
          eventId,
          subjectId,
          payload: {
            kind,
            user_id: payload.user_id,
            offer_id: payload.offer_id,
            quantity: payload.quantity,
          },
          dueAt: now,
        })),
      });
      nudge.mails();
    },
  };
}
