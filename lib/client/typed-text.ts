import { useEffect, useRef, useState } from "react";

/** Typing is over when no key came for this long, in ms: browsers take only so many addresses in a while. */
const TYPING_MS = 200;

/**
 * A text that somebody types and that stands elsewhere too, as a rule in the address. It is there at once and
 * told once typing is over; where something else has changed the value (Back, a link), the text follows it.
 *
 * @param onTyped is told the text without the blanks around it
 */
export function useTypedText(
  value: string,
  onTyped: (text: string) => void,
): [text: string, type: (text: string) => void] {
  const [text, setText] = useState(value);
  /** What was last told, or has come from elsewhere. */
  const known = useRef(value);
  const latestOnTyped = useRef(onTyped);
  useEffect(() => {
    latestOnTyped.current = onTyped;
  });
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === known.current) return;
    const timer = setTimeout(() => {
      known.current = wanted;
      latestOnTyped.current(wanted);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}
