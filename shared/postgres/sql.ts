import type postgres from "postgres";

/**
 * Runs statements: a pool or an open transaction. Functions that only read or write take this type, so that they
 * work with both.
 */
// deno-lint-ignore ban-types -- `{}` is how postgres spells "no custom types"
export type Sql = postgres.ISql<{}>;

declare const IN_TRANSACTION: unique symbol;

/** A {@link Sql} inside of `transaction()`: take it where a statement is only right together with others. */
export type Tx = Sql & { readonly [IN_TRANSACTION]: true };

/**
 * A pool of connections to one database, made by `openPostgres()`.
 *
 * It has no `begin`, `reserve` and `listen` on purpose: the first two lose a dead connection's
 * statements to another transaction (see `transaction()`), the last does not work through poolers.
 */
export interface Pool extends Sql {
  /**
   * Lets the statements under way finish, then closes every connection.
   *
   * @param options `timeout` in seconds, after which what still runs is cut off; 5 by default
   */
  end(options?: { timeout?: number }): Promise<void>;
}
