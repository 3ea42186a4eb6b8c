import type { Surroundings } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/** A mistake that is built into a world, to see that it is found. */
export type Defect = (around: Surroundings, world: Simulation) => void;
