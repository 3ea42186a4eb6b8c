import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import type { Random } from "@evently/shared/testing";

/** One of the two. */
export type Side = 0 | 1;

/** So many turns of the event loop somebody waits here for the other, who may be waiting for just that. */
const MAX_TURNS = 20_000;

/**
 * Where two who contend meet: each call of either stands here until the other stands here too, or has ended.
 * Then chance says whose goes on, or that both do; the other stays for the next call. So calls come in every order,
 * also those that the time that each takes would never let happen.
 */
export class Meeting {
  /** How often both stood here; and how often then the one, and the other, went on alone. */
  readonly counts: { met: number; alone: [number, number] } = { met: 0, alone: [0, 0] };
  readonly #random: Random;
  readonly #side = new AsyncLocalStorage<Side>();
  readonly #waiting: [(() => void)[], (() => void)[]] = [[], []];
  readonly #ended = new Set<Side>();
  #first: Side | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Lets both contend; where they first meet, `first` goes on alone. */
  async hold<T>(
    contend: readonly [() => Promise<T>, () => Promise<T>],
    { first }: { first: Side },
  ): Promise<PromiseSettledResult<T>[]> {
    this.#ended.clear();
    this.#first = first;
    return await Promise.allSettled(
      ([0, 1] as const).map((side) =>
        this.#side.run(side, contend[side]).finally(() => {
          this.#ended.add(side);
          this.#letGo(0);
          this.#letGo(1);
        })
      ),
    );
  }

  /** A seam whose calls stand here before they are made, where one of the two makes them. */
  seam<Seam extends object>(seam: Seam): Seam {
    return new Proxy(seam, {
      get: (target, key) => {
        const member = Reflect.get(target, key, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => this.pass(() => Reflect.apply(member, target, args));
      },
    });
  }

  /** Stands here, and then does it. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    const side = this.#side.getStore();
    if (side !== undefined && this.#ended.size === 0) await this.#stand(side);
    return await work();
  }

  async #stand(side: Side): Promise<void> {
    let gone = false;
    this.#waiting[side].push(() => gone = true);
    if (this.#waiting[other(side)].length > 0) this.#meet();
    for (let turn = 0; !gone; turn++) {
      if (turn === MAX_TURNS) this.#letGo(side);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #meet(): void {
    const choice = this.#first ?? this.#random.pick<Side | "both">([0, 1, "both"]);
    this.#first = undefined;
    this.counts.met++;
    if (choice !== "both") this.counts.alone[choice]++;
    if (choice !== 1) this.#letGo(0);
    if (choice !== 0) this.#letGo(1);
  }

  #letGo(side: Side): void {
    for (const go of this.#waiting[side].splice(0)) go();
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}
