/** Places of rows that are not there yet, in their size. */
export function RowSkeletons({ count }: { count: number }) {
  return (
    <ul className="rows" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <li key={index} className="row row--empty">
          <span className="stub" />
        </li>
      ))}
    </ul>
  );
}
