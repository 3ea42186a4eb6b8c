import { isDeepStrictEqual } from "node:util";

/** `T` with optional properties instead of nullable ones. */
export type WithoutNulls<T> =
  & { [K in keyof T as null extends T[K] ? never : K]: T[K] }
  & { [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null> };

/** Leaves out nulls, which responses do not have; the order of the keys stays. */
export function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as WithoutNulls<T>;
}

/** `T` with absent properties instead of undefined ones. */
export type WithoutUndefined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, which no column is set to. */
export function withoutUndefined<T extends object>(row: T): WithoutUndefined<T> {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}

/** The requested values that differ from the current ones; the order of keys in JSON makes no difference. */
export function changesOf<Values extends object>(
  requested: { [Key in keyof Values]?: Values[Key] | undefined },
  current: Values,
): Partial<Values> {
  const differing = Object.entries(requested).filter(([key, value]) =>
    value !== undefined && !isDeepStrictEqual(value, current[key as keyof Values])
  );
  return Object.fromEntries(differing) as Partial<Values>;
}

export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}
