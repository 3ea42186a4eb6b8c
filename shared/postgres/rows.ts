/**
 * The row that the query finds, mapped; `undefined` when there is none.
 *
 * @throws {RowCountError} it found more than one: the query lacks a condition or a `LIMIT`
 */
export async function one<R extends object, T>(
  query: PromiseLike<readonly R[]>,
  map: (row: R) => T,
): Promise<T | undefined> {
  const rows = await query;
  if (rows.length > 1) throw new RowCountError("at most one row", rows.length);
  const [row] = rows;
  return row && map(row);
}

/**
 * The row that must be there, mapped: for `INSERT … RETURNING`, counts and the like.
 *
 * @throws {RowCountError} it found none or several
 */
export async function exactlyOne<R extends object, T>(
  query: PromiseLike<readonly R[]>,
  map: (row: R) => T,
): Promise<T> {
  const rows = await query;
  const [row] = rows;
  if (!row || rows.length > 1) throw new RowCountError("exactly one row", rows.length);
  return map(row);
}

/** Every row that the query finds, mapped, in its order. */
export async function many<R extends object, T>(
  query: PromiseLike<readonly R[]>,
  map: (row: R) => T,
): Promise<T[]> {
  const rows = await query;
  return rows.map((row) => map(row));
}

/** A query found another number of rows than its caller relies on: a mistake of ours, not of the user. */
export class RowCountError extends Error {
  override readonly name = "RowCountError";

  constructor(wanted: string, found: number) {
    super(`Cannot map the result as the query must find ${wanted}: it found ${found}`);
  }
}
