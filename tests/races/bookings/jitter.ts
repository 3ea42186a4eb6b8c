import type { Random } from "@evently/shared/testing";

/** Upper bounds of pauses, in turns: mostly none, some short, a few longer than a database round trip. */
const MAX_PAUSES_TURNS = [1, 1, 8, 120];

/**
 * Delays calls and answers of a seam by a random number of event loop turns, so that concurrent operations
 * interleave differently each time. Turns, unlike timers, scale with the load of the machine.
 */
export function jittered<Seam extends object>(seam: Seam, random: Random): Seam {
  return new Proxy(seam, {
    get(target, key) {
      const member = Reflect.get(target, key, target);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        await pause(random);
        const answer = await Reflect.apply(member, target, args);
        await pause(random);
        return answer;
      };
    },
  });
}

async function pause(random: Random): Promise<void> {
  const turns = random.below(random.pick(MAX_PAUSES_TURNS));
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
