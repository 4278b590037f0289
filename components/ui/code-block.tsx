/** Code that one reads or copies, scrolling by itself. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border border-line bg-ground p-3 font-mono text-xs leading-5"
    >
      <pre>{text}</pre>
    </section>
  );
}
