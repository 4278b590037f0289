import Link from "next/link";

/** The mark, a V under a sky, and the name; both lead to the overview. */
export function Brand() {
  return (
    <Link
      href="/"
      className="flex min-h-8 items-center gap-2 rounded-md px-1 font-semibold text-lg tracking-tight"
    >
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g fill="none" strokeLinecap="round" strokeLinejoin="round" className="stroke-on-accent">
          <path d="M7.5 10.2a10.6 10.6 0 0 1 17 0" strokeWidth="2.6" opacity="0.6" />
          <path d="m9.6 14.2 6.4 10.3 6.4-10.3" strokeWidth="3.4" />
        </g>
      </svg>
      AetherV
    </Link>
  );
}
