import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import type { Random } from "@evently/shared/testing";

/** Index of a contender. */
export type Side = 0 | 1;

/** Event loop turns after which a side stops waiting, as the other may be blocked by it. */
const MAX_TURNS = 20_000;

/**
 * A rendezvous of two contenders: each call of a side waits until the other side waits too or has ended. Then one
 * side, chosen at random, or both continue. This provokes every order of calls, also orders that timing alone would
 * never produce.
 */
export class Meeting {
  /** How often both sides met, and how often each then continued alone. */
  readonly counts: { met: number; alone: [number, number] } = { met: 0, alone: [0, 0] };
  readonly #random: Random;
  readonly #side = new AsyncLocalStorage<Side>();
  readonly #waiting: [(() => void)[], (() => void)[]] = [[], []];
  readonly #ended = new Set<Side>();
  #first: Side | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Runs both contenders; at their first meeting only `first` continues. */
  async run<T>(
    contend: readonly [() => Promise<T>, () => Promise<T>],
    { first }: { first: Side },
  ): Promise<PromiseSettledResult<T>[]> {
    this.#ended.clear();
    this.#first = first;
    return await Promise.allSettled(
      ([0, 1] as const).map((side) =>
        this.#side.run(side, contend[side]).finally(() => {
          this.#ended.add(side);
          this.#resume(0);
          this.#resume(1);
        })
      ),
    );
  }

  /** Wraps a seam: each call by one of the contenders waits here first. */
  seam<Seam extends object>(seam: Seam): Seam {
    return new Proxy(seam, {
      get: (target, key) => {
        const member = Reflect.get(target, key, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => this.pass(() => Reflect.apply(member, target, args));
      },
    });
  }

  /** The contender that calls; `undefined` outside of one. */
  get side(): Side | undefined {
    return this.#side.getStore();
  }

  /** Waits here for a contender, part of which runs in another process. */
  async waitAs(side: Side): Promise<void> {
    if (this.#ended.size === 0) await this.#wait(side);
  }

  /** Waits here if a contender calls, then runs `work`. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    const { side } = this;
    if (side !== undefined) await this.waitAs(side);
    return await work();
  }

  async #wait(side: Side): Promise<void> {
    let resumed = false;
    this.#waiting[side].push(() => resumed = true);
    if (this.#waiting[other(side)].length > 0) this.#meet();
    for (let turn = 0; !resumed; turn++) {
      if (turn === MAX_TURNS) this.#resume(side);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #meet(): void {
    const choice = this.#first ?? this.#random.pick<Side | "both">([0, 1, "both"]);
    this.#first = undefined;
    this.counts.met++;
    if (choice !== "both") this.counts.alone[choice]++;
    if (choice !== 1) this.#resume(0);
    if (choice !== 0) this.#resume(1);
  }

  #resume(side: Side): void {
    for (const resume of this.#waiting[side].splice(0)) resume();
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}
