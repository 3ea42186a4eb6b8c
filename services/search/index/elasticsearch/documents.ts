import type { Client, estypes } from "@elastic/elasticsearch";
import { LRUCache } from "lru-cache";
import type { SearchDocument } from "../document.ts";
import { fromStored } from "./stored_event.ts";
import { readMany } from "./writing.ts";

/** Memory for documents, estimated by {@link bytesOf}. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Estimated bytes of a document without its description. */
const DOCUMENT_BYTES = 2_048;

interface Known {
  write: string;
  /** `undefined` if the event is not listed. */
  document: SearchDocument | undefined;
}

/** A document as it was last written. */
type Written = Pick<estypes.SearchHit, "_index" | "_seq_no" | "_primary_term">;

/**
 * The documents of hits. Searches only name their hits and the last write of each, which is much less work for the
 * engine than to read, filter and send their sources; documents are read once for each write of them.
 */
export class Documents {
  readonly #client: Client;
  readonly #index: string;
  readonly #known = new LRUCache<string, Known>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ document }) => DOCUMENT_BYTES + (document?.description?.length ?? 0) * 2,
  });

  constructor(client: Client, index: string) {
    this.#client = client;
    this.#index = index;
  }

  /** The documents of hits, in order; `undefined` for an event that is no longer listed. */
  async of(
    hits: readonly (Written & { eventId: string })[],
  ): Promise<(SearchDocument | undefined)[]> {
    const unknown = hits.filter((hit) => this.#known.get(hit.eventId)?.write !== writeOf(hit));
    const read = new Map<string, SearchDocument | undefined>();
    if (unknown.length > 0) {
      const docs = await readMany(this.#client, {
        index: this.#index,
        ids: unknown.map(({ eventId }) => eventId),
        _source: ["document"],
        // As searches see it; a later write may not be shown yet.
        realtime: false,
      });
      for (const doc of docs) {
        const document = fromStored(doc._source);
        read.set(doc._id, document);
        if (doc.found) this.#known.set(doc._id, { write: writeOf(doc), document });
      }
    }
    return hits.map(({ eventId }) =>
      read.has(eventId) ? read.get(eventId) : this.#known.get(eventId)?.document
    );
  }
}

/** Identifies a write of a document. */
function writeOf({ _index, _seq_no, _primary_term }: Written): string {
  return `${_index} ${_primary_term} ${_seq_no}`;
}
