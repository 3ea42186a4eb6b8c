import type { z } from "zod";
import { CannotRun } from "../output/cannot_run.ts";

/** The environment as `Deno.env.toObject()` gives it. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Reports every mistake of an environment at once. */
export class ConfigError extends CannotRun {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
  }
}

/**
 * Reads variables one by one and collects mistakes, so that all are reported together.
 * An empty variable counts as unset.
 */
export class EnvReader {
  readonly #env: Env;
  readonly #problems = new Set<string>();

  constructor(env: Env) {
    this.#env = env;
  }

  /** Mistakes found so far, one line each. */
  get problems(): readonly string[] {
    return [...this.#problems];
  }

  /** Whether the variable is set. */
  has(name: string): boolean {
    return this.#text(name) !== undefined;
  }

  /**
   * Returns the variable parsed by `schema`. After a mistake the value is unusable; `loadConfig` throws before it
   * returns it.
   */
  read<T>(name: string, schema: z.ZodType<T>): T {
    const result = schema.safeParse(this.#text(name));
    if (result.success) return result.data;
    const missing = this.#text(name) === undefined;
    this.problem(name, missing ? "is required" : result.error.issues[0]?.message ?? "is malformed");
    return undefined as T;
  }

  /** Records a mistake that involves more than the schema of one variable. */
  problem(name: string, message: string): void {
    this.#problems.add(`${name} ${message}`);
  }

  #text(name: string): string | undefined {
    const text = this.#env[name]?.trim();
    return text === "" ? undefined : text;
  }
}
