import type { Client } from "@elastic/elasticsearch";
import { MAPPING_VERSION, MAPPINGS, SETTINGS } from "./mapping.ts";
import { SearchUnavailable } from "../errors.ts";
import { untilUnsealed } from "./seal.ts";
import { ask } from "./trouble.ts";

/** Age at which an unfinished index is taken to belong to a process that died. */
const ABANDONED_AFTER_MS = 3_600_000;
/** Attempts of a request on the alias: it may meet a swap, a missing index, and one that was just created. */
const MAX_ATTEMPTS = 4;
/** Timeout of a build's requests; a cluster under load creates indices slowly. */
const BUILD_TIMEOUT_MS = 30_000;
const SEAL_LIMIT_MS = 5_000;
const SETTLE_TIMEOUT = "2s";
const TIMED_OUT = 408;
/** Suffix of the first, empty index; all processes create the same one. */
const FIRST = "first";

/** Options of an {@link IndexLife}. */
export interface IndexLifeOptions {
  client: Client;
  /** Prefix of the names of all indices. */
  prefix: string;
  /** Maximum time that writes wait for a rebuild; the process that sealed the index is then taken to have died. */
  sealLimitMs?: number;
}

/** Creates, replaces and removes the indices behind one alias. */
export class IndexLife {
  /** Alias of exactly one index, which is searched and written. */
  readonly alias: string;
  /** Client with the timeout of builds. */
  readonly builder: Client;
  readonly #client: Client;
  readonly #prefix: string;
  readonly #sealLimitMs: number;

  constructor({ client, prefix, sealLimitMs = SEAL_LIMIT_MS }: IndexLifeOptions) {
    this.#client = client;
    // No second attempt at another node: a swap that was made would look as if another process had been faster.
    this.builder = client.child({ requestTimeout: BUILD_TIMEOUT_MS, maxRetries: 0 });
    this.#prefix = prefix;
    this.#sealLimitMs = sealLimitMs;
    this.alias = `${prefix}-v${MAPPING_VERSION}`;
  }

  /** Runs a request on the alias; creates the first index if there is none, and retries around swaps. */
  async withAlias<T>(request: () => Promise<T>): Promise<T> {
    let misses = 0;
    for (let attempt = 1;; attempt++) {
      try {
        return await ask(request);
      } catch (error) {
        if (!(error instanceof SearchUnavailable) || attempt === MAX_ATTEMPTS) throw error;
        if (error.index === undefined || error.index === "unfit") throw error;
        // A swap may have removed the index that the request began on; the alias then names another one.
        if (error.index === "missing" && ++misses > 1) await this.#createFirst();
        if (error.index === "moving") await this.#settle();
        if (error.index === "sealed") {
          await untilUnsealed(this.#client, this.alias, { sealLimitMs: this.#sealLimitMs });
        }
      }
    }
  }

  /** Creates an empty index beside the live one, which it is to replace; returns its name. */
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

  /** Makes all documents of an index visible to searches. */
  async show(index: string): Promise<void> {
    await ask(() => this.builder.indices.refresh({ index }));
  }

  /** Names of the indices behind the alias: one, or two if processes have just created the first ones. */
  async live(): Promise<string[]> {
    return await this.withAlias(() => this.#aliased());
  }

  /** Replaces `before` by `index` behind the alias, atomically; `false` if another process was faster. */
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
    // The index is in place; leftovers that cannot be removed now are removed by the next build.
    await this.#clearAway().catch(() => {});
    return true;
  }

  /** Deletes an index if it exists. */
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
    // Another process may have put a complete index behind the alias; an alias of two cannot be written.
    if ((await this.#aliased()).length > 1) await this.drop(index);
  }

  /** Waits until a new index can be searched, at most {@link SETTLE_TIMEOUT}. */
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

  /** Removes abandoned builds, and indices of mappings older than the previous one. */
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
