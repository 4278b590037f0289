/** A token or a sealed message of the host that is not what its specification allows. Never quotes its bytes. */
export class TokenError extends Error {
  override readonly name = "TokenError";
}
