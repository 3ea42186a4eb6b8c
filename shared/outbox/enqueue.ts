import { newId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";

/** A message to deliver after the transaction commits. */
export interface NewMessage {
  topic: string;
  subjectId: string;
  eventId: string;
  /** As the topic's handler parses it: snake_case JSON. */
  payload?: Readonly<Record<string, string | number | boolean | null>>;
  now: Date;
}

/** Writes a message in the transaction that makes the change which it announces. */
export async function enqueue(
  tx: Tx,
  { topic, subjectId, eventId, payload = {}, now }: NewMessage,
): Promise<void> {
  await tx`
    INSERT INTO outbox (message_id, topic, subject_id, event_id, payload, created_at, due_at)
    VALUES (${newId()}, ${topic}, ${subjectId}, ${eventId}, ${tx.json(payload)}, ${now}, ${now})`;
}
