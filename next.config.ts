import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, over the whole repository and not only the pages.
  typescript: { ignoreBuildErrors: true },
  // Nothing is fetched and converted at a client's word.
  images: { unoptimized: true },
  // 39 KB (gzip) of the form's page that nothing there calls.
  turbopack: { resolveAlias: { "markdown-to-jsx/react": "./components/form/no-markdown.tsx" } },
  // Pages and the API set their own headers (proxy.ts, lib/http); these files have neither before them.
  headers: async () => [
    { source: "/_next/static/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
  ],
};

export default config;
