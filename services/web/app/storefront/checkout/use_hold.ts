import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { bookingsChanged, heldQuery, type WantedLine } from "../../api/bookings.ts";
import { knownState } from "../../session/known_state.ts";
import { useApp } from "../../use_app.ts";
import { choiceAddress } from "../event/tickets/choice_address.ts";
import { type HoldOutcome, type HoldState, holdTickets } from "./hold_tickets.ts";
import { unansweredHold } from "./unanswered.ts";

const IDLE: HoldState = { kind: "idle" };

/**
 * Holding tickets of an event: what came of it so far, and the way to begin. Held tickets lead to the checkout, also
 * those that were held before; without a log-in `hold` leads there first, with the number in the address.
 */
export function useHold(
  eventId: string,
): { state: HoldState; hold(lines: readonly WantedLine[]): void } {
  const [state, setState] = useState(IDLE);
  const begin = useBegin(eventId, setState);
  const last = useRef<readonly WantedLine[]>(undefined);
  const isBusy = useRef(false);
  const hold = (lines: readonly WantedLine[]) => {
    if (isBusy.current) return;
    isBusy.current = true;
    last.current = lines;
    void begin(lines).finally(() => isBusy.current = false);
  };
  useEffect(() => {
    if (state.kind !== "limited") return;
    const { retryAfterS } = state;
    const timer = setTimeout(
      () => setState(retryAfterS > 1 ? { kind: "limited", retryAfterS: retryAfterS - 1 } : IDLE),
      1_000,
    );
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    if (state.kind !== "unreachable") return;
    const again = () => last.current && hold(last.current);
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  });
  return { state, hold };
}

/** One whole attempt to hold, from the look at what is held already to the way to the checkout. */
function useBegin(eventId: string, setState: (state: HoldState) => void) {
  const { api, session } = useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const ask = async (userId: string, lines: readonly WantedLine[]): Promise<HoldOutcome> => {
    // What cannot be looked up is no hindrance: the inventory decides.
    const held = await queryClient.fetchQuery(heldQuery(api, userId)).catch(() => []);
    const own = held.find((booking) => booking.event_id === eventId);
    if (own) return { kind: "held", bookingId: own.booking_id };
    return await holdTickets({
      api,
      unanswered: unansweredHold(userId, eventId),
      newKey: () => crypto.randomUUID(),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onAskingAgain: (attempt) => setState({ kind: "asking_again", attempt }),
    }, { eventId, lines });
  };
  const logIn = (lines: readonly WantedLine[]) =>
    navigate({ href: `/login?to=${encodeURIComponent(choiceAddress(eventId, lines))}` });
  return async function begin(lines: readonly WantedLine[]): Promise<void> {
    setState({ kind: "holding" });
    const known = await knownState(session);
    if (known.status === "unknown") return setState({ kind: "unreachable" });
    if (known.status === "out") return await logIn(lines);
    const outcome = await ask(known.user.userId, lines);
    switch (outcome.kind) {
      case "held": {
        const { bookingId } = outcome;
        void bookingsChanged(queryClient);
        await navigate({ to: "/checkout/$bookingId", params: { bookingId } });
        return setState(IDLE);
      }
      case "logged_out":
        return await logIn(lines);
      default:
        setState(outcome);
    }
  };
}
