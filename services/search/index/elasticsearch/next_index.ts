import type { Logger } from "@evently/shared/log";
import type { EventChange, Rebuild } from "../search_index.ts";
import type { FeedPosition } from "./feed_position.ts";
import type { IndexLife } from "./index_life.ts";
import { seal, unseal } from "./seal.ts";
import { ask } from "./trouble.ts";
import { writeChanges } from "./writing.ts";

/** An index that is being built beside the live one. */
export class NextIndex implements Rebuild {
  readonly #options: NextIndexOptions;
  /** What is live and takes no more writes, for this one to replace. */
  #sealed: string[] = [];
  /** It was to be put in place, and whether it has been was not heard. */
  #outcomeUnknown = false;

  constructor(options: NextIndexOptions) {
    this.#options = options;
  }

  async apply(changes: readonly EventChange[]): Promise<void> {
    const { life: { builder: client }, log, index } = this.#options;
    await ask(() =>
      writeChanges({ client, log }, changes, { index, alias: false, visible: false })
    );
  }

  async seal(): Promise<void> {
    const { life, index } = this.#options;
    // What is here already is made visible before, so that writes wait for what is new alone.
    await life.show(index);
    this.#sealed = await life.live();
    await seal(life.builder, this.#sealed);
  }

  async complete(position: number): Promise<boolean> {
    const { life, feedPosition, index, end } = this.#options;
    if (this.#sealed.length === 0) throw new Error("Cannot replace an index that is not sealed");
    await ask(() => feedPosition.writeNext(index, position));
    await life.show(index);
    this.#outcomeUnknown = true;
    const placed = await life.replace(this.#sealed, index);
    this.#outcomeUnknown = false;
    if (placed) end();
    return placed;
  }

  async abandon(): Promise<void> {
    const { life, index, end } = this.#options;
    end();
    if (this.#sealed.length > 0) await unseal(life.builder, this.#sealed);
    // It may be the live one by now; if not, a later build clears it away.
    if (!this.#outcomeUnknown) await life.drop(index);
  }
}

export interface NextIndexOptions {
  log: Logger;
  life: IndexLife;
  feedPosition: FeedPosition;
  index: string;
  /** Called when it is built or thrown away. */
  end: () => void;
}
