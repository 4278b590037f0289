/**
 * A part of a page's path as people read it. Next.js gives a page its `params` as they stand in the address
 * (`a%20b`), but hands them to `generateMetadata` decoded already, where decoding again would throw for `100%`.
 */
export function pathPart(parameter: string): string {
  return decodeURIComponent(parameter);
}
