import type { Channel } from "./channel";
import { sendRequest } from "./requests";

/**
 * Sends stdin in as few pieces as the largest envelope allows, each once and one after the other; the
 * last one carries the end.
 *
 * @throws WinrmError; the pieces after the one that failed are not sent.
 */
export async function sendStdin(
  channel: Channel,
  shellId: string,
  commandId: string,
  stdin: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const size = pieceSize(channel, shellId, commandId);
  let offset = 0;
  do {
    const piece = stdin.subarray(offset, offset + size);
    offset += size;
    await channel.call(sendRequest(shellId, commandId, piece, offset >= stdin.length), { signal });
  } while (offset < stdin.length);
}

/** Bytes that fit one envelope: base64 makes four characters of three. */
function pieceSize(channel: Channel, shellId: string, commandId: string): number {
  // One byte, so that the closing tag is counted; its own four characters are a margin.
  const overhead = channel.measure(sendRequest(shellId, commandId, Uint8Array.of(0), true));
  const size = Math.floor((channel.maxEnvelopeBytes - overhead) / 4) * 3;
  if (size <= 0) throw new RangeError("maxEnvelopeBytes is too small for any stdin.");
  return size;
}
