import { deriveId } from "@evently/shared/ids";
import { exactlyOne, one, type Sql } from "@evently/shared/postgres";
import type { MailPayload } from "./payloads.ts";

const MAIL_NAMESPACE = "0b7c2f0e-50b5-4c35-9d9e-1f4b7a6f6c11";

/** A mail to write into the outbox. */
export interface NewMail {
  /** The message that causes it: it causes one mail, however often it is delivered. */
  causeId: string;
  eventId: string;
  subjectId: string;
  payload: MailPayload;
  dueAt: Date;
}

/** A change of an event that its buyers must know of. */
export interface MovedEvent {
  /** The message that tells of the change. */
  changeId: string;
  eventId: string;
  payload: Extract<MailPayload, { kind: "event_moved" }>;
}

/** Mails to send, in the outbox. Each method is one statement. */
export interface MailStore {
  /** Writes mails; those that are written already stay as they are. */
  write(input: { mails: readonly NewMail[]; now: Date }): Promise<void>;
  /** Writes a mail for each confirmed booking that has none of this change yet, up to the limit. Returns how many. */
  writeMoved(input: { moved: MovedEvent; now: Date; limit: number }): Promise<number>;
  /** Whether an entry of the waitlist is still in line; `undefined` if there is none. */
  isInLine(entry: { entryId: string; eventId: string }): Promise<boolean | undefined>;
}

/** The store in bookings_db. */
export function postgresMailStore(sql: Sql): MailStore {
  return {
    async write({ mails, now }) {
      await sql`
        INSERT INTO outbox (message_id, event_id, subject_id, topic, payload, created_at, due_at)
        SELECT message_id, event_id, subject_id, 'mail.send', payload, ${now}, due_at
          FROM unnest(
            ${mails.map(({ causeId }) => deriveId(MAIL_NAMESPACE, causeId))}::uuid[],
            ${mails.map(({ eventId }) => eventId)}::uuid[],
            ${mails.map(({ subjectId }) => subjectId)}::uuid[],
            ${mails.map(({ payload }) => JSON.stringify(payload))}::text[]::jsonb[],
            ${mails.map(({ dueAt }) => dueAt.toISOString())}::timestamptz[]
          ) AS mail (message_id, event_id, subject_id, payload, due_at)
        ON CONFLICT (message_id, event_id) DO NOTHING`;
    },
    writeMoved: ({ moved: { changeId, eventId, payload }, now, limit }) =>
      exactlyOne(
        sql<{ written: number }[]>`
          WITH untold AS MATERIALIZED (
            SELECT b.booking_id, md5(${changeId}::text || b.booking_id::text)::uuid AS message_id
              FROM bookings b
             WHERE b.event_id = ${eventId} AND b.status = 'confirmed'
               AND NOT EXISTS (
                 SELECT FROM outbox o
                  WHERE o.message_id = md5(${changeId}::text || b.booking_id::text)::uuid
                    AND o.event_id = ${eventId})
             LIMIT ${limit}
          ), written AS (
            INSERT INTO outbox (message_id, event_id, subject_id, topic, payload, created_at, due_at)
            SELECT message_id, ${eventId}, booking_id, 'mail.send',
                   ${JSON.stringify(payload)}::text::jsonb, ${now}, ${now}
              FROM untold
            ON CONFLICT (message_id, event_id) DO NOTHING
          )
          SELECT count(*) AS written FROM untold`,
        ({ written }) => written,
      ),
    isInLine: ({ entryId, eventId }) =>
      one(
        sql<{ in_line: boolean }[]>`
          SELECT status IN ('joining', 'waiting', 'offering', 'offered') AS in_line
            FROM waitlist_entries WHERE entry_id = ${entryId} AND event_id = ${eventId}`,
        ({ in_line }) => in_line,
      ),
  };
}
