import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { endAllSessions } from "../../api/account.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { useApp } from "../../use_app.ts";

/** Ends the log-in of this browser, or every one. */
export function LogOuts() {
  const { api, session } = useApp();
  const { account } = useMessages();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const end = async (everywhere: boolean) => {
    setBusy(true);
    setFailed(false);
    try {
      if (everywhere) await endAllSessions(api);
      // From this page strangers are led to the log-in, and who leaves on purpose wants none.
      await navigate({ to: "/" });
      await session.logOut();
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };
  return (
    <section className="stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{account.sessions}</h2>
      {failed ? <Note kind="bad" role="alert">{account.notOut}</Note> : null}
      <div className="row-of-buttons">
        <button className="btn" type="button" disabled={busy} onClick={() => end(false)}>
          {account.logOut}
        </button>
        <button
          className="btn btn--second"
          type="button"
          disabled={busy}
          aria-describedby="everywhere-hint"
          onClick={() => end(true)}
        >
          {account.logOutEverywhere}
        </button>
      </div>
      <p className="soft small" id="everywhere-hint">{account.everywhereHint}</p>
    </section>
  );
}
