/** What an event of the model sells, and how long before its beginning the history starts. */
export interface Shape {
  name: string;
  /** Capacity by pool; pool 0 is the house. */
  pools: readonly number[];
  types: readonly ShapeType[];
  startsInMs: number;
  /** How much time may pass at once. */
  stepsMs: readonly number[];
}

/** A ticket type: what one of it draws on, in pairs of pool and units. */
export interface ShapeType {
  draws: readonly (readonly [pool: number, units: number])[];
  minPerOrder: number;
  largestOrder: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function type(
  draws: ShapeType["draws"],
  { minPerOrder = 1, largestOrder = 10 }: Partial<ShapeType> = {},
): ShapeType {
  return { draws, minPerOrder, largestOrder };
}

const FOUR_TYPES = [
  type([[0, 1]]),
  type([[0, 1], [1, 1]], { minPerOrder: 2 }),
  type([[0, 1], [2, 1]], { largestOrder: 3 }),
  type([[0, 2], [2, 1]]),
];

const ONE_POOL: Shape = {
  name: "one pool",
  pools: [12],
  types: [type([[0, 1]])],
  startsInMs: 400 * HOUR_MS,
  stepsMs: [1, 5 * MINUTE_MS, 10 * MINUTE_MS, 6 * HOUR_MS, 12 * HOUR_MS],
};

const POOLS_AND_TYPES: Shape = {
  ...ONE_POOL,
  name: "three pools and four types by preference",
  pools: [14, 5, 5],
  types: FOUR_TYPES,
};

/** Close to the beginning, where seats are gathered for ten minutes to half an hour. */
const SHORT: Pick<Shape, "startsInMs" | "stepsMs"> = {
  startsInMs: 4 * HOUR_MS,
  stepsMs: [1, 5 * MINUTE_MS, 10 * MINUTE_MS, 23 * MINUTE_MS],
};

export const SHAPES: readonly Shape[] = [
  ONE_POOL,
  POOLS_AND_TYPES,
  { ...ONE_POOL, ...SHORT, name: "one pool shortly before the beginning" },
  { ...POOLS_AND_TYPES, ...SHORT, name: "three pools shortly before the beginning" },
];
