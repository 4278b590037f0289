import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, over the whole repository and not only the pages.
  typescript: { ignoreBuildErrors: true },
  // Nothing is fetched and converted at a client's word.
  images: { unoptimized: true },
  // Parts of the form library that nothing here uses: a fifth of what the form's page would load.
  turbopack: {
    resolveAlias: {
      "markdown-to-jsx/react": "./components/form/library/markdown.tsx",
      "./components/templates/index.js": "./components/form/library/templates.ts",
      "./components/widgets/index.js": "./components/form/library/widgets.ts",
      "./components/fields/index.js": "./components/form/library/fields.ts",
      "fast-uri": { browser: "./components/form/library/uri.ts" },
    },
  },
  // Pages and the API set their own headers (proxy.ts, lib/http); these files have neither before them.
  headers: async () => [
    { source: "/_next/static/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
  ],
};

export default config;
