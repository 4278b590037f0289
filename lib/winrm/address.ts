/** The schemes that seal every message by themselves, and so need no TLS. */
const SEALING: readonly string[] = ["negotiate", "ntlm"];

/**
 * Where the endpoint is.
 * @throws TypeError for an address that is no URL, holds what does not belong there, or is http without sealing
 */
export function readAddress(text: string, authentication: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new TypeError("The WinRM address is not a URL; write https://host:5986/wsman.");
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError("The WinRM address holds neither credentials nor a query.");
  }
  if (url.protocol === "https:") return url;
  if (url.protocol !== "http:") throw new TypeError("The WinRM address must begin with https://.");
  if (!SEALING.includes(authentication)) {
    throw new TypeError(
      `The WinRM address must begin with https://: ${authentication} never crosses plain http. Over http go ${SEALING.join(" and ")} only, which seal every message.`,
    );
  }
  return url;
}
