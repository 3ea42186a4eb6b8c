import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { ticketTypesQuery } from "../api/ticket_types.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { Part } from "./part.tsx";
import type { EventForm } from "./use_event_form.ts";

/** What is there, what is missing, and the button that puts the event on sale. */
export function PartCheck({ event, isOpen }: { event: EventForm; isOpen: boolean }) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { editor } = useConsoleMessages();
  const { clock } = useApp();
  const { money } = useFormat();
  const { form, stored, sending } = event;
  const { data: types } = useQuery(ticketTypesQuery(api, adminId, stored.event_id));
  const isFuture = Date.parse(stored.start_datetime) > clock.now();
  const active = types?.filter(({ status }) => status === "active");
  const dearest = Math.max(0, ...active?.map(({ price }) => price) ?? []);
  const checks: { isFine: boolean; isNeeded: boolean; text: string }[] = [
    { isFine: true, isNeeded: true, text: editor.checkVenue(stored.venue_name) },
    {
      isFine: isFuture,
      isNeeded: true,
      text: isFuture ? editor.checkStart : editor.checkStartMissing,
    },
    {
      isFine: active === undefined || active.length > 0,
      isNeeded: true,
      text: active?.length === 0
        ? editor.checkTypesMissing
        : dearest === 0
        ? editor.checkFree
        : editor.checkPrice(money(dearest, stored.currency)),
    },
    {
      isFine: Boolean(stored.description),
      isNeeded: false,
      text: stored.description ? editor.checkWords : editor.checkWordsMissing,
    },
    {
      isFine: Boolean(stored.image_url),
      isNeeded: false,
      text: stored.image_url ? editor.checkPicture : editor.checkPictureMissing,
    },
  ];
  const canPublish = checks.every(({ isFine, isNeeded }) => isFine || !isNeeded);
  const publish = form.handleSubmit(
    (values) => sending.submit({ values, also: { status: "published" } }),
    sending.forget,
  );
  return (
    <Part number={5} title={editor.check}>
      <ul className="checks">
        {checks.map(({ isFine, isNeeded, text }) => (
          <li key={text} data-check={isFine ? "fine" : isNeeded ? "missing" : "open"}>
            <span aria-hidden="true">{isFine ? "✓" : "!"}</span>
            <span className="visually-hidden">{isFine ? editor.fine : editor.open}</span>
            {text}
          </li>
        ))}
      </ul>
      {stored.status === "draft" && isOpen
        ? (
          <>
            <p className="soft">{editor.publishHint}</p>
            <button
              className="btn"
              type="button"
              disabled={!canPublish || sending.busy}
              aria-busy={sending.busy}
              onClick={() => void publish()}
            >
              {editor.publish}
            </button>
          </>
        )
        : stored.status === "draft"
        ? null
        : <p>{editor.isPublished}</p>}
    </Part>
  );
}
