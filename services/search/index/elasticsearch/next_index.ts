import type { FeedPosition } from "@evently/shared/feed_position";
import type { Logger } from "@evently/shared/log";
import type { EventChange, Rebuild } from "../search_index.ts";
import type { IndexLife } from "./index_life.ts";
import { seal, unseal } from "./seal.ts";
import type { StoredPosition } from "./stored_position.ts";
import { ask } from "./trouble.ts";
import { writeChanges } from "./writing.ts";

/** An index that is being built beside the live one. */
export class NextIndex implements Rebuild {
  readonly #options: NextIndexOptions;
  /** Names of the sealed live indices that this one replaces. */
  #sealed: string[] = [];
  /** Whether a swap was requested whose outcome is unknown. */
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
    // Refresh before sealing, so that writes wait only for the documents that are still to come.
    await life.show(index);
    this.#sealed = await life.live();
    await seal(life.builder, this.#sealed);
  }

  async complete(position: FeedPosition): Promise<boolean> {
    const { life, storedPosition, index, end } = this.#options;
    if (this.#sealed.length === 0) throw new Error("Cannot replace an index that is not sealed");
    await ask(() => storedPosition.writeNext(index, position));
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
    // With an unknown outcome it may be live; if it is not, a later build removes it.
    if (!this.#outcomeUnknown) await life.drop(index);
  }
}

/** Options of a {@link NextIndex}. */
export interface NextIndexOptions {
  log: Logger;
  life: IndexLife;
  storedPosition: StoredPosition;
  index: string;
  /** Called when the index is complete or discarded. */
  end: () => void;
}
