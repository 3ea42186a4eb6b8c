import { type FormEvent, useRef, useState } from "react";
import { useFormat } from "../../../../messages/use_messages.ts";
import { ErrorSummary, type FormError } from "../../../../parts/error_summary.tsx";
import { Field } from "../../../../parts/field.tsx";
import { readForm } from "../../../../parts/read_form.ts";
import type { EventScope } from "../../../api/event.ts";
import type { ManagedBookingDetail } from "../../../api/event_bookings.ts";
import { OutcomeNote } from "../../../parts/outcome_note.tsx";
import { useConsoleMessages } from "../../../use_console.ts";
import { RefundDialog } from "./refund_dialog.tsx";
import { MAX_REASON_CHARS, readAmount } from "./refund_input.ts";
import { type SentRefund, useRefund } from "./use_refund.ts";

/** Gives a part of a payment back, or all that is left of it, after it was said what that does. */
export function RefundForm({ scope, booking }: {
  scope: EventScope;
  booking: ManagedBookingDetail;
}) {
  const { eventBookings: texts } = useConsoleMessages();
  const { money } = useFormat();
  const { refund, sent } = useRefund(scope, booking);
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState<SentRefund>();
  const { refundable_amount: left, currency } = booking;
  const most = money(left, currency);
  const errorAt = (name: string) => errors.find(({ field }) => field === name)?.text;

  function ask(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { amount: typed = "", reason = "" } = readForm(event.currentTarget);
    const amount = readAmount(typed);
    const wrong: FormError[] = [];
    if (amount === undefined) wrong.push({ field: "amount", text: texts.amountWrong });
    else if (amount > left) wrong.push({ field: "amount", text: texts.amountTooMuch(most) });
    if (reason.trim().length > MAX_REASON_CHARS) {
      wrong.push({ field: "reason", text: texts.reasonLong(MAX_REASON_CHARS) });
    }
    setErrors(wrong);
    setAttempt((count) => count + 1);
    if (amount === undefined || wrong.length > 0) return;
    refund.forget();
    setAsked({ key: crypto.randomUUID(), amount, reason: reason.trim() });
    dialog.current?.showModal();
  }

  async function send(input: SentRefund): Promise<void> {
    await refund.act(input);
    dialog.current?.close();
    form.current?.reset();
  }

  return (
    <section className="panel stack" aria-labelledby="refund">
      <h2 id="refund">{texts.refundTitle}</h2>
      <OutcomeNote outcome={refund.outcome} />
      {sent
        ? (
          <div>
            <p>{refund.outcome ? null : texts.refundUnknown}</p>
            <button
              className="btn"
              type="button"
              aria-busy={refund.busy}
              onClick={() => void send(sent)}
            >
              {refund.busy ? texts.refundDoing : texts.refundDo(money(sent.amount, currency))}
            </button>
          </div>
        )
        : left > 0
        ? (
          <form className="stack" ref={form} noValidate onSubmit={ask}>
            <p>{texts.refundLead}</p>
            <ErrorSummary errors={errors} attempt={attempt} />
            <Field
              name="amount"
              label={texts.amount}
              hint={texts.amountHint(most)}
              error={errorAt("amount")}
              inputMode="decimal"
              autoComplete="off"
            />
            <Field
              name="reason"
              label={texts.reason}
              hint={texts.reasonHint}
              error={errorAt("reason")}
              autoComplete="off"
            />
            <button className="btn" type="submit">{texts.refundGo}</button>
          </form>
        )
        : <p>{texts.refundNone}</p>}
      <RefundDialog
        ref={dialog}
        booking={booking}
        amount={asked?.amount ?? 0}
        busy={refund.busy}
        onRefund={() => asked && void send(asked)}
      />
    </section>
  );
}
