import { type ComponentType, useEffect, useRef, useState } from "react";
import type { SuggestionsProps } from "./suggestions.tsx";

type Loaded = ComponentType<SuggestionsProps>;

/**
 * A field for words to look for. It is a plain one until somebody comes near it: then the suggestions are loaded and
 * take its place, with what was typed, the caret and the focus.
 */
export function SearchField({ id, label, placeholder, initial = "" }: {
  id: string;
  /** Name of the field, where no `<label>` stands beside it. */
  label?: string;
  placeholder: string;
  initial?: string;
}) {
  const [Suggestions, setSuggestions] = useState<Loaded>();
  const field = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const wanted = useRef<Loaded>(undefined);

  async function load() {
    if (wanted.current) return;
    const loaded = await import("./suggestions.tsx").catch(() => undefined);
    if (!loaded) return;
    wanted.current = loaded.Suggestions;
    takeOver();
  }
  /** Not in the middle of a word of an input method, which would lose it. */
  function takeOver() {
    if (wanted.current && !composing.current) setSuggestions(() => wanted.current);
  }
  // Who was here before the script has caused no event that it could hear.
  useEffect(() => {
    if (document.activeElement === field.current) void load();
  }, []);
  if (Suggestions) {
    const before = field.current;
    return (
      <Suggestions
        {...{ id, label, placeholder }}
        initial={before?.value ?? initial}
        focused={before !== null && document.activeElement === before}
        caret={before?.selectionStart ?? undefined}
      />
    );
  }
  return (
    <input
      ref={field}
      id={id}
      name="q"
      type="search"
      className="find-words"
      aria-label={label}
      placeholder={placeholder}
      defaultValue={initial}
      maxLength={200}
      autoComplete="off"
      enterKeyHint="search"
      onFocus={load}
      onPointerEnter={load}
      onCompositionStart={() => composing.current = true}
      onCompositionEnd={() => {
        composing.current = false;
        takeOver();
      }}
    />
  );
}
