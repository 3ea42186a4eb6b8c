import {
  DEFAULT_LANGUAGE,
  type Language,
  languagePath,
  LANGUAGES,
} from "@evently/shared/languages";
import { useApp } from "../use_app.ts";
import { useMessages } from "../messages/use_messages.ts";

/** Size of the pictures of previews, in pixels. */
const PREVIEW_WIDTH = "1200";
const PREVIEW_HEIGHT = "630";

/** The page's title and what search engines and previews read; React puts the elements into the head. */
export function Head({ title, description, path, image, noindex = false }: {
  title: string;
  /** What the page is about; what Evently is, where absent. */
  description?: string | undefined;
  /** The page's one address in English, from the origin; none where it should not be found. */
  path?: string | undefined;
  /** Picture of link previews, from the origin. */
  image?: string | undefined;
  noindex?: boolean;
}) {
  const { origin } = useApp();
  const { common, language } = useMessages();
  const addressIn = (other: Language) => origin + languagePath(other) + path;
  const about = description ?? common.description;
  return (
    <>
      <title>{title.includes(common.brand) ? title : common.title(title)}</title>
      <meta name="description" content={about} />
      {path === undefined ? null : (
        <>
          <link rel="canonical" href={addressIn(language)} />
          {LANGUAGES.map((other) => (
            <link key={other} rel="alternate" hrefLang={other} href={addressIn(other)} />
          ))}
          <link rel="alternate" hrefLang="x-default" href={addressIn(DEFAULT_LANGUAGE)} />
          <meta property="og:url" content={addressIn(language)} />
        </>
      )}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={about} />
      <meta property="og:site_name" content={common.brand} />
      {image
        ? (
          <>
            <meta property="og:image" content={`${origin}${image}`} />
            <meta property="og:image:width" content={PREVIEW_WIDTH} />
            <meta property="og:image:height" content={PREVIEW_HEIGHT} />
            <meta name="twitter:card" content="summary_large_image" />
          </>
        )
        : null}
      {noindex ? <meta name="robots" content="noindex" /> : null}
    </>
  );
}
