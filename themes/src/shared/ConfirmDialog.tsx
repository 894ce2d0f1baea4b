import { useState, type ReactNode } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Control, Field } from "./Field";
import { usePage } from "./page";
import type { Task } from "./useTask";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  readonly title: string;
  readonly action: string;
  readonly danger?: boolean;
  /** The text to type before the action is enabled, and its label. */
  readonly typed?: { readonly label: string; readonly text: string };
  readonly task: Task;
  readonly testId?: string;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Confirms an action that cannot be undone; the focus starts on Cancel. */
export function ConfirmDialog({ title, action, danger = false, typed, task, testId, children, onConfirm, onCancel }: Props): JSX.Element {
  const { t } = usePage();
  const [text, setText] = useState("");
  // What is under way cannot be taken back by looking away from it.
  const cancel = (): void => (task.busy ? undefined : onCancel());
  const ready = !typed || text.trim() === typed.text;
  return (
    <Dialog
      title={title}
      danger={danger}
      testId={testId}
      onEscape={cancel}
      footer={
        <>
          <Button look={danger ? "danger" : "primary"} busy={task.busy} disabled={!ready} onClick={onConfirm} data-testid={testId && `${testId}-submit`}>
            {action}
          </Button>
          <Button look="link" onClick={cancel} {...(!typed && { "data-autofocus": "" })}>
            {t("apiKeysCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={task.problem} />
      {children}
      {typed && (
        <form
          className="ak-confirm"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) {
              onConfirm();
            }
          }}
        >
          <Field label={typed.label} required>
            {(props) => (
              <Control>
                <input {...props} value={text} data-autofocus="" autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
              </Control>
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
