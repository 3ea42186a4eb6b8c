import { Field } from "../../parts/field.tsx";
import { SelectField, TickField } from "../parts/controls.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { Part } from "./part.tsx";
import type { EventForm } from "./use_event_form.ts";

/** Refund policies to choose from; the first is the platform's own. */
const POLICIES = {
  usual: "",
  always: JSON.stringify([{ hours_before: 0, percent: 100 }]),
  never: JSON.stringify([{ hours_before: 0, percent: 0 }]),
} as const;

/** Price, limits and refunds; ticket types follow on their own. */
export function PartTickets({ event: { form, sending, base } }: { event: EventForm }) {
  const { editor } = useConsoleMessages();
  const { register, formState: { errors } } = form;
  const isOwn = !Object.values<string>(POLICIES).includes(base.refunds);
  return (
    <Part number={4} title={editor.tickets}>
      <div className="field-row">
        <Field
          {...register("price")}
          label={editor.fields.price}
          hint={editor.priceHint}
          inputMode="decimal"
          error={errors.price?.message ?? sending.errorAt("price")}
        />
        <Field
          {...register("currency")}
          label={editor.fields.currency}
          hint={editor.currencyHint}
          error={errors.currency?.message ?? sending.errorAt("currency")}
        />
      </div>
      <div className="field-row">
        <Field
          {...register("maxPerBooking")}
          label={editor.fields.maxPerBooking}
          inputMode="numeric"
          error={errors.maxPerBooking?.message ?? sending.errorAt("maxPerBooking")}
        />
        <Field
          {...register("maxHeld")}
          label={editor.fields.maxHeld}
          inputMode="numeric"
          error={errors.maxHeld?.message ?? sending.errorAt("maxHeld")}
        />
      </div>
      <SelectField {...register("refunds")} label={editor.fields.refunds}>
        <option value={POLICIES.usual}>{editor.refundsUsual}</option>
        <option value={POLICIES.always}>{editor.refundsAlways}</option>
        <option value={POLICIES.never}>{editor.refundsNever}</option>
        {isOwn ? <option value={base.refunds}>{editor.refundsOwn}</option> : null}
      </SelectField>
      <TickField
        {...register("publicCounts")}
        label={editor.fields.publicCounts}
        hint={editor.publicCountsHint}
      />
    </Part>
  );
}
