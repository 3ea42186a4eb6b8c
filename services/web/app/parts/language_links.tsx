import { LANGUAGE_NAMES, languagePath, LANGUAGES } from "@evently/shared/languages";
import { useRouterState } from "@tanstack/react-router";
import { useMessages } from "../messages/use_messages.ts";

/** This page in every language. Each is a document of its own, so the links are plain ones. */
export function LanguageLinks({ className = "" }: { className?: string }) {
  const { language, common } = useMessages();
  const here = useRouterState({
    select: ({ location: { pathname, searchStr } }) => pathname + searchStr,
  });
  return (
    <span className={`lang ${className}`} role="group" aria-label={common.languages}>
      {LANGUAGES.map((other) => (
        <a
          key={other}
          href={languagePath(other) + here}
          lang={other}
          hrefLang={other}
          aria-current={other === language ? "true" : undefined}
        >
          {LANGUAGE_NAMES[other]}
        </a>
      ))}
    </span>
  );
}
