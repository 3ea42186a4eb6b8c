import type { ReactNode } from "react";
import { useMessages } from "../messages/use_messages.ts";

/** What every field has around its control. */
export interface LabelProps {
  /** Name of the value, and id of the control: an error summary links to it. */
  name: string;
  label: string;
  /** Help before the field. */
  hint?: string | undefined;
  /** What is wrong with the value, and how it is mended. */
  error?: string | undefined;
}

/** A control with its label; its hint and its error are tied to it. */
export function Labelled({ name, label, hint, error, children }: LabelProps & {
  children(
    described: { "aria-invalid"?: true; "aria-describedby"?: string },
  ): ReactNode;
}) {
  const { common } = useMessages();
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div className={error ? "field field--wrong" : "field"}>
      <label htmlFor={name}>{label}</label>
      {hint ? <p className="hint" id={`${name}-hint`}>{hint}</p> : null}
      {error
        ? (
          <p className="error" id={`${name}-error`}>
            <span className="visually-hidden">{common.errorBefore}</span>
            {error}
          </p>
        )
        : null}
      {children({
        ...(error ? { "aria-invalid": true as const } : {}),
        ...(ids ? { "aria-describedby": ids } : {}),
      })}
    </div>
  );
}
