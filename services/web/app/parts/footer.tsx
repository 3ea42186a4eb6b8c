import { useMessages } from "../messages/use_messages.ts";

/** Help, in the same place on every page. */
export function Footer() {
  const { common } = useMessages();
  return (
    <footer className="foot">
      <div className="page">
        <a href="/help/proof">
          <b>{common.footerProof}</b>
        </a>
        <a href="/help/refunds">{common.footerRefunds}</a>
        <a href="/help/accessibility">{common.footerAccessibility}</a>
        <span className="soft">{common.footerPrices}</span>
      </div>
    </footer>
  );
}
