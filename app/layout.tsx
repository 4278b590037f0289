import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Frame } from "@/components/shell/frame";
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
      <body>
        <Frame theme={theme}>{children}</Frame>
      </body>
    </html>
  );
}
