import type { ComponentProps, ReactNode } from "react";
import { useMessages } from "../../messages/use_messages.ts";

interface Around {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled choice from a list. */
export function SelectField(
  { name, label, hint, error, children, ...select }: Around & Omit<ComponentProps<"select">, "id">,
) {
  return (
    <Labelled {...{ name, label, hint, error }}>
      {(described) => <select {...select} id={name} name={name} {...described}>{children}</select>}
    </Labelled>
  );
}

/** A labelled field of several lines. */
export function TextField(
  { name, label, hint, error, ...area }: Around & Omit<ComponentProps<"textarea">, "id">,
) {
  return (
    <Labelled {...{ name, label, hint, error }}>
      {(described) => <textarea rows={5} {...area} id={name} name={name} {...described} />}
    </Labelled>
  );
}

/** A box that is ticked, with its label beside it. */
export function TickField(
  { name, label, hint, ...input }: Omit<Around, "error"> & Omit<ComponentProps<"input">, "id">,
) {
  return (
    <div className="tick">
      <input
        {...input}
        id={name}
        name={name}
        type="checkbox"
        aria-describedby={hint ? `${name}-hint` : undefined}
      />
      <label htmlFor={name}>{label}</label>
      {hint ? <p className="hint soft" id={`${name}-hint`}>{hint}</p> : null}
    </div>
  );
}

function Labelled({ name, label, hint, error, children }: Around & {
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
