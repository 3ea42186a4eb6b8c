import { createHmac } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { duration, type EnvReader } from "../../config/mod.ts";
import { one, type Pool, type Sql, transaction } from "../../postgres/mod.ts";
import type { Purge } from "../../retention.ts";
import type { Secrets } from "../../secrets.ts";
import type { AccountTable } from "../email_keys/mod.ts";
import { sha256 } from "../sha256.ts";

/** What a link of a mail is for: a new password, or the proof that an address is its owner's. */
export type LinkPurpose = "reset" | "verify";

/** How long links can be used. */
export interface AccountLinkRules {
  resetTtlMs: number;
  verifyTtlMs: number;
}

export const DEFAULT_LINK_RULES: AccountLinkRules = {
  resetTtlMs: 3_600_000,
  verifyTtlMs: 48 * 3_600_000,
};

/** How long a link is kept after it expired. */
export const LINK_RETENTION_MS = 24 * 3_600_000;

export function accountLinksSection(env: EnvReader): AccountLinkRules {
  return {
    resetTtlMs: env.read("PASSWORD_RESET_DURATION", duration(DEFAULT_LINK_RULES.resetTtlMs)),
    verifyTtlMs: env.read("EMAIL_VERIFICATION_DURATION", duration(DEFAULT_LINK_RULES.verifyTtlMs)),
  };
}

/** Options of {@link AccountLinks}; the database must have the table `account_links`. */
export interface AccountLinksOptions extends AccountLinkRules {
  sql: Pool;
  clock: Clock;
  accounts: AccountTable;
  /** Keys from which tokens are derived. */
  secrets: Secrets;
}

/** A link of a mail. */
export interface AccountLink {
  token: string;
  expiresAt: Date;
}

/** Who asked for a link, and when. */
export interface LinkRequest {
  accountId: string;
  purpose: LinkPurpose;
  /** The id of the mail that carries the link. */
  messageId: string;
  requestedAt: Date;
}

/**
 * Links by which people prove that a mail reached them. Each can be used once, before it expires and until a newer one of
 * its purpose is asked for. The database has digests of their tokens only.
 *
 * A token is derived from the id of its mail, so a mail that is sent again carries the same one, also after the secret
 * was replaced, and no token is stored until its mail is sent.
 */
export class AccountLinks {
  /** How long a link can be used. */
  readonly ttlMs: Readonly<Record<LinkPurpose, number>>;
  readonly #sql: Pool;
  readonly #clock: Clock;
  readonly #accounts: AccountTable;
  readonly #secrets: Secrets;

  constructor({ sql, clock, accounts, secrets, resetTtlMs, verifyTtlMs }: AccountLinksOptions) {
    this.#sql = sql;
    this.#clock = clock;
    this.#accounts = accounts;
    this.#secrets = secrets;
    this.ttlMs = { reset: resetTtlMs, verify: verifyTtlMs };
  }

  /** Makes the link of a mail; `undefined` if it was used, a newer one was asked for, or it would have expired. */
  async open({ accountId, purpose, messageId, requestedAt }: LinkRequest) {
    const tokens = new Map(this.#secrets.map((secret) => {
      const token = createHmac("sha256", secret)
        .update(`account link ${purpose} ${messageId}`).digest("base64url");
      return [linkDigest(token), token];
    }));
    const digests = [...tokens.keys()];
    const expiresAt = new Date(requestedAt.getTime() + this.ttlMs[purpose]);
    if (expiresAt <= this.#clock.now()) return undefined;
    return await one(
      this.#sql<{ digest: string }[]>`
        INSERT INTO account_links AS link (subject_id, purpose, token_hash, requested_at, expires_at)
        VALUES (${accountId}, ${purpose}, ${digests[0]!}, ${requestedAt}, ${expiresAt})
        ON CONFLICT (subject_id, purpose) DO UPDATE
          SET token_hash = CASE WHEN link.token_hash = ANY(${digests}) THEN link.token_hash
                                ELSE excluded.token_hash END,
              requested_at = excluded.requested_at, expires_at = excluded.expires_at, used_at = NULL
          WHERE link.requested_at < excluded.requested_at
             OR (link.token_hash = ANY(${digests}) AND link.used_at IS NULL)
        RETURNING token_hash AS digest`,
      ({ digest }): AccountLink => ({ token: tokens.get(digest)!, expiresAt }),
    );
  }

  /** Whether a link to a new password can be used; spares the hash of a password that nobody may set. */
  async canReset(token: string): Promise<boolean> {
    const found = await one(
      this.#sql<{ usable: boolean }[]>`
        SELECT used_at IS NULL AND expires_at > ${this.#clock.now()} AS usable FROM account_links
         WHERE token_hash = ${linkDigest(token)} AND purpose = 'reset'`,
      ({ usable }) => usable,
    );
    return found === true;
  }

  /**
   * Sets a new password and ends all sessions of the account. The mail reached its owner, so the address is verified.
   *
   * @returns whether the link could be used
   */
  async resetPassword(token: string, passwordHash: string): Promise<boolean> {
    const { name, id } = this.#accounts;
    const now = this.#clock.now();
    return await transaction(this.#sql, async (tx) => {
      const accountId = await one(
        tx<{ id: string }[]>`
          WITH ${this.#used(tx, token, "reset")}
          UPDATE ${tx(name)} AS account
             SET password_hash = ${passwordHash}, password_changed_at = ${now}, updated_at = ${now},
                 email_verified_at = COALESCE(email_verified_at, ${now})
            FROM used WHERE account.${tx(id)} = used.subject_id
          RETURNING account.${tx(id)} AS id`,
        (row) => row.id,
      );
      if (accountId === undefined) return false;
      // A statement of its own, which sees the sessions that began until the account was locked.
      await tx`
        UPDATE refresh_tokens SET revoked_at = ${now}
         WHERE subject_id = ${accountId} AND revoked_at IS NULL`;
      return true;
    });
  }

  /** Marks the address of an account as verified. Returns whether the link could be used. */
  async verifyEmail(token: string): Promise<boolean> {
    const { name, id } = this.#accounts;
    const verified = await one(
      this.#sql<{ id: string }[]>`
        WITH ${this.#used(this.#sql, token, "verify")}
        UPDATE ${this.#sql(name)} AS account
           SET email_verified_at = COALESCE(email_verified_at, ${this.#clock.now()})
          FROM used WHERE account.${this.#sql(id)} = used.subject_id
        RETURNING account.${this.#sql(id)} AS id`,
      (row) => row.id,
    );
    return verified !== undefined;
  }

  /** Deletes links that expired before then, used or not; their mails make them anew no more. Returns their number. */
  async purge({ before, limit }: Parameters<Purge>[0]): Promise<number> {
    const { count } = await this.#sql`
      DELETE FROM account_links AS link
       USING (
         SELECT subject_id, purpose FROM account_links WHERE expires_at < ${before} LIMIT ${limit}
       ) AS old
       WHERE link.subject_id = old.subject_id AND link.purpose = old.purpose
         AND link.expires_at < ${before}`;
    return count;
  }

  /** The link as it is used, for WITH; of concurrent uses one gets the row. */
  #used(sql: Sql, token: string, purpose: LinkPurpose) {
    const now = this.#clock.now();
    return sql`
      used AS (
        UPDATE account_links SET used_at = ${now}
         WHERE token_hash = ${linkDigest(token)} AND purpose = ${purpose}
           AND used_at IS NULL AND expires_at > ${now}
        RETURNING subject_id
      )`;
  }
}

/**
 * Whether the password of an account is still the one that a log-in has verified. Waits for a change under way, so a
 * session either began before it, and ends with it, or is refused.
 *
 * @param since `password_changed_at` as it was when the password was read
 */
export async function passwordStands(
  sql: Sql,
  { name, id: idColumn }: AccountTable,
  { accountId, since }: { accountId: string; since: Date | undefined },
): Promise<boolean> {
  const stands = await one(
    sql<{ stands: boolean }[]>`
      SELECT password_changed_at IS NOT DISTINCT FROM ${since ?? null} AS stands
        FROM ${sql(name)} WHERE ${sql(idColumn)} = ${accountId} FOR SHARE`,
    (row) => row.stands,
  );
  return stands === true;
}

function linkDigest(token: string): string {
  return sha256(token).toString("base64url");
}
