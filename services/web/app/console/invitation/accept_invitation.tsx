import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/errors.ts";
import { Note } from "../../parts/note.tsx";
import { CONSOLE_KEY } from "../api/keys.ts";
import { acceptInvitation } from "../api/organisations.ts";
import { ActButton } from "../parts/act_button.tsx";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** The button by which the logged-in organiser joins. It takes a press, so that programs that open links use none up. */
export function AcceptInvitation({ token, adminId }: { token: string; adminId: string }) {
  const { api, session } = useConsole();
  const { team: texts, frame } = useConsoleMessages();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isForAnother, setForAnother] = useState(false);
  const accept = useAction(async () => {
    try {
      await acceptInvitation(api, token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "INVITATION_FOR_ANOTHER") throw error;
      setForAnother(true);
      return undefined;
    }
    await queryClient.invalidateQueries({ queryKey: [CONSOLE_KEY, adminId] });
    await navigate({ to: "/console/team", replace: true });
    return undefined;
  }, {
    refusals: { ALREADY_MEMBER: texts.alreadyMember, BAD_INVITATION: texts.dead },
  });
  const leave = useAction(async () => {
    await session.logOut();
    return undefined;
  }, { unknown: frame.notOut });
  if (isForAnother) {
    return (
      <>
        <Note kind="warn" role="alert">{texts.otherAccount}</Note>
        <OutcomeNote outcome={leave.outcome} />
        <ActButton action={leave} doing={texts.removing}>{texts.otherAccountDo}</ActButton>
      </>
    );
  }
  return (
    <>
      <OutcomeNote outcome={accept.outcome} />
      <ActButton action={accept} doing={texts.accepting} kind="first">{texts.accept}</ActButton>
    </>
  );
}
