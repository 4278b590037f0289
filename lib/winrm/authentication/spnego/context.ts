import type { NtlmContext } from "../ntlm/context";
import type { MessageSealer, SecurityContext } from "../security-context";
import { TokenError } from "../token-error";
import { firstToken, mechanismList, NTLM_MECHANISM, nextToken, readAnswer } from "./tokens";

const MECHANISMS = mechanismList(NTLM_MECHANISM);

/**
 * SPNEGO (RFC 4178, MS-SPNG) with NTLM as the one mechanism. Since NTLM's own message carries a MIC, both sides
 * exchange mechListMICs, which take NTLM's first sequence number; then both key streams begin anew.
 */
export class SpnegoContext implements SecurityContext {
  readonly #ntlm: NtlmContext;
  #state: "new" | "negotiated" | "answered" | "complete" = "new";

  constructor(ntlm: NtlmContext) {
    this.#ntlm = ntlm;
  }

  get isLastToken(): boolean {
    return this.#state === "answered";
  }

  get isComplete(): boolean {
    return this.#state === "complete";
  }

  get sealer(): MessageSealer | null {
    return this.isComplete ? this.#ntlm.sealer : null;
  }

  async step(token: Buffer | null): Promise<Buffer | null> {
    if (token === null) {
      const first = await this.#ntlm.step(null);
      this.#state = "negotiated";
      return first && firstToken(MECHANISMS, first);
    }
    if (this.#state === "negotiated") return this.#answer(token);
    if (this.#state === "answered") return this.#finish(token);
    throw new TokenError("The host sent a token out of turn.");
  }

  async #answer(token: Buffer): Promise<Buffer> {
    const answer = readAnswer(token);
    if (answer.state === "reject") throw new TokenError("The host rejects NTLM.");
    if (answer.mechanism !== null && !answer.mechanism.equals(NTLM_MECHANISM)) {
      throw new TokenError("The host wants another mechanism than NTLM.");
    }
    if (answer.token === null) throw new TokenError("The host's answer holds no NTLM challenge.");
    const next = await this.#ntlm.step(answer.token);
    const session = this.#ntlm.sealer;
    if (next === null || session === null) throw new TokenError("NTLM did not complete.");
    this.#state = "answered";
    return nextToken(next, session.sign(MECHANISMS));
  }

  #finish(token: Buffer): null {
    const { state, mechListMic } = readAnswer(token);
    const session = this.#ntlm.sealer;
    if (state === "reject") throw new TokenError("The host rejects the negotiation.");
    if (session === null || mechListMic === null) {
      throw new TokenError("The host did not confirm the mechanisms that it was offered.");
    }
    session.verify(mechListMic, MECHANISMS);
    session.restartKeyStreams();
    this.#state = "complete";
    return null;
  }
}
