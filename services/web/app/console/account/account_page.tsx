import { useState } from "react";
import { Note } from "../../parts/note.tsx";
import { saveFile } from "../../parts/save_file.ts";
import { exportAccount } from "../api/account.ts";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { CloseAccount } from "./close_account.tsx";

const FILE_NAME = "evently-organiser.json";

/** A copy of all that the platform has of the organiser, and the end of their account. */
export function AccountPage() {
  const { api } = useConsole();
  const { account: texts } = useConsoleMessages();
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
    <div className="stack">
      <PageHead title={texts.title} />
      <p className="measure">{texts.lead}</p>
      {state === "failed" ? <Note kind="bad" role="alert">{texts.exportFailed}</Note> : null}
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
              {texts.exportData}
            </button>
            <button className="btn btn--second" type="button" onClick={() => setIsClosing(true)}>
              {texts.closeAccount}
            </button>
          </div>
        )}
    </div>
  );
}
