import type { Clock } from "../clock.ts";
import { newId } from "../ids.ts";
import { one, type Pool, transaction } from "../postgres/mod.ts";
import {
  hashRefreshToken,
  isRefreshToken,
  newRefreshToken,
  refreshTokenSuccession,
} from "./refresh_tokens.ts";

/** How refresh tokens live; the same for users and organisers. */
export interface RefreshTokenRules {
  /** How long a token may wait for its use. */
  ttlMs: number;
  /** How long after its rotation a token may be used again: by another tab, or as the answer was lost. */
  reuseGraceMs: number;
  /** What successors are derived with; see {@link refreshTokenSuccession}. */
  successionSecret: string;
}

/** What {@link RefreshTokens} needs: a database with the table `refresh_tokens`. */
export interface RefreshTokenOptions extends RefreshTokenRules {
  sql: Pool;
  clock: Clock;
}

/** The token that replaces the used one, and for whom it speaks. */
export interface Rotation {
  token: string;
  subject_id: string;
}

/** Rows that one {@link RefreshTokens.purge} deletes at most. */
const PURGE_BATCH = 1_000;
/** Rotations within one grace that a reused token is followed through; past them it is refused. */
const MAX_SUCCESSORS = 16;
/** How often to purge. */
export const REFRESH_PURGE_INTERVAL_MS = 3_600_000;

/**
 * Refresh tokens, stored hashed. A log-in begins a family and each use rotates its token. Reuse of a rotated
 * token revokes the family, as one of the two who had it is a thief (RFC 9700, 4.14.2), except within
 * `reuseGraceMs` of its rotation: two tabs that refresh at once, or a retry after a lost answer, get the token
 * that the family goes on with.
 *
 * A family is over when any of its tokens is revoked. So a rotation that runs while the family is being
 * revoked gains nothing: its new token is never rotated again.
 */
export class RefreshTokens {
  readonly #sql: Pool;
  readonly #clock: Clock;
  readonly #ttlMs: number;
  readonly #reuseGraceMs: number;
  readonly #successorOf: (token: string) => string;

  constructor({ sql, clock, ttlMs, reuseGraceMs, successionSecret }: RefreshTokenOptions) {
    this.#sql = sql;
    this.#clock = clock;
    this.#ttlMs = ttlMs;
    this.#reuseGraceMs = reuseGraceMs;
    this.#successorOf = refreshTokenSuccession(successionSecret);
  }

  /** The first token of a new family. */
  async issue(subjectId: string): Promise<string> {
    const token = newRefreshToken();
    const { now, expires_at } = this.#lifetime();
    await this.#sql`
      INSERT INTO refresh_tokens (token_hash, family_id, subject_id, issued_at, expires_at)
      VALUES (${hashRefreshToken(token)}, ${newId()}, ${subjectId}, ${now}, ${expires_at})`;
    return token;
  }

  /**
   * Trades a token for its successor. Concurrent uses, and later ones within the grace, get the same one. A
   * use after the grace revokes the family.
   *
   * @returns `undefined` when the token is unknown, expired, revoked, or was rotated before the grace
   */
  async rotate(token: string): Promise<Rotation | undefined> {
    if (!isRefreshToken(token)) return undefined;
    const rotation = await this.#rotateUnused(token) ?? await this.#latestSuccessor(token);
    if (!rotation) await this.#revokeReused(token);
    return rotation;
  }

  /**
   * Revokes the token's family.
   *
   * @returns whether the token is known and has not expired; an ended session may be ended again
   */
  async revoke(token: string): Promise<boolean> {
    if (!isRefreshToken(token)) return false;
    const now = this.#clock.now();
    const known = await transaction(this.#sql, (tx) =>
      one(
        tx<{ valid: boolean }[]>`
        WITH presented AS (
          SELECT family_id, expires_at > ${now} AS valid FROM refresh_tokens
           WHERE token_hash = ${hashRefreshToken(token)}
        ), revoked AS (
          UPDATE refresh_tokens SET revoked_at = ${now}
           WHERE revoked_at IS NULL AND family_id = (SELECT family_id FROM presented)
        )
        SELECT valid FROM presented`,
        ({ valid }) => valid,
      ));
    return known === true;
  }

  /** Revokes every family of a user or organiser. Access tokens stay valid until they expire. */
  async revokeAll(subjectId: string): Promise<void> {
    await transaction(this.#sql, (tx) =>
      tx`
      UPDATE refresh_tokens SET revoked_at = ${this.#clock.now()}
       WHERE subject_id = ${subjectId} AND revoked_at IS NULL`);
  }

  /**
   * Deletes a batch of tokens that nobody needs any more. They are kept for one lifetime after they expired,
   * so that the mark of a revoked token outlives every token rotated out of it.
   *
   * @returns whether there may be more
   */
  async purge(): Promise<boolean> {
    const expiredBefore = new Date(this.#clock.now().getTime() - this.#ttlMs);
    const { count } = await this.#sql`
      DELETE FROM refresh_tokens
       WHERE token_hash IN (
         SELECT token_hash FROM refresh_tokens WHERE expires_at < ${expiredBefore}
          ORDER BY expires_at LIMIT ${PURGE_BATCH}
            FOR UPDATE SKIP LOCKED)`;
    return count === PURGE_BATCH;
  }

  /** Of concurrent uses exactly one finds the token unused. */
  #rotateUnused(token: string): Promise<Rotation | undefined> {
    const next = this.#successorOf(token);
    const { now, expires_at } = this.#lifetime();
    return one(
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
  }

  /** The unused token that a token rotated within the grace has led to. */
  #latestSuccessor(token: string): Promise<Rotation | undefined> {
    const successors = new Map<string, string>();
    for (let next = token; successors.size < MAX_SUCCESSORS;) {
      next = this.#successorOf(next);
      successors.set(hashRefreshToken(next), next);
    }
    const now = this.#clock.now();
    return one(
      this.#sql<{ token_hash: string; subject_id: string }[]>`
        SELECT latest.token_hash, latest.subject_id
          FROM refresh_tokens AS reused
          JOIN refresh_tokens AS latest USING (family_id)
         WHERE reused.token_hash = ${hashRefreshToken(token)}
           AND reused.rotated_at > ${this.#graceBegan(now)}
           AND latest.token_hash = ANY(${[...successors.keys()]})
           AND latest.rotated_at IS NULL
           AND latest.expires_at > ${now}
           AND NOT EXISTS (
             SELECT FROM refresh_tokens AS member
              WHERE member.family_id = reused.family_id AND member.revoked_at IS NOT NULL)`,
      ({ token_hash, subject_id }) => ({ token: successors.get(token_hash)!, subject_id }),
    );
  }

  /** In a transaction, which is run again after a deadlock: others may be revoking the same rows. */
  async #revokeReused(token: string): Promise<void> {
    const now = this.#clock.now();
    await transaction(this.#sql, (tx) =>
      tx`
      UPDATE refresh_tokens
         SET revoked_at = ${now}
       WHERE revoked_at IS NULL
         AND family_id = (
           SELECT family_id FROM refresh_tokens
            WHERE token_hash = ${hashRefreshToken(token)} AND rotated_at <= ${
        this.#graceBegan(now)
      })`);
  }

  /** Tokens rotated after this instant may be used again. */
  #graceBegan(now: Date): Date {
    return new Date(now.getTime() - this.#reuseGraceMs);
  }

  #lifetime(): { now: Date; expires_at: Date } {
    const now = this.#clock.now();
    return { now, expires_at: new Date(now.getTime() + this.#ttlMs) };
  }
}
