import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { PageHead } from "../parts/page_head.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { useOrganisation } from "../use_organisation.ts";
import { useOrganiser } from "../use_organiser.ts";
import { Invitations } from "./invitations.tsx";
import { InviteForm } from "./invite_form.tsx";
import { Members } from "./members.tsx";
import { RenameForm } from "./rename_form.tsx";

/** Who belongs to the organisation, and what each may do. Owners decide it here. */
export function TeamPage() {
  const { adminId, role } = useOrganiser();
  const { team: texts } = useConsoleMessages();
  const { current } = useOrganisation(adminId);
  const dialog = useRef<HTMLDialogElement>(null);
  const isOwner = role !== "analyst" && current?.role === "owner";
  const scope = current && { adminId, organisationId: current.organisation_id };
  return (
    <div className="stack">
      <PageHead
        title={texts.title}
        beside={current ? <span className="soft">{current.name}</span> : null}
      >
        {isOwner
          ? (
            <button className="btn" type="button" onClick={() => dialog.current?.showModal()}>
              {texts.invite}
            </button>
          )
          : null}
      </PageHead>
      <p className="measure">{texts.lead}</p>
      {scope
        ? (
          <>
            <Members scope={scope} isOwner={isOwner} />
            <Invitations scope={scope} isOwner={isOwner} />
            {isOwner && current
              ? <RenameForm key={current.organisation_id} organisation={current} scope={scope} />
              : null}
            {isOwner
              ? (
                <dialog className="ask" ref={dialog} aria-labelledby="invite">
                  <InviteForm scope={scope} onClose={() => dialog.current?.close()} />
                </dialog>
              )
              : null}
          </>
        )
        : <div className="skeleton console__skeleton" aria-hidden="true" />}
      <p>
        <Link to="/console/changes">{texts.toChanges}</Link>
      </p>
    </div>
  );
}
