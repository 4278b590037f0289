/**
 * Stands in for `fast-uri` in the pages (next.config.ts): the form library resolves references between schemas
 * with it, of which the composed form has none, and the browser can do that itself.
 */
const uri = {
  equal: (one: string, other: string): boolean => one === other,
  resolve: (base: string, reference: string): string => new URL(reference, base).href,
};

export default uri;
