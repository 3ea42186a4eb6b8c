import {
  accountErasedHandler,
  type AccountMailDeps,
  accountMailHandlers,
  type AccountTopics,
  type ErasedPayload,
} from "@evently/shared/auth";
import { Outbox, postgresOutboxStore } from "@evently/shared/outbox";
import type { People } from "../peers/people.ts";

/** Payloads of the user service's messages, by topic; the subject of each is a user. */
interface UserTopics extends AccountTopics {
  /** Ends what a closed account has open elsewhere. */
  "account.forget": undefined;
  "account.erased": ErasedPayload;
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
      "account.erased": accountErasedHandler(deps),
    },
  });
}
