import type { Random } from "@evently/shared/testing";

/** Pauses are mostly none, often short, and now and then longer than a round trip to the database. */
const LONGEST_PAUSES_TURNS = [1, 1, 8, 120];

/**
 * A seam whose calls and answers are held up for a random number of the event loop's turns, so that what runs
 * at once meets in ever other orders. No timers: under load a turn takes as long as all the rest of it does.
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
  const turns = random.below(random.pick(LONGEST_PAUSES_TURNS));
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
