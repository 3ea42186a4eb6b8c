import type { ComponentProps, ReactNode } from "react";
import { useMessages } from "../messages/use_messages.ts";

/** What every field has around its control. */
export interface FieldProps extends Omit<ComponentProps<"input">, "id" | "name"> {
  /** Name of the value, and id of the control: an error summary links to it. */
  name: string;
  label: string;
  /** Help before the field. */
  hint?: string | undefined;
  /** What is wrong with the value, and how it is mended. */
  error?: string | undefined;
  /** Stands in the field, at its end. */
  inside?: ReactNode;
}

/** A labelled text field; its hint and its error are tied to it. */
export function Field({ name, label, hint, error, inside, ...input }: FieldProps) {
  const { common } = useMessages();
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  const control = (
    <input
      {...input}
      id={name}
      name={name}
      aria-invalid={error ? true : undefined}
      aria-describedby={described || undefined}
    />
  );
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
      {inside ? <div className="field__frame">{control}{inside}</div> : control}
    </div>
  );
}
