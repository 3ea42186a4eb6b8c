/** `T` with what may be null as optional instead. */
export type WithoutNulls<T> =
  & { [K in keyof T as null extends T[K] ? never : K]: T[K] }
  & { [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null> };

/** Leaves out what is null, as responses have no nulls; the order of the keys stays. */
export function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as WithoutNulls<T>;
}

/** `T` with what may be undefined as optional instead. */
export type WithoutUndefined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, as it is no change; null is one. */
export function withoutUndefined<T extends object>(wishes: T): WithoutUndefined<T> {
  const entries = Object.entries(wishes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}
