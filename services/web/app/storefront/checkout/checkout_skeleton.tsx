import { useMessages } from "../../messages/use_messages.ts";

/** The checkout before its booking is known: the same parts in the same size. */
export function CheckoutSkeleton() {
  const { checkout } = useMessages();
  return (
    <>
      <div className="hold hold--empty" aria-hidden="true" />
      <div className="page pay" aria-busy="true">
        <div>
          <h1>{checkout.title}</h1>
          <div className="pay-form" aria-hidden="true">
            <div className="skeleton skeleton--field" />
            <div className="skeleton skeleton--choices" />
            <div className="skeleton skeleton--field" />
          </div>
        </div>
        <div className="sum skeleton skeleton--ticket" aria-hidden="true" />
      </div>
    </>
  );
}
