import { useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { useMounted } from "../../parts/use_mounted.ts";

/** Copies a text. It needs script, and appears with it. */
export function CopyButton({ text }: { text: string }) {
  const { proof: texts } = useMessages();
  const [copied, setCopied] = useState(false);
  const mounted = useMounted();
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), () => {});
  return (
    <p className="press-row">
      {mounted
        ? (
          <button type="button" className="btn btn--second" onClick={() => void copy()}>
            {texts.copy}
          </button>
        )
        : null}
      <span role="status">{copied ? texts.copied : null}</span>
    </p>
  );
}
