/** Stands in for the form library's own widgets (next.config.ts): every field names one of ours. */
export default function widgets() {
  return {};
}
