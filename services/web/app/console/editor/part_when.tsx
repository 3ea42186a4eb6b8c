import { useFormat } from "../../messages/use_messages.ts";
import { Field } from "../../parts/field.tsx";
import type { Venue } from "../api/venues.ts";
import { useConsoleMessages } from "../use_console.ts";
import { Part } from "./part.tsx";
import type { EventForm } from "./use_event_form.ts";
import { instantOf } from "./wall_time.ts";

/** Start and end, as clocks at the venue show them. */
export function PartWhen({ event: { form, sending, zoneOf }, venues }: {
  event: EventForm;
  venues: readonly Venue[];
}) {
  const { editor } = useConsoleMessages();
  const { when } = useFormat();
  const { register, watch, formState: { errors } } = form;
  const [date, time, venueId] = watch(["startDate", "startTime", "venueId"]);
  const zone = zoneOf({ venueId });
  const start = instantOf({ date, time }, zone);
  const city = venues.find(({ venue_id }) => venue_id === venueId)?.city ?? zone;
  return (
    <Part number={2} title={editor.when}>
      <p className="soft small">{editor.zoneHint(zone)}</p>
      <div className="field-row">
        <Field
          {...register("startDate")}
          label={editor.fields.startDate}
          type="date"
          error={errors.startDate?.message ?? sending.errorAt("startDate")}
        />
        <Field {...register("startTime")} label={editor.fields.startTime} type="time" />
      </div>
      <div className="field-row">
        <Field
          {...register("endDate")}
          label={editor.fields.endDate}
          type="date"
          error={errors.endDate?.message ?? sending.errorAt("endDate")}
        />
        <Field {...register("endTime")} label={editor.fields.endTime} type="time" />
      </div>
      {start
        ? (
          <p role="status">
            {editor.startsAt(when(start, zone).long, when(start, zone).time, city)}
          </p>
        )
        : null}
    </Part>
  );
}
