import type { Ref } from "react";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { HoldState } from "../../checkout/hold_tickets.ts";

/** Whether an answer is under way, so that a press changes nothing. */
export function isBusy({ kind }: HoldState): boolean {
  return kind === "holding" || kind === "asking_again";
}

/** "Hold 2 tickets", or what has become of it. */
export function HoldButton({ ref, formId, state, tickets, isFirst = false }: {
  ref?: Ref<HTMLButtonElement>;
  /** The form that it belongs to, where it stands outside of it. */
  formId?: string;
  state: HoldState;
  tickets: number;
  /** Whether it has the focus when the page comes. */
  isFirst?: boolean;
}) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  const text = state.kind === "holding"
    ? texts.holding
    : state.kind === "asking_again"
    ? texts.askingAgain
    : tickets === 0
    ? texts.choose
    : texts.hold(tickets, number(tickets));
  return (
    <button
      ref={ref}
      type="submit"
      form={formId}
      className="btn btn--wide"
      data-first={isFirst || undefined}
      aria-busy={isBusy(state)}
      aria-disabled={tickets === 0 || state.kind === "limited"}
    >
      {text}
    </button>
  );
}
