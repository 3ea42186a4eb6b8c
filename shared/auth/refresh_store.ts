import type { Clock } from "../clock.ts";
import { newId } from "../ids.ts";
import { one, type Pool, transaction } from "../postgres/mod.ts";
import { hashRefreshToken, newRefreshToken } from "./refresh_tokens.ts";

/** What {@link RefreshTokens} needs: a database with the table `refresh_tokens`. */
export interface RefreshTokenOptions {
  sql: Pool;
  clock: Clock;
  /** How long a token may wait for its use. */
  ttl_ms: number;
}

/** A new token, and for whom it speaks. */
export interface Rotation {
  token: string;
  subject_id: string;
}

/** Rows that one {@link RefreshTokens.purge} deletes at most. */
const PURGE_BATCH = 1_000;
/** How often to purge. */
export const REFRESH_PURGE_INTERVAL_MS = 3_600_000;

/**
 * Refresh tokens, stored hashed: a login begins a family, each use rotates its token, and whoever presents
 * a rotated one ends the family, as one of the two who had it is a thief (RFC 9700, 4.14.2).
 *
 * A family is over when any of its tokens is revoked. So a rotation that runs while the family is being
 * revoked gains nothing: what it made is never rotated again.
 */
export class RefreshTokens {
  readonly #sql: Pool;
  readonly #clock: Clock;
  readonly #ttl_ms: number;

  constructor({ sql, clock, ttl_ms }: RefreshTokenOptions) {
    this.#sql = sql;
    this.#clock = clock;
    this.#ttl_ms = ttl_ms;
  }

  /** The first token of a new family. */
  async issue(subject_id: string): Promise<string> {
    const token = newRefreshToken();
    const { now, expires_at } = this.#lifetime();
    await this.#sql`
      INSERT INTO refresh_tokens (token_hash, family_id, subject_id, issued_at, expires_at)
      VALUES (${hashRefreshToken(token)}, ${newId()}, ${subject_id}, ${now}, ${expires_at})`;
    return token;
  }

  /**
   * Uses a token up, for a new one. Of concurrent uses of one token exactly one gets a new one; the others
   * count as reuse and end the family, as a thief's would.
   *
   * @returns `undefined` when the token is unknown, expired, used or revoked
   */
  async rotate(token: string): Promise<Rotation | undefined> {
    const next = newRefreshToken();
    const { now, expires_at } = this.#lifetime();
    const rotation = await one(
      this.#sql<{ subject_id: string }[]>`
        WITH used AS (
          UPDATE refresh_tokens AS token
             SET rotated_at = ${now}
           WHERE token_hash = ${hashRefreshToken(token)}
             AND rotated_at IS NULL
             AND expires_at > ${now}
             AND NOT EXISTS (
               SELECT FROM refresh_tokens AS member
                WHERE member.family_id = token.family_id AND member.revoked_at IS NOT NULL)
          RETURNING family_id, subject_id
        )
        INSERT INTO refresh_tokens (token_hash, family_id, subject_id, issued_at, expires_at)
        SELECT ${hashRefreshToken(next)}, family_id, subject_id, ${now}, ${expires_at} FROM used
        RETURNING subject_id`,
      ({ subject_id }) => ({ token: next, subject_id }),
    );
    if (!rotation) await this.#revokeFamily(token, { only_if_rotated: true });
    return rotation;
  }

  /** Ends the token's family; an unknown token changes nothing. */
  async revoke(token: string): Promise<void> {
    await this.#revokeFamily(token, { only_if_rotated: false });
  }

  /**
   * Deletes a batch of tokens that nobody needs any more. They are kept for one lifetime after they expired,
   * so that the mark of a revoked token outlives whatever was rotated out of it.
   *
   * @returns whether there may be more
   */
  async purge(): Promise<boolean> {
    const expired_before = new Date(this.#clock.now().getTime() - this.#ttl_ms);
    const { count } = await this.#sql`
      DELETE FROM refresh_tokens
       WHERE token_hash IN (
         SELECT token_hash FROM refresh_tokens WHERE expires_at < ${expired_before}
          ORDER BY expires_at LIMIT ${PURGE_BATCH}
            FOR UPDATE SKIP LOCKED)`;
    return count === PURGE_BATCH;
  }

  /** In a transaction, which is run again after a deadlock: others may be revoking the same rows. */
  async #revokeFamily(
    token: string,
    { only_if_rotated }: { only_if_rotated: boolean },
  ): Promise<void> {
    await transaction(this.#sql, (tx) =>
      tx`
      UPDATE refresh_tokens
         SET revoked_at = ${this.#clock.now()}
       WHERE revoked_at IS NULL
         AND family_id = (
           SELECT family_id FROM refresh_tokens
            WHERE token_hash = ${hashRefreshToken(token)}
              AND (rotated_at IS NOT NULL OR NOT ${only_if_rotated}))`);
  }

  #lifetime(): { now: Date; expires_at: Date } {
    const now = this.#clock.now();
    return { now, expires_at: new Date(now.getTime() + this.#ttl_ms) };
  }
}
