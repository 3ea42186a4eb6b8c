import { useQueryClient } from "@tanstack/react-query";
import { useId, useRef } from "react";
import { CONSOLE_KEY } from "../api/keys.ts";
import { type Member, type OrganisationScope, removeMember } from "../api/organisations.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** The button that asks, and removes a member or leaves. */
export function RemoveMember({ scope, member }: { scope: OrganisationScope; member: Member }) {
  const { api } = useConsole();
  const { team: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { organisationId, adminId } = scope;
  const isLeaving = member.admin_id === adminId;
  const remove = useAction(async () => {
    await removeMember(api, { organisationId, memberId: member.admin_id });
    dialog.current?.close();
    await queryClient.invalidateQueries({ queryKey: [CONSOLE_KEY, adminId] });
    return undefined;
  }, { refusals: { LAST_OWNER: texts.lastOwner } });
  return (
    <>
      <button className="link" type="button" onClick={() => dialog.current?.showModal()}>
        {isLeaving ? texts.leave : texts.remove}
        {isLeaving ? null : <span className="visually-hidden">{member.name}</span>}
      </button>
      <dialog className="ask" ref={dialog} aria-labelledby={title}>
        <form className="stack" method="dialog">
          <h2 id={title}>{isLeaving ? texts.leaveTitle : texts.removeTitle(member.name)}</h2>
          <p>{isLeaving ? texts.leaveText : texts.removeText}</p>
          <OutcomeNote outcome={remove.outcome} />
          <div className="row-of-buttons">
            <button
              className="btn btn--danger"
              type="button"
              aria-busy={remove.busy}
              onClick={() => void remove.act()}
            >
              {remove.busy ? texts.removing : isLeaving ? texts.leaveDo : texts.removeDo}
            </button>
            <button className="btn btn--second" type="submit">{texts.keep}</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
