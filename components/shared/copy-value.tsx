import { CopyText } from "@/components/ui/copy-text";
import { VisibleText } from "./visible-text";

interface CopyValueProps {
  /** What it is, for the button's name: "Copy …". */
  what: string;
  text: string;
  mono?: boolean;
}

/** A text from elsewhere that one takes elsewhere: what is copied is the text itself, whatever is shown. */
export function CopyValue(props: CopyValueProps) {
  return <CopyText {...props} shown={<VisibleText text={props.text} />} />;
}
