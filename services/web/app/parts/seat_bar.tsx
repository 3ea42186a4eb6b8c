/** A bar of the seats that are left. The words beside it say the same. */
export function SeatBar({ left, capacity }: { left: number; capacity: number }) {
  const share = capacity === 0 ? 0 : Math.min(left / capacity, 1);
  return (
    <svg className="seatbar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="seatbar-all" width="1000" height="10" />
      <rect className="seatbar-left" width={Math.ceil(share * 1000)} height="10" />
    </svg>
  );
}
