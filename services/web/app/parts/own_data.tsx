import { type ReactNode, useState } from "react";
import { Note } from "./note.tsx";

/** What the parts of {@link OwnData} say. */
export interface OwnDataTexts {
  exportData: string;
  exportFailed: string;
  closeAccount: string;
}

/** A copy of all that the platform has of an account, as a file of JSON, and the way to the account's end. */
export function OwnData({ texts, fileName, read, closing }: {
  texts: OwnDataTexts;
  fileName: string;
  read: () => Promise<unknown>;
  /** What asks whether the account is to end; `onKeep` leads back. */
  closing: (onKeep: () => void) => ReactNode;
}) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const [isClosing, setIsClosing] = useState(false);
  const download = async () => {
    setState("busy");
    try {
      saveFile(JSON.stringify(await read(), null, 2), fileName);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      {state === "failed" ? <Note kind="bad" role="alert">{texts.exportFailed}</Note> : null}
      {isClosing ? closing(() => setIsClosing(false)) : (
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
    </>
  );
}

/** Hands a text of JSON to the browser as a file. */
function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
