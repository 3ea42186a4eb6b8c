import { enqueue } from "@evently/shared/outbox";
import type { Tx } from "@evently/shared/postgres";
import type { User } from "./user.ts";

/**
 * Deletes a user with all that refers to them, and the mails that are still to be sent, and writes what must follow: the
 * end of what they have open elsewhere, at once and again at `againAt`, and the mail that confirms it. Does nothing if
 * another request was first.
 */
export async function eraseUser(
  tx: Tx,
  { user: { userId, email, name, language }, now, againAt }: {
    user: User;
    now: Date;
    againAt: Date;
  },
): Promise<void> {
  const { count } = await tx`DELETE FROM users WHERE user_id = ${userId}`;
  if (count === 0) return;
  await tx`
    DELETE FROM outbox
     WHERE subject_id = ${userId}
        OR (topic = 'account.reset' AND lower(payload->>'email') = lower(${email}))`;
  const about = { subjectId: userId, eventId: userId };
  await enqueue(tx, { ...about, topic: "account.forget", now });
  await enqueue(tx, { ...about, topic: "account.forget", now: againAt });
  const payload = { email, name, language };
  await enqueue(tx, { ...about, topic: "account.erased", payload, now });
}
