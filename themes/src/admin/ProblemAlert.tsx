import { Alert } from "../shared/Alert";
import { Button } from "../shared/Button";
import { usePage } from "../shared/page";
import type { Problem } from "../shared/problem";

interface Props {
  readonly problem: Problem | undefined;
  readonly onRetry?: () => void;
  /** Called before the page is left to sign in, to keep what was typed. */
  readonly onLeave?: () => void;
  /** Fields whose faults are shown beside them. */
  readonly shown?: readonly string[];
}

const KNOWN: Readonly<Record<string, string>> = {
  "signed-out": "apiKeysAdminSignedOut",
  unreachable: "apiKeysAdminUnreachable",
  forbidden: "apiKeysAdminForbidden",
  "not-found": "apiKeysAdminNotFound",
  "precondition-failed": "apiKeysAdminChangedMeanwhile",
};

/** What went wrong, in the reader's language where we know the problem and in the server's words where not. */
export function ProblemAlert({ problem, onRetry, onLeave, shown = [] }: Props): JSX.Element | null {
  const { t, session } = usePage();
  if (!problem) {
    return null;
  }
  const rest = problem.faults.filter(({ field }) => !shown.includes(field.replace(/[[.].*$/, "")));
  const text = KNOWN[problem.kind];
  const signIn = (): void => {
    onLeave?.();
    void session.login({ redirectUri: location.href });
  };
  return (
    <Alert
      severity="danger"
      title={text ? t(text) : problem.message}
      actions={
        problem.kind === "signed-out" ? (
          <Button look="link" onClick={signIn}>
            {t("apiKeysAdminSignIn")}
          </Button>
        ) : (
          onRetry && (
            <Button look="link" onClick={onRetry}>
              {t("apiKeysAdminRetry")}
            </Button>
          )
        )
      }
    >
      {rest.length > 0 && (
        <ul>
          {rest.map(({ field, detail }) => (
            <li key={field}>{`${field} ${detail}`}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
