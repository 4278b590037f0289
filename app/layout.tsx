import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import Link from "next/link";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { JobNotices } from "@/components/shell/job-notices";
import { Navigation } from "@/components/shell/navigation";
import { RecentJobs } from "@/components/shell/recent-jobs";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { isTheme, THEME_COOKIE } from "@/lib/client/theme";
import "./globals.css";

/** Of the family's alphabets only the Latin one is loaded; other letters are the system's. */
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
  fallback: ["Segoe UI", "system-ui"],
  adjustFontFallback: "Arial",
});

export const metadata: Metadata = {
  title: { default: "AetherV", template: "%s · AetherV" },
  description: "Virtual machines on Hyper-V",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered per request: the Content-Security-Policy's nonce is of the request.
  await connection();
  const cookie = (await cookies()).get(THEME_COOKIE)?.value;
  const theme = isTheme(cookie) ? cookie : "system";
  return (
    <html
      lang="en"
      className={inter.variable}
      data-theme={theme === "system" ? undefined : theme}
      suppressHydrationWarning
    >
      <body className="min-h-dvh lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow"
        >
          Skip to content
        </a>
        <header className="border-line border-b bg-surface lg:sticky lg:top-0 lg:h-dvh lg:border-r lg:border-b-0">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 sm:gap-x-4 lg:h-full lg:flex-col lg:flex-nowrap lg:items-stretch lg:gap-4 lg:px-3 lg:py-4">
            <Link href="/" className="px-2 font-semibold text-base tracking-tight">
              AetherV
            </Link>
            <div className="order-last w-full overflow-x-auto sm:order-none sm:w-auto">
              <Navigation />
            </div>
            <RecentJobs />
            <div className="ml-auto lg:mt-auto lg:ml-0">
              <ThemeSwitch initial={theme} />
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-7xl px-4 py-5 outline-none sm:px-6">
          {children}
        </main>
        <JobNotices />
      </body>
    </html>
  );
}
