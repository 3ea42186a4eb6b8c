import type { Clock } from "../clock.ts";
import { newId } from "../ids.ts";
import { PURGED } from "../metrics/mod.ts";
import { one, type Pool, transaction } from "../postgres/mod.ts";
import type { Secrets } from "../secrets.ts";
import {
  hashRefreshToken,
  isRefreshToken,
  newRefreshToken,
  refreshTokenSuccession,
} from "./refresh_tokens.ts";

/** Lifetime of refresh tokens; the same for users and organisers. */
export interface RefreshTokenRules {
  /** Lifetime of an unused token. */
  ttlMs: number;
  /** Time after its rotation in which a token may be used again, by another tab or after a lost response. */
  reuseGraceMs: number;
  /** Secrets of the platform, from which successors are derived; see {@link refreshTokenSuccession}. */
  secrets: Secrets;
}

/** Options of {@link RefreshTokens}; the database must have the table `refresh_tokens`. */
export interface RefreshTokenOptions extends RefreshTokenRules {
  sql: Pool;
  clock: Clock;
}

/** The successor of a used token, and its user or organiser. */
export interface Rotation {
  token: string;
  subjectId: string;
}

/** Maximum rows that one {@link RefreshTokens.purge} deletes. */
const PURGE_BATCH = 1_000;
/**
 * Tokens that are derived from one reused within the grace, generation by generation, until there are so many: 16
 * rotations with one secret, and 4 while a secret is replaced. Beyond them it is refused.
 */
const ENOUGH_SUCCESSORS = 16;
/** Interval of {@link RefreshTokens.purge}. */
export const REFRESH_PURGE_INTERVAL_MS = 3_600_000;

/**
 * Refresh tokens, stored hashed. A log-in begins a family and each use rotates its token. Reuse of a rotated
 * token revokes the family, as one of its two users must have stolen it (RFC 9700, 4.14.2). Within `reuseGraceMs` of
 * its rotation, reuse returns the family's current token instead: two tabs may refresh at once, or a client may retry
 * after a lost response.
 *
 * A family ends when any of its tokens is revoked, so a token that is rotated concurrently with the revocation is
 * useless: it is never rotated again.
 */
export class RefreshTokens {
  readonly #sql: Pool;
  readonly #clock: Clock;
  readonly #ttlMs: number;
  readonly #reuseGraceMs: number;
  readonly #successorsOf: ReturnType<typeof refreshTokenSuccession>;

  constructor({ sql, clock, ttlMs, reuseGraceMs, secrets }: RefreshTokenOptions) {
    this.#sql = sql;
    this.#clock = clock;
    this.#ttlMs = ttlMs;
    this.#reuseGraceMs = reuseGraceMs;
    this.#successorsOf = refreshTokenSuccession(secrets);
  }

  /** Issues the first token of a new family. */
  async issue(subjectId: string): Promise<string> {
    const token = newRefreshToken();
    const { now, expiresAt } = this.#lifetime();
    await this.#sql`
      INSERT INTO refresh_tokens (token_hash, family_id, subject_id, issued_at, expires_at)
      VALUES (${hashRefreshToken(token)}, ${newId()}, ${subjectId}, ${now}, ${expiresAt})`;
    return token;
  }

  /**
   * Exchanges a token for its successor. All uses within the grace get the same one; a later use revokes the family.
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
   * @returns whether the token is known and has not expired, even if its session has ended
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

  /** Revokes all families of a user or organiser. Access tokens stay valid until they expire. */
  async revokeAll(subjectId: string): Promise<void> {
    await transaction(this.#sql, (tx) =>
      tx`
      UPDATE refresh_tokens SET revoked_at = ${this.#clock.now()}
       WHERE subject_id = ${subjectId} AND revoked_at IS NULL`);
  }

  /**
   * Deletes a batch of old tokens. A token is kept for one lifetime after it expired, so that a revoked one outlives
   * every token rotated out of it.
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
    PURGED.add(count, { kind: "refresh_tokens" });
    return count === PURGE_BATCH;
  }

  /** Rotates an unused token; of concurrent uses exactly one succeeds. */
  #rotateUnused(token: string): Promise<Rotation | undefined> {
    const [next] = this.#successorsOf(token);
    const { now, expiresAt } = this.#lifetime();
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
        SELECT ${hashRefreshToken(next)}, family_id, subject_id, ${now}, ${expiresAt} FROM used
        RETURNING subject_id`,
      ({ subject_id: subjectId }) => ({ token: next, subjectId }),
    );
  }

  /** Returns the current token of the family of a token that was rotated within the grace. */
  #latestSuccessor(token: string): Promise<Rotation | undefined> {
    const successors = new Map<string, string>();
    for (let generation = [token]; successors.size < ENOUGH_SUCCESSORS;) {
      generation = generation.flatMap((member) => this.#successorsOf(member));
      for (const next of generation) successors.set(hashRefreshToken(next), next);
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
      ({ token_hash, subject_id: subjectId }) => ({
        token: successors.get(token_hash)!,
        subjectId,
      }),
    );
  }

  /** Revokes the family of a token reused after the grace; retried after a deadlock with other revocations. */
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

  /** Instant after which rotated tokens may be used again. */
  #graceBegan(now: Date): Date {
    return new Date(now.getTime() - this.#reuseGraceMs);
  }

  #lifetime(): { now: Date; expiresAt: Date } {
    const now = this.#clock.now();
    return { now, expiresAt: new Date(now.getTime() + this.#ttlMs) };
  }
}
