import { useEffect, useRef, type ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { usePage } from "./page";
import type { Problem } from "./problem";
import type { Text } from "./texts";

/** What the page says in the reader's language; all else the server says in English. */
const TEXTS: Readonly<Partial<Record<string, TextKey>>> = {
  unreachable: "apiKeysProblemUnreachable",
  "signed-out": "apiKeysProblemSignedOut",
  "reauthentication-required": "apiKeysProblemReauthenticate",
  "client-not-allowed": "apiKeysProblemClient",
  impersonated: "apiKeysProblemImpersonated",
  "plan-required": "apiKeysProblemPlan",
  "too-many-keys": "apiKeysProblemTooMany",
  "name-taken": "apiKeysProblemNameTaken",
  "key-not-usable": "apiKeysProblemNotUsable",
  "already-rotated": "apiKeysProblemAlreadyRotated",
  "not-found": "apiKeysProblemNotFound",
  forbidden: "apiKeysProblemForbidden",
  "too-large": "apiKeysProblemTooLarge",
  "idempotency-key-reused": "apiKeysProblemRepeated",
  "precondition-failed": "apiKeysProblemChanged",
  "invalid-request": "apiKeysProblemInvalid",
  busy: "apiKeysProblemBusy",
};

interface Props {
  readonly problem: Problem | undefined;
  /** Fields whose faults are shown next to their inputs; this alert lists those of other fields. */
  readonly shown?: readonly string[];
  readonly children?: ReactNode;
}

/** What a problem is called in one sentence. */
export function problemText(problem: Problem, t: Text): string {
  const text = TEXTS[problem.kind];
  return text ? t(text) : t("apiKeysProblemUnexpected", { detail: problem.message });
}

/** Why something did not work, and what to do about it. */
export function ProblemAlert({ problem, shown = [], children }: Props): JSX.Element | null {
  const { t, session } = usePage();
  const root = useRef<HTMLDivElement>(null);
  // The button that was pressed may be a screen away from here. In braces: newer browsers return a promise, which React would call.
  useEffect(() => {
    root.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  if (!problem) {
    return null;
  }
  const others = problem.faults.filter((fault) => !shown.some((field) => fault.field === field || fault.field.startsWith(`${field}[`)));
  // Not `max_age=0`: Keycloak counts in whole seconds and lets a login of this very second pass.
  const login =
    problem.kind === "signed-out" ? {} : problem.kind === "reauthentication-required" ? ({ prompt: "login" } as const) : undefined;
  return (
    <div ref={root}>
      <Alert
        severity={login ? "warning" : "danger"}
        title={problemText(problem, t)}
        actions={
          login ? (
            <Button look="link" onClick={() => void session.login(login)} data-testid="sign-in-again">
              {t("apiKeysSignInAgain")}
            </Button>
          ) : problem.upgradeUrl ? (
            <a href={problem.upgradeUrl}>{t("apiKeysUpgrade")}</a>
          ) : (
            children
          )
        }
      >
        {others.length > 0 && (
          <ul>
            {others.map((fault) => (
              <li key={fault.field}>
                <code>{fault.field}</code> {fault.detail}
              </li>
            ))}
          </ul>
        )}
      </Alert>
    </div>
  );
}
