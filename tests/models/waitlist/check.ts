import fc from "fast-check";
import type { Replay } from "../replay.ts";
import { anyHistory } from "./commands.ts";
import { type Decide, Line } from "./line.ts";
import type { Shape } from "./shapes.ts";

/** Runs random histories of a shape; fast-check's result has the shortest one that breaks the rule. */
export function check(
  { shape, decide }: { shape: Shape; decide: Decide },
  { seed, path, replayPath }: Replay,
  runs: number,
) {
  const seen = { offers: 0, lastOffers: 0, passes: 0 };
  const property = fc.property(anyHistory(shape, replayPath), (history) => {
    const model = new Line(shape, decide);
    fc.modelRun(() => ({ model, real: undefined }), history);
    seen.offers += model.seen.offers;
    seen.lastOffers += model.seen.lastOffers;
    seen.passes += model.seen.passes;
  });
  const outcome = fc.check(property, { seed, numRuns: runs, ...(path ? { path } : {}) });
  return { outcome, seen };
}
