import type { Client, estypes } from "@elastic/elasticsearch";
import { Coalescer } from "@evently/shared/batch";
import type { IndexLife } from "./index_life.ts";
import { ask, readTrouble } from "./trouble.ts";

/** Searches of one request. */
const MAX_JOINED = 64;
/** Searches that may wait for the next request; further ones are refused. */
const MAX_QUEUED = 2_000;
/** Requests under way at once, so that the engine is busy while an answer is read. */
const MAX_IN_FLIGHT = 2;

/** Sends searches on the live index. Those that arrive together, or while others are under way, share one request. */
export class Searches {
  readonly #client: Client;
  readonly #life: IndexLife;
  readonly #waiting = new Coalescer<estypes.SearchRequest, estypes.MsearchResponseItem>({
    name: "search",
    run: (requests) => this.#send(requests),
    maxBatch: MAX_JOINED,
    maxQueue: MAX_QUEUED,
    maxInFlight: MAX_IN_FLIGHT,
  });

  constructor(client: Client, life: IndexLife) {
    this.#client = client;
    this.#life = life;
  }

  /** @throws {SearchUnavailable} the engine does not answer, or not completely */
  async send(request: estypes.SearchRequest): Promise<estypes.SearchResponse> {
    return await this.#life.withAlias(async () => {
      const answer = await this.#waiting.submit(request);
      if ("error" in answer) throw readTrouble("a search", answer.error);
      return answer;
    });
  }

  async #send(requests: estypes.SearchRequest[]): Promise<estypes.MsearchResponseItem[]> {
    const header = { allow_partial_search_results: false } as const;
    const { responses } = await ask(() =>
      this.#client.msearch({
        index: this.#life.alias,
        searches: requests.flatMap((request) => [header, request as estypes.MsearchRequestItem]),
      })
    );
    return responses;
  }
}
