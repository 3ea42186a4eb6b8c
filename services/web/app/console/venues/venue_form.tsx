import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { SubmitButton } from "../../storefront/login/submit_button.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import type { Venue } from "../api/venues.ts";
import { RestoredNote } from "../parts/restored_note.tsx";
import { useKeptForm } from "../parts/use_kept_form.ts";
import { useConsoleMessages } from "../use_console.ts";
import { WhereIAm } from "./where_i_am.tsx";
import { VENUE_FIELDS, venueRules, type VenueValues, venueValues } from "./venue_values.ts";

/** Address, capacity, position and time zone of a venue. */
export function VenueForm({ venue, isOpen = true, save }: {
  /** The venue as it is; a new one, where absent. */
  venue?: Venue;
  /** Whether it may be changed. */
  isOpen?: boolean;
  save(values: VenueValues): Promise<void>;
}) {
  const messages = useConsoleMessages();
  const { venues, parts } = messages;
  const rules = useMemo(() => venueRules(messages), [messages]);
  const form = useForm<VenueValues>({
    defaultValues: venueValues(venue),
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const kept = useKeptForm(`venue ${venue?.venue_id ?? "new"}`, form);
  const sending = useSubmit(async (values: VenueValues) => {
    await save(values);
    kept.forget();
  }, {});
  const { register, handleSubmit, setValue, formState: { errors, submitCount } } = form;
  const field = (name: keyof VenueValues) => ({
    ...register(name),
    label: venues.fields[name],
    error: errors[name]?.message,
  });
  return (
    <form
      className="stack form"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <RestoredNote kept={kept} />
      <ErrorSummary
        errors={[...errorsOf(errors, VENUE_FIELDS), ...sending.errors]}
        attempt={sending.attempt + submitCount}
      />
      <fieldset className="stack" disabled={!isOpen}>
        <Field {...field("name")} />
        <Field {...field("address")} autoComplete="off" />
        <div className="field-row">
          <Field {...field("city")} />
          <Field {...field("state")} />
        </div>
        <div className="field-row">
          <Field {...field("postalCode")} />
          <Field {...field("country")} />
        </div>
        <Field {...field("capacity")} hint={venues.capacityHint} inputMode="numeric" />
        <div className="field-row">
          <Field {...field("latitude")} inputMode="decimal" />
          <Field {...field("longitude")} inputMode="decimal" />
        </div>
        {isOpen
          ? (
            <WhereIAm
              onFound={(latitude, longitude) => {
                setValue("latitude", latitude, { shouldDirty: true });
                setValue("longitude", longitude, { shouldDirty: true });
              }}
            />
          )
          : null}
        <Field {...field("timezone")} hint={venues.timezoneHint} list="zones" />
        <datalist id="zones">
          {Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
        </datalist>
      </fieldset>
      {isOpen
        ? (
          <SubmitButton
            text={venue ? parts.save : venues.make}
            busyText={parts.saving}
            {...sending}
          />
        )
        : null}
    </form>
  );
}
