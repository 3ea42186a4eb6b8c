import {
  type AccountMailDeps,
  accountMailHandlers,
  type AccountTopics,
} from "@evently/shared/auth";
import { MAIL_RETRIES, sendMail } from "@evently/shared/mail";
import { Outbox, postgresOutboxStore } from "@evently/shared/outbox";
import { z } from "zod";
import type { People } from "../peers/people.ts";

/** Whom the mail of a closed account goes to: the account itself is gone. */
const ErasedPayload = z.object({ email: z.string(), name: z.string(), language: z.string() });

/** Payloads of the user service's messages, by topic; the subject of each is a user. */
interface UserTopics extends AccountTopics {
  /** Ends what a closed account has open elsewhere. */
  "account.forget": undefined;
  "account.erased": z.infer<typeof ErasedPayload>;
}

export interface UserOutboxDeps extends AccountMailDeps {
  people: Pick<People, "forget">;
}

/** The user service's outbox. */
export function createUserOutbox(deps: UserOutboxDeps): Outbox<UserTopics> {
  return new Outbox<UserTopics>({
    store: postgresOutboxStore(deps.sql),
    clock: deps.clock,
    log: deps.log,
    deadLetterTtlMs: deps.deadLetterTtlMs,
    handlers: {
      ...accountMailHandlers(deps),
      "account.forget": {
        parse: () => undefined,
        async deliver({ subjectId }) {
          const { ended, remaining } = await deps.people.forget(subjectId);
          if (remaining === 0) return "delivered";
          return ended > 0 ? "continue" : "later";
        },
      },
      "account.erased": {
        retries: MAIL_RETRIES,
        parse: (payload) => ErasedPayload.parse(payload),
        async deliver({ messageId: id, payload: { email: to, name, language } }) {
          const props = { name, url: deps.publicUrl };
          await sendMail(deps, { id, to, language, kind: "account_erased", props });
          return "delivered";
        },
      },
    },
  });
}
