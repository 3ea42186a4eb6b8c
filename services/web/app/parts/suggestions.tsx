import { Autocomplete } from "@base-ui/react/autocomplete";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { suggestionsQuery } from "../api/events.ts";
import { useApp } from "../use_app.ts";
import { useMessages } from "../messages/use_messages.ts";
import { useSettled } from "./use_settled.ts";

/** How long nobody types before suggestions are asked for. */
const SETTLED_MS = 150;

export interface SuggestionsProps {
  id: string;
  label?: string | undefined;
  placeholder: string;
  /** What was typed before this took the plain field's place, and where the caret was. */
  initial: string;
  focused: boolean;
  caret: number | undefined;
}

/** The field for words with names that begin alike: a combobox after the ARIA pattern. Choosing one looks for it. */
export function Suggestions({ id, label, placeholder, initial, focused, caret }: SuggestionsProps) {
  const { api } = useApp();
  const { common } = useMessages();
  const [value, setValue] = useState(initial);
  const field = useRef<HTMLInputElement>(null);
  const words = useSettled(value.trim(), SETTLED_MS);
  const { data } = useQuery({
    ...suggestionsQuery(api, words),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  const items = value.trim() === "" ? [] : data?.suggestions ?? [];
  useLayoutEffect(() => {
    if (!focused) return;
    field.current?.focus();
    if (caret !== undefined) field.current?.setSelectionRange(caret, caret);
  }, []);
  return (
    <CSPProvider disableStyleElements>
      <Autocomplete.Root
        items={items}
        value={value}
        onValueChange={setValue}
        mode="none"
        submitOnItemClick
      >
        <Autocomplete.Input
          ref={field}
          id={id}
          name="q"
          className="find-words"
          aria-label={label}
          placeholder={placeholder}
          maxLength={200}
          enterKeyHint="search"
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner
            className="suggest"
            anchor={() => field.current?.closest(".cell, .words") ?? field.current}
            sideOffset={6}
            align="start"
          >
            <Autocomplete.Popup className="suggest-list" aria-label={common.suggestions}>
              <Autocomplete.List>
                {(item: string) => (
                  <Autocomplete.Item key={item} value={item} className="suggest-item">
                    {item}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </CSPProvider>
  );
}
