import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, over the whole repository and not only the pages.
  typescript: { ignoreBuildErrors: true },
};

export default config;
