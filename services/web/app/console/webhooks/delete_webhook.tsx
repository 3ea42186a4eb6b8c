import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { deleteWebhook, webhooksKey } from "../api/webhooks.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";

/** The button that asks, and deletes a webhook for good. */
export function DeleteWebhook({ webhookId }: { webhookId: string }) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { webhooks: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const remove = useAction(async () => {
    await deleteWebhook(api, webhookId);
    dialog.current?.close();
    await navigate({ to: "/console/webhooks" });
    await queryClient.invalidateQueries({ queryKey: webhooksKey(adminId) });
    return undefined;
  });
  return (
    <>
      <button
        className="btn btn--second btn--bad"
        type="button"
        onClick={() => dialog.current?.showModal()}
      >
        {texts.remove}
      </button>
      <dialog className="ask" ref={dialog} aria-labelledby="delete-webhook">
        <form className="stack" method="dialog">
          <h2 id="delete-webhook">{texts.removeTitle}</h2>
          <p>{texts.removeText}</p>
          <OutcomeNote outcome={remove.outcome} />
          <div className="row-of-buttons">
            <button
              className="btn btn--danger"
              type="button"
              aria-busy={remove.busy}
              onClick={() => void remove.act()}
            >
              {remove.busy ? texts.removing : texts.removeDo}
            </button>
            <button className="btn btn--second" type="submit">{texts.removeKeep}</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
