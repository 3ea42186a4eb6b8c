import { isDeepStrictEqual } from "node:util";

/** Those of the wished values that differ from the current ones; JSON counts as equal in whatever order its keys are. */
export function changesOf<Values extends object>(
  wishes: { [Key in keyof Values]?: Values[Key] | undefined },
  current: Values,
): Partial<Values> {
  const differing = Object.entries(wishes).filter(([key, wish]) =>
    wish !== undefined && !isDeepStrictEqual(wish, current[key as keyof Values])
  );
  return Object.fromEntries(differing) as Partial<Values>;
}

/** Whether there is nothing among the changes. */
export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}
