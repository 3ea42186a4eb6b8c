import { errors } from "@elastic/elasticsearch";
import { type IndexState, SearchUnavailable } from "../errors.ts";

const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
/** Errors of requests that began on an index before it was removed. */
const MOVING = new Set(["search_phase_execution_exception", "no_shard_available_action_exception"]);
const BLOCKED = "cluster_block_exception";

/** Runs a request; failures of the cluster are thrown as {@link SearchUnavailable} with the reason. */
export async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toTrouble(error);
  }
}

/** Maps failures of the cluster to {@link SearchUnavailable}; other errors are returned as they are. */
function toTrouble(error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  if (!(error instanceof errors.ResponseError)) {
    return new SearchUnavailable(reason, { cause: error });
  }
  const state = stateBy(error.statusCode ?? FIRST_SERVER_ERROR, typeOf(error));
  return new SearchUnavailable(reason, { cause: error, ...state });
}

/** State of the index that a response implies. */
function stateBy(status: number, type: string): { index?: IndexState } {
  if (MOVING.has(type)) return { index: "moving" };
  if (status === NOT_FOUND) return { index: "missing" };
  return status === FORBIDDEN && type === BLOCKED ? { index: "sealed" } : {};
}

/** Maps the error of one item in the response of a read. */
export function readTrouble(what: string, { type }: { type: string }): SearchUnavailable {
  const status = type === "index_not_found_exception" ? NOT_FOUND : FIRST_SERVER_ERROR;
  return new SearchUnavailable(`Cannot read ${what}: ${type}`, stateBy(status, type));
}

/** Maps the error of a written document; `undefined` if the document itself was rejected. */
export function writeTrouble(status: number, type: string): SearchUnavailable | undefined {
  const passing = status === NOT_FOUND || status === TOO_MANY_REQUESTS || type === BLOCKED ||
    status >= FIRST_SERVER_ERROR;
  if (!passing) return undefined;
  return new SearchUnavailable(
    `Elasticsearch does not take writes: ${type}`,
    stateBy(status, type),
  );
}

/** The index rejects all of this program's documents. */
export function unfit(type: string): SearchUnavailable {
  return new SearchUnavailable(`The index has another mapping than this program's: ${type}`, {
    index: "unfit",
  });
}

function typeOf(error: unknown): string {
  return (error instanceof errors.ResponseError && error.body?.error?.type) || "";
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.ProductNotSupportedError) {
    return "What answers at ELASTICSEARCH_URL is not Elasticsearch";
  }
  if (error instanceof errors.TimeoutError) return "Elasticsearch does not answer in time";
  if (
    error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError
  ) {
    return "Elasticsearch cannot be reached";
  }
  if (!(error instanceof errors.ResponseError)) return undefined;
  const status = error.statusCode ?? FIRST_SERVER_ERROR;
  const type = typeOf(error);
  if (type === "media_type_header_exception") {
    return "Elasticsearch is of another major version than this client, which needs 9";
  }
  if (type === BLOCKED) return "Elasticsearch does not take writes: its index is blocked";
  if (status === UNAUTHORIZED || status === FORBIDDEN) {
    return "Elasticsearch refuses ELASTICSEARCH_API_KEY";
  }
  if (status === NOT_FOUND) return "The index is not there yet";
  if (status === TOO_MANY_REQUESTS) return "Elasticsearch is overloaded";
  if (status >= FIRST_SERVER_ERROR) return `Elasticsearch is in trouble: ${type || status}`;
  return undefined;
}
