import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import {
  cancelEvent,
  type CancellationPreview,
  eventChanged,
  type ManagedEvent,
  previewCancellation,
} from "../../api/event.ts";
import { OutcomeNote } from "../../parts/outcome_note.tsx";
import { useAction } from "../../parts/use_action.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";
import { CancelForm } from "./cancel_form.tsx";
import { CancelConsequences } from "./cancel_consequences.tsx";

/** The button that counts what a cancellation would do, says it, and cancels once the name was typed. */
export function CancelEvent({ event }: { event: ManagedEvent }) {
  const { event: texts, parts } = useConsoleMessages();
  const { api, scope } = useEventScope(event.event_id);
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [preview, setPreview] = useState<CancellationPreview>();
  const count = useAction(async () => {
    setPreview(await previewCancellation(api, scope));
    return undefined;
  }, { unknown: texts.cancelNotCounted, refusals: { EVENT_STATE_CONFLICT: texts.refusedFinal } });
  const cancel = useAction(async () => {
    await cancelEvent(api, event);
    dialog.current?.close();
    return undefined;
  }, {
    unknown: texts.cancelUnknown,
    refusals: {
      STALE_VERSION: texts.refusedStale,
      EVENT_STATE_CONFLICT: texts.refusedFinal,
    },
    settled: () => eventChanged(queryClient, scope),
  });

  function open(): void {
    setPreview(undefined);
    cancel.forget();
    dialog.current?.showModal();
    void count.act();
  }

  return (
    <>
      <button className="btn btn--second btn--bad" type="button" onClick={open}>
        {texts.cancel}
      </button>
      <dialog className="ask" ref={dialog} aria-labelledby="cancel-event">
        <div className="stack">
          <h2 id="cancel-event">{texts.cancelTitle(event.name)}</h2>
          {preview ? <CancelConsequences preview={preview} /> : null}
          {preview || count.outcome
            ? null
            : <p className="skeleton ask__wait" role="status">{texts.cancelLoading}</p>}
          <OutcomeNote outcome={count.outcome ?? cancel.outcome} />
          {preview ? <CancelForm event={event} preview={preview} cancel={cancel} /> : null}
          <form method="dialog">
            <button className="btn btn--second" type="submit">
              {preview ? texts.cancelKeep : parts.close}
            </button>
          </form>
        </div>
      </dialog>
    </>
  );
}
