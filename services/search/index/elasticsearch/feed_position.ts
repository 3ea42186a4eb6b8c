import type { Client } from "@elastic/elasticsearch";
import { CONFLICT, readMany, VERSION_TYPE } from "./writing.ts";

/** Indices that may take each other's place while one of them is being read. */
const MAX_INDICES = 4;

/**
 * How far the index behind an alias has taken the change feed. It is kept in that index, by its name: what
 * was taken into one index says nothing of the next, also where that takes its place in the middle.
 */
export class FeedPosition {
  readonly #client: Client;
  readonly #alias: string;
  /** The index that was read last. */
  #index: string | undefined;

  constructor(client: Client, alias: string) {
    this.#client = client;
    this.#alias = alias;
  }

  /** `undefined`: the index was never filled. */
  async read(): Promise<number | undefined> {
    for (let indices = 0; indices <= MAX_INDICES; indices++) {
      const [doc] = await readMany<{ position: number }>(this.#client, {
        index: this.#alias,
        ids: [idOf(this.#index)],
        _source: ["position"],
      });
      if (doc?._index === this.#index) return doc?._source?.position;
      this.#index = doc?._index;
    }
    throw new Error(`Cannot read the position of ${this.#alias} as its index changes all the time`);
  }

  /** Remembers a position of the index that was read last; never goes back. */
  async write(position: number): Promise<void> {
    if (this.#index === undefined) await this.read();
    await writePosition(this.#client, {
      target: this.#alias,
      index: this.#index,
      position,
      alias: true,
    });
  }

  /** Remembers a position of an index that is not behind the alias yet. */
  async writeNext(index: string, position: number): Promise<void> {
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
    position: number;
    alias: boolean;
  },
): Promise<void> {
  await client.index({
    index: target,
    id: idOf(index),
    version: position,
    version_type: VERSION_TYPE,
    require_alias: alias,
    document: { position, listed: false },
  }, { ignore: [CONFLICT] });
}
