import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { copyEvent, eventChanged, type ManagedEvent, setStatus } from "../../api/event.ts";
import { ActButton } from "../../parts/act_button.tsx";
import { oneOutcome } from "../../parts/one_outcome.ts";
import { OutcomeNote } from "../../parts/outcome_note.tsx";
import { useAction } from "../../parts/use_action.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useMayChange } from "../../use_may_change.ts";
import { useEventScope } from "../use_event_scope.ts";
import { CancelEvent } from "./cancel_event.tsx";

/** What an organiser can do with an event; nothing for an analyst. */
export function EventActions({ event }: { event: ManagedEvent }) {
  const mayChange = useMayChange(event.organisation_id);
  const { event: texts } = useConsoleMessages();
  const { api, scope } = useEventScope(event.event_id);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const settled = () => eventChanged(queryClient, scope);
  const refusals = { STALE_VERSION: texts.refusedStale };
  const publish = useAction(async () => {
    await setStatus(api, event, { status: "published" });
    return texts.published;
  }, { refusals: { ...refusals, EVENT_STATE_CONFLICT: texts.refusedPublish }, settled });
  const unpublish = useAction(async () => {
    await setStatus(api, event, { status: "draft" });
    return texts.unpublished;
  }, { refusals: { ...refusals, EVENT_STATE_CONFLICT: texts.refusedUnpublish }, settled });
  const duplicate = useAction(async () => {
    const { event_id: eventId } = await copyEvent(api, event);
    await navigate({ to: "/console/events/$eventId", params: { eventId } });
    return undefined;
  });
  if (!mayChange) return null;
  const { actions, outcome } = oneOutcome({ publish, unpublish, duplicate });
  const { status, tickets_sold: sold, held_seats: held } = event;
  const isPublished = status === "published" || status === "sold_out";
  return (
    <section className="stack" aria-labelledby="actions">
      <h2 id="actions">{texts.actions}</h2>
      <OutcomeNote outcome={outcome} />
      <div className="row-of-buttons">
        {status === "draft"
          ? (
            <ActButton action={actions.publish} doing={texts.publishing} kind="first">
              {texts.publish}
            </ActButton>
          )
          : null}
        {isPublished && sold + held === 0
          ? (
            <ActButton action={actions.unpublish} doing={texts.unpublishing}>
              {texts.unpublish}
            </ActButton>
          )
          : null}
        <ActButton action={actions.duplicate} doing={texts.duplicating}>
          {texts.duplicate}
        </ActButton>
        {status === "cancelled" ? null : <CancelEvent event={event} />}
      </div>
    </section>
  );
}
