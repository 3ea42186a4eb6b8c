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
  /** The page's one address, from the origin; none where it should not be found. */
  path?: string | undefined;
  /** Picture of link previews, from the origin. */
  image?: string | undefined;
  noindex?: boolean;
}) {
  const { origin } = useApp();
  const { common } = useMessages();
  const about = description ?? common.description;
  return (
    <>
      <title>{title.includes(common.brand) ? title : common.title(title)}</title>
      <meta name="description" content={about} />
      {path === undefined ? null : (
        <>
          <link rel="canonical" href={`${origin}${path}`} />
          <meta property="og:url" content={`${origin}${path}`} />
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
