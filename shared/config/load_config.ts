import { ConfigError, type Env, EnvReader } from "./env_reader.ts";

/** A part of the configuration, read from its variables. */
export type Section<T> = (env: EnvReader) => T;

/**
 * Reads all sections from the environment, once; the result is frozen.
 *
 * @throws {ConfigError} names every missing and malformed variable
 */
export function loadConfig<T extends Record<string, unknown>>(
  env: Env,
  sections: { readonly [Name in keyof T]: Section<T[Name]> },
): Readonly<T> {
  const reader = new EnvReader(env);
  const config = Object.fromEntries(
    Object.entries(sections).map(([name, read]) => [name, (read as Section<unknown>)(reader)]),
  ) as T;
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return deepFreeze(config);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
