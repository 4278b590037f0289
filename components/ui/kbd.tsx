/** A key, or keys pressed together, as it stands on the keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-sm border border-line bg-surface px-1 font-sans text-muted text-xs leading-4">
      {children}
    </kbd>
  );
}
