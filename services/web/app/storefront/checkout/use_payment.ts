import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  type ActionRequired,
  bookingQuery,
  bookingsChanged,
  type Payment,
} from "../../api/bookings.ts";
import { useApp } from "../../use_app.ts";
import { askForPayment, type PaymentOutcome, sendPayment } from "./send_payment.ts";
import { unansweredPayment } from "./unanswered.ts";

/** Where the payment of a booking is, as far as this page has sent it. */
export type PaymentState =
  | { kind: "ready" }
  | { kind: "paying" }
  | { kind: "declined" }
  /** Nobody knows yet what became of it. `paused`: asked often enough, the reader may ask on. */
  | { kind: "asking"; paused: boolean }
  /** The provider wants something of the buyer first; then `resume`. */
  | { kind: "action"; action: ActionRequired["next_action"]; payment: Payment | undefined }
  | { kind: "failed"; requestId: string | undefined };

export interface PaymentOfPage {
  state: PaymentState;
  /** Pays; without a payment where nothing is to be paid. A second call while one is under way does nothing. */
  pay(payment?: Payment): void;
  /** Asks on for a payment without an answer. */
  askAgain(): void;
}

/**
 * Pays for a booking once, whatever happens to the answer: a payment that was sent and has none is asked for until the
 * server knows, also after a reload.
 */
export function usePayment(
  bookingId: string,
  { onPaid }: { onPaid: (ticketUrl: string) => void },
): PaymentOfPage {
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [state, setState] = useState<PaymentState>({ kind: "ready" });
  const isBusy = useRef(false);
  const left = useRef(new AbortController());
  const unanswered = unansweredPayment(bookingId);

  const settle = async (outcome: PaymentOutcome, payment: Payment | undefined) => {
    if (outcome.kind !== "unknown" && outcome.kind !== "action") unanswered.drop();
    switch (outcome.kind) {
      case "paid":
        onPaid(outcome.ticketUrl);
        return await bookingsChanged(queryClient);
      case "declined":
        setState({ kind: "declined" });
        // Not waited for: the buyer may pay again at once.
        return void bookingsChanged(queryClient);
      case "action":
        unanswered.keep({ ...payment && { payment }, waitsForBuyer: true });
        return setState({ kind: "action", action: outcome.action, payment });
      case "changed":
        await bookingsChanged(queryClient);
        return setState({ kind: "ready" });
      case "failed":
        return setState({ kind: "failed", requestId: outcome.requestId });
      case "unknown":
        return setState({ kind: "asking", paused: true });
    }
  };
  const run = (work: () => Promise<void>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    void work().finally(() => isBusy.current = false);
  };
  const ask = async (payment: Payment | undefined) => {
    setState({ kind: "asking", paused: false });
    const { signal } = left.current;
    const readBooking = () =>
      queryClient.fetchQuery({ ...bookingQuery(api, bookingId), staleTime: 0 });
    const outcome = await askForPayment(
      { api, readBooking, signal },
      { bookingId, payment },
    );
    if (!signal.aborted) await settle(outcome, payment);
  };
  const pay = (payment?: Payment) =>
    run(async () => {
      unanswered.keep(payment ? { payment } : {});
      setState({ kind: "paying" });
      const outcome = await sendPayment(api, { bookingId, payment });
      if (outcome.kind === "unknown") await ask(payment);
      else await settle(outcome, payment);
    });
  const askAgain = () => run(() => ask(unanswered.read()?.payment));

  useEffect(() => {
    left.current = new AbortController();
    isBusy.current = false;
    const kept = unanswered.read();
    if (kept?.waitsForBuyer) pay(kept.payment);
    else if (kept) askAgain();
    return () => left.current.abort();
  }, [bookingId]);
  return { state, pay, askAgain };
}
