import { useApp } from "../use_app.ts";
import { useMessages } from "../messages/use_messages.ts";

/** The page's title and what search engines and previews read; React puts the elements into the head. */
export function Head({ title, description, path, image, noindex = false }: {
  title: string;
  description?: string | undefined;
  /** The page's one address, from the origin; none where it should not be found. */
  path?: string | undefined;
  /** Picture of link previews, from the origin. */
  image?: string | undefined;
  noindex?: boolean;
}) {
  const { origin } = useApp();
  const { common } = useMessages();
  return (
    <>
      <title>{title.includes(common.brand) ? title : common.title(title)}</title>
      {description ? <meta name="description" content={description} /> : null}
      {path === undefined ? null : (
        <>
          <link rel="canonical" href={`${origin}${path}`} />
          <meta property="og:url" content={`${origin}${path}`} />
        </>
      )}
      <meta property="og:title" content={title} />
      {description ? <meta property="og:description" content={description} /> : null}
      {image ? <meta property="og:image" content={`${origin}${image}`} /> : null}
      {noindex ? <meta name="robots" content="noindex" /> : null}
    </>
  );
}
