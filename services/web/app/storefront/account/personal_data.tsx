import { useState } from "react";
import { exportAccount } from "../../api/account.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { saveFile } from "../../parts/save_file.ts";
import { useApp } from "../../use_app.ts";
import { CloseAccount } from "./close_account.tsx";

const FILE_NAME = "evently.json";

/** A copy of all that the platform has of the reader, and the end of it. */
export function PersonalData() {
  const { api } = useApp();
  const { account } = useMessages();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const [isClosing, setIsClosing] = useState(false);
  const download = async () => {
    setState("busy");
    try {
      saveFile(JSON.stringify(await exportAccount(api), null, 2), FILE_NAME);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <section className="stack" aria-labelledby="data-title">
      <h2 id="data-title">{account.data}</h2>
      {state === "failed" ? <Note kind="bad" role="alert">{account.exportFailed}</Note> : null}
      {isClosing
        ? <CloseAccount onKeep={() => setIsClosing(false)} />
        : (
          <div className="row-of-buttons">
            <button
              className="btn btn--second"
              type="button"
              disabled={state === "busy"}
              aria-busy={state === "busy"}
              onClick={download}
            >
              {account.exportData}
            </button>
            <button className="btn btn--second" type="button" onClick={() => setIsClosing(true)}>
              {account.closeAccount}
            </button>
          </div>
        )}
    </section>
  );
}
