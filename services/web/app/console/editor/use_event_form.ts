import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { ApiError } from "../../api/errors.ts";
import { unwrap } from "../../api/client.ts";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { eventsChanged, type EventUpdate, type ManagedEvent, saveEvent } from "../api/events.ts";
import type { Venue } from "../api/venues.ts";
import { useKeptForm } from "../parts/use_kept_form.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { eventRules } from "./event_rules.ts";
import { differences, eventUpdate, type EventValues, eventValues } from "./event_values.ts";

/** Which of the API's fields is which of the form's. */
const FIELDS: Readonly<Record<string, keyof EventValues>> = {
  name: "name",
  event_type: "kind",
  description: "description",
  image_url: "imageUrl",
  access_notes: "accessNotes",
  start_datetime: "startDate",
  end_datetime: "endDate",
  venue_id: "venueId",
  total_capacity: "capacity",
  base_price: "price",
  currency: "currency",
  max_tickets_per_booking: "maxPerBooking",
  max_held_per_user: "maxHeld",
};

/** The form of an event: what is stored, what was changed, and what somebody else has stored meanwhile. */
export function useEventForm(loaded: ManagedEvent, venues: readonly Venue[]) {
  const { api } = useConsole();
  const messages = useConsoleMessages();
  const queryClient = useQueryClient();
  const [stored, setStored] = useState(loaded);
  const [theirs, setTheirs] = useState<ManagedEvent>();
  const [savedAtMs, setSavedAtMs] = useState<number>();
  const base = useMemo(() => eventValues(stored), [stored]);
  const zoneOf = ({ venueId }: Pick<EventValues, "venueId">) =>
    venueId === stored.venue_id
      ? stored.timezone
      : venues.find(({ venue_id }) => venue_id === venueId)?.timezone ?? stored.timezone;
  const resolver: Resolver<EventValues> = (values, context, options) => {
    const rules = eventRules(messages, zoneOf(values));
    return standardSchemaResolver<EventValues, unknown, EventValues>(rules)(
      values,
      context,
      options,
    );
  };
  const form = useForm<EventValues>({
    defaultValues: base,
    resolver,
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const kept = useKeptForm(`event ${stored.event_id}`, form);

  async function send(update: EventUpdate, version: number): Promise<ManagedEvent> {
    const saved = await saveEvent(api, stored.event_id, { ...update, version });
    setStored(saved);
    setTheirs(undefined);
    setSavedAtMs(Date.now());
    form.reset(eventValues(saved));
    kept.forget();
    void eventsChanged(queryClient);
    return saved;
  }

  async function save(values: EventValues, also: EventUpdate = {}): Promise<void> {
    const changed = differences(values, base);
    const update = { ...eventUpdate(values, { changed, zone: zoneOf(values) }), ...also };
    if (Object.keys(update).length === 0) {
      setSavedAtMs(Date.now());
      return;
    }
    try {
      await send(update, stored.version);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code !== "STALE_VERSION") throw inForm(error);
      const path = { id: stored.event_id };
      setTheirs(await unwrap(api.GET("/api/event/admin/events/{id}", { params: { path } })));
    }
  }

  const { editor } = messages;
  const sending = useSubmit(
    ({ values, also }: { values: EventValues; also?: EventUpdate }) => save(values, also),
    {
      CAPACITY_BELOW_SOLD: {
        field: "capacity",
        text: editor.belowSold(String(stored.tickets_sold + stored.held_seats)),
      },
      EVENT_STATE_CONFLICT: { text: editor.stateConflict },
      UNKNOWN_VENUE: { field: "venueId", text: editor.enterVenue },
    },
  );
  return {
    form,
    kept,
    stored,
    base,
    theirs,
    savedAtMs,
    zoneOf,
    sending,
    /** Saves a mix of both versions, on top of the other one. */
    async saveMerged(values: EventValues): Promise<void> {
      if (!theirs) return;
      const changed = differences(values, eventValues(theirs));
      const update = eventUpdate(values, { changed, zone: zoneOf(values) });
      await send(update, theirs.version);
    },
  };
}

/** A refusal whose fields have the names of the form. */
function inForm(error: ApiError): ApiError {
  const details = error.body.details as { path: string; message: string }[] | undefined;
  if (!details) return error;
  const renamed = details.map(({ path, message }) => ({ path: FIELDS[path] ?? path, message }));
  const { status, retryAfterS } = error;
  return new ApiError({ ...error.body, details: renamed } as Record<string, unknown>, {
    status,
    retryAfterS,
  });
}

export type EventForm = ReturnType<typeof useEventForm>;
