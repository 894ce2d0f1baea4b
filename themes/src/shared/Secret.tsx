import { useRef, type RefObject } from "react";
import type { TextKey } from "../generated/textKeys";
import { Button } from "./Button";
import { useCopy, type Copied } from "./copy";
import { usePage } from "./page";
import { pf } from "./pf";

const COPY_TEXT: Readonly<Record<Copied, TextKey>> = {
  no: "apiKeysCopy",
  yes: "apiKeysCopied",
  "by-hand": "apiKeysCopy",
};

/** A secret to be taken away. It is in this component's properties and in the input, and gone with them. */
export function Secret({ value, label }: { readonly value: string; readonly label: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="ak-secret">
      <span className={pf("form-control", "readonly")}>
        <input
          ref={input}
          readOnly
          value={value}
          aria-label={label}
          className="ak-mono"
          data-autofocus
          data-testid="secret"
          autoComplete="off"
          data-1p-ignore=""
          data-lpignore="true"
          spellCheck={false}
          translate="no"
          dir="ltr"
          onFocus={(event) => event.target.select()}
        />
      </span>
      <CopyButton text={value} shownIn={input} look="primary" />
    </div>
  );
}

/** Lines to paste somewhere; they may hold a secret, too. */
export function Snippet({ code, label }: { readonly code: string; readonly label: string }): JSX.Element {
  const block = useRef<HTMLPreElement>(null);
  return (
    <div className="ak-snippet">
      <pre ref={block} className="ak-mono" tabIndex={0} aria-label={label} translate="no" spellCheck={false} dir="ltr">
        {code}
      </pre>
      <CopyButton text={code} shownIn={block} look="secondary" />
    </div>
  );
}

interface CopyProps {
  readonly text: string;
  readonly shownIn: RefObject<HTMLElement>;
  readonly look: "primary" | "secondary";
}

function CopyButton({ text, shownIn, look }: CopyProps): JSX.Element {
  const { t } = usePage();
  const [copied, copy] = useCopy();
  return (
    <div className="ak-copy">
      <Button look={look} onClick={() => copy(text, shownIn.current)} data-testid="copy">
        {t(COPY_TEXT[copied])}
      </Button>
      <span role="status" className={copied === "by-hand" ? undefined : "ak-hidden"}>
        {copied === "yes" && t("apiKeysCopied")}
        {copied === "by-hand" && t("apiKeysCopyByHand")}
      </span>
    </div>
  );
}
