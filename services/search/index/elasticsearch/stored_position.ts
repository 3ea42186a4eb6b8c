import type { Client } from "@elastic/elasticsearch";
import {
  changesUpTo,
  type FeedPosition,
  formatFeedPosition,
  parseFeedPosition,
} from "@evently/shared/feed_position";
import { CONFLICT, readMany, VERSION_TYPE } from "./writing.ts";

/** Maximum index swaps while the position is being read. */
const MAX_INDICES = 4;

/**
 * Position in the change feed of the index behind an alias. It is stored in that index under the index's name, so
 * that a position never counts for another index, even if one replaces the other in between.
 *
 * Its version is the number of changes that it has taken, so a position that took fewer is ignored. Of two processes
 * that each took other lanes, the one that took less is forgotten, and its changes are applied again.
 */
export class StoredPosition {
  readonly #client: Client;
  readonly #alias: string;
  /** Name of the index that was read last. */
  #index: string | undefined;

  constructor(client: Client, alias: string) {
    this.#client = client;
    this.#alias = alias;
  }

  /** Returns the position; `undefined` if the index was never filled. */
  async read(): Promise<FeedPosition | undefined> {
    for (let indices = 0; indices <= MAX_INDICES; indices++) {
      const [doc] = await readMany<{ position: string }>(this.#client, {
        index: this.#alias,
        ids: [idOf(this.#index)],
        _source: ["position"],
      });
      if (doc?._index === this.#index) {
        const text = doc?._source?.position;
        return text === undefined ? undefined : parseFeedPosition(text);
      }
      this.#index = doc?._index;
    }
    throw new Error(`Cannot read the position of ${this.#alias} as its index changes all the time`);
  }

  /** Stores a position of the index that was read last; one that took fewer changes than the stored one is ignored. */
  async write(position: FeedPosition): Promise<void> {
    if (this.#index === undefined) await this.read();
    await writePosition(this.#client, {
      target: this.#alias,
      index: this.#index,
      position,
      alias: true,
    });
  }

  /** Stores a position of an index that is not behind the alias yet. */
  async writeNext(index: string, position: FeedPosition): Promise<void> {
    await writePosition(this.#client, { target: index, index, position, alias: false });
  }
}

function idOf(index: string | undefined): string {
  return `feed-position:${index}`;
}

async function writePosition(
  client: Client,
  { target, index, position, alias }: {
    target: string;
    index: string | undefined;
    position: FeedPosition;
    alias: boolean;
  },
): Promise<void> {
  await client.index({
    index: target,
    id: idOf(index),
    version: changesUpTo(position),
    version_type: VERSION_TYPE,
    require_alias: alias,
    document: { position: formatFeedPosition(position), listed: false },
  }, { ignore: [CONFLICT] });
}
