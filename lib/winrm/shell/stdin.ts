import { sendRequest } from "../soap/requests";
import type { CallOptions, Channel } from "../transport/channel";

/** What a process is to read: all of it, or piece by piece as it comes. */
export type Stdin = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Whose stdin it is. */
export interface StdinTarget {
  channel: Channel;
  shellId: string;
  commandId: string;
}

/**
 * Sends bytes in as few pieces as the largest envelope allows, measured as they are encoded, each once and one after
 * the other.
 *
 * @param end the last piece carries the end: without bytes it is one of its own.
 * @throws WinrmError; the pieces after the one that failed are not sent.
 */
export async function sendBytes(
  target: StdinTarget,
  bytes: Uint8Array,
  end: boolean,
  options: CallOptions,
): Promise<void> {
  const { channel, shellId, commandId } = target;
  const size = pieceSize(target);
  for (let offset = 0; offset < bytes.length || (end && offset === 0); offset += size) {
    const piece = bytes.subarray(offset, offset + size);
    const request = sendRequest(shellId, commandId, piece, end && offset + size >= bytes.length);
    await channel.call(request, options);
  }
}

/** Sends all of stdin, and its end. @throws WinrmError, and whatever the source of the bytes throws. */
export async function sendStdin(target: StdinTarget, stdin: Stdin, options: CallOptions): Promise<void> {
  if (stdin instanceof Uint8Array) return sendBytes(target, stdin, true, options);
  for await (const bytes of stdin) await sendBytes(target, bytes, false, options);
  await sendBytes(target, new Uint8Array(), true, options);
}

/** Bytes that fit one envelope: base64 makes four characters of three. */
function pieceSize({ channel, shellId, commandId }: StdinTarget): number {
  // One byte, so that the closing tag is counted; its own four characters are a margin.
  const overhead = channel.measure(sendRequest(shellId, commandId, Uint8Array.of(0), true));
  const size = Math.floor((channel.maxEnvelopeBytes - overhead) / 4) * 3;
  if (size <= 0) throw new RangeError("maxEnvelopeBytes is too small for any stdin.");
  return size;
}
