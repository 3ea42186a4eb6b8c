import assert from "node:assert/strict";
import fc from "fast-check";
import type { Line } from "./line.ts";
import type { Shape } from "./shapes.ts";

const MOST_WANTED = 6;
const MOST_WAITING = 12;
const MOST_COMMANDS = 200;
const MOST_PICKED = 1_000;

/** A step of a history; `run` returns false if it is not possible now. */
class Step implements fc.Command<Line, undefined> {
  readonly #name: string;
  readonly #run: (line: Line) => boolean | void;

  constructor(name: string, run: (line: Line) => boolean | void) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  run(line: Line): void {
    this.#run(line);
    line.assertAddsUp();
  }

  toString(): string {
    return this.#name;
  }
}

/** One of what there is, modulo its count, so that shrinking keeps a history valid. */
function picked<T>(from: readonly T[], pick: number): T | undefined {
  return from.length === 0 ? undefined : from[pick % from.length];
}

/** Does something to the picked one, if there is any. */
function withPicked<T>(from: readonly T[], pick: number, act: (one: T) => void): void {
  const one = picked(from, pick);
  if (one !== undefined) act(one);
}

const anyPick = fc.nat(MOST_PICKED);
const anyQuantity = fc.integer({ min: 1, max: MOST_WANTED });

const leave = anyPick.map((pick) =>
  new Step(
    `leave ${pick}`,
    (line) => withPicked([...line.waiting, ...line.offered], pick, (entry) => line.leave(entry)),
  )
);

const lower = fc.tuple(anyPick, anyPick, anyPick).map(([pick, a, b]) =>
  new Step(`lower ${pick} ${a} ${b}`, (line) =>
    withPicked(line.waiting, pick, (entry) => {
      const quantity = 1 + a % entry.quantity;
      line.lower(entry, quantity, 1 + b % Math.min(quantity, entry.minQuantity));
    }))
);

const free = fc.tuple(anyPick, fc.integer({ min: 1, max: 2 })).map(([pick, most]) =>
  new Step(
    `free ${most} of ${pick}`,
    (line) => withPicked(line.sold, pick, (lot) => line.free(lot, Math.min(most, lot.quantity))),
  )
);

const buy = fc.tuple(anyPick, anyQuantity).map(([pick, quantity]) =>
  new Step(`buy ${quantity} of type ${pick}`, (line) => {
    const type = pick % line.shape.types.length;
    const available = Math.min(quantity, line.available(type));
    if (available > 0) line.buy(type, available);
  })
);

const accept = fc.tuple(anyPick, fc.boolean()).map(([pick, isWhole]) =>
  new Step(
    `accept ${pick}${isWhole ? "" : ", fewer"}`,
    (line) =>
      withPicked(line.offered, pick, (entry) => {
        assert.ok(entry.offer);
        const { quantity } = entry.offer;
        line.accept(entry, isWhole ? quantity : Math.max(1, quantity - 1));
      }),
  )
);

const decline = anyPick.map((pick) =>
  new Step(
    `decline ${pick}`,
    (line) => withPicked(line.offered, pick, (entry) => line.decline(entry)),
  )
);

const resize = fc.integer({ min: -3, max: 3 }).map((by) =>
  new Step(`the house grows by ${by}`, (line) => line.resize(by))
);

const round = fc.constant(new Step("a round", (line) => line.decide()));

/** Histories of a shape, with what happens often more often. */
export function anyHistory(
  { types, stepsMs }: Shape,
  replayPath: string | undefined,
): fc.Arbitrary<Iterable<fc.Command<Line, undefined>>> {
  const anyTypes = fc.uniqueArray(fc.nat(types.length - 1), { minLength: 1, maxLength: 3 });
  const join = fc.tuple(anyTypes, anyQuantity, fc.option(anyQuantity)).map(
    ([wanted, quantity, min]) => {
      const minQuantity = Math.min(quantity, min ?? quantity);
      return new Step(
        `join for ${minQuantity} to ${quantity} of ${wanted.join(" or ")}`,
        (line) => line.waiting.length < MOST_WAITING && line.join(wanted, quantity, minQuantity),
      );
    },
  );
  const pause = fc.nat(types.length - 1).map((type) =>
    new Step(`type ${type} is paused or resumed`, (line) => line.pause(type))
  );
  const wait = fc.constantFrom(...stepsMs).map((ms) =>
    new Step(`${ms} ms pass`, (line) => line.timePasses(ms))
  );
  const any = fc.oneof(
    { weight: 12, arbitrary: join },
    { weight: 14, arbitrary: free },
    { weight: 20, arbitrary: round },
    { weight: 8, arbitrary: wait },
    { weight: 4, arbitrary: accept },
    { weight: 4, arbitrary: decline },
    { weight: 3, arbitrary: buy },
    { weight: 2, arbitrary: leave },
    { weight: 2, arbitrary: lower },
    { weight: 2, arbitrary: resize },
    { weight: 1, arbitrary: pause },
  );
  return fc.commands<Line, undefined>([any], {
    maxCommands: MOST_COMMANDS,
    size: "max",
    ...(replayPath ? { replayPath } : {}),
  });
}
