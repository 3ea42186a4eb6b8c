import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { newId } from "../../ids.ts";
import { languageOf, languagePath } from "../../languages.ts";
import type { Logger } from "../../log.ts";
import { MAIL_RETRIES, type MailDeps, sendMail } from "../../mail/mod.ts";
import { Outbox, type OutboxMessage, postgresOutboxStore } from "../../outbox/mod.ts";
import { one, type Pool, type Sql } from "../../postgres/mod.ts";
import { type AccountTable, matchEmail } from "../email_keys/mod.ts";
import { AccountLinks, type LinkPurpose } from "./account_links.ts";

const Requested = z.object({ requested_at: z.coerce.date() });
const RequestedByAddress = Requested.extend({ email: z.string() });

type Requested = z.infer<typeof Requested>;
type RequestedByAddress = z.infer<typeof RequestedByAddress>;

/** Payloads of the mails to accounts, by topic; their subject is the account, unless an address is given. */
export interface AccountTopics {
  "account.welcome": Requested;
  "account.verify": Requested;
  /** The account is looked up when the mail is made: asking for it is the same for known and unknown addresses. */
  "account.reset": RequestedByAddress;
}

/** Pages of the links, by kind of account. */
export interface AccountPages {
  reset: string;
  verify: string;
}

export const USER_PAGES: AccountPages = { reset: "/reset", verify: "/verify" };
export const ADMIN_PAGES: AccountPages = {
  reset: "/reset?account=organiser",
  verify: "/verify?account=organiser",
};

/** A part of a statement. */
type Fragment = ReturnType<typeof matchEmail>;

export interface AccountMailDeps extends MailDeps {
  sql: Pool;
  clock: Clock;
  log: Logger;
  accounts: AccountTable;
  pages: AccountPages;
  links: Pick<AccountLinks, "open">;
}

/** Who gets a mail. */
interface Addressee {
  accountId: string;
  email: string;
  name: string;
  language: string;
  isVerified: boolean;
}

/** The outbox of mails to accounts. A link is made when its mail is sent. */
export function createAccountOutbox(deps: AccountMailDeps): Outbox<AccountTopics> {
  return new Outbox<AccountTopics>({
    store: postgresOutboxStore(deps.sql),
    clock: deps.clock,
    log: deps.log,
    deadLetterTtlMs: deps.deadLetterTtlMs,
    handlers: accountMailHandlers(deps),
  });
}

/** The handlers of {@link createAccountOutbox}, for an outbox that has other topics too. */
export function accountMailHandlers(deps: AccountMailDeps) {
  return {
    "account.welcome": {
      retries: MAIL_RETRIES,
      parse: (payload: unknown) => Requested.parse(payload),
      deliver: (message: OutboxMessage<Requested>) => mailOwner(deps, message, "welcome"),
    },
    "account.verify": {
      retries: MAIL_RETRIES,
      parse: (payload: unknown) => Requested.parse(payload),
      deliver: (message: OutboxMessage<Requested>) => mailOwner(deps, message, "verify_email"),
    },
    "account.reset": {
      retries: MAIL_RETRIES,
      parse: (payload: unknown) => RequestedByAddress.parse(payload),
      async deliver(message: OutboxMessage<RequestedByAddress>) {
        const { sql } = deps;
        const account = await findAddressee(deps, matchEmail(sql, message.payload.email));
        return await mailLink(deps, { message, account, purpose: "reset", kind: "password_reset" });
      },
    },
  } as const;
}

/** Whom the mail of a deleted account goes to: the account itself is gone. */
const ErasedPayload = z.object({ email: z.string(), name: z.string(), language: z.string() });

export type ErasedPayload = z.infer<typeof ErasedPayload>;

/** The handler of the mail that confirms the deletion of an account. */
export function accountErasedHandler(deps: MailDeps) {
  return {
    retries: MAIL_RETRIES,
    parse: (payload: unknown) => ErasedPayload.parse(payload),
    async deliver(
      { messageId: id, payload: { email: to, name, language } }: OutboxMessage<ErasedPayload>,
    ): Promise<"delivered"> {
      const props = { name, url: deps.publicUrl };
      await sendMail(deps, { id, to, language, kind: "account_erased", props });
      return "delivered";
    },
  } as const;
}

/** Asks for a mail that leads to a new password, whether or not an account has the address. */
export async function requestReset(
  sql: Sql,
  { email, now }: { email: string; now: Date },
): Promise<void> {
  const anyId = newId();
  await sql`${accountMessage(sql, { topic: "account.reset", accountId: anyId, email, now })}`;
}

/** Asks for a mail that verifies the address of an account. */
export async function requestVerification(
  sql: Sql,
  { accountId, now }: { accountId: string; now: Date },
): Promise<void> {
  await sql`${accountMessage(sql, { topic: "account.verify", accountId, now })}`;
}

/**
 * The statement that asks for a mail. In the statement that makes the account, `from` is what has its row: the mail is
 * asked for if there is one.
 */
export function accountMessage(
  sql: Sql,
  { topic, accountId, email, now, from = sql`(SELECT) AS one` }: {
    topic: keyof AccountTopics;
    accountId: string;
    email?: string;
    now: Date;
    from?: Fragment;
  },
) {
  const payload = { requested_at: now.toISOString(), ...(email === undefined ? {} : { email }) };
  return sql`
    INSERT INTO outbox (message_id, topic, subject_id, event_id, payload, created_at, due_at)
    SELECT ${newId()}, ${topic}, ${accountId}, ${accountId}, ${
    JSON.stringify(payload)
  }::text::jsonb, ${now}, ${now}
      FROM ${from}`;
}

async function mailOwner(
  deps: AccountMailDeps,
  message: OutboxMessage<Requested>,
  kind: "welcome" | "verify_email",
): Promise<"delivered"> {
  const { sql, accounts } = deps;
  const account = await findAddressee(deps, sql`${sql(accounts.id)} = ${message.subjectId}`);
  if (account?.isVerified) return "delivered";
  return await mailLink(deps, { message, account, purpose: "verify", kind });
}

/** Sends a mail with a link, unless the account is unknown or the link could not be used. */
async function mailLink(
  deps: AccountMailDeps,
  { message, account, purpose, kind }: {
    message: OutboxMessage<Requested>;
    account: Addressee | undefined;
    purpose: LinkPurpose;
    kind: "welcome" | "verify_email" | "password_reset";
  },
): Promise<"delivered"> {
  const { messageId, payload: { requested_at: requestedAt } } = message;
  const link = account && await deps.links.open({
    accountId: account.accountId,
    purpose,
    messageId,
    requestedAt,
  });
  if (!link) return "delivered";
  const { email: to, language, name } = account;
  const url = linkUrl(deps, { purpose, language, token: link.token });
  const { expiresAt } = link;
  await sendMail(deps, { id: messageId, to, language, kind, props: { name, url, expiresAt } });
  return "delivered";
}

/** The token is in the fragment: no server, log or referrer gets it. */
function linkUrl(
  { publicUrl, pages }: Pick<AccountMailDeps, "publicUrl" | "pages">,
  { purpose, language, token }: { purpose: LinkPurpose; language: string; token: string },
): string {
  return `${publicUrl}${languagePath(languageOf(language))}${pages[purpose]}#token=${token}`;
}

function findAddressee(
  { sql, accounts: { name, id } }: Pick<AccountMailDeps, "sql" | "accounts">,
  which: Fragment,
): Promise<Addressee | undefined> {
  return one(
    sql<Addressee[]>`
      SELECT ${sql(id)} AS "accountId", email, name, language,
             email_verified_at IS NOT NULL AS "isVerified"
        FROM ${sql(name)} WHERE ${which}`,
    (row) => ({ ...row }),
  );
}
