import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import type { KeyStatus } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { Problem } from "../shared/problem";
import { problemText } from "../shared/ProblemAlert";
import { useAdmin } from "./admin";
import type { Choice } from "./filter";
import { Select } from "./Select";

const STATUSES: readonly (readonly [KeyStatus, TextKey])[] = [
  ["active", "apiKeysStatusActive"],
  ["rotating", "apiKeysStatusRotating"],
  ["disabled", "apiKeysStatusDisabled"],
  ["expired", "apiKeysStatusExpired"],
  ["revoked", "apiKeysStatusRevoked"],
];
/** Long enough to type a word without a request for each letter. */
const TYPING = 300;

interface Props {
  readonly choice: Choice;
  /** Receives only what changed, because text fields report late. */
  readonly onChoose: (change: Partial<Choice>) => void;
  readonly children: ReactNode;
}

/** Filters the list of keys, next to the actions on that list. */
export function KeyFilters({ choice, onChoose, children }: Props): JSX.Element {
  const { t } = usePage();
  const { route } = useAdmin();
  const statuses = STATUSES.map(([status, text]) => [status, t(text)] as const);
  return (
    <form className="ak-filters" role="search" aria-label={t("apiKeysAdminFilters")} onSubmit={(event) => event.preventDefault()}>
      <TextFilter label={t("apiKeysAdminSearch")} value={choice.q} onType={(q) => onChoose({ q })} />
      {!route.owner && <OwnerFilter choice={choice} onChoose={onChoose} />}
      <Select
        label={t("apiKeysStatus")}
        value={choice.status}
        options={[["", t("apiKeysAdminAllLiving")], ...statuses]}
        onSelect={(status) => onChoose({ status })}
      />
      <Select
        label={t("apiKeysAdminUse")}
        value={choice.use}
        options={[
          ["", t("apiKeysAdminAnyUse")],
          ["never", t("apiKeysAdminNeverUsed")],
          ["30", t("apiKeysAdminUnused", { days: 30 })],
          ["90", t("apiKeysAdminUnused", { days: 90 })],
        ]}
        onSelect={(use) => onChoose({ use })}
      />
      <Select
        label={t("apiKeysAdminExpiry")}
        value={choice.expiry}
        options={[
          ["", t("apiKeysAdminAnyExpiry")],
          ["7", t("apiKeysAdminExpiring", { days: 7 })],
          ["30", t("apiKeysAdminExpiring", { days: 30 })],
        ]}
        onSelect={(expiry) => onChoose({ expiry })}
      />
      <div className="ak-filters__actions">{children}</div>
    </form>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onType: (text: string) => void;
}

/** Reports the text once typing pauses. */
function TextFilter({ label, value, error, onType }: TextProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState(value);
  const reported = useRef(value);
  const report = useRef(onType);
  useEffect(() => {
    report.current = onType;
  });
  useEffect(() => {
    if (text === reported.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      reported.current = text;
      report.current(text);
    }, TYPING);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="ak-filter">
      <label htmlFor={id}>{label}</label>
      <span className={pf("form-control", ...(error ? ["error"] : []))}>
        <input
          id={id}
          type="search"
          autoComplete="off"
          value={text}
          maxLength={255}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-error`}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <span id={`${id}-error`} role="status" className="ak-filter__error">
        {error}
      </span>
    </div>
  );
}

/** A user name or a client id; the list changes once it is a whole one. */
function OwnerFilter({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: Props["onChoose"] }): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const [error, setError] = useState<string>();
  // Responses may arrive out of order; only that of the latest request counts.
  const latest = useRef(0);
  const find = async (typed: string): Promise<void> => {
    const turn = ++latest.current;
    const name = typed.trim();
    const found = name ? await rest.ownerId(name).catch(Problem.from) : undefined;
    if (turn === latest.current) {
      const id = found instanceof Problem ? undefined : found?.id;
      setError(found instanceof Problem ? problemText(found, t) : name && !id ? t("apiKeysAdminNoOwner") : undefined);
      onChoose({ owner: name ? { id, name } : undefined });
    }
  };
  return (
    <TextFilter
      label={t("apiKeysAdminOwner")}
      value={choice.owner?.name ?? ""}
      error={error}
      onType={(name) => void find(name)}
    />
  );
}
