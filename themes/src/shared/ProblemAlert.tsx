import type { ReactNode } from "react";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { usePage } from "./page";
import type { Problem } from "./problem";

/** What the page says in the reader's language; all else the server says in English. */
const TEXTS: Readonly<Record<string, string>> = {
  unreachable: "apiKeysProblemUnreachable",
  "signed-out": "apiKeysProblemSignedOut",
  "reauthentication-required": "apiKeysProblemReauthenticate",
  "plan-required": "apiKeysProblemPlan",
  "too-many-keys": "apiKeysProblemTooMany",
  "name-taken": "apiKeysProblemNameTaken",
  "key-not-usable": "apiKeysProblemNotUsable",
  "already-rotated": "apiKeysProblemAlreadyRotated",
  "not-found": "apiKeysProblemNotFound",
  "precondition-failed": "apiKeysProblemChanged",
  "invalid-request": "apiKeysProblemInvalid",
  busy: "apiKeysProblemBusy",
};

interface Props {
  readonly problem: Problem | undefined;
  /** Fields whose faults stand beside their inputs; those of others are listed here. */
  readonly shown?: readonly string[];
  readonly children?: ReactNode;
}

/** Why something did not work, and what to do about it. */
export function ProblemAlert({ problem, shown = [], children }: Props): JSX.Element | null {
  const { t, session } = usePage();
  if (!problem) {
    return null;
  }
  const text = TEXTS[problem.kind];
  const others = problem.faults.filter((fault) => !shown.some((field) => fault.field === field || fault.field.startsWith(`${field}[`)));
  const login =
    problem.kind === "signed-out" ? {} : problem.kind === "reauthentication-required" ? { maxAge: 0 } : undefined;
  return (
    <Alert
      severity={login ? "warning" : "danger"}
      title={text ? t(text) : t("apiKeysProblemUnexpected", { detail: problem.message })}
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
  );
}
