/**
 * The first `limit` characters, as a text of their own. A mere slice would keep the whole text in memory for
 * as long as it is kept itself (V8's sliced strings): 16 KB of a line of 8 MB would cost 8 MB.
 */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit)).toString();
}
