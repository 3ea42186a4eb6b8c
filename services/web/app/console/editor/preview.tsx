import type { Ref } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { Cover } from "../../parts/cover.tsx";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import type { Venue } from "../api/venues.ts";
import { useConsoleMessages } from "../use_console.ts";
import type { EventForm } from "./use_event_form.ts";
import { instantOf } from "./wall_time.ts";

/** The event as buyers will see it, with what is typed and not saved yet. */
export function Preview({ ref, event: { form, stored, zoneOf }, venues }: {
  ref: Ref<HTMLDialogElement>;
  event: EventForm;
  venues: readonly Venue[];
}) {
  const { editor } = useConsoleMessages();
  const { when, money } = useFormat();
  const values = form.watch();
  const zone = zoneOf(values);
  const start = instantOf({ date: values.startDate, time: values.startTime }, zone);
  const venue = venues.find(({ venue_id }) => venue_id === values.venueId);
  const picture = values.imageUrl.startsWith("https://") ? values.imageUrl : undefined;
  const price = Number(values.price);
  const hasPrice = /^[A-Za-z]{3}$/.test(values.currency) && Number.isFinite(price);
  return (
    <dialog className="dialog preview" ref={ref} aria-labelledby="preview-title">
      <div className="preview__band on-stock" data-stock={stockOf(values.kind)}>
        <h2 id="preview-title">{unbroken(values.name)}</h2>
        <p>
          {start ? `${when(start, zone).long}, ${when(start, zone).time}` : ""}
          <br />
          {venue ? `${venue.name}, ${venue.city}` : ""}
        </p>
        {hasPrice
          ? <p className="big">{price === 0 ? editor.free : money(price, values.currency)}</p>
          : null}
        <Cover
          event={{ event_id: stored.event_id, event_type: values.kind, image_url: picture }}
        />
      </div>
      {values.description ? <p className="preview__text">{values.description}</p> : null}
      <form method="dialog" className="dialog-actions">
        <button className="btn" type="submit">{editor.closePreview}</button>
      </form>
    </dialog>
  );
}
