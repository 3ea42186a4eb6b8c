import { errors } from "@elastic/elasticsearch";
import { SearchUnavailable } from "../errors.ts";

const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
const FORBIDDEN = new Set([401, 403]);
/** What requests meet that have begun on an index before it was taken away. */
const MOVING = new Set(["search_phase_execution_exception", "no_shard_available_action_exception"]);

/** Runs a request; what fails for want of a fit cluster rejects with a {@link SearchUnavailable} that says why. */
export async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toTrouble(error);
  }
}

/** What is wrong, in words for whoever runs the cluster; other errors are our own and stay as they are. */
function toTrouble(error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  const missing = error instanceof errors.ResponseError && error.statusCode === NOT_FOUND;
  const moving = MOVING.has(typeOf(error));
  return new SearchUnavailable(reason, { cause: error, missing, moving });
}

/** What is wrong with a part of a request that was answered as a whole. */
export function troubleWith(what: string, type: string): SearchUnavailable {
  return new SearchUnavailable(`Cannot read ${what}: ${type}`, {
    missing: type === "index_not_found_exception",
    moving: MOVING.has(type),
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
  if (FORBIDDEN.has(status)) return "Elasticsearch refuses ELASTICSEARCH_API_KEY";
  if (status === NOT_FOUND) return "The index is not there yet";
  if (status === TOO_MANY_REQUESTS) return "Elasticsearch is overloaded";
  if (status >= FIRST_SERVER_ERROR) return `Elasticsearch is in trouble: ${type || status}`;
  return undefined;
}
