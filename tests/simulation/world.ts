import { openRedis } from "@evently/shared/redis";
import { randomFrom } from "@evently/shared/testing";
import { type Conditions, drawConditions } from "./conditions.ts";
import type { Defect } from "./defects.ts";
import { Simulation } from "./simulation.ts";
import { Violation } from "./violation.ts";
import { WORKERS } from "./workers.ts";

/** Buyers' requests in one world: few enough to read, many enough to conflict. */
export const OPERATIONS_PER_WORLD = 400;

/** Result of one seed. */
export interface History {
  seed: number;
  operations: number;
  steps: number;
  /** Hash of all steps; equal histories have equal hashes. */
  hash: string;
  /** Number of injected faults by kind. */
  injected: Readonly<Record<string, number>>;
  /** The violation, the last steps before it, and the conditions of the world. */
  failure?: { violation: Violation; lines: readonly string[]; conditions: unknown };
}

/** Options of a world. */
export interface WorldChanges {
  operations?: number;
  /** Defect to plant in the models. */
  defect?: Defect;
  /** Conditions that replace the drawn ones. */
  overrides?: Partial<Conditions>;
}

/** Runs the world of one seed until it ends or an invariant breaks. */
export async function runWorld(
  seed: number,
  { operations = OPERATIONS_PER_WORLD, defect, overrides = {} }: WorldChanges = {},
): Promise<History> {
  const random = randomFrom(seed);
  const drawn = drawConditions(random, WORKERS.map(({ name }) => name));
  const conditions = { ...drawn, ...overrides };
  let now = () => new Date(0);
  const connection = await openRedis({ kind: "memory", clock: { now: () => now() } });
  const world = new Simulation({
    random,
    conditions,
    redis: connection.client,
    onTime: (ofWorld) => now = ofWorld,
    defect,
  });
  let violation: Violation | undefined;
  try {
    await world.run(operations);
  } catch (error) {
    violation = error instanceof Violation
      ? error
      : new Violation(`unexpected: ${error instanceof Error ? error.stack : error}`);
  }
  await connection.close();
  const { trace, network } = world;
  return {
    seed,
    operations: world.operations,
    steps: trace.steps,
    hash: trace.hash,
    injected: network.injected,
    ...(violation ? { failure: { violation, lines: trace.lines, conditions } } : {}),
  };
}
