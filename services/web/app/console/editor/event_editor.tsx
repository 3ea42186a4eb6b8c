import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { Note } from "../../parts/note.tsx";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { useApp } from "../../use_app.ts";
import type { ManagedEvent } from "../api/events.ts";
import type { Venue } from "../api/venues.ts";
import { EventTabs } from "../event/event_tabs.tsx";
import { eventStateOf } from "../parts/event_state.ts";
import { PageHead } from "../parts/page_head.tsx";
import { RestoredNote } from "../parts/restored_note.tsx";
import { StateTag } from "../parts/state_tag.tsx";
import { TicketTypes } from "../ticket_types/ticket_types.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { useMayChange } from "../use_may_change.ts";
import { EVENT_FIELDS } from "./event_values.ts";
import { PartCheck } from "./part_check.tsx";
import { PartTickets } from "./part_tickets.tsx";
import { PartWhat } from "./part_what.tsx";
import { PartWhen } from "./part_when.tsx";
import { PartWhere } from "./part_where.tsx";
import { Preview } from "./preview.tsx";
import { StaleVersions } from "./stale_versions.tsx";
import { useEventForm } from "./use_event_form.ts";

const FORM_ID = "event-form";

/** One page in five parts: what, when, where, tickets, and a check before it is published. */
export function EventEditor(
  { loaded, venues }: { loaded: ManagedEvent; venues: readonly Venue[] },
) {
  const canChange = useMayChange(loaded.organisation_id);
  const { editor, events, frame, parts } = useConsoleMessages();
  const { clock: serverClock } = useApp();
  const { clock } = useFormat();
  const event = useEventForm(loaded, venues);
  const preview = useRef<HTMLDialogElement>(null);
  const { form, stored, sending, kept, theirs, savedAtMs } = event;
  const { formState: { errors, submitCount, isDirty } } = form;
  const isFinal = stored.status === "cancelled";
  const isOpen = canChange === true && !isFinal;
  const summary = [...errorsOf(errors, EVENT_FIELDS), ...sending.errors];
  return (
    <div data-stock={stockOf(stored.event_type)}>
      <PageHead
        title={unbroken(stored.name)}
        hasErrors={summary.length > 0}
        before={<Link to="/console/events">{events.title}</Link>}
        beside={<StateTag state={eventStateOf(stored, serverClock.now())} />}
      >
        {isOpen
          ? (
            <span className="soft small" role="status">
              {isDirty
                ? editor.notSaved
                : savedAtMs === undefined
                ? ""
                : editor.savedAt(clock(savedAtMs))}
            </span>
          )
          : null}
        <button
          className="btn btn--second"
          type="button"
          onClick={() => preview.current?.showModal()}
        >
          {editor.preview}
        </button>
        {isOpen
          ? (
            <button
              className="btn"
              type="submit"
              form={FORM_ID}
              disabled={sending.busy}
              aria-busy={sending.busy}
            >
              {sending.busy ? parts.saving : parts.save}
            </button>
          )
          : null}
      </PageHead>
      <EventTabs eventId={stored.event_id} tab="edit" />
      {isFinal ? <Note kind="warn">{editor.final}</Note> : null}
      {canChange !== false ? null : <Note kind="info">{frame.readOnly}</Note>}
      <RestoredNote kept={kept} />
      {theirs ? <StaleVersions event={event} theirs={theirs} venues={venues} /> : null}
      <ErrorSummary errors={summary} attempt={sending.attempt + submitCount} />
      <form
        id={FORM_ID}
        className="editor"
        noValidate
        onSubmit={form.handleSubmit((values) => sending.submit({ values }), sending.forget)}
      >
        <fieldset disabled={!isOpen}>
          <PartWhat event={event} />
          <PartWhen event={event} venues={venues} />
          <PartWhere event={event} venues={venues} />
          <PartTickets event={event} />
        </fieldset>
      </form>
      <TicketTypes event={stored} isOpen={isOpen} />
      <PartCheck event={event} isOpen={isOpen} />
      {isOpen && isDirty
        ? (
          <div className="save-bar">
            <span>{editor.notSaved}</span>
            <button className="btn" type="submit" form={FORM_ID} disabled={sending.busy}>
              {sending.busy ? parts.saving : parts.save}
            </button>
          </div>
        )
        : null}
      <Preview ref={preview} event={event} venues={venues} />
    </div>
  );
}
