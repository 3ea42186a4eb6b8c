import { useState } from "react";
import { useConsoleMessages } from "../use_console.ts";

/** The secret of a webhook, which nobody is told again. */
export function SecretOnce({ secret, isRotated = false, onDone }: {
  secret: string;
  isRotated?: boolean;
  onDone: () => void;
}) {
  const { webhooks: texts } = useConsoleMessages();
  const [isCopied, setCopied] = useState(false);
  // Where the clipboard is forbidden, the secret is there to be marked.
  const copy = () =>
    void navigator.clipboard?.writeText(secret).then(() => setCopied(true), () => {});
  return (
    <section className="panel stack secret" role="status" aria-labelledby="secret">
      <h2 id="secret">{texts.secretTitle}</h2>
      <p>{texts.secretText}</p>
      {isRotated ? <p>{texts.secretRotated}</p> : null}
      <p>
        <code>{secret}</code>
      </p>
      <div className="row-of-buttons">
        <button className="btn" type="button" onClick={copy}>{texts.copy}</button>
        <button className="btn btn--second" type="button" onClick={onDone}>
          {texts.secretDone}
        </button>
        {isCopied ? <span>{texts.copied}</span> : null}
      </div>
    </section>
  );
}
