import { Link } from "@tanstack/react-router";
import { useMessages } from "../messages/use_messages.ts";

/** Help, in the same place on every page. */
export function Footer() {
  const { common } = useMessages();
  return (
    <footer className="foot">
      <div className="page">
        <Link to="/help/proof">
          <b>{common.footerProof}</b>
        </Link>
        <Link to="/help/refunds">{common.footerRefunds}</Link>
        <Link to="/help/accessibility">{common.footerAccessibility}</Link>
        <span className="soft">{common.footerPrices}</span>
      </div>
    </footer>
  );
}
