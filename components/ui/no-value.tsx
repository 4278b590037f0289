/** In the place of a value that is not there: a dash to the eye, `what` to a screen reader. */
export function NoValue({ what }: { what: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{what}</span>
    </span>
  );
}
