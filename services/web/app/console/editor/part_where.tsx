import { Link } from "@tanstack/react-router";
import { useFormat } from "../../messages/use_messages.ts";
import { Field } from "../../parts/field.tsx";
import type { Venue } from "../api/venues.ts";
import { SelectField, TextField } from "../parts/controls.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { Part } from "./part.tsx";
import type { EventForm } from "./use_event_form.ts";

/** The venue, how many seats are sold there, and how people get in. */
export function PartWhere({ event: { form, sending, stored }, venues }: {
  event: EventForm;
  venues: readonly Venue[];
}) {
  const { canChange } = useOrganiser();
  const { editor, overview } = useConsoleMessages();
  const { number } = useFormat();
  const { register, watch, formState: { errors } } = form;
  const venueId = watch("venueId");
  const venue = venues.find(({ venue_id }) => venue_id === venueId);
  const taken = stored.tickets_sold + stored.held_seats;
  return (
    <Part number={3} title={editor.where}>
      <SelectField
        {...register("venueId")}
        label={editor.fields.venueId}
        error={errors.venueId?.message ?? sending.errorAt("venueId")}
      >
        {venues.map(({ venue_id, name, city }) => (
          <option key={venue_id} value={venue_id}>{`${name}, ${city}`}</option>
        ))}
      </SelectField>
      {canChange ? <Link to="/console/venues/new">{overview.newVenue}</Link> : null}
      <Field
        {...register("capacity")}
        label={editor.fields.capacity}
        hint={[
          venue ? editor.venueHolds(number(venue.capacity)) : "",
          taken > 0 ? editor.taken(taken, number(taken)) : "",
        ].filter(Boolean).join(" ")}
        inputMode="numeric"
        error={errors.capacity?.message ?? sending.errorAt("capacity")}
      />
      <TextField
        {...register("accessNotes")}
        label={editor.fields.accessNotes}
        hint={editor.accessHint}
        rows={3}
      />
    </Part>
  );
}
