import type { Client } from "@elastic/elasticsearch";
import { MAPPING_VERSION, MAPPINGS, SETTINGS } from "./mapping.ts";
import { SearchUnavailable } from "../errors.ts";
import { untilUnsealed } from "./seal.ts";
import { ask } from "./trouble.ts";

/** A half-built index that nobody has finished for this long belongs to a program that died. */
const ABANDONED_AFTER_MS = 3_600_000;
/** A request on the alias may meet a swap, an index that is not there, and one that has just been made. */
const MAX_ATTEMPTS = 4;
/** The longest that a request of a build may take: a cluster under load makes indices slowly. */
const BUILD_TIMEOUT_MS = 30_000;
const SEAL_LIMIT_MS = 5_000;
const SETTLE_TIMEOUT = "2s";
const TIMED_OUT = 408;
/** What searches see while there is nothing yet; every process would make the same one. */
const FIRST = "first";

export interface IndexLifeOptions {
  client: Client;
  /** What the names of the indices begin with. */
  prefix: string;
  /** The longest that writes wait for a new index: whoever has sealed the old one for longer is taken for dead. */
  sealLimitMs?: number;
}

/** The indices behind one alias: how they are made, put in place of each other, and cleared away. */
export class IndexLife {
  /** What is searched and written: an alias of exactly one index. */
  readonly alias: string;
  /** For building, where nobody waits for each answer. */
  readonly builder: Client;
  readonly #client: Client;
  readonly #prefix: string;
  readonly #sealLimitMs: number;

  constructor({ client, prefix, sealLimitMs = SEAL_LIMIT_MS }: IndexLifeOptions) {
    this.#client = client;
    this.builder = client.child({ requestTimeout: BUILD_TIMEOUT_MS });
    this.#prefix = prefix;
    this.#sealLimitMs = sealLimitMs;
    this.alias = `${prefix}-v${MAPPING_VERSION}`;
  }

  /** Runs a request on the alias; where that is not there yet, it is made first. */
  async withAlias<T>(request: () => Promise<T>): Promise<T> {
    let misses = 0;
    for (let attempt = 1;; attempt++) {
      try {
        return await ask(request);
      } catch (error) {
        if (!(error instanceof SearchUnavailable) || attempt === MAX_ATTEMPTS) throw error;
        if (error.index === undefined || error.index === "unfit") throw error;
        // A swap may have taken away the index that the request had begun on; then the alias is of another one.
        if (error.index === "missing" && ++misses > 1) await this.#createFirst();
        if (error.index === "moving") await this.#settle();
        if (error.index === "sealed") {
          await untilUnsealed(this.#client, this.alias, { sealLimitMs: this.#sealLimitMs });
        }
      }
    }
  }

  /** An empty index beside the live one; answers its name. There is a live one then, for it to replace. */
  async createNext(): Promise<string> {
    await this.withAlias(() => this.#client.indices.getAlias({ name: this.alias }));
    const index = `${this.alias}-${Date.now()}-${crypto.randomUUID().slice(0, 8)}`;
    await ask(() =>
      this.builder.indices.create({
        index,
        mappings: MAPPINGS,
        settings: { ...SETTINGS, refresh_interval: "-1" },
      })
    );
    return index;
  }

  /** Has an index that was built show what is in it. */
  async show(index: string): Promise<void> {
    await ask(() => this.builder.indices.refresh({ index }));
  }

  /** What is behind the alias: one index, or two where processes have just made the first ones. */
  async live(): Promise<string[]> {
    return await this.withAlias(() => this.#aliased());
  }

  /** Puts `index` behind the alias in the place of `before`, in one step; `false`: another one has done so. */
  async replace(before: readonly string[], index: string): Promise<boolean> {
    await ask(() =>
      this.builder.indices.putSettings({ index, settings: { refresh_interval: null! } })
    );
    try {
      await ask(() =>
        this.builder.indices.updateAliases({
          actions: [
            ...before.map((old) => ({ remove_index: { index: old } })),
            { add: { index, alias: this.alias, is_write_index: true } },
          ],
        })
      );
    } catch (error) {
      if (error instanceof SearchUnavailable && error.index === "missing") return false;
      throw error;
    }
    // What cannot be cleared away now is so by the next build: this one is in its place.
    await this.#clearAway().catch(() => {});
    return true;
  }

  async drop(index: string): Promise<void> {
    await ask(() => this.builder.indices.delete({ index, ignore_unavailable: true }));
  }

  async #createFirst(): Promise<void> {
    const index = `${this.alias}-${FIRST}`;
    await ask(() =>
      this.#client.indices.create({
        index,
        mappings: MAPPINGS,
        settings: SETTINGS,
        aliases: { [this.alias]: {} },
      }, { ignore: [400] })
    );
    await this.#settle();
    // Another one may have put a whole index behind the alias meanwhile; of two it could not be written.
    if ((await this.#aliased()).length > 1) await this.drop(index);
  }

  /** An index that has just been made may not be searchable yet: waits for that, within a limit. */
  async #settle(): Promise<void> {
    await ask(() =>
      this.#client.cluster.health({
        index: this.alias,
        wait_for_status: "yellow",
        timeout: SETTLE_TIMEOUT,
      }, { ignore: [TIMED_OUT] })
    );
  }

  async #aliased(): Promise<string[]> {
    return Object.keys(await ask(() => this.#client.indices.getAlias({ name: this.alias })));
  }

  /** What died half-built, and what mappings left behind that are older than the one before this. */
  async #clearAway(): Promise<void> {
    const found = await ask(() =>
      this.#client.indices.get({ index: `${this.#prefix}-v*`, features: ["aliases"] })
    );
    const dead = Object.entries(found).filter(([index, { aliases = {} }]) => {
      const [, version, madeMs] = index.slice(this.#prefix.length).match(/^-v(\d+)-(\d+)?/) ?? [];
      if (Number(version) < MAPPING_VERSION - 1) return true;
      return Object.keys(aliases).length === 0 && Number(version) <= MAPPING_VERSION &&
        Number(madeMs) < Date.now() - ABANDONED_AFTER_MS;
    }).map(([index]) => index);
    if (dead.length > 0) await this.drop(dead.join(","));
  }
}
