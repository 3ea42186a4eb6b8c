import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Note } from "../../parts/note.tsx";
import { forgetDownloads } from "../parts/downloads.ts";
import { forgetKept } from "../parts/kept_values.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** Ends the organiser's log-in, in every tab. What was typed and not sent goes with it. */
export function LogOutButton() {
  const { session } = useConsole();
  const { frame } = useConsoleMessages();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const logOut = async () => {
    setBusy(true);
    setFailed(false);
    try {
      await session.logOut();
      forgetKept();
      forgetDownloads();
      await navigate({ to: "/console/login", search: {}, replace: true });
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" disabled={busy} onClick={logOut}>{frame.logOut}</button>
      {failed ? <Note kind="bad" role="alert">{frame.notOut}</Note> : null}
    </>
  );
}
