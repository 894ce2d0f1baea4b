import { useState, type ReactNode } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Control, Field } from "../shared/Field";
import { usePage } from "../shared/page";
import type { Task } from "../shared/useTask";
import { ProblemAlert } from "../shared/ProblemAlert";

interface Props {
  readonly title: string;
  readonly action: string;
  readonly danger?: boolean;
  /** The text to type before the action is enabled, and its label. */
  readonly typed?: { readonly label: string; readonly text: string };
  readonly task: Task;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Confirms an action that cannot be undone; the focus starts on Cancel. */
export function Confirm({ title, action, danger = false, typed, task, children, onConfirm, onCancel }: Props): JSX.Element {
  const { t } = usePage();
  const [text, setText] = useState("");
  // What is under way cannot be taken back by looking away from it.
  const cancel = (): void => (task.busy ? undefined : onCancel());
  const ready = !typed || text.trim() === typed.text;
  return (
    <Dialog
      title={title}
      danger={danger}
      onEscape={cancel}
      footer={
        <>
          <Button look={danger ? "danger" : "primary"} busy={task.busy} disabled={!ready} onClick={onConfirm}>
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
          <Field label={typed.label}>
            {(props) => (
              <Control>
                <input {...props} value={text} data-autofocus="" autoComplete="off" onChange={(event) => setText(event.target.value)} />
              </Control>
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
