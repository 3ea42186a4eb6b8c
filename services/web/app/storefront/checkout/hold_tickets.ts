import { countLeft, reserve, type WantedLine } from "../../api/bookings.ts";
import type { Api } from "../../api/client.ts";
import { ApiError, Unreachable } from "../../api/errors.ts";
import type { Unanswered } from "../../api/unanswered.ts";
import type { UnansweredHold } from "./unanswered.ts";

/** Where a person is between choosing tickets and having them held. */
export type HoldState =
  | { kind: "idle" }
  | { kind: "holding" }
  | { kind: "asking_again"; attempt: number }
  | { kind: "few"; left: number; ticketTypeId?: string }
  | { kind: "sold_out" }
  | { kind: "limited"; retryAfterS: number }
  | { kind: "refused"; code: string; reason?: string; ticketTypeId?: string }
  | { kind: "unreachable" };

/** How asking for tickets ends. */
export type HoldOutcome =
  | Exclude<HoldState, { kind: "idle" | "holding" | "asking_again" }>
  | { kind: "held"; bookingId: string }
  | { kind: "logged_out" };

export interface HoldDeps {
  api: Api;
  unanswered: Unanswered<UnansweredHold>;
  newKey(): string;
  wait(ms: number): Promise<void>;
  /** Called before each further try, from 1. */
  onAskingAgain(attempt: number): void;
}

/** Waits before the further tries of a request without an answer. */
export const WAITS_MS: readonly number[] = [1_000, 2_000, 4_000];
/** Where a 429 does not say when to come back. */
const DEFAULT_RETRY_AFTER_S = 60;

/**
 * Holds tickets. A request has one key until it has an answer, whatever happens to the answer on its way: so it holds
 * once. An earlier request without an answer is asked for first; if it has held something, that is what is held.
 */
export async function holdTickets(
  deps: HoldDeps,
  { eventId, lines }: { eventId: string; lines: readonly WantedLine[] },
): Promise<HoldOutcome> {
  const earlier = deps.unanswered.read();
  if (earlier) {
    const outcome = await ask(deps, { eventId, ...earlier });
    const isSame = JSON.stringify(earlier.lines) === JSON.stringify(lines);
    if (outcome !== "ended" && (isSame || !isRefusal(outcome))) return outcome;
  }
  const outcome = await ask(deps, { eventId, lines, key: deps.newKey() });
  // A new key cannot have held before; the type knows no better.
  return outcome === "ended" ? { kind: "unreachable" } : outcome;
}

function isRefusal({ kind }: HoldOutcome): boolean {
  return kind === "few" || kind === "sold_out" || kind === "refused";
}

/** Asks until there is an answer. @returns `ended` for a reservation that was held and is no more */
async function ask(
  deps: HoldDeps,
  { eventId, lines, key }: { eventId: string } & UnansweredHold,
): Promise<HoldOutcome | "ended"> {
  const { api, unanswered, wait, onAskingAgain } = deps;
  unanswered.keep({ key, lines });
  for (let attempt = 0;; attempt++) {
    try {
      const { reservation_id, status } = await reserve(api, { eventId, lines, key });
      unanswered.drop();
      const isOver = status === "expired" || status === "cancelled";
      return isOver ? "ended" : { kind: "held", bookingId: reservation_id };
    } catch (error) {
      if (isAnswer(error)) {
        unanswered.drop();
        return await outcomeOf(error, { api, eventId, lines });
      }
    }
    const waitMs = WAITS_MS[attempt];
    if (waitMs === undefined) return { kind: "unreachable" };
    onAskingAgain(attempt + 1);
    await wait(waitMs);
  }
}

/** Whether the platform has decided: a 5xx or 408 leaves open what became of the request. */
function isAnswer(error: unknown): error is ApiError {
  if (error instanceof ApiError) return error.status < 500 && error.status !== 408;
  if (error instanceof Unreachable) return false;
  throw error;
}

async function outcomeOf(
  { code, status, body, retryAfterS }: ApiError,
  { api, eventId, lines }: { api: Api; eventId: string; lines: readonly WantedLine[] },
): Promise<HoldOutcome> {
  if (status === 401) return { kind: "logged_out" };
  if (status === 429) return { kind: "limited", retryAfterS: retryAfterS ?? DEFAULT_RETRY_AFTER_S };
  const ticketTypeId = textIn(body, "ticket_type_id");
  const ofType = ticketTypeId === undefined ? {} : { ticketTypeId };
  if (code === "NOT_ENOUGH_SEATS") {
    const wanted = lines.find((line) => line.ticketTypeId === ticketTypeId)?.quantity ??
      lines[0]?.quantity ?? 1;
    const left = await countLeft(api, { eventId, ...ofType }).catch(() => 0);
    return left > 0
      ? { kind: "few", left: Math.min(left, wanted), ...ofType }
      : { kind: "sold_out" };
  }
  const [own] = (body.own_holds ?? []) as { reservation_id: string }[];
  if (own) return { kind: "held", bookingId: own.reservation_id };
  const reason = textIn(body, "reason");
  return { kind: "refused", code, ...(reason === undefined ? {} : { reason }), ...ofType };
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}
