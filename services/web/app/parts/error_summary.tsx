import { useEffect, useRef } from "react";
import { useMessages } from "../messages/use_messages.ts";

/** One thing that is wrong, and the field where it is mended. */
export interface FormError {
  field?: string | undefined;
  text: string;
}

/**
 * What is wrong with a form, above it, with links to the fields. It takes focus after each attempt, so that everybody
 * learns of it at once.
 */
export function ErrorSummary({ errors, attempt }: {
  errors: readonly FormError[];
  /** Counts the attempts to send the form. */
  attempt: number;
}) {
  const { common } = useMessages();
  const box = useRef<HTMLDivElement>(null);
  const isShown = errors.length > 0;
  useEffect(() => {
    if (isShown) box.current?.focus();
  }, [isShown, attempt]);
  if (!isShown) return null;
  return (
    <div className="errors" ref={box} role="alert" tabIndex={-1} aria-labelledby="errors-title">
      <h2 id="errors-title">{common.errorTitle}</h2>
      <ul>
        {errors.map(({ field, text }, index) => (
          <li key={index}>
            {field === undefined ? text : (
              <a
                href={`#${field}`}
                onClick={(event) => focusOn(event, field)}
              >
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Puts the cursor into a field; its label is scrolled to, so that one sees what is asked. */
function focusOn(event: { preventDefault(): void }, field: string): void {
  const control = document.getElementById(field);
  if (!control) return;
  event.preventDefault();
  (document.querySelector(`label[for="${field}"]`) ?? control).scrollIntoView();
  control.focus({ preventScroll: true });
}
