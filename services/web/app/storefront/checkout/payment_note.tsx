import type { Booking } from "../../api/bookings.ts";
import { NextStep } from "./next_step.tsx";
import { type ReactNode, useEffect, useRef } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { Note, type NoteKind } from "../../parts/note.tsx";
import type { PaymentOfPage } from "./use_payment.ts";

/** What became of the payment, above the form; it takes the focus. */
export function PaymentNote({ booking, payment: { state, pay, askAgain } }: {
  booking: Booking;
  payment: PaymentOfPage;
}) {
  const { checkout, common } = useMessages();
  switch (state.kind) {
    case "ready":
    case "paying":
      return null;
    case "declined":
      return (
        <Focused kind="bad">
          <b>{checkout.declined}</b> {checkout.declinedThen}
        </Focused>
      );
    case "asking":
      return (
        <Focused kind="warn">
          <b>{checkout.unknown}</b> {state.paused ? checkout.unknownPaused : checkout.unknownThen}
          {state.paused
            ? (
              <p>
                <button className="btn" type="button" onClick={askAgain}>
                  {checkout.askAgain}
                </button>
              </p>
            )
            : null}
        </Focused>
      );
    case "action":
      return (
        <Focused kind="info">
          <b>{checkout.action}</b> {checkout.actionThen}
          <NextStep booking={booking} action={state.action} onDone={() => pay(state.payment)} />
        </Focused>
      );
    case "failed":
      return (
        <Focused kind="bad">
          {common.failed} <code>{state.requestId}</code>
        </Focused>
      );
  }
}

function Focused({ kind, children }: { kind: NoteKind; children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <div className="pay-note" ref={element} tabIndex={-1}>
      <Note kind={kind} role="alert">{children}</Note>
    </div>
  );
}
